/* The connection of boards and tablets: counts revs, asks when in doubt, dials anew, and says when
   what it shows is not current. Needs times.js and regions.js before it; Chromium 85. */
(() => {
  'use strict';
  const {put, split, word, timeOfDay, now, rest, set} = window.BaylightTimes;
  const regions = window.BaylightRegions;
  const body = document.body;
  const page = body.dataset;
  const REDIAL_MS = 12_000;
  const LATE_MS = 15_000;
  const STALE_MS = 300_000;
  const OLD_MS = 57_600_000;
  const DAY_MINUTES = 1440;
  const LATER = Math.random(); // Not all pages at once.

  let boot = page.boot;
  let rev = +page.rev;
  let acked = rev;
  let socket = null;
  let redial = 0;
  let dialled = 0;
  let heard = performance.now();
  let kept = page.kept !== undefined; // Out of a cache, of an unknown age: old until the shop is heard.
  let asked = -Infinity;
  let owed = Infinity; // Since when a page cannot fetch what it shows.
  let dead = false;
  let renewing = false;

  /* The connection. */

  const say = (what) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(what));

  const ask = () => {
    if (performance.now() - asked < 3000) return;
    asked = performance.now();
    say({resync: {boot, rev}});
  };

  const beat = (message) => {
    set(message.at, message.rate);
    if (page.build && message.build !== page.build) renew();
    if (message.boot !== boot || message.rev !== rev) ask();
    else if (acked !== rev) say({ack: (acked = rev)});
  };

  const doubt = () => {
    rev = -1;
    ask();
  };

  const apply = (frame) => {
    const known = regions.apply(frame);
    ({boot, rev} = frame);
    if (!known && !frame.full) doubt();
  };

  /* After a sleep the frames of hours may lie in the socket: one new frame says more than they. */
  const hear = (message) => {
    if (performance.now() - Math.max(heard, dialled) > REDIAL_MS) {
      leave();
      return dial();
    }
    heard = performance.now();
    kept = false;
    if (message.beat) beat(message);
    else if (message.full || (message.boot === boot && message.from === rev)) apply(message);
    else ask();
  };

  /* Whether this address gives a page of the shop's, not a guest network's and none out of a cache. */
  const isServed = async () => {
    const answer = await fetch(location.href, {headers: {'HX-Request': 'true'}});
    const text = answer.ok ? await answer.text() : '';
    return text.includes('data-build=') && !text.includes('data-kept');
  };

  /* A new build is loaded when nobody is busy, and only from a server that answers. */
  const renew = () => {
    if (renewing || regions.isBusy() || performance.now() < 60_000) return;
    renewing = true;
    setTimeout(async () => {
      const served = await isServed().catch(() => false);
      renewing = false;
      if (served && !regions.isBusy()) location.reload();
    }, Math.random() * 9000);
  };

  /* Once a night, while the shop is closed, a page that nobody uses is loaded anew. */
  const isNight = () => {
    const [hours, minutes] = timeOfDay(now()).split(':').map(Number);
    const closed = (page.opens - page.closes + DAY_MINUTES) % DAY_MINUTES;
    const [from, night] = closed < 60 ? [180, 120] : [page.closes, closed]; // Less is no night: rests at three.
    const since = (hours * 60 + minutes - from + DAY_MINUTES) % DAY_MINUTES;
    return since >= LATER * Math.min(night - 9, 110) && since < night;
  };

  const dial = () => {
    clearTimeout(redial);
    const url = new URL(page.socket, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('boot', boot);
    url.searchParams.set('rev', rev);
    const mine = (socket = new WebSocket(url));
    dialled = performance.now();
    mine.onmessage = ({data}) => mine === socket && hear(JSON.parse(data));
    mine.onclose = ({code}) => mine === socket && lose(code === 4401);
  };

  const leave = () => {
    const old = socket;
    lose(false);
    old.close();
  };

  const lose = (revoked) => {
    socket = null;
    dead = revoked;
    const cap = performance.now() - heard < 120_000 ? 2000 : 15_000;
    if (!dead) redial = setTimeout(dial, Math.random() * cap);
  };

  const watch = () => {
    const current = Math.min(heard, owed), silent = performance.now() - current;
    if (socket && performance.now() - Math.max(heard, dialled) > REDIAL_MS) leave();
    const marks = {'is-late': kept || silent >= LATE_MS, 'is-stale': kept || silent >= STALE_MS, 'is-revoked': dead};
    const root = document.documentElement;
    for (const [name, on] of Object.entries(marks)) root.classList.toggle(name, on);
    const age = marks['is-late'] ? word(body, 'age', split(Math.floor(silent / 1000))) : '';
    const stale = marks['is-stale'] ? word(body, 'stale', timeOfDay(kept ? page.at / 1000 : now(current))) : '';
    put(document.getElementById('age'), age);
    const notice = document.querySelector('#notice [data-say]') || document.getElementById('notice');
    put(notice, dead ? word(body, 'revoked') : stale);
    // What somebody does at a tablet goes on without the shop, and so do its times.
    if (page.audience !== 'tablet') rest(marks['is-stale'] ? current : undefined);
    regions.catchUp();
    if (performance.now() > OLD_MS && isNight()) renew();
  };

  /* A tablet that wakes up does not wait for its turn. */
  const wake = () => {
    if (!document.hidden && !socket && !dead) dial();
  };

  /* A page that fetches its content says since when it could not. */
  window.Baylight.owe = (since) => (owed = since);

  if (!page.socket) return; // A page of the gallery stands still.
  regions.onDoubt(doubt);
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  setInterval(watch, 1000);
  if (kept) watch();
  dial();
})();
