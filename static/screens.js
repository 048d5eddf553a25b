/* The pages of the shop's screens: forms are sent in place, so that what was typed stays when it is
   refused; the list asks anew every three seconds. Without it the same forms work, a page each. */
(() => {
  'use strict';
  const ASK_MS = 3000;
  const offline = () => document.body.dataset.wordOffline;

  /* Fields that only some kinds of screens have. */
  const fit = (form) => {
    const kind = form.elements.audience?.value;
    for (const field of form.querySelectorAll('[data-for]')) field.hidden = !field.dataset.for.split(' ').includes(kind);
  };

  /* What the size carries, said while it is typed: from how far, with how many rows, and whether
     shorter plates would help. */
  const reach = (form) => {
    const place = form.querySelector('[data-legible]'), said = (name) => form.elements[name]?.value || '';
    const number = (name) => parseFloat(said(name).replace(',', '.'));
    const inch = number('diagonal_inches'), distance = number('distance_m'), table = JSON.parse(place.dataset.reach);
    const kind = said('audience') === 'tv' && said('view') === 'overview' ? 'overview' : said('audience');
    const tongues = [said('language'), kind === 'lounge' ? said('second_language') : ''].filter(Boolean);
    const words = tongues.every((tongue) => tongue.startsWith('zh')) ? 'han' : 'latin';
    const ways = (plates) => (table[`${kind} ${words} ${plates}`] || []).map(([rows, far]) => ({rows, far: far * inch}));
    const farthest = (plates) => Math.max(0, ...ways(plates).map((way) => way.far));
    const most = farthest(said('plates')), far = distance > most;
    const fits = ways(said('plates')).find((way) => way.rows && way.far >= distance);
    const tell = (name, metres) => place.dataset[name].replace('{inch}', inch).replace('{distance}', distance)
      .replace('{metres}', (Math.floor(metres * 10) / 10).toString()).replace('{rows}', fits?.rows)
      .replace('{needed}', Math.ceil(distance * inch / most));
    place.classList.toggle('error', far);
    if (!most) place.textContent = '';
    else if (fits) place.textContent = tell(kind === 'lounge' ? 'cars' : 'rows', fits.far);
    else if (!far) place.textContent = tell('near', most);
    else place.textContent = tell('far', most) + (farthest('tail') > most ? ' ' + tell('tails', farthest('tail')) : '');
  };

  const send = async (form) => {
    const said = (form.querySelector('.answer') || document.querySelector('#fleet .answer'));
    const button = form.querySelector('button');
    button.disabled = true;
    const answer = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(new FormData(form)), headers: {Accept: 'application/json'},
    }).catch(() => null);
    button.disabled = false;
    const told = answer && window.Board.isOurs(answer) && (await answer.json().catch(() => null));
    const isDone = told && answer.ok;
    said.textContent = isDone ? '' : told?.message || offline();
    if (!isDone) return form.elements[Object.keys(told?.fields || {})[0]]?.focus?.();
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
