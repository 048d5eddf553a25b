/* What the browser's database did not take, beside it: it outlives a sign-in and another page, and
   ends with the tab. Knows nothing of sending. */
(() => {
  'use strict';
  const KEY = 'baylight.loose';
  let turn = Promise.resolve(); // One after the other: a photo becomes text in its own time.

  const asText = (photo) =>
    new Promise((done, fail) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.onerror = fail;
      reader.readAsDataURL(photo);
    });
  const asPhoto = (text) => {
    const [head, data] = text.split(',');
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    return new Blob([bytes], {type: /^data:([^;]*)/.exec(head)[1]});
  };

  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) || [];
    } catch {
      return [];
    }
  };

  const write = async (person, items) => {
    const written = async ({photo, ...item}) => ({...item, text: photo && (await asText(photo))});
    const mine = await Promise.all(items.map(written));
    const all = [...read().filter((item) => item.person !== person), ...mine];
    if (all.length) sessionStorage.setItem(KEY, JSON.stringify(all));
    else sessionStorage.removeItem(KEY);
  };

  /** Keep these items of a person and no others of theirs; false when they could not be kept. */
  const keep = (person, items) =>
    (turn = turn.then(() => write(person, items)).then(() => true, () => !items.length));

  const found = () => read().map(({text, ...item}) => ({...item, photo: text && asPhoto(text)}));

  window.BaylightLoose = {keep, found};
})();
