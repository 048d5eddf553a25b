/* The arrivals page: a plate field that is ready for the next car. */
(() => {
  'use strict';
  /* Whoever greets types one plate after the other. */
  let isGreeting = false;
  document.addEventListener('done', ({target}) => {
    isGreeting = target.id === 'take-ticket';
  });
  document.addEventListener('renewed', () => {
    if (!isGreeting) return;
    isGreeting = false;
    document.getElementById('take-plate')?.focus();
  });
})();
