/* What belongs to the person at the tablet: change of person, the lock after half an hour without a
   touch, and the seconds in which the glass can be wiped. Needs tablet_outbox.js before it. */
(() => {
  'use strict';
  const IDLE_MS = 1_800_000;
  const WIPE_SECONDS = 20;
  const outbox = window.BaylightOutbox;
  const byId = (id) => document.getElementById(id);
  const leave = byId('leave');
  const KEY = 'baylight.touched';
  const session = document.body.dataset.session;
  let touched = Date.now();

  /* Change of person: only when all is sent, for nobody can send it in another's name. */
  leave.addEventListener('submit', (event) => {
    if (!outbox.unsent().length) return;
    event.preventDefault();
    document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
    window.BaylightUnsent.tell(leave.dataset.unsent);
  });

  /* Not at a car: the question belongs to the button in the bar. */
  byId('not-at-a-car')?.addEventListener('click', () => {
    byId('ask-me').close();
    document.querySelector('#indirect button')?.click();
  });

  /* Wiping. */
  byId('clean').addEventListener('click', () => {
    byId('ask-me').close();
    const cover = byId('cleaning');
    let left = WIPE_SECONDS;
    const count = () => {
      cover.hidden = left <= 0;
      cover.querySelector('b').textContent = left;
      if (left-- > 0) setTimeout(count, 1000);
    };
    count();
  });

  /* The lock. A page that was loaded again in between knows when it was touched last. */
  const touch = () => {
    if (!byId('locked').hidden || Date.now() - touched < 1000) return;
    touched = Date.now();
    try {
      localStorage.setItem(KEY, JSON.stringify([session, touched]));
    } catch { /* Without a store a reload counts as a touch. */ }
  };
  const lastTouch = () => {
    try {
      const [of, at] = JSON.parse(localStorage.getItem(KEY));
      return of === session ? Number(at) : touched;
    } catch {
      return touched;
    }
  };
  const watch = () => {
    if (Date.now() - touched < IDLE_MS) return;
    byId('locked').hidden = false;
    if (!outbox.unsent().length && navigator.onLine) signOut();
  };
  const signOut = async () => {
    const body = new URLSearchParams(new FormData(leave));
    await window.caches?.delete('baylight-page');
    const answer = await fetch('/sign-out', {method: 'POST', body, credentials: 'same-origin'}).catch(() => null);
    if (answer && answer.status < 500) location.replace('/?tablet');
  };
  for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, touch, true);
  touched = Math.min(touched, lastTouch());
  watch();
  setInterval(watch, 5000);
})();
