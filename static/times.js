/* Running times of boards and tablets, filled every second from the shop's own clock.
   Writes only into elements that say what they count: data-left, data-over, data-since, data-clock. */
(() => {
  'use strict';
  const body = document.body;
  const page = body.dataset;
  const base = {at: +page.at, rate: +page.rate || 1, read: performance.now()};
  const DAY_MINUTES = 1440;

  /** The shop's time in seconds since 1970, now or at a moment of `performance.now()`. */
  const now = (when = performance.now()) => (base.at + base.rate * (when - base.read)) / 1000;

  /** Follow the shop's clock: milliseconds since 1970 at this moment, and its speed. */
  const set = (at, rate) => Object.assign(base, {at, rate, read: performance.now()});

  const put = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };

  /** 135 as 2:15. */
  const split = (count) => `${Math.floor(count / 60)}:${String(count % 60).padStart(2, '0')}`;

  /** A text of the page with a value in it; an element may have its own. */
  const word = (element, name, value = '') => {
    const key = `data-word-${name}`;
    const text = element.getAttribute(key) || body.getAttribute(key) || '{}';
    return text.replace('{}', value);
  };

  /** Seconds since 1970 as HH:MM in the shop's zone: its offset in minutes, or its name. */
  const named = page.zone && Number.isNaN(+page.zone) ? page.zone : '';
  const shown = {timeZone: named, hour: '2-digit', minute: '2-digit'};
  const format = named && new Intl.DateTimeFormat('en-GB', shown); // Dear to make: 15 ms.
  const timeOfDay = (seconds) => {
    if (named) return format.format(seconds * 1000);
    return new Date((seconds + (page.zone || 0) * 60) * 1000).toISOString().slice(11, 16);
  };

  const left = (element, moment) => {
    const minutes = ((element.dataset.over || element.dataset.left) - moment) / 60;
    if (Math.abs(minutes) > DAY_MINUTES) return '';
    if (minutes <= 0) return word(element, 'over', split(Math.floor(-minutes)));
    return element.dataset.over ? '' : word(element, 'left', split(Math.ceil(minutes)));
  };

  const since = (element, moment) => {
    const minutes = Math.max(0, Math.floor((moment - element.dataset.since) / 60));
    return minutes < 60 ? word(element, 'minutes', minutes) : split(minutes);
  };

  /** From a moment of `performance.now()` on nothing is known: what is counted stands still as it
      was then, until this is told undefined. The clock of the page goes on. */
  let known;
  const rest = (when) => {
    known = when;
  };

  /** Fill every running text below an element, or on the whole page. */
  const fill = (inside = document) => {
    const moment = now(known);
    const all = (what, text) => {
      for (const element of inside.querySelectorAll(what)) put(element, text(element, moment));
    };
    all('[data-left],[data-over]', left);
    all('[data-since]', since);
    all('.head-clock,[data-clock]', () => timeOfDay(now()));
  };

  window.BaylightTimes = {
    now, set, rate: () => base.rate, put, split, word, timeOfDay, fill, rest,
  };
  setInterval(() => fill(), 1000);
  fill();
})();
