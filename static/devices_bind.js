/* The pages that bind devices: forms are sent in place, so that what was chosen stays when it is
   refused, and the sentence stands at its field; what is live asks anew every second. Without it
   the same forms work, a page each. */
(() => {
  'use strict';
  const ASK_MS = 1000;
  const offline = () => document.body.dataset.wordOffline;

  /* A refusal as the fields of dialogs take it: the foot keeps it when it names no field. */
  const refuse = (form, told) => {
    const said = form.querySelector('.answer');
    said.hidden = false;
    said.textContent = told?.message || offline();
    said.dataset.code = told?.code || '';
    said.dataset.fields = Object.keys(told?.fields || {}).join(' ');
    window.Board.refuse(form, said);
  };

  const send = async (form) => {
    const button = form.querySelector('button');
    button.disabled = true;
    const answer = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(new FormData(form)), headers: {Accept: 'application/json'},
    }).catch(() => null);
    button.disabled = false;
    const told = await answer?.json().catch(() => null);
    if (!answer?.ok || !told?.to) return refuse(form, told);
    location.assign(told.to);
  };

  /* Of an output only that is asked which it can do. */
  const fit = (select) => {
    const [kind, channel] = select.value.split(' ');
    const words = [kind, (channel || '').split('-')[0]];
    select.form.querySelectorAll('[data-for]').forEach((field) => {
      field.hidden = !field.dataset.for.split(' ').some((one) => words.includes(one));
    });
  };
  const fitAll = () => document.querySelectorAll('select[data-shows]').forEach(fit);
  document.addEventListener('change', ({target}) => target.matches('select[data-shows]') && fit(target));
  document.addEventListener('renewed', fitAll);
  fitAll();

  document.addEventListener('submit', (event) => {
    if (!event.target.matches('[data-bind]')) return;
    event.preventDefault();
    send(event.target);
  });
  setInterval(() => {
    if (document.visibilityState === 'visible' && document.querySelector('[data-live]')) window.BaylightPage.renew();
  }, ASK_MS);
})();
