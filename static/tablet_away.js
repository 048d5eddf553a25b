/* A tablet without connection, of nobody: asks for the shop until it answers, then goes where it
   was to be. */
(() => {
  'use strict';
  const TRY_MS = 4000;
  const ask = async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), TRY_MS); // What is never answered would hold up the next tries.
    const answer = await fetch('/healthz', {cache: 'no-store', signal: stop.signal}).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (said?.status === 'lives') location.reload();
  };
  setInterval(ask, TRY_MS);
  window.addEventListener('online', ask);
})();
