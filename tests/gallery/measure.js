/* What is wrong with the layout of the page it is evaluated in: a list of sentences.
   Called with the least contrast of small and of large text, and the least height of targets. */
([small, large, target]) => {
  const faults = [];
  const name = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].join('.')} "${one.textContent.trim().slice(0, 30)}"`;
  const shown = (one) => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) &&
    !one.closest('.sr, .sprite, [inert], svg') && !(one.closest('details:not([open])') && !one.closest('summary'));
  // The dot of a plate is drawn beside its sign, which is for those who listen or copy.
  const drawn = (one) => one.tagName === 'I' && one.textContent === '·';
  const own = (one) => !drawn(one) && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const rects = (one) => {
    const range = document.createRange();
    const size = parseFloat(getComputedStyle(one).fontSize);
    return [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim()).flatMap((node) => {
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    }).filter((box) => box.width > 1 && box.height > 1).map((box) => {
      // A line is higher than its signs: what counts is as high as the type is large.
      const high = Math.min(size, box.height);
      return new DOMRect(box.x, box.y + (box.height - high) / 2, box.width, high);
    });
  };
  // What holds for an element holds for every text in it: asked once.
  const once = (ask) => {
    const known = new Map();
    return (one) => known.get(one) ?? known.set(one, ask(one)).get(one);
  };
  const clipping = once((one) => {
    for (let up = one; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return null;
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return null;
      if (/hidden|clip/.test(style.overflowX + style.overflowY)) return up;
    }
    return null;
  });
  const scrolls = once((one) => /auto|scroll/.test(getComputedStyle(one).overflowX + getComputedStyle(one).overflowY) ||
    Boolean(one.parentElement && scrolls(one.parentElement)));
  const parts = (colour) => (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const over = (top, below) => top.slice(0, 3).map((value, at) => value * (top[3] ?? 1) + below[at] * (1 - (top[3] ?? 1)));
  const ground = (one) => {
    const layers = [];
    for (let up = one; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.backgroundImage !== 'none') return null;
      layers.push(parts(style.backgroundColor));
      if ((layers.at(-1)[3] ?? 1) === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((value) => value / 255).map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, below) => {
    const [a, b] = [light(over(parts(getComputedStyle(one).color), below)), light(below)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };

  for (const one of document.images) if (!one.complete || !one.naturalWidth) faults.push(`broken picture: ${one.src.slice(0, 80)}`);
  for (const one of document.querySelectorAll('use')) {
    if (!document.getElementById(one.getAttribute('href').slice(1))) faults.push(`no such sign: ${one.getAttribute('href')}`);
  }
  const loaded = performance.getEntriesByType('resource').filter((one) => /^(css|img|image|link|script)$/.test(one.initiatorType));
  for (const one of loaded) if (one.responseStatus !== 200 && !one.name.startsWith('data:')) faults.push(`not there: ${one.name.slice(0, 80)}`);

  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} wide in ${innerWidth}`);
  const texts = [...document.body.querySelectorAll('*')].filter((one) => own(one) && shown(one));
  const boxes = [];
  for (const one of texts) {
    const box = clipping(one)?.getBoundingClientRect();
    const style = getComputedStyle(one);
    for (const each of rects(one)) {
      if (box && (each.left < box.left - 1.5 || each.right > box.right + 1.5 || each.bottom > box.bottom + each.height / 4 || each.top < box.top - each.height / 4)) {
        faults.push(`clipped: ${name(one)}`);
      }
      if (!scrolls(one) && style.position === 'static') boxes.push([one, each]);
    }
    const below = ground(one);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? large : small;
    const off = one.closest('[disabled], [aria-disabled="true"]');
    if (below && !off && contrast(one, below) < least - 0.005) faults.push(`contrast ${contrast(one, below).toFixed(2)}: ${name(one)}`);
  }
  for (const one of document.images) if (shown(one) && !scrolls(one)) boxes.push([one, one.getBoundingClientRect()]);
  boxes.sort(([, a], [, b]) => a.top - b.top);
  boxes.forEach(([one, a], at) => {
    for (let next = at + 1; next < boxes.length && boxes[next][1].top < a.bottom; next++) {
      const [other, b] = boxes[next];
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > Math.min(a.height, b.height) / 3) faults.push(`overlap: ${name(one)} and ${name(other)}`);
    }
  });
  if (target) {
    for (const one of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
      const frame = one.closest('.input');
      const fills = frame && one.offsetHeight >= frame.clientHeight - 1; // Its line is the target's edge.
      const box = ((one.tagName === 'INPUT' && one.closest('label')) || (fills && frame) || one).getBoundingClientRect();
      if (!shown(one) || box.width < 1) continue;
      if (box.height < target - 0.5 || box.width < target - 0.5) faults.push(`target ${Math.round(box.width)}x${Math.round(box.height)}: ${name(one)}`);
    }
  }
  return [...new Set(faults)];
}
