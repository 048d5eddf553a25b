/* The pages of the shop's screens: forms are sent in place, so that what was typed stays when it is
   refused; the list asks anew every three seconds. Without it the same forms work, a page each. */
(() => {
  'use strict';
  const ASK_MS = 3000;
  const offline = () => document.body.dataset.wordOffline;

  /* Fields that only some kinds of screens have. */
  const fit = (form) => {
    const kind = form.elements.audience?.value;
    for (const field of form.querySelectorAll('[data-for]')) field.hidden = field.dataset.for !== kind;
  };

  /* What the size carries, said while it is typed. */
  const reach = (form) => {
    const place = form.querySelector('[data-legible]');
    const number = (name) => parseFloat(form.elements[name].value.replace(',', '.'));
    const inch = number('diagonal_inches'), distance = number('distance_m');
    const perInch = +place.dataset[form.elements.audience.value] || 0;
    const far = distance > inch * perInch;
    place.classList.toggle('error', far);
    place.textContent = !perInch || !(inch > 0) ? '' : place.dataset[far ? 'far' : 'near']
      .replace('{inch}', inch).replace('{distance}', distance)
      .replace('{metres}', (Math.floor(inch * perInch * 10) / 10).toString())
      .replace('{needed}', Math.ceil(distance / perInch));
  };

  const send = async (form) => {
    const said = (form.querySelector('.answer') || document.querySelector('#fleet .answer'));
    const button = form.querySelector('button');
    button.disabled = true;
    const answer = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(new FormData(form)), headers: {Accept: 'application/json'},
    }).catch(() => null);
    button.disabled = false;
    const told = await answer?.json().catch(() => null);
    said.textContent = answer?.ok ? '' : told?.message || offline();
    if (!answer?.ok) return form.elements[Object.keys(told?.fields || {})[0]]?.focus?.();
    form.classList.remove('begun', 'held-open');
    if (form.dataset.deed === undefined) location.assign(told.to);
    else window.BaylightPage.renew();
  };

  /* What ends something is asked once more, on the same button. */
  const isSure = (form) => {
    const button = form.querySelector('button');
    if (!form.dataset.sure || button.textContent === form.dataset.sure) return true;
    button.textContent = form.dataset.sure;
    form.classList.add('held-open');
    setTimeout(() => {
      form.classList.remove('held-open');
      window.BaylightPage.renew();
    }, ASK_MS);
    return false;
  };

  document.addEventListener('submit', (event) => {
    if (!event.target.matches('[data-deed],[data-screen]')) return;
    event.preventDefault();
    if (isSure(event.target)) send(event.target);
  });
  const fitAll = () => document.querySelectorAll('[data-screen]').forEach((form) => (fit(form), reach(form)));
  document.addEventListener('input', fitAll);
  document.addEventListener('change', fitAll);
  document.addEventListener('renewed', fitAll);
  fitAll();
  if (document.querySelector('[data-fleet]')) setInterval(() => window.BaylightPage.renew(), ASK_MS);
})();
