/* Notes and photos of the car at hand, into the outbox; a photo is made smaller before it waits.
   Needs photos.js, tablet_outbox.js and tablet.js before it. */
(() => {
  'use strict';
  const outbox = window.BaylightOutbox;
  const byId = (id) => document.getElementById(id);
  const sheet = byId('ask-telling');
  const take = byId('take-photo');

  const put = (note, said, photo) => {
    const line = document.querySelector('#order-lines > .tile.on')?.dataset.line ?? '';
    const fields = [['job', byId('job').dataset.job], ['line', line], ['note', note]];
    outbox.put({door: 'note_job', fields, said, photo});
  };

  document.addEventListener('click', ({target}) => {
    const phrase = target.closest('[data-phrase]');
    if (target.closest('[data-ask-now=telling]')) {
      sheet.querySelector('.found').href = `/tablet/found/${byId('job').dataset.job}`;
    }
    if (!phrase) return;
    sheet.close();
    put(phrase.dataset.phrase, `${take.dataset.note} · ${phrase.dataset.phrase}`);
  });

  take.addEventListener('change', async () => {
    const files = [...take.files];
    take.value = '';
    for (const file of files) put('', take.dataset.said, await window.BaylightPhoto.shrunk(file));
  });
})();
