/* What was tapped and is not with the shop yet: kept in order in the browser's own database, sent
   one at a time, each under one key, so that however often it is sent it is one deed. Draws
   nothing. Needs times.js, regions.js, tablet_clock.js, tablet_store.js and tablet_loose.js before it. */
(() => {
  'use strict';
  const LONGEST_MS = 15_000;
  const HURRY_MS = 300;
  const ANSWER_MS = 20_000;
  const SHOWN_MS = 1500; // So long a deed that was sent may wait for the frame that shows it.
  const mine = document.body.dataset.person;
  const times = window.BaylightTimes;
  const clock = window.BaylightClock;
  const csrf = () => document.querySelector('meta[name=csrf]').content;

  let items = []; // Mine, in the order of the taps. `state`: storing, waiting, sent or refused.
  let foreign = 0; // Taps of others on this tablet: sent when they sign in here again.
  let sending = false;
  let tries = 0;
  let later = 0;
  let hurry = false; // The connection came back while a try was under way.
  const listeners = [];
  const tell = () => listeners.forEach((each) => each(items));

  /* The database. Without one (a private window, a full disk) or with one that never answers, the
     taps live as long as the tab, are sent all the same, and the list says so. */

  const change = window.BaylightStore('baylight', 'outbox', {keyPath: 'n', autoIncrement: true});

  const kept = ({door, fields, said, label, person, key, made, read, photo, why, state}) =>
    ({door, fields, said, label, person, key, made, read, photo, why, state: state === 'refused' ? state : 'waiting'});

  const keepLoose = () => {
    const loose = items.filter((item) => !item.n && ['waiting', 'refused'].includes(item.state));
    return window.BaylightLoose.keep(mine, loose.map(kept));
  };

  const keep = (item) => {
    if (!item.n) return keepLoose();
    return change('readwrite', (store) => store.put({...kept(item), n: item.n})).catch(() => {});
  };

  const drop = (item) => {
    items = items.filter((each) => each !== item);
    return Promise.resolve(item.stored).then(() =>
      item.n ? change('readwrite', (store) => store.delete(item.n)).catch(() => {}) : keepLoose());
  };

  /* Putting in and taking out. */

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  /** Put a deed in: {door, fields, said, label, photo}; it is on its way from now on. `made` is the
      shop's time as this page reckons it, `read` the device's own. */
  const put = (deed) => {
    const item = {...deed, person: mine, key: newKey(), made: times.now(), read: clock.read(), state: 'storing'};
    items.push(item);
    item.stored = change('readwrite', (store) => store.add(kept(item)))
      .then((n) => (item.n = n))
      .catch(() => {})
      .then(() => {
        if (item.state === 'storing') item.state = 'waiting';
        if (!item.n) keepLoose();
        run();
      });
    tell();
    return item;
  };

  /** Take back what has not left yet; false when it is too late for that. */
  const takeBack = (item) => {
    if (item.leaving || !['storing', 'waiting'].includes(item.state)) return false;
    item.state = 'gone';
    drop(item);
    tell();
    return true;
  };

  /** Put a refusal away that somebody has read. */
  const forget = (item) => {
    drop(item);
    tell();
  };

  /* Sending. */

  const next = () => items.find((item) => item.state === 'storing' || item.state === 'waiting');

  const run = async () => {
    clearTimeout(later);
    if (sending) return;
    sending = true;
    let wait = 0;
    try {
      for (let item = next(); item?.state === 'waiting' && !wait; item = next()) {
        wait = LONGEST_MS; // What breaks on the way is tried again.
        wait = await deliver(item);
      }
    } finally {
      sending = false;
      if (wait) later = setTimeout(run, hurry ? HURRY_MS : wait);
      hurry = false;
    }
  };

  const again = () => {
    hurry = sending;
    tries = 0;
    run();
  };

  const post = async (url, body, type) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ANSWER_MS);
    const headers = {'X-CSRF-Token': csrf(), ...type};
    try {
      const asked = {method: 'POST', credentials: 'same-origin', signal: stop.signal, headers, body};
      const answer = await fetch(url, asked);
      const {status, headers: told} = answer;
      return {status, wait: told.get('Retry-After'), seq: told.get('X-Board-Seq'), text: await answer.text()};
    } catch {
      return {status: 0, text: ''};
    } finally {
      clearTimeout(timer);
    }
  };

  /* A page that started out of the cache only guesses the shop's time; how long ago it knows. */
  const ago = (item) => {
    const now = clock.read(), seconds = times.rate() * (now - item.read) / 1000; // In this order.
    return seconds >= 0 ? {'X-Tapped-Ago': seconds.toFixed(1)} : {};
  };
  clock.onJump((by) => {
    for (const item of items.filter(({read}) => read)) {
      item.read += by;
      if (['waiting', 'refused'].includes(item.state)) keep(item);
    }
  });

  /* One try: 0 when the item is settled, else the milliseconds until the next one. */
  const deliver = async (item) => {
    item.leaving = true; // Until it is settled.
    const job = (item.fields.find(([name]) => name === 'job') || [])[1];
    if (item.photo) {
      const headers = {'Content-Type': item.photo.type || 'application/octet-stream', Accept: 'application/json'};
      const answer = await post(`/photos?job=${encodeURIComponent(job)}`, item.photo, headers);
      const name = answer.status === 200 && said(answer.text).photo;
      if (!name) return settle(item, answer);
      item.fields.push(['photos', name]);
      delete item.photo;
      await keep(item);
    }
    const form = new URLSearchParams(item.fields);
    form.append('command_id', item.key);
    form.append('made_at', new Date(item.made * 1000).toISOString());
    return settle(item, await post(`/do/${item.door}`, form, ago(item)));
  };

  /* Only what carries the shop's own mark settles anything: a guest network's page or a proxy may
     answer with whatever number it likes. But a photo that a proxy finds too large would hold up all
     that comes after it. */
  const settle = (item, {status, wait, seq, text}) => {
    item.leaving = false;
    if (status === 204 && seq !== null) return sent(item);
    const {code, why} = refused(text);
    if (code === 'not_signed_in' || code === 'csrf_wrong') return signInAgain();
    const passes = status === 408 || status === 429 || (status >= 500 && status !== 507);
    if ((!code && status !== 413) || passes) {
      tell();
      // A stranger's Retry-After may be an hour.
      return Math.min(LONGEST_MS, Number(wait) * 1000 || 1000 * 2 ** tries++);
    }
    tries = 0;
    Object.assign(item, {state: 'refused', why});
    keep(item);
    tell();
    return 0;
  };

  const sent = (item) => {
    tries = 0;
    item.state = 'sent';
    const over = drop(item); // From the database; the page shows it until the next frame.
    items = [...items, item].sort((one, other) => one.made - other.made);
    setTimeout(() => shown(item), SHOWN_MS);
    over.then(tell);
    return 0;
  };

  const shown = (item) => {
    if (!items.includes(item)) return;
    items = items.filter((each) => each !== item);
    tell();
  };

  const said = (text) => {
    try {
      return JSON.parse(text) || {};
    } catch {
      return {};
    }
  };

  /** What the shop says why not: html for pages, JSON where photos are asked; no code is not ours. */
  const refused = (text) => {
    const {code, message} = said(text);
    if (typeof code === 'string' && message) return {code, why: [message]};
    const box = new DOMParser().parseFromString(text, 'text/html').querySelector('.refusal[data-code]');
    const why = box ? Array.from(box.querySelectorAll('p'), (each) => each.textContent) : [];
    return {code: box?.dataset.code, why};
  };

  /* The session is over, or the page is of another one: what waits is sent after the sign-in. */
  const signInAgain = async () => {
    if (await keepLoose()) location.reload();
    else document.dispatchEvent(new CustomEvent('unkept')); // Somebody decides who knows what is lost.
    return LONGEST_MS;
  };

  /* A frame has come: what was sent before it is shown by it. */
  window.Baylight.onRegion(() => {
    items.filter((item) => item.state === 'sent').forEach(shown);
    if (next()?.state === 'waiting') again();
  });
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', run);

  const ready = change('readonly', (store) => store.getAll())
    .catch(() => [])
    .then((stored) => {
      const found = [...stored, ...window.BaylightLoose.found()];
      const old = found.filter((item) => item.person === mine);
      foreign = found.length - old.length;
      items = [...old, ...items].sort((one, other) => one.made - other.made);
      tell();
      run();
    });

  window.BaylightOutbox = {
    put, takeBack, forget, ready,
    items: () => items,
    isKept: (item) => !!item.n || item.state === 'storing',
    unsent: () => items.filter((item) => ['storing', 'waiting'].includes(item.state)),
    refused: () => items.filter((item) => item.state === 'refused'),
    foreign: () => foreign,
    onChange: (act) => listeners.push(act),
  };
})();
