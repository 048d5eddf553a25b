/* Keeps the phone page live: one stream brings its parts as they change; whenever a minute brought
   nothing, stream or not, the page is looked at. Says how old it is from 15 s on.
   Never swaps a part that is pressed or typed in. Without it the page works and is loaded anew. */
(function () {
  'use strict';
  var SILENT_MS = 12000, LATE_MS = 15000, OFF_MS = 300000, LOOK_MS = 60000, CLICK_MS = 300;
  var main = document.getElementById('phone');
  if (!main) return;
  // Where a form was answered, the address is not the page's own.
  var page = main.dataset.page, news = main.dataset.news;
  var note = document.getElementById('stale'), aged = document.getElementById('age');
  var remind = document.getElementById('remind'), kept = {}, sound = null;
  var pressed = null, lifted = 0; // What a finger is down on, until its click has come.
  // `deaf`: how often the stream said nothing in a row; `alone`: it was told not to come back.
  var stream = null, heard = performance.now(), tried = heard, looked = heard, deaf = 0, alone = false;

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
    if (typing(old) || old.contains(pressed)) { kept[fresh.id] = fresh; return; }
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
  function told() {
    deaf = 0;
    fresh();
  }
  function look() {
    var status;
    looked = performance.now();
    fetch(page, {credentials: 'same-origin'}).then(function (answer) {
      status = answer.status;
      return answer.text();
    }).then(function (html) {
      // What stands between may answer too: only a page of ours is believed.
      var whole = parsed(html), ours = whole.querySelector('main.phone');
      if (ours && status === 404) location.replace(page);
      if (!ours || status !== 200) return;
      [].forEach.call(whole.querySelectorAll('[id^="phone-"]'), put);
      fresh();
    }).catch(function () {});
  }
  function listen() {
    if (stream || alone || !news || !window.EventSource) return;
    tried = performance.now();
    stream = new EventSource(news);
    stream.addEventListener('part', function (event) {
      put(parsed(event.data).body.firstElementChild);
      told();
    });
    stream.addEventListener('beat', told);
    stream.addEventListener('full', function () { stop(); alone = true; });
    stream.addEventListener('over', function () { stop(); location.replace(page); });
    stream.onerror = function () { if (stream && stream.readyState === 2) stop(); };
  }
  function stop() {
    if (stream) stream.close();
    stream = null;
  }
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }
  function show() {
    var quiet = performance.now() - heard, seconds = Math.floor(quiet / 1000);
    var off = quiet > OFF_MS, late = quiet > LATE_MS && !off;
    var at = byId('phone-head').querySelector('time').textContent;
    var age = Math.floor(seconds / 60) + (seconds % 60 < 10 ? ':0' : ':') + seconds % 60;
    // Who only looks each minute is not cut off in between.
    var lost = late && (stream || quiet > LOOK_MS + LATE_MS);
    say(note, off ? note.dataset.off.replace('{}', at) : lost ? note.dataset.late : '');
    say(aged, late ? aged.dataset.age.replace('{}', age) : '');
    main.classList.toggle('late', late);
    main.classList.toggle('off', off);
  }
  if (news) setInterval(function () {
    var now = performance.now(), patience = deaf > 3 ? LOOK_MS : SILENT_MS;
    show();
    if (document.hidden) return;
    if (now - Math.max(heard, looked) > LOOK_MS) look();
    if (stream && now - Math.max(heard, tried) > patience) { deaf++; stop(); listen(); }
    if (!stream && now - tried > LOOK_MS) listen();
  }, 1000);
  document.addEventListener('visibilitychange', function () {
    alone = false;
    if (document.hidden) stop(); else listen();
  });
  function catchUp() { Object.keys(kept).forEach(function (id) { put(kept[id]); }); }
  function press(target, wait) {
    pressed = target;
    clearTimeout(lifted);
    lifted = setTimeout(function () { pressed = null; catchUp(); }, wait);
  }
  document.addEventListener('focusout', function () { setTimeout(catchUp, 0); });
  document.addEventListener('pointerdown', function (event) { press(event.target, LOOK_MS); }, true);
  document.addEventListener('pointerup', function () { press(pressed, CLICK_MS); }, true);
  ['click', 'pointercancel'].forEach(function (kind) {
    document.addEventListener(kind, function () { press(pressed, 0); }, true);
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
