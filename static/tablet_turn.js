/* Gloves do not scroll: one button of the bar turns a page that is longer than the screen, on by what
   was not wholly in view, and from its end back to the top. Needs the page before it. */
(() => {
  'use strict';
  const NEAR = 2;
  const LOOK_MS = 500;
  const ROWS = '.check-point, .check-foot, .check-road, .check-round, .field, .row-buttons';
  const page = document.getElementById('content');
  const button = document.querySelector('.hand-turn');

  const next = () => {
    const {top, bottom} = page.getBoundingClientRect();
    const boxes = [...page.querySelectorAll(ROWS)].map((row) => row.getBoundingClientRect());
    const cut = boxes.filter((box) => box.bottom > bottom + NEAR && box.top > top + NEAR);
    return Math.min(page.clientHeight, ...cut.map((box) => box.top - top));
  };

  button.addEventListener('click', () => {
    const isEnd = page.scrollTop + page.clientHeight >= page.scrollHeight - NEAR;
    page.scrollTop = isEnd ? 0 : page.scrollTop + next();
  });

  const look = () => (button.hidden = page.scrollHeight <= page.clientHeight + NEAR);
  setInterval(look, LOOK_MS); // What is written or answered makes a page longer or shorter.
  look();
})();
