/* Notes and photos of the car at hand, into the outbox; a photo is made smaller before it waits.
   Needs photos.js, tablet_outbox.js and tablet.js before it. */
(() => {
  'use strict';
  const outbox = window.BaylightOutbox;
  const byId = (id) => document.getElementById(id);
  const sheet = byId('ask-telling');
  const take = byId('take-photo');

  const sheets = window.BaylightSheets;
  let shot = null; // What was at hand when the camera opened: it may be another car afterwards.

  const put = ({job, line}, note, said, photo) => {
    const fields = [['job', job], ['line', line], ['note', note]];
    outbox.put({door: 'note_job', fields, said, photo});
  };

  document.addEventListener('click', ({target}) => {
    const phrase = target.closest('[data-phrase]');
    if (target.closest('[data-ask-now=telling]')) {
      sheet.querySelector('.found').href = `/tablet/found/${sheets.about().job}`;
    }
    if (!phrase) return;
    sheet.close();
    put(sheets.about(), phrase.dataset.phrase, `${take.dataset.note} · ${phrase.dataset.phrase}`);
  });

  take.addEventListener('click', () => (shot = sheets.atHand()));
  take.addEventListener('change', async () => {
    const files = [...take.files], car = shot ?? sheets.atHand();
    take.value = '';
    shot = null;
    for (const file of files) put(car, '', take.dataset.said, await window.BaylightPhoto.shrunk(file));
  });
})();
