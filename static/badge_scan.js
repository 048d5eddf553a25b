/* Badges at a tablet: a scanner types them like a fast keyboard, on any page and into any field, which
   then is as it was before; where the browser reads codes by itself, the camera does. Whoever is
   scanned is signed in, whoever was here is not. */
(() => {
  'use strict';
  const CODE = /^B\d{40}$/;
  const GAP_MS = 300; // Nobody types so fast, no scanner so slowly.
  const LOOK_MS = 200;
  const LONGEST_MS = 30_000;
  const outbox = window.BaylightOutbox;
  const byId = (id) => document.getElementById(id);
  const csrf = () => (document.querySelector('meta[name=csrf]') || {}).content
    || document.querySelector('#who input[name=csrf]').value;

  const say = (text) => {
    if (window.BaylightUnsent) {
      document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
      return window.BaylightUnsent.tell(text);
    }
    const isSignIn = byId('who'), note = byId(isSignIn ? 'note' : 'toast');
    note.textContent = text;
    note.hidden = false;
    if (isSignIn) note.classList.add('wrong');
    else (document.querySelector('dialog[open]') || document.body).append(note);
  };

  const enter = async (badge) => {
    if (outbox?.unsent().length) return say(byId('leave').dataset.unsent);
    const body = new URLSearchParams({badge, csrf: csrf()});
    const asked = {method: 'POST', body, credentials: 'same-origin', headers: {Accept: 'application/json'}};
    const answer = await fetch('/sign-in/badge', asked).catch(() => null);
    const place = document.querySelector('[data-offline]');
    if (answer?.headers.get('X-Answered-By') !== 'baylight') return say(place ? place.dataset.offline : document.body.dataset.wordOffline);
    const said = await answer.json();
    if (answer.ok) await window.BaylightBegun?.keep();
    await window.caches?.delete('baylight-page');
    return answer.ok ? location.replace(said.to) : say(said.message);
  };

  /* The scanner. */

  const FIELD = 'input,textarea';
  let read = null; // What came since its first letter; null while nobody scans.
  let field = null; // The field in which it is being written, and what stood there before.
  let at = 0;
  let isOver = false; // The scanner's Enter is still to come.

  /* A method of input, as for Chinese, hides what the keys say but not which they are. */
  const signOf = ({key, code}) => (key === 'Process' ? code.replace(/^(Key|Digit|Numpad)/, '') : key);
  const swallow = (event) => {
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  const begin = ({target}) => {
    read = 'B';
    field = target.matches(FIELD) ? {input: target, value: target.value} : null;
  };
  const takeOut = ({input, value}) => {
    input.blur(); // What is being composed ends here.
    input.value = value;
  };

  window.addEventListener('keydown', (event) => {
    const sign = signOf(event);
    if (event.timeStamp - at > GAP_MS) {
      read = null;
      isOver = false;
    }
    at = event.timeStamp;
    if (isOver && sign === 'Enter') return swallow(event);
    if (sign.toUpperCase() === 'B' && (read === null || field)) return begin(event);
    if (read === null || sign === 'Shift') return;
    // Somebody who types by hand may write a B and a digit: only a whole badge is taken out.
    if (!field) swallow(event);
    read = /^\d$/.test(sign) ? read + sign : null;
    if (!read || !CODE.test(read)) return;
    swallow(event);
    if (field) takeOut(field);
    enter(read);
    read = null;
    isOver = true;
  }, true);

  /* The camera. */

  const button = document.querySelector('[data-scan]');
  if (!button || !window.BarcodeDetector || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const video = byId('scan-video'), dialog = byId('scan');
    const stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'user'}}).catch(() => null);
    if (!stream) return say(button.dataset.denied);
    const detector = new window.BarcodeDetector({formats: ['qr_code']});
    const until = performance.now() + LONGEST_MS;
    video.srcObject = stream;
    await video.play();
    dialog.showModal();
    const look = async () => {
      const found = await detector.detect(video).catch(() => []);
      const badge = found.map((each) => each.rawValue).find((text) => CODE.test(text));
      if (badge) enter(badge);
      if (!badge && dialog.open && performance.now() < until) return setTimeout(look, LOOK_MS);
      stream.getTracks().forEach((track) => track.stop());
      return dialog.close();
    };
    look();
  });
})();
