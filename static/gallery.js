/* What befalls a page of the gallery: told by the element that loads this, before the page's own
   scripts. They then show by themselves what they show of silence, of a browser that lets nothing
   sound, of a screen that was switched off, of taps that wait. */
(() => {
  'use strict';
  const given = document.currentScript.dataset;
  const tick = performance.now.bind(performance);
  let silence = 0;
  performance.now = () => tick() + silence;

  window.WebSocket = class {
    constructor() {
      if ('revoked' in given) addEventListener('load', () => this.onclose({code: 4401}));
    }

    close() {}
  };
  window.EventSource = class {
    addEventListener() {}

    close() {}
  };
  if ('mute' in given) {
    Audio.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  }

  /* Nobody's database: it holds the taps that are given, and forgets what is put in. */
  const taps = JSON.parse(given.taps || '[]');
  const store = {getAll: () => ({result: taps}), add: () => ({result: 99}), put: () => ({}), delete: () => ({})};
  const database = {
    transaction: () => {
      const deal = {objectStore: () => store};
      setTimeout(() => deal.oncomplete());
      return deal;
    },
  };
  IDBFactory.prototype.open = () => {
    const asked = {result: database};
    setTimeout(() => asked.onsuccess());
    return asked;
  };

  addEventListener('load', () => {
    silence = (+given.silence || 0) * 1000;
    setTimeout(() => {
      if (given.press) document.querySelector(given.press).click();
      setTimeout(() => (document.documentElement.dataset.stands = ''), 50);
    }, 50);
  });
  const every = window.setInterval;
  window.setInterval = (act, ms) => {
    addEventListener('load', () => setTimeout(act));
    return every(act, ms);
  };
})();
