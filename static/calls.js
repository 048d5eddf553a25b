/* Help calls: who made a call's last step may take it back for half a minute. Needs times.js,
   regions.js and live.js before it. */
(() => {
  'use strict';
  const me = document.body.dataset.me;
  const run = () => document.querySelectorAll('[data-last-by]').forEach((row) => {
    const mine = row.dataset.lastBy === me && window.BaylightTimes.now() < Number(row.dataset.undoUntil);
    row.classList.toggle('undoable', mine);
  });
  window.Baylight.onRegion((id) => id === 'calls' && run());
  run();
  setInterval(run, 1000);
})();
