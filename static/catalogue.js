/* Taking a file into the catalogue: it is looked at as soon as it is chosen, and sent once more to
   be taken in, so that nothing of it has to wait on the server. */
(() => {
  'use strict';
  const csrf = document.querySelector('meta[name="csrf"]').content;
  let asked = 0;
  const formOf = (at) => at.closest('form[data-import]');
  const preview = () => document.querySelector('.preview');

  const send = async (form, deed) => {
    const mine = ++asked;
    const body = new FormData(form);
    body.append('deed', deed);
    const answer = await window.Board.ask(form.dataset.import, {
      method: 'POST', body, headers: {'X-CSRF-Token': csrf, 'HX-Request': 'true'},
    });
    return mine === asked ? answer : null;
  };

  document.addEventListener('change', async ({target}) => {
    const form = formOf(target);
    if (!form || target.type !== 'file') return;
    const button = form.querySelector('button');
    button.disabled = true;
    preview().replaceChildren();
    if (!target.files.length) return form.classList.remove('begun');
    form.classList.add('begun');
    const answer = await send(form, 'check');
    if (!answer) return;
    preview().innerHTML = answer.html;
    button.disabled = answer.status !== 200;
    if (!button.disabled) button.focus();
  });

  document.addEventListener('submit', async (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    const answer = await send(form, 'import');
    if (!answer) return;
    if (answer.status !== 200) {
      preview().innerHTML = answer.html;
      button.disabled = false;
      return;
    }
    form.reset();
    preview().replaceChildren();
    window.Board.say(answer.html);
    document.activeElement?.blur?.();
    window.BaylightPage.renew();
  });
})();
