/* Pages at a desk: after a deed, and when anything changed in the shop, the content is fetched anew
   and each part is swapped that differs. A part in which somebody has begun to write stays. */
(() => {
  'use strict';
  const SOON_MS = 250;
  const MINUTE_MS = 60_000; // Late and soon come without any news.
  const AGAIN_MS = 4000;
  const ANSWER_MS = 10_000;
  const content = document.getElementById('content');
  const sent = new Map(); // What the server last said of each part.
  let due = 0;
  let asked = 0;
  let owed = Infinity; // Since when what stands here may not be what is.

  const partsOf = (root) => {
    const parts = [...root.querySelectorAll('[data-part]')].filter((part) => part.id);
    return parts.length ? parts : [root];
  };
  const isBegun = (part) =>
    part.querySelector('.begun, .held-open') !== null ||
    (part.contains(document.activeElement) && document.activeElement.matches('input:not([type=checkbox]):not([type=radio]),textarea,select'));

  /* Where the focus is, so that it is there again in what comes instead. */
  const place = (part) => {
    const active = document.activeElement;
    if (!part.contains(active)) return () => {};
    const all = (root) => [...root.querySelectorAll('a,button,input,select,textarea,summary')];
    const at = all(part).indexOf(active), id = active.id, name = active.dataset.focus;
    return (fresh) => {
      const named = name && fresh.querySelector(`[data-focus="${CSS.escape(name)}"]`);
      const same = id && document.getElementById(id);
      (named || same || all(fresh)[Math.min(at, all(fresh).length - 1)])?.focus({preventScroll: true});
    };
  };

  const swap = (old, fresh) => {
    const html = fresh.innerHTML;
    if (isBegun(old) || sent.get(old.id) === html) return;
    sent.set(old.id, html);
    const again = place(old);
    const opened = [...old.querySelectorAll('details[open][id]')].map((each) => each.id);
    if (old === content) old.replaceChildren(...fresh.childNodes);
    else old.replaceWith(fresh);
    const now = old === content ? content : fresh;
    opened.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    window.htmx?.process(now);
    window.BaylightTimes.fill(now);
    again(now);
    now.dispatchEvent(new CustomEvent('renewed', {bubbles: true}));
  };

  /* Parts that came or went change the page's shape: then everything nobody writes in is new. */
  const take = (fresh) => {
    const had = partsOf(content), has = partsOf(fresh);
    const ids = (parts) => parts.map((part) => part.id).join(' ');
    if (had[0] === content || has[0] === fresh || ids(had) !== ids(has)) {
      if (!had.some(isBegun)) swap(content, fresh);
      return;
    }
    had.forEach((part, at) => {
      if (part.isConnected) swap(part, has[at]);
    });
  };

  const owe = (since) => window.Baylight.owe((owed = since));
  const answered = async () => {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), ANSWER_MS);
    const answer = await fetch(location.href, {headers: {'HX-Request': 'true'}, signal: stop.signal});
    const text = await answer.text();
    clearTimeout(timer);
    return {ok: answer.ok, left: answer.redirected && new URL(answer.url).pathname !== location.pathname, text};
  };

  /* Only a page of the shop's counts; a proxy in between may answer with whatever it likes. */
  const renew = async () => {
    clearTimeout(due);
    const mine = ++asked;
    owe(Math.min(owed, performance.now()));
    const answer = await answered().catch(() => null);
    if (mine !== asked) return;
    if (answer?.left) return window.Board.signIn();
    const page = answer?.ok && new DOMParser().parseFromString(answer.text, 'text/html');
    const fresh = page && page.body.dataset.build && page.getElementById('content');
    if (!fresh) {
      due = setTimeout(renew, AGAIN_MS);
      return;
    }
    owe(Infinity);
    take(document.importNode(fresh, true));
  };
  const soon = () => {
    clearTimeout(due);
    due = setTimeout(renew, SOON_MS);
  };

  /* Keys that buttons of the page name, as on the board. */
  const isTyping = (target) => target.matches('input, textarea, select');
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.getElementById('dialog')?.open || isTyping(event.target)) return;
    const button = document.querySelector(`[data-hotkey="${CSS.escape(event.key.toLowerCase())}"]:not([disabled], [hidden])`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  /* What can be taken back for a while only is not offered any longer. */
  setInterval(() => {
    const now = window.BaylightTimes.now();
    document.querySelectorAll('[data-until]').forEach((each) => (each.hidden = now >= Number(each.dataset.until)));
  }, 1000);

  document.addEventListener('input', ({target}) => target.form?.classList.add('begun'));
  /* What the browser puts back into the fields after its Back key makes no input: typed it was. */
  const isFilled = (one) => {
    if (one.type === 'checkbox' || one.type === 'radio') return one.checked !== one.defaultChecked;
    if (one.tagName === 'SELECT') return one.selectedIndex !== Math.max(0, [...one.options].findIndex((each) => each.defaultSelected));
    return one.type !== 'hidden' && 'defaultValue' in one && one.value !== one.defaultValue;
  };
  window.addEventListener('pageshow', () => {
    if (performance.getEntriesByType('navigation')[0]?.type === 'navigate') return;
    for (const form of content.querySelectorAll('form')) {
      if ([...form.elements].some(isFilled)) form.classList.add('begun');
    }
  });
  document.addEventListener('done', ({target}) => {
    target.classList.remove('begun');
    target.querySelectorAll('.answer').forEach((each) => each.replaceChildren());
    target.reset();
    document.activeElement?.blur?.();
    if (target.dataset.next) location.assign(target.dataset.next);
    else renew();
  });
  document.addEventListener('reset', ({target}) => target.classList.remove('begun'));
  document.addEventListener('focusout', soon);
  window.Baylight.onRegion((id) => id === 'news' && soon());
  setInterval(renew, MINUTE_MS);
  window.BaylightPage = {renew};
})();
