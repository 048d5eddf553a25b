/* What somebody had begun to write on a page that the tablet opens, or in a sheet there, when their
   session ended: kept in the browser for them alone, and given back when they have signed in again.
   On the tablet's own page it leads back there. Needs tablet_store.js and what else the page has before it. */
(() => {
  'use strict';
  const OLDEST_MS = 7 * 86_400_000;
  const CALM_MS = 10_000;
  const PAUSE_MS = 300;
  const page = document.body.dataset;
  const mine = page.person || page.me;
  const here = location.pathname + location.search;
  const BEGUN = ':is(#content, #dialog[open]) form.begun[hx-post]';

  const change = window.BaylightStore('baylight-begun', 'begun', {keyPath: 'person'});

  /* Whoever never comes back leaves nothing on the tablet for ever. */
  const tidy = (store) => {
    store.openCursor().onsuccess = ({target: {result: at}}) => {
      if (!at) return;
      if (Math.abs(Date.now() - at.value.kept) > OLDEST_MS) at.delete();
      at.continue();
    };
  };
  const found = () => change('readwrite', (store) => (tidy(store), store.get(mine)));

  /* Leaving for the sign-in: where nothing can be kept, the form stays where it is. */

  const waitingPhotos = (form) =>
    [...form.querySelectorAll('.photo')].map((row) => row.file).filter(Boolean);

  const written = (form) => ({
    sheet: form.closest('#dialog') ? window.Board.shown() : '',
    deed: form.getAttribute('hx-post'),
    fields: [...new FormData(form)].filter(([, value]) => typeof value === 'string'),
    files: waitingPhotos(form),
  });

  /** Keep every begun form of this page; false when that is not possible. */
  const keep = () => {
    const forms = [...document.querySelectorAll(BEGUN)].map(written);
    if (!forms.length) return Promise.resolve(true);
    const begun = {person: mine, path: here, forms, kept: Date.now()};
    return change('readwrite', (store) => store.put(begun)).then(() => true, () => false);
  };

  const leave = window.Board?.signIn;
  if (leave) {
    window.Board.signIn = async () => {
      const isKept = await keep();
      if (isKept) leave();
      return isKept;
    };
    document.querySelector('#notice a').addEventListener('click', (event) => {
      event.preventDefault();
      window.BaylightLeave.once(event.target, () => window.Board.signIn());
    });
  }

  /* Giving it back. */

  const fill = (form, {fields, files}) => {
    for (const input of form.querySelectorAll('[name]:not([type=hidden])')) {
      const given = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === 'checkbox' || input.type === 'radio') input.checked = given.includes(input.value);
      else input.value = given[0] ?? '';
    }
    const place = form.querySelector('[data-photos]');
    const names = fields.filter(([name]) => name === place?.dataset.photos).map(([, value]) => value);
    if (place) window.BaylightPhoto.give(place, names, files);
    form.classList.add('begun');
  };

  /* The car has left meanwhile: what was written can still be read. */
  const wordsOf = ({fields}) =>
    fields.filter(([name]) => ['text', 'note'].includes(name)).map(([, value]) => value).filter(Boolean).join(' · ');
  const tell = (form) => {
    const said = document.createElement('p');
    said.className = 'error';
    said.textContent = wordsOf(form);
    document.getElementById('content').append(said);
  };

  /* Several forms of a page may ask for the same deed: what they hide says about which thing. */
  const isIts = (form, {deed, fields}) => {
    const hidden = [...form.querySelectorAll('input[type=hidden]:not(.photo *, [name=version])')];
    const had = (input) => fields.some(([name, value]) => name === input.name && value === input.value);
    return form.getAttribute('hx-post') === deed && hidden.every(had);
  };

  const formOf = async (begun) => {
    if (begun.sheet) await window.Board.open(begun.sheet);
    const all = document.querySelectorAll(`${begun.sheet ? '#dialog[open]' : '#content'} form[hx-post]`);
    return [...all].find((each) => isIts(each, begun));
  };

  const giveBack = async () => {
    const begun = await found();
    if (begun?.path !== here) return;
    for (const each of begun.forms) {
      const form = await formOf(each);
      if (form) fill(form, each);
      else tell(each);
    }
    await change('readwrite', (store) => store.delete(mine));
  };

  /* Led there once, and sent back: they may not open that page any more. */
  const tellAll = async ({forms}) => {
    const words = forms.map(wordsOf).filter(Boolean).join(' · ');
    window.BaylightUnsent.tell(document.getElementById('leave').dataset.begunLost.replace('{words}', words));
    await change('readwrite', (store) => store.delete(mine));
  };

  /* On the tablet's own page what was tapped is sent first, and nobody is led away from a sheet. */
  const lead = async () => {
    const begun = await found(), {unsent, ready} = window.BaylightOutbox;
    await ready;
    if (!begun || document.querySelector('dialog[open]') || performance.now() > CALM_MS) return;
    if (unsent().length || !(await window.BaylightLeave.answers())) return void setTimeout(lead, PAUSE_MS);
    if (begun.led) return tellAll(begun);
    await change('readwrite', (store) => store.put({...begun, led: true}));
    location.replace(begun.path);
  };

  window.BaylightBegun = {keep};
  (window.BaylightOutbox ? lead() : giveBack()).catch(() => {});
})();
