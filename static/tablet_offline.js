/* Starting without connection, where the browser allows it (https): registers the worker, keeps the
   page that it would start with fresh, and tells the shop how this device stands. On plain HTTP
   only the telling is left. Needs times.js and regions.js before it, and comes before live.js. */
(() => {
  'use strict';
  const CALM_MS = 1000;
  const KEEP_MS = 10_000;
  const TELL_MS = 60_000;
  const CLOCK = 'baylight.clock', DEVICE = 'baylight.device';
  const page = document.body.dataset;
  const csrf = document.querySelector('meta[name=csrf]').content;
  const store = (() => {
    try {
      return window.localStorage;
    } catch {
      return {getItem: () => null, setItem: () => {}};
    }
  })();

  /* A page out of the worker's cache says so: its age is not known until the shop is heard, for a
     device's clock may be days wrong. A clock that went on gives the time of day meanwhile. */
  const ahead = Number(store.getItem(CLOCK));
  const behind = ahead && page.rate === '1.0' ? Date.now() + ahead - page.at : 0;
  if (page.kept === undefined) store.setItem(CLOCK, page.at - Date.now());
  else if (behind > 0) window.BaylightTimes.set(+page.at + behind, 1);

  /* The worker. */
  const worker = window.isSecureContext ? navigator.serviceWorker : null;
  const register = () =>
    worker.register(`/tablet-worker.js?v=${page.build}`, {scope: '/tablet'}).catch(() => {});
  if (worker) window.addEventListener('load', () => setTimeout(register, CALM_MS)); // The page comes first.
  let later = 0;
  const keep = () => fetch('/tablet', {credentials: 'same-origin'}).catch(() => {});
  const keepFresh = () => {
    if (!worker?.controller) return;
    clearTimeout(later);
    later = setTimeout(keep, KEEP_MS);
  };
  /* A page that was still loading when its worker woke is overlooked by it: it asks to be taken. */
  worker?.addEventListener('controllerchange', keep);
  worker?.ready.then(({active}) => (worker.controller ? keep() : active.postMessage('take me')));
  window.Baylight.onRegion(keepFresh);

  /* The screen stays on while somebody looks at it; the browser lets go whenever it is hidden. */
  const stayOn = () => {
    if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {});
  };
  document.addEventListener('visibilitychange', stayOn);
  stayOn();

  /* How this device stands. Its name is by chance and says nothing of anybody. */
  const device = () => {
    const known = store.getItem(DEVICE);
    if (known) return known;
    const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (one) => one.toString(16).padStart(2, '0')).join('');
    store.setItem(DEVICE, made);
    return made;
  };
  const level = () => {
    if (window.matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches) return 'installed';
    return location.protocol === 'https:' ? 'https' : 'plain';
  };
  const tell = () => {
    const outbox = window.BaylightOutbox;
    const engine = /Chrom(?:e|ium)\/(\d+)|Version\/(\d+)/.exec(navigator.userAgent) || [];
    const body = new URLSearchParams({
      device: device(), level: level(), engine: engine[1] || engine[2] || '',
      width: innerWidth, height: innerHeight, build: page.build,
      unsent: outbox ? outbox.unsent().length + outbox.foreign() : 0,
    });
    fetch('/tablet/device', {method: 'POST', body, credentials: 'same-origin', headers: {'X-CSRF-Token': csrf}}).catch(() => {});
  };
  setTimeout(tell, CALM_MS);
  setInterval(tell, TELL_MS);
})();
