/* By keyboard alone: once a car is decided, the next undecided one has the focus. */
document.addEventListener('renewed', ({target}) => {
  if (!target.matches('.decided') || document.activeElement !== document.body) return;
  const rows = [...document.querySelectorAll('.deciding')];
  const after = [...rows.slice(rows.indexOf(target)), ...rows].find((row) => row.matches('.undecided'));
  (after?.querySelector('button') || document.querySelector('[data-focus="close"]'))?.focus();
});
