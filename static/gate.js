/* The answer to a code stands alone: red from the form, or green for the very car that it lets out
   now, until the next code is typed. What is past is told by the list, calmly. */
(() => {
  'use strict';
  const answer = document.getElementById('may-leave'), typed = () => document.getElementById('code');
  const bare = (code) => code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  let asked = '';

  const clear = () => {
    asked = '';
    answer.replaceChildren();
  };
  const show = () => {
    const row = asked && document.querySelector(`[data-code="${CSS.escape(asked)}"]`);
    if (!row) return;
    const word = document.createElement('b');
    word.textContent = answer.dataset.word;
    answer.replaceChildren(word, row.querySelector('[data-car]').cloneNode(true));
    asked = '';
  };

  document.addEventListener('input', clear);
  document.addEventListener('htmx:before:request', clear);
  // Before the page empties the form.
  document.addEventListener('done', () => { asked = bare(typed().value); }, true);
  document.addEventListener('done', () => setTimeout(() => typed().focus()));
  document.addEventListener('renewed', () => {
    show();
    typed().focus();
  });
})();
