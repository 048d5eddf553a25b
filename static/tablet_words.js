/* Half written words of the tablet's sheets, by sheet and car: kept in the browser for who wrote them,
   for their session may end in the middle of a word. Needs tablet_store.js before it. */
(() => {
  'use strict';
  const person = `${document.body.dataset.person} sheets`;
  const change = window.BaylightStore('baylight-begun', 'begun', {keyPath: 'person'});
  const begun = {};

  const inputsOf = (dialog) => [...dialog.querySelectorAll('form input:not([type=hidden])')];
  const save = () => {
    const entry = {person, begun, kept: Date.now()};
    const act = (store) => (Object.keys(begun).length ? store.put(entry) : store.delete(person));
    change('readwrite', act).catch(() => {});
  };
  const note = ({target}) => {
    const dialog = target.closest('dialog');
    if (dialog?.dataset.job === undefined || !inputsOf(dialog).length) return;
    const key = `${dialog.id} ${dialog.dataset.job}`, values = inputsOf(dialog).map((input) => input.value);
    if (values.some(Boolean)) begun[key] = values;
    else delete begun[key];
    save();
  };
  document.addEventListener('input', note);
  document.addEventListener('close', note, true); // What was sent has been emptied by then.

  change('readonly', (store) => store.get(person))
    .then((entry) => Object.assign(begun, {...entry?.begun, ...begun}))
    .catch(() => {});
  window.BaylightWords = begun;
})();
