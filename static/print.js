/* The button of a print; the keyboard has its own way. */
document.querySelector('[data-print]').addEventListener('click', () => window.print());
