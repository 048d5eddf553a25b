/* What a person sees of the outbox: how much waits, the list of it, the last tap with its undo,
   and each refusal with its reason and one OK. Needs tablet_outbox.js and tablet_ahead.js. */
(() => {
  'use strict';
  const outbox = window.BaylightOutbox;
  const {now, timeOfDay} = window.BaylightTimes;
  const words = document.querySelector('main.tab').dataset;
  const byId = (id) => document.getElementById(id);
  const answer = byId('answer');
  const slot = byId('undo-ahead');
  const FIELD = ':is(input:not([type=hidden], [type=file]), textarea, select)';
  let told = null; // The refusal that is shown, or the sentence of a button that says no by itself.

  const say = (text, then) => {
    told = then || {};
    const [why, ...more] = text;
    answer.querySelector('p').replaceChildren(why, ...more.map((each) => {
      const small = document.createElement('small');
      small.textContent = each;
      return small;
    }));
    const {ok, signIn} = byId('answer-ok').dataset;
    byId('answer-ok').textContent = told.leave ? signIn : ok;
    answer.hidden = false;
    if (!document.activeElement?.matches(FIELD)) byId('answer-ok').focus();
  };

  /** Say a sentence in the slot at the bottom, until somebody has read it. */
  const tellNow = (text) => say([text]);

  const nextRefusal = () => {
    const item = outbox.refused()[0];
    // Somebody is writing: the next space would put away what nobody has read.
    if (!item || told || document.querySelector(`dialog[open] ${FIELD}`)) return;
    document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
    byId('others-pane').classList.remove('open');
    const head = words.refused.replace('{what}', item.said).replace('{time}', timeOfDay(item.made));
    say([item.why[0] || words.noAnswer, [head, ...item.why.slice(1)].join(' ')], item);
  };

  /* The sign-in is the shop's: without connection there is nothing to go to. */
  const leave = () => {
    location.reload();
    return true;
  };

  byId('answer-ok').addEventListener('click', ({target}) => {
    if (told.leave && window.BaylightLeave) return void window.BaylightLeave.once(target, leave);
    answer.hidden = true;
    const item = told;
    told = null;
    if (item.key) outbox.forget(item);
    nextRefusal();
  });

  /* How much waits. */

  const state = (item) => {
    if (item.state === 'refused') return words.isRefused;
    if (item.state === 'sent') return words.isSent;
    return outbox.isKept(item) ? words.isWaiting : words.isUnkept;
  };

  const row = (item) => {
    const one = byId('unsent-row').content.firstElementChild.cloneNode(true);
    const [time, what, how] = one.children;
    one.classList.add(`is-${item.state}`);
    time.textContent = timeOfDay(item.made);
    what.textContent = item.said;
    how.textContent = state(item);
    return one;
  };

  const draw = () => {
    const waiting = outbox.unsent(), button = byId('unsent');
    button.hidden = !waiting.length;
    // What only the page knows would be lost by loading it anew.
    button.classList.toggle('held-open', !waiting.every(outbox.isKept));
    button.querySelector('b').textContent = waiting.length;
    const shown = outbox.items();
    byId('unsent-list').replaceChildren(...shown.map(row));
    byId('unsent-none').hidden = shown.length > 0;
    byId('unsent-foreign').hidden = !outbox.foreign();
    byId('unsent-foreign').textContent = words.foreign.replace('{n}', outbox.foreign());
    nextRefusal();
    lastTap();
  };

  /* Ended elsewhere: whoever holds the tablet now finds the sign-in with one tap. */
  const isOver = () => document.documentElement.classList.contains('is-revoked');
  const watch = () => {
    if (isOver() && !told) say([document.body.dataset.wordRevoked], {leave: true});
    lastTap();
  };

  /* The last tap, while it has not left: taking it back is taking it out of the outbox. */

  const lastTap = () => {
    const item = outbox.unsent().pop();
    const left = item ? Math.ceil(item.made + Number(byId('undo').dataset.seconds) - now()) : 0;
    slot.hidden = left <= 0;
    if (slot.hidden) return;
    slot.querySelector('b').textContent = item.said;
    slot.querySelector('p > span').textContent = words.waits.replace('{time}', timeOfDay(item.made));
    slot.querySelector('small').textContent = words.seconds.replace('{n}', left);
  };

  slot.querySelector('button').addEventListener('click', () => {
    const item = outbox.unsent().pop();
    if (item && !outbox.takeBack(item)) tellNow(words.tooLate);
  });

  /* The sign-in would lose what no store took: it waits until somebody has read so. */
  document.addEventListener('unkept', () => {
    if (told?.leave) return;
    const lost = outbox.unsent().filter((item) => !outbox.isKept(item)).length;
    say([words.unkeptLeave.replace('{n}', lost)], {leave: true});
  });

  outbox.onChange(draw);
  document.addEventListener('close', nextRefusal, true); // A sheet's, which does not bubble.
  setInterval(watch, 1000);
  window.BaylightUnsent = {tell: tellNow};
})();
