/* The lock of a tablet: half an hour without a touch, on its own page or on one opened from it, ends
   the session of whoever was here; what they had begun to write is kept for them. Needs
   tablet_leave.js before it, and what the page has of tablet_outbox.js and tablet_begun.js. */
(() => {
  'use strict';
  const IDLE_MS = 1_800_000;
  const KEY = 'baylight.touched';
  const session = document.body.dataset.session;
  const cover = document.getElementById('locked');
  const waits = () => window.BaylightOutbox?.unsent().length > 0;
  let touched = Date.now();
  let leaving = false;

  const touch = () => {
    if (!cover.hidden || Date.now() - touched < 1000) return;
    touched = Date.now();
    note();
  };
  const note = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify([session, touched]));
    } catch { /* Without a store a reload counts as a touch. */ }
  };
  /* A page that was loaded again in between, or comes after another, knows of the last touch. */
  const lastTouch = () => {
    try {
      const [of, at] = JSON.parse(localStorage.getItem(KEY));
      return of === session ? Number(at) : touched;
    } catch {
      return touched;
    }
  };

  /* What lies over everything is above an open sheet too. */
  const lock = () => {
    (document.querySelector('dialog[open]') || document.body).append(cover);
    cover.hidden = false;
    document.activeElement?.blur?.();
  };
  const watch = () => {
    if (Date.now() - Math.max(touched, lastTouch()) < IDLE_MS) return;
    if (cover.hidden) lock();
    if (!waits() && navigator.onLine && !leaving) signOut();
  };
  const signOut = async () => {
    leaving = true;
    // Where nothing can be kept the words are lost: the next person must not find them.
    await window.BaylightBegun?.keep();
    leaving = (await window.BaylightLeave.answers()) && (await window.BaylightLeave.signOut());
  };
  for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, touch, true);
  touched = Math.min(touched, lastTouch());
  watch();
  setInterval(watch, 5000);
})();
