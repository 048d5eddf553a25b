/* Keys of the arrivals page, and a plate field that is ready for the next car. */
(() => {
  'use strict';
  const dialog = document.getElementById('dialog');
  const isTyping = (target) => target.matches('input, textarea, select');

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || dialog.open || isTyping(event.target)) return;
    const key = CSS.escape(event.key.toLowerCase());
    const button = document.querySelector(`[data-hotkey="${key}"]:not([disabled])`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

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
