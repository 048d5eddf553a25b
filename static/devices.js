/* The pages of the devices ask anew every two seconds: whoever looks stands before the device. A
   message that is tried is sent in place, so that what was typed stays. */
(() => {
  'use strict';
  const ASK_MS = 2000;

  document.addEventListener('click', ({target}) => {
    const row = target.closest('[data-take]'), form = document.querySelector('[data-try]');
    if (!row || !form) return;
    form.elements.topic.value = row.dataset.take;
    form.elements.payload.value = row.dataset.payload;
    form.classList.add('begun');
    form.scrollIntoView({block: 'nearest'});
    form.elements.payload.focus({preventScroll: true});
  });

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('[data-try]')) return;
    event.preventDefault();
    form.classList.add('begun');
    const answer = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(new FormData(form)), headers: {'HX-Request': 'true'},
    }).catch(() => null);
    const said = form.parentElement.querySelector('.try-answer');
    /* What our own server refuses says why; of anybody else's page nothing is shown. */
    if (answer && window.Board.isOurs(answer)) said.innerHTML = await answer.text();
    else said.textContent = document.body.dataset.wordOffline;
  });

  setInterval(() => document.visibilityState === 'visible' && window.BaylightPage.renew(), ASK_MS);
})();
