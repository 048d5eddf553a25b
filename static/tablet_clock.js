/* How long ago a tap was, whatever time of day the device believes it is: by the device's clock, whose
   error does not matter between two moments, less what somebody or the network has put it right by.
   Only a clock that jumps while the screen is lit was put right: asleep, all other clocks stand. */
(() => {
  'use strict';
  const JUMP_MS = 1000;
  const drift = () => Date.now() - performance.now();
  const listeners = [];
  let known = drift();
  let wasLit = !document.hidden;

  const look = () => {
    const now = drift(), by = now - known, isLit = wasLit && !document.hidden;
    known = now;
    wasLit = !document.hidden;
    if (Math.abs(by) > JUMP_MS && (isLit || by < 0)) listeners.forEach((tell) => tell(by));
  };

  /** The device's clock, in milliseconds. */
  const read = () => {
    look();
    return Date.now();
  };

  document.addEventListener('visibilitychange', look);
  setInterval(look, JUMP_MS);
  /* `onJump`: told by how many milliseconds the clock was put right. */
  window.BaylightClock = {read, onJump: (tell) => listeners.push(tell)};
})();
