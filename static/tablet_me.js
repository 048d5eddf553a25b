/* What belongs to the person at the tablet: change of person, and the seconds in which the glass can
   be wiped. Needs tablet_outbox.js and tablet_leave.js before it. */
(() => {
  'use strict';
  const WIPE_SECONDS = 20;
  const outbox = window.BaylightOutbox;
  const door = window.BaylightLeave;
  const byId = (id) => document.getElementById(id);
  const leave = byId('leave');

  /* Change of person: only when all is sent, for nobody can send it in another's name. */
  leave.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!outbox.unsent().length) return void door.once(leave.querySelector('button'), door.signOut);
    document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
    window.BaylightUnsent.tell(leave.dataset.unsent);
  });

  /* Not at a car: the question belongs to the button in the bar. */
  byId('not-at-a-car')?.addEventListener('click', () => {
    byId('ask-me').close();
    document.querySelector('#indirect button')?.click();
  });

  /* A call by keys: its button is drawn anew under the focus. Next is what takes it back, then the
     call for help. */
  let isCall = false;
  document.addEventListener('keydown', ({target}) => (isCall = !!target.closest('#ask-call, [action="/do/undo_call"]')), true);
  document.addEventListener('pointerdown', () => (isCall = false), true);
  const focusOn = () => {
    if (!isCall || document.activeElement !== document.body || document.querySelector('dialog[open]')) return;
    const back = document.querySelector('#undo [action="/do/undo_call"] button');
    (back || document.querySelector('.tool.help'))?.focus({preventScroll: true});
  };
  window.Baylight.onRegion(() => queueMicrotask(focusOn)); // What stays has its focus again by then.

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
})();
