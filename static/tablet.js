/* The technician's tablet: choosing a line, asking for a reason, handing a deed to the outbox, and
   the labour that runs. Needs times.js, regions.js, tablet_outbox.js, tablet_ahead.js,
   tablet_unsent.js and tablet_words.js before it. */
(function () {
  'use strict';
  var main = document.querySelector('main.tab');
  var body = document.body.dataset;
  var times = window.BaylightTimes;
  var outbox = window.BaylightOutbox;
  var ahead = window.BaylightAhead;
  var quietUntil = 0;     /* the button under a finger has just become another one */
  var startedUntil = 0;   /* nobody finishes what they have just started */
  var chosen = null;      /* the line somebody tapped, until the car at hand changes */
  var asked = null;       /* the deed that waits for a reason: {form, button, fields} */
  var about = null;       /* the car and line that were at hand when the first sheet opened */
  var page = 0;
  var begun = window.BaylightWords; /* what was left half written in a sheet, by sheet and car */
  var seen = null;        /* the line that was in view because the buttons are about it */

  function byId(id) { return document.getElementById(id); }
  function each(selector, deed, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), deed);
  }

  /* ---- times on the shop's clock, in seconds */
  function localText(seconds) {
    return new Date((seconds + Number(body.zone || 0) * 60) * 1000).toISOString();
  }
  function expectedAt(choice) {
    if (choice.charAt(0) === '+') { return localText(times.now() + Number(choice) * 60).slice(0, 16); }
    return localText(times.now() + 86400).slice(0, 11) + choice.split(' ')[1];
  }

  /* ---- texts that run */
  function span(seconds) {
    var minutes = Math.floor(Math.abs(seconds) / 60);
    var text = Math.floor(minutes / 60) + ':' + ('0' + minutes % 60).slice(-2);
    return seconds <= -60 ? '-' + text : text;
  }
  function bar(place, share, kind) {
    var rect = place.querySelector('rect');
    if (!rect) {
      var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      rect.setAttribute('height', '100%');
      svg.appendChild(rect);
      place.appendChild(svg);
    }
    rect.setAttribute('width', Math.round(100 * Math.max(0, Math.min(1, share))) + '%');
    rect.setAttribute('class', kind);
  }
  function used(data, now) {
    var clocks = ahead.clocks(data.starts ? data.starts.split(' ').map(Number) : []);
    return clocks.starts.reduce(function (sum, start) { return sum + Math.max(0, now - start); }, Number(data.worked) + clocks.ended);
  }
  function labour(place, now) {
    var data = place.dataset, spent = used(data, now), standard = Number(data.standard);
    if (data.labour === 'meter') { bar(place, spent / standard, spent > 0.9 * standard ? 'over' : ''); return; }
    var words = main.dataset;
    times.put(place, data.labour === 'left' ? span(standard - spent)
      : (standard ? words.usedOf : words.used).replace('{used}', span(spent)).replace('{standard}', span(standard)));
  }
  function run() {
    var now = times.now();
    each('[data-labour]', function (place) { labour(place, now); });
    each('[data-count]', function (place) {
      times.put(place, main.dataset.seconds.replace('{n}', Math.max(0, Math.ceil(place.dataset.count - now))));
    });
    each('[data-track]', function (place) { bar(place, (place.dataset.track - now) / byId('undo').dataset.seconds, ''); });
    each('.undo[data-until]', function (slot) { slot.classList.toggle('over', now >= slot.dataset.until); });
  }

  /* ---- which line is chosen, which tiles fit */
  function settle() {
    var job = byId('job'), tiles = document.querySelectorAll('#order-lines > .tile');
    if (!job || !byId('order-lines')) { return; }
    main.classList.toggle('idle', !job.dataset.job);
    if (chosen && (chosen.job !== job.dataset.job || !byId('line-' + chosen.line))) { chosen = null; }
    var line = chosen ? chosen.line : offered();
    choose(line);
    turnTo(tiles.length, line === seen ? page : pageOf(tiles, line));
    seen = line;
    turnCards(Number(document.querySelector('.pane-list').dataset.page));
  }
  function turnCards(wanted) {
    var cards = document.querySelectorAll('.cards > *').length, size = main.classList.contains('idle') ? 2 : 3;
    document.querySelector('.pane-list').dataset.page = wanted * size < cards && wanted < 5 ? wanted : 0;
    each('.turn-cards', function (button) { button.hidden = cards <= size; });
  }
  function pageOf(tiles, line) {
    var at = Array.prototype.map.call(tiles, function (tile) { return tile.dataset.line; }).indexOf(line);
    return Math.max(0, Math.floor(at / 3));
  }
  function offered() {
    var tile = document.querySelector('#order-lines > .tile[data-chosen]'), next = ahead.current();
    if (next !== null) { return next; }
    return tile ? tile.dataset.line : null;
  }
  function choose(line) {
    each('#order-lines > .tile', function (tile) {
      var on = tile.dataset.line === line;
      tile.classList.toggle('on', on);
      tile.setAttribute('aria-pressed', String(on));
    });
    each('#deeds .deed-set', function (set) { set.hidden = set.dataset.line !== '' && set.dataset.line !== line; });
    ahead.deeds(line || '');
  }
  function turnTo(tiles, wanted) {
    var row = byId('tile-row'), many = tiles > 4;
    page = many && wanted * 3 < tiles && wanted < 5 ? wanted : 0;
    row.classList.toggle('many', many);
    row.dataset.page = page;
    byId('turn').hidden = !many;
  }

  /* ---- sending a deed: into the outbox, from where it leaves by itself */
  function send(form, button, fields, said) {
    var all = Array.from(new FormData(form)).concat(fields).filter(function (field) { return typeof field[1] === 'string'; });
    var label = button.querySelector('span').textContent.trim();
    chosen = null;
    quietUntil = performance.now() + 400;
    if (/\/(start_line|resume_job)$/.test(form.getAttribute('action'))) { startedUntil = performance.now() + 1000; }
    outbox.put({ door: form.getAttribute('action').slice(4), fields: all, said: [label].concat(said).join(' · ') });
    if (button.closest('.card-queued')) { byId('others-pane').classList.remove('open'); }
  }
  function refuse(text) {
    byId('others-pane').classList.remove('open');
    window.BaylightUnsent.tell(text);
  }

  /* ---- asking for a reason first */
  var TILES = 10;         /* so many have room beside the one that turns to the next */
  function turnTiles(list, wanted) {
    var tiles = list.querySelectorAll('.reason:not(.turn)'), at = wanted * TILES < tiles.length ? wanted : 0;
    list.dataset.pages = at;
    list.querySelector('.turn').hidden = tiles.length <= TILES;
    Array.prototype.forEach.call(tiles, function (tile, n) { tile.hidden = Math.floor(n / TILES) !== at; });
  }
  function ask(name) {
    var dialog = byId('ask-' + name);
    if (!document.querySelector('dialog[open]')) { about = atHand(); }
    each('dialog[open]', function (before) { before.close(); });
    tellAbout(dialog);
    each('[data-pages]', function (list) { turnTiles(list, 0); }, dialog);
    each('[data-out]', function (place) {
      var km = asked.form && asked.form.dataset.out;
      place.textContent = km ? place.dataset.word.replace('{km}', km) : '';
    }, dialog);
    dialog.showModal();
  }
  function atHand() {
    var job = byId('job'), tile = document.querySelector('#order-lines > .tile.on'), plate = job.querySelector('.plate');
    return {
      job: job.dataset.job, plate: plate ? plate.textContent : '',
      line: tile ? tile.dataset.line : '', name: tile ? tile.querySelector('.name').textContent : ''
    };
  }
  /* Another car may come to hand while a sheet is open: it stays with the one it was opened at. */
  function tellAbout(dialog) {
    var form = dialog.querySelector('form[action^="/do/"]');
    if (dialog.dataset.job !== about.job) { turnWords(dialog, dialog.dataset.job, about.job); }
    dialog.dataset.job = about.job;
    each('[data-plate]', function (place) { place.textContent = plateOf(asked.form); }, dialog);
    each('[data-line-name]', function (place) { place.textContent = about.name; }, dialog);
    if (form) { form.elements.job.value = about.job; form.elements.line.value = about.line; }
  }
  /* A deed on a card is about the card's car, one without a car about none. */
  function plateOf(form) {
    var card = form && form.closest('article'), plate = card && card.querySelector('.plate');
    if (form && !form.elements.job) { return ''; }
    return plate ? plate.textContent : about.plate;
  }
  /* Half written words wait with their car, and are never offered at another one. */
  function turnWords(dialog, from, to) {
    var inputs = Array.from(dialog.querySelectorAll('form input:not([type=hidden])'));
    if (from !== undefined) { begun[dialog.id + ' ' + from] = inputs.map(function (input) { return input.value; }); }
    each('form.note, form.need', function (old) { old.reset(); }, dialog);
    (begun[dialog.id + ' ' + to] || []).forEach(function (value, at) { inputs[at].value = value; });
  }
  function typed(input) { return input.inputMode === 'numeric' ? input.value.replace(/[\s,，]/g, '') : input.value.trim(); }
  function answerWith(tile) {
    var data = tile.dataset, value = data.from ? typed(byId(data.from)) : data.value;
    if (data.from && !value) { byId(data.from).focus(); return; }
    if (data.field) { asked.fields.push([data.field, data.field === 'expected' ? expectedAt(value) : value]); }
    if (data.field) { asked.said.push(data.from ? value : tile.textContent.trim()); }
    if (data.then) { ask(data.then); return; }
    each('dialog[open]', function (dialog) { dialog.close(); });
    send(asked.form, asked.button, asked.fields, asked.said);
    if (data.from) { byId(data.from).value = ''; }
  }

  document.addEventListener('submit', function (event) {
    var form = event.target, action = form.getAttribute('action') || '';
    if (form.classList.contains('note') && form.method === 'dialog') { event.preventDefault(); answerWith(form.querySelector('[data-from]')); return; }
    if (action.indexOf('/do/') !== 0) { return; }
    event.preventDefault();
    var button = form.querySelector('button');
    if (button.dataset.refusal) { refuse(button.dataset.refusal); return; }
    if (button.classList.contains('waiting')) { return; }
    if (form.closest('dialog')) { form.closest('dialog').close(); send(form, button, [], [form.querySelector('input:not([type=hidden])').value]); form.reset(); return; }
    if (form.dataset.ask) { asked = { form: form, button: button, fields: [], said: [] }; ask(form.dataset.ask); return; }
    send(form, button, [], []);
  });
  /* The second half of a double tap would hit the button that has just taken the first one's place. */
  document.addEventListener('click', function (event) {
    var isTooSoon = event.pointerType === 'touch' && performance.now() < (event.target.closest('.finish, .mine') ? Math.max(quietUntil, startedUntil) : quietUntil);
    if ((isTooSoon || event.detail > 1) && event.target.closest('.deeds-slot')) { event.preventDefault(); }
  }, true);
  document.addEventListener('click', function (event) {
    var tap = event.target.closest('button');
    if (!tap) { return; }
    if (tap.dataset.line !== undefined) {
      chosen = { job: byId('job').dataset.job, line: tap.dataset.line };
      choose(tap.dataset.line);
    } else if (tap.id === 'turn') {
      turnTo(document.querySelectorAll('#order-lines > .tile').length, page + 1);
    } else if (tap.classList.contains('turn-cards')) {
      turnCards(Number(document.querySelector('.pane-list').dataset.page) + 1);
    } else if (tap.dataset.askNow) {
      asked = { form: null, button: tap, fields: [], said: [] };
      ask(tap.dataset.askNow);
    } else if (tap.dataset.open) {
      byId(tap.dataset.open).classList.add('open');
    } else if (tap.dataset.close !== undefined) {
      each('dialog[open]', function (dialog) { dialog.close(); });
      byId('others-pane').classList.remove('open');
    } else if (tap.dataset.turn !== undefined) {
      turnTiles(tap.parentNode, Number(tap.parentNode.dataset.pages) + 1);
    } else if (tap.dataset.field !== undefined && asked) {
      answerWith(tap);
    }
  });

  function draw() {
    settle();
    run();
  }
  window.BaylightSheets = { about: function () { return about; }, atHand: atHand };
  window.Baylight.onRegion(draw);
  outbox.onChange(draw);

  settle();
  run();
  setInterval(run, 1000);
}());
