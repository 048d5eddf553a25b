/* Finding work in the catalogue: what is picked fills the form, by mouse, touch or keys alone. */
(() => {
  'use strict';
  const LET_TYPE_MS = 150;
  let due = 0;
  let asked = 0;
  const box = () => document.getElementById('found-work');
  const form = () => document.querySelector('form.new-line');
  const finder = () => document.getElementById('find-work');

  const find = async (input) => {
    const mine = ++asked;
    const query = input.value.trim();
    const answer = query ? await window.Board.ask(`${input.dataset.find}?q=${encodeURIComponent(query)}`) : {html: ''};
    if (!answer || mine !== asked) return;
    box().innerHTML = answer.html;
    box().scrollIntoView({block: 'nearest'});
  };
  document.addEventListener('input', ({target}) => {
    if (target.dataset.find === undefined) return;
    clearTimeout(due);
    due = setTimeout(find, LET_TYPE_MS, target);
  });

  const fill = (hit) => {
    const into = form();
    into.reset();
    ['code', 'text', 'standard_hours', 'price', 'parts_price', 'kind', 'skill', 'bay_kind'].forEach((name) => {
      into.elements[name].value = hit.dataset[name];
    });
    into.classList.add('begun');
    box().replaceChildren();
    finder().value = '';
    into.querySelector('button').focus();
  };
  document.addEventListener('click', ({target}) => {
    const hit = target.closest('.hit');
    if (hit) fill(hit);
  });

  /* Down and up walk through what was found, Enter in the finder takes the first, Escape clears. */
  document.addEventListener('keydown', (event) => {
    const at = event.target;
    if (!at.matches('.hit, [data-find]')) return;
    const hits = [...document.querySelectorAll('.hit')];
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
      event.preventDefault();
      (hits[hits.indexOf(at) + step] || finder()).focus();
    } else if (event.key === 'Enter' && at === finder()) {
      event.preventDefault();
      if (hits[0]) fill(hits[0]);
    } else if (event.key === 'Escape') {
      box().replaceChildren();
      finder().value = '';
      finder().focus();
    }
  });

  /* What is hidden in a form is not emptied by resetting it. */
  document.addEventListener('reset', ({target}) => {
    target.querySelectorAll('input[type=hidden]:not([name=job])').forEach((input) => {
      input.value = '';
    });
  });
  document.addEventListener('done', ({target}) => {
    if (target.matches('.new-line')) (finder() || target.elements.text).focus();
  });
})();
