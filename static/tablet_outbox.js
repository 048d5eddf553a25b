/* What was tapped and is not with the shop yet: kept in order in the browser's own database, sent
   one at a time, each under one key, so that however often it is sent it is one deed. Draws
   nothing. Needs times.js and regions.js before it. */
(() => {
  'use strict';
  const STORE = 'outbox';
  const LONGEST_MS = 15_000;
  const HURRY_MS = 300;
  const ANSWER_MS = 20_000;
  const SHOWN_MS = 1500; // So long a deed that was sent may wait for the frame that shows it.
  const mine = document.body.dataset.person;
  const times = window.BaylightTimes;
  const csrf = () => document.querySelector('meta[name=csrf]').content;

  let items = []; // Mine, in the order of the taps. `state`: storing, waiting, sent or refused.
  let foreign = 0; // Taps of others on this tablet: sent when they sign in here again.
  let sending = false;
  let tries = 0;
  let later = 0;
  let hurry = false; // The connection came back while a try was under way.
  const listeners = [];
  const tell = () => listeners.forEach((each) => each(items));

  /* The database. Without one (a private window) the taps live as long as the page. */

  const opened = new Promise((done, fail) => {
    const request = indexedDB.open('baylight', 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, {keyPath: 'n', autoIncrement: true});
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  opened.catch(() => {});

  const change = async (mode, act) => {
    const deal = (await opened).transaction(STORE, mode, {durability: 'strict'});
    const request = act(deal.objectStore(STORE));
    await new Promise((done, fail) => {
      deal.oncomplete = done;
      deal.onabort = () => fail(deal.error);
    });
    return request.result;
  };

  const kept = ({door, fields, said, label, person, key, made, photo, why, state}) =>
    ({door, fields, said, label, person, key, made, photo, why, state: state === 'refused' ? state : 'waiting'});

  const keep = (item) => item.n && change('readwrite', (store) => store.put({...kept(item), n: item.n}));

  const drop = (item) => {
    items = items.filter((each) => each !== item);
    return Promise.resolve(item.stored).then(() =>
      item.n && change('readwrite', (store) => store.delete(item.n)).catch(() => {}));
  };

  /* Putting in and taking out. */

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  /** Put a deed in: {door, fields, said, label, photo}; it is on its way from now on. */
  const put = (deed) => {
    const item = {...deed, person: mine, key: newKey(), made: times.now(), state: 'storing'};
    items.push(item);
    item.stored = change('readwrite', (store) => store.add(kept(item)))
      .then((n) => (item.n = n))
      .catch(() => {})
      .then(() => {
        if (item.state === 'storing') item.state = 'waiting';
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
    for (let item = next(); item?.state === 'waiting' && !wait; item = next()) wait = await deliver(item);
    sending = false;
    if (wait) later = setTimeout(run, hurry ? HURRY_MS : wait);
    hurry = false;
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
      return {status: answer.redirected ? 401 : answer.status, wait: answer.headers.get('Retry-After'),
        text: await answer.text()};
    } catch {
      return {status: 0, text: ''};
    } finally {
      clearTimeout(timer);
    }
  };

  /* One try: 0 when the item is settled, else the milliseconds until the next one. */
  const deliver = async (item) => {
    item.leaving = true;
    const job = (item.fields.find(([name]) => name === 'job') || [])[1];
    if (item.photo) {
      const headers = {'Content-Type': item.photo.type || 'application/octet-stream', Accept: 'application/json'};
      const answer = await post(`/photos?job=${encodeURIComponent(job)}`, item.photo, headers);
      if (answer.status !== 200) return settle(item, answer);
      item.fields.push(['photos', JSON.parse(answer.text).photo]);
      delete item.photo;
      await keep(item)?.catch(() => {});
    }
    const form = new URLSearchParams(item.fields);
    form.append('command_id', item.key);
    form.append('made_at', new Date(item.made * 1000).toISOString());
    return settle(item, await post(`/do/${item.door}`, form));
  };

  const settle = (item, {status, wait, text}) => {
    item.leaving = false;
    if (status === 204) return sent(item);
    const refusal = refused(text);
    if (status === 401 || refusal.code === 'csrf_wrong') return signInAgain();
    const passes = status === 0 || status === 408 || status === 429 || status >= 500;
    if (passes && status !== 507) {
      tell();
      return Number(wait) * 1000 || Math.min(LONGEST_MS, 1000 * 2 ** tries++);
    }
    tries = 0;
    Object.assign(item, {state: 'refused', why: refusal.why});
    keep(item)?.catch(() => {});
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

  /** What the server says why not: html for pages, JSON where photos are asked. */
  const refused = (text) => {
    try {
      const said = JSON.parse(text);
      return {code: said.code, why: [said.message]};
    } catch {
      const box = new DOMParser().parseFromString(text, 'text/html').querySelector('.refusal');
      const why = box ? Array.from(box.querySelectorAll('p'), (each) => each.textContent) : [];
      return {code: box?.dataset.code, why};
    }
  };

  /* The session is over, or the page is of another one: what waits is sent after the sign-in. */
  const signInAgain = () => {
    location.reload();
    return LONGEST_MS;
  };

  /* A frame has come: what was sent before it is shown by it. */
  window.Baylight.onRegion(() => {
    items.filter((item) => item.state === 'sent').forEach(shown);
    if (tries) again();
  });
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', run);

  const ready = change('readonly', (store) => store.getAll())
    .then((found) => {
      const old = found.filter((item) => item.person === mine);
      foreign = found.length - old.length;
      items = [...old, ...items];
    })
    .catch(() => {})
    .then(() => {
      tell();
      run();
    });

  window.BaylightOutbox = {
    put, takeBack, forget, ready,
    items: () => items,
    unsent: () => items.filter((item) => ['storing', 'waiting'].includes(item.state)),
    refused: () => items.filter((item) => item.state === 'refused'),
    foreign: () => foreign,
    onChange: (act) => listeners.push(act),
  };
})();
