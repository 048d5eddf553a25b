/* Keeps the phone page live: one stream brings its parts as they change, else it looks each minute.
   Never swaps a part in which somebody types. Without it the page works and is loaded anew. */
(function () {
  'use strict';
  var SILENT_MS = 12000, LATE_MS = 15000, OFF_MS = 300000, LOOK_MS = 60000;
  var main = document.getElementById('phone');
  if (!main) return;
  // Where a form was answered, the address is not the page's own.
  var page = main.dataset.page, news = main.dataset.news;
  var note = document.getElementById('stale'), remind = document.getElementById('remind');
  var stream = null, heard = performance.now(), tried = heard, kept = {}, sound = null, alone = false;

  function byId(id) { return document.getElementById(id); }
  function parsed(html) { return new DOMParser().parseFromString(html, 'text/html'); }
  function typing(part) {
    var field = part.querySelector('input:not([type=hidden])');
    return Boolean(field && (field.value || document.activeElement === field));
  }
  function pressable(part) { return [].slice.call(part.querySelectorAll('a, button')); }
  function calls() {
    var asks = byId('phone-ask'), car = byId('phone-car');
    return {asks: Number(asks && asks.dataset.asks), ready: Boolean(car && car.matches('.ready'))};
  }
  function put(fresh) {
    var old = byId(fresh.id), before = calls(), after, at;
    delete kept[fresh.id];
    if (!old || old.isEqualNode(fresh)) return;
    if (typing(old)) { kept[fresh.id] = fresh; return; }
    at = pressable(old).indexOf(document.activeElement);
    old.replaceWith(fresh);
    if (at >= 0 && pressable(fresh)[at]) pressable(fresh)[at].focus();
    after = calls();
    if (after.asks > before.asks || (after.ready && !before.ready)) ring();
  }
  function fresh() {
    heard = performance.now();
    show();
  }
  function look() {
    tried = performance.now();
    fetch(page, {credentials: 'same-origin'}).then(function (answer) {
      if (answer.status === 404) location.replace(page);
      if (!answer.ok) throw new Error('not now');
      return answer.text();
    }).then(function (html) {
      [].forEach.call(parsed(html).querySelectorAll('[id^="phone-"]'), put);
      fresh();
    }).catch(function () {});
  }
  function listen() {
    if (stream || alone || !news || !window.EventSource) return;
    tried = performance.now();
    stream = new EventSource(news);
    stream.addEventListener('part', function (event) {
      put(parsed(event.data).body.firstElementChild);
      fresh();
    });
    stream.addEventListener('beat', fresh);
    stream.addEventListener('full', function () { stop(); alone = true; });
    stream.addEventListener('over', function () { stop(); location.replace(page); });
    stream.onerror = function () { if (stream && stream.readyState === 2) stop(); };
  }
  function stop() {
    if (stream) stream.close();
    stream = null;
  }
  function show() {
    var quiet = performance.now() - heard - (stream ? 0 : LOOK_MS);
    var at = byId('phone-head').querySelector('time').textContent;
    var text = quiet > OFF_MS ? note.dataset.off + ' ' + at : quiet > LATE_MS ? note.dataset.late : '';
    if (note.textContent !== text) note.textContent = text;
    main.classList.toggle('off', quiet > OFF_MS);
  }
  if (news) setInterval(function () {
    var now = performance.now();
    show();
    if (document.hidden) return;
    if (stream && now - heard > SILENT_MS && now - tried > SILENT_MS) { stop(); listen(); }
    if (!stream && now - tried > LOOK_MS) { look(); listen(); }
  }, 1000);
  document.addEventListener('visibilitychange', function () {
    alone = false;
    if (document.hidden) stop(); else listen();
  });
  document.addEventListener('focusout', function () {
    setTimeout(function () { Object.keys(kept).forEach(function (id) { put(kept[id]); }); }, 0);
  });
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', listen);

  function ring() {
    if (!sound) return;
    [880, 1109, 1319].forEach(function (pitch, at) {
      var tone = sound.createOscillator(), loud = sound.createGain(), from = sound.currentTime + at * 0.25;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.3, from);
      loud.gain.exponentialRampToValueAtTime(0.001, from + 0.5);
      tone.connect(loud);
      loud.connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.5);
    });
    if (navigator.vibrate) navigator.vibrate(200);
  }
  // A browser lets a page sound only after somebody touched it: that is what the button is for.
  var Sound = window.AudioContext || window.webkitAudioContext;
  if (remind && Sound) {
    remind.hidden = byId('remind-means').hidden = false;
    remind.onclick = function () {
      var words = remind.querySelector('span'), was = words.textContent;
      if (sound) sound.close();
      sound = sound ? null : new Sound();
      words.textContent = words.dataset.on;
      words.dataset.on = was;
      ring();
    };
  }
  listen();
})();
