/* After each car the next code can be typed at once. */
document.addEventListener('renewed', () => document.getElementById('code').focus());
document.addEventListener('done', () => setTimeout(() => document.getElementById('code').focus()));
