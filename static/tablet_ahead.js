/* What the tablet shows before the shop has answered: lines and buttons as the taps that wait will
   leave them. Always made anew from the server's page and the outbox; knows no rules but these:
   a start runs a line and stops my others, a pause stops it, a finish ends it. */
(() => {
  'use strict';
  const outbox = window.BaylightOutbox;
  const {timeOfDay} = window.BaylightTimes;
  const words = document.querySelector('main.tab').dataset;
  const ICONS = {running: 'play', paused: 'pause', done: 'tick'};
  const byId = (id) => document.getElementById(id);
  const tiles = () => [...document.querySelectorAll('#order-lines > .tile')];
  const field = (item, name) => (item.fields.find(([key]) => key === name) || ['', ''])[1];
  const open = (state) => !['done', 'checked', 'declined'].includes(state);

  /* The lines of the car at hand: {id: {state, made}} of those that wait, and which one is next. */
  let ahead = new Map();
  let current = null;
  let mine = new Map(); // My clocks that run, by line, as the taps leave them: seconds since 1970.
  let ended = 0; // What my clocks counted that those taps have stopped, in seconds.

  const pending = () => {
    const job = byId('job')?.dataset.job;
    return outbox.items().filter((item) => item.state !== 'refused' && field(item, 'job') === job);
  };

  /* My clocks as the shop knows them. */
  const told = () =>
    new Map(tiles().filter(({dataset}) => dataset.mine).map(({dataset}) => [dataset.line, +dataset.mine]));

  /** The clocks of the car at hand that run, and what the stopped ones add, from those it was told. */
  const clocks = (starts) => {
    const others = [...starts];
    for (const start of told().values()) {
      if (others.includes(start)) others.splice(others.indexOf(start), 1);
    }
    return {starts: [...others, ...mine.values()], ended};
  };

  const reckon = () => {
    const states = new Map(tiles().map((tile) => [tile.dataset.line, tile.dataset]));
    const mineOr = ({state, mine}) => {
      if (mine !== undefined) return 'running';
      return state === 'running' ? 'open' : state; // It runs for somebody else.
    };
    const now = new Map([...states].map(([id, data]) => [id, mineOr(data)]));
    const made = new Map();
    mine = told();
    ended = 0;
    const set = (id, state, item) => {
      now.set(id, state);
      if (state === 'running' && !mine.has(id)) mine.set(id, item.made);
      if (state !== 'running' && mine.has(id)) {
        ended += Math.max(0, item.made - mine.get(id));
        mine.delete(id);
      }
      made.set(id, {state, made: item.made});
    };
    const running = () => [...now.keys()].find((id) => now.get(id) === 'running');
    const first = () => [...now.keys()].find((id) => open(now.get(id))) ?? '';
    current = null;
    for (const item of pending()) {
      const line = field(item, 'line');
      if (item.door === 'start_line') {
        const other = running();
        if (other !== undefined && other !== line) set(other, 'paused', item);
        set((current = line || first()), 'running', item);
      } else if (item.door === 'pause_line') {
        set((current = line || running() || ''), 'paused', item);
      } else if (item.door === 'finish_line') {
        set(line || running() || '', 'done', item);
        current = first() || line;
      } else if (item.door === 'resume_job' || item.door === 'hold_job') {
        current = running() ?? first();
        set(current, item.door === 'hold_job' ? 'paused' : now.get(current) || 'open', item);
      }
    }
    return made;
  };

  /* Tiles. */

  const paint = (tile) => {
    const {state, made} = ahead.get(tile.dataset.line) || {};
    if (tile.plain === undefined && !state) return;
    tile.plain ??= tile.innerHTML;
    tile.innerHTML = tile.plain;
    tile.classList.toggle('ahead', !!state);
    tile.classList.toggle('done', state ? state === 'done' : !open(tile.dataset.state));
    if (!state) return void delete tile.plain;
    const sub = tile.querySelector('.sub');
    sub.replaceChildren(byId('ahead-clock').content.cloneNode(true));
    sub.querySelector('span').textContent = words.waits.replace('{time}', timeOfDay(made));
    const drawn = [...tile.querySelectorAll('use')].pop();
    drawn.setAttribute('href', `#i-${ICONS[state] || 'ring'}`);
  };

  /* The buttons of a line whose state is ahead of the server's. */

  const filled = (template, line) => {
    const tile = tiles().find((each) => each.dataset.line === line);
    const set = template.content.firstElementChild.cloneNode(true);
    const text = tile?.dataset.text || '';
    for (const form of set.querySelectorAll('form')) {
      form.elements.job.value = byId('job').dataset.job;
      form.elements.line.value = line;
      const label = form.querySelector('span');
      label.textContent = (!text && label.dataset.whole) || label.textContent.replace('{line}', text);
    }
    return set;
  };

  /** Show the buttons of the chosen line: ours while it is ahead, else the server's. */
  const deeds = (line) => {
    const place = byId('ahead-deeds');
    const {state} = ahead.get(line) || {};
    place.hidden = !state;
    byId('deeds').hidden = !!state;
    const key = state && `${byId('job').dataset.job} ${line} ${state}`;
    if (!state || place.dataset.key === key) return void (state || delete place.dataset.key);
    place.dataset.key = key;
    const kind = state === 'running' ? 'running' : state === 'done' ? 'done' : 'standing';
    place.replaceChildren(filled(byId(`ahead-${kind}`), line));
  };

  /* Other buttons say by a turning ring that their tap has not been answered. */

  const isFormOf = (form, item) => {
    if (form.getAttribute('action') !== `/do/${item.door}`) return false;
    const hidden = [...form.querySelectorAll('input[type=hidden]')];
    return hidden.every(({name, value}) => field(item, name) === value);
  };

  const rings = () => {
    const waiting = outbox.items().filter((item) => item.state !== 'refused');
    const isIn = pending().some((item) => item.door === 'start_line'); // A start brings the car in.
    for (const form of document.querySelectorAll('main form.act')) {
      const inAhead = form.closest('#ahead-deeds');
      const on = !inAhead && waiting.some((item) => isFormOf(form, item));
      form.querySelector('button').classList.toggle('waiting', on);
      form.hidden = isIn && !!form.querySelector('.place') && !on;
    }
  };

  /* Who has started is at work, whatever the shop has heard yet. */
  const step = () => {
    const place = document.querySelector('#job [data-step]');
    if (!place) return;
    place.plain ??= place.textContent;
    const isBegun = [...ahead.values()].some(({state}) => state === 'running' || state === 'done');
    place.textContent = isBegun ? place.dataset.started : place.plain;
  };

  const apply = () => {
    ahead = reckon();
    step();
    tiles().forEach(paint);
    rings();
  };

  outbox.onChange(apply);
  window.Baylight.onRegion(apply);
  window.BaylightAhead = {apply, deeds, clocks, current: () => current};
})();
