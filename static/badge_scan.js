/* Badges at a tablet: a scanner types them like a fast keyboard, on any page; where the browser
   reads codes by itself, the camera does. Whoever is scanned is signed in, whoever was here is not. */
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
    if (window.BaylightUnsent) return window.BaylightUnsent.tell(text);
    const note = byId('note');
    note.textContent = text;
    note.classList.add('wrong');
  };

  const enter = async (badge) => {
    if (outbox?.unsent().length) return say(byId('leave').dataset.unsent);
    const body = new URLSearchParams({badge, csrf: csrf()});
    const asked = {method: 'POST', body, credentials: 'same-origin', headers: {Accept: 'application/json'}};
    const answer = await fetch('/sign-in/badge', asked).catch(() => null);
    if (!answer) return say(document.querySelector('[data-offline]').dataset.offline);
    const said = await answer.json();
    await window.caches?.delete('baylight-page');
    return answer.ok ? location.replace(said.to) : say(said.message);
  };

  /* The scanner. */

  let read = null; // What came since its first letter; null while nobody scans.
  let at = 0;
  window.addEventListener('keydown', (event) => {
    if (event.timeStamp - at > GAP_MS) read = null;
    at = event.timeStamp;
    if (read === null) {
      if (event.key.toUpperCase() === 'B' && !event.target.matches('input,textarea')) read = 'B';
      return;
    }
    if (event.key === 'Shift') return;
    event.stopImmediatePropagation();
    event.preventDefault();
    read = /^\d$/.test(event.key) ? read + event.key : null;
    if (read && CODE.test(read)) {
      enter(read);
      read = null;
    }
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
