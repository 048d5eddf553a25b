/* The shared tablet's sign-in: tap a name, then four digits; the fourth one signs in. */
(function () {
  'use strict';
  var SMALLEST = 118, GAP = 14;
  var digits = '';
  var busy = false;
  var shownFrom = 0;
  var form = document.getElementById('who');
  var note = document.getElementById('note');
  var dots = document.getElementById('dots');
  var people = Array.prototype.slice.call(document.querySelectorAll('.person-of'));
  var more = document.getElementById('more');
  document.documentElement.classList.add('js');

  function chosen() { return form.querySelector('input[name=person]:checked'); }

  function say(text, wrong) {
    note.textContent = text;
    note.classList.toggle('wrong', Boolean(wrong));
  }

  function draw() {
    dots.classList.toggle('busy', busy);
    Array.prototype.forEach.call(dots.children, function (dot, at) { dot.classList.toggle('in', at < digits.length); });
    dots.setAttribute('aria-label', digits.length + ' / 4');
  }

  function pick() {
    var who = chosen();
    if (who) { document.getElementById('name').textContent = who.dataset.name; }
    digits = '';
    draw();
  }

  /* How many fit: as many columns as the styles make, as many rows as the height holds. */
  function fit() {
    var columns = getComputedStyle(form).gridTemplateColumns.split(' ').length;
    return columns * Math.max(1, Math.floor((form.clientHeight + GAP) / (SMALLEST + GAP)));
  }

  function page() {
    var all = people.length <= fit(), size = all ? people.length : fit() - 1;
    if (shownFrom >= people.length || all) { shownFrom = 0; }
    people.forEach(function (person, at) { person.hidden = at < shownFrom || at >= shownFrom + size; });
    var shown = Math.min(size, people.length - shownFrom);
    var words = more.querySelector('span');
    words.textContent = words.dataset.words.replace('{n}', people.length - shown);
    more.hidden = all;
  }

  function add(digit) {
    if (busy) { return; }
    if (!chosen()) { say(note.dataset.choose, true); return; }
    digits += digit;
    if (digits.length === 1) { say(note.dataset.calm); }
    draw();
    if (digits.length === 4) { enter(); }
  }

  function enter() {
    var body = new URLSearchParams(new FormData(form));
    body.set('pin', digits);
    busy = true;
    draw();
    fetch('/sign-in/pin', { method: 'POST', body: body, credentials: 'same-origin', headers: { Accept: 'application/json' } })
      .then(function (answer) { return answer.json().then(function (said) { heard(answer.ok, said); }); })
      .catch(function () { again(note.dataset.offline); });
  }

  function heard(ok, said) {
    if (ok) { location.replace(said.to); } else { again(said.message); }
  }

  function again(message) {
    busy = false;
    digits = '';
    draw();
    say(message, true);
  }

  document.getElementById('pad').addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) { return; }
    if (button.dataset.digit) { add(button.dataset.digit); }
    if (button.dataset.back !== undefined && !busy) { digits = digits.slice(0, -1); draw(); }
    if (button.dataset.forgot !== undefined) { say(note.dataset.forgot); }
  });
  document.addEventListener('keydown', function (event) {
    if (/^[0-9]$/.test(event.key)) { add(event.key); }
    if (event.key === 'Backspace' && !busy) { digits = digits.slice(0, -1); draw(); }
  });
  form.addEventListener('change', function () { say(note.dataset.calm); pick(); });
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  more.addEventListener('click', function () { shownFrom += fit() - 1; page(); });
  window.addEventListener('resize', function () { shownFrom = 0; page(); });

  page();
  if (chosen()) { pick(); }
}());
