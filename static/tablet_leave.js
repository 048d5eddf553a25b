/* Leaving the page of a tablet: only while the shop answers, for the browser's own error page has
   no way back on a kiosk. For the tablet's page and for those that are opened from it. */
(() => {
  'use strict';
  const ANSWER_MS = 5000;
  const SAID_MS = 7000;
  const body = document.body.dataset;
  const form = document.getElementById('leave');

  const asked = async (url, more) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ANSWER_MS);
    try {
      return await fetch(url, {credentials: 'same-origin', cache: 'no-store', signal: stop.signal, ...more});
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };

  /** Whether the shop answers now; somebody in between who says anything else is not the shop. */
  const answers = async () => {
    const said = await (await asked('/healthz'))?.json().catch(() => null);
    return said?.status === 'lives';
  };

  const say = () => {
    const text = form ? form.dataset.offline : body.wordOffline, toast = document.getElementById('toast');
    document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
    if (window.BaylightUnsent) return window.BaylightUnsent.tell(text);
    toast.textContent = text;
    toast.hidden = false;
    setTimeout(() => (toast.hidden = true), SAID_MS);
  };

  /* One after the other: whoever taps twice asks once. */
  const once = async (tapped, act) => {
    if (tapped.classList.contains('waiting')) return;
    tapped.classList.add('waiting');
    const left = (await answers()) && (await act());
    if (left) return;
    tapped.classList.remove('waiting');
    say();
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented || link.origin !== location.origin || link.target) return;
    // The tablet's own page starts without the shop where a worker keeps it.
    if (link.pathname === '/tablet' && navigator.serviceWorker?.controller) return;
    event.preventDefault();
    once(link, () => {
      location.assign(link.href);
      return true;
    });
  });

  /** End the session, and go to the sign-in; false when nobody answered. */
  const signOut = async () => {
    const answer = await asked('/sign-out', {method: 'POST', body: new URLSearchParams(new FormData(form))});
    if (!answer || answer.status >= 500) return false;
    await window.caches?.delete('baylight-page');
    location.replace(answer.redirected ? answer.url : '/?tablet');
    return true;
  };

  window.BaylightLeave = {answers, signOut, once};
})();
