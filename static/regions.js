/* The live regions of boards and tablets: whole replacements by id, keeping focus and scroll.
   What a person is busy with waits until they let go. Needs times.js before it. */
(() => {
  'use strict';
  const HOLD_MS = 60_000; // A hold that nobody releases must not keep a card old for ever.
  const TYPING_MS = 30_000;
  const FRESH_MS = 1500;
  const CLICK_MS = 300; // A finger's click comes a little after it was lifted.

  const spare = new Map(); // Nodes that no order lists at the moment, by id.
  const waiting = new Map(); // Html, or null for gone, of regions that are held.
  const held = new Map(); // When each hold began, by region id.
  const raw = new Set(); // Nodes that htmx has not seen yet.
  const listeners = [];
  let typed = -Infinity;
  let pressed = null; // What a pointer is down on, until its click has come.
  let lifted = 0;
  let doubt = () => {};

  const find = (id) => document.getElementById(id) || spare.get(id);
  const listed = (order) => (order.dataset.order || '').split(/\s+/).filter(Boolean);
  const isRegion = (node) => node.hasAttribute('data-r');
  const holdsOthers = ({dataset}) => dataset.order !== undefined || dataset.sorted !== undefined;

  /* Holding. */

  const isTyping = (node) => {
    const active = document.activeElement;
    const editable = active?.matches('input,textarea,select,[contenteditable]');
    return editable && node.contains(active) && performance.now() - typed < TYPING_MS;
  };

  const isHeld = (id) => {
    const node = find(id);
    if (performance.now() - (held.get(id) ?? -Infinity) < HOLD_MS) return true;
    if (!node?.isConnected || holdsOthers(node)) return false;
    if (node.contains(pressed)) return true;
    return node.matches('.held-open') || !!node.querySelector('.held-open') || isTyping(node);
  };

  /* An order waits while it has, or wants, a card that is held: moving it would break a drag. */
  const mustWait = (id, node) => {
    if (node?.dataset.in !== undefined) return isHeld(id) || isAmongHeld(find(id), node);
    if (node?.dataset.order === undefined) return isHeld(id);
    const present = Array.from(find(id)?.children ?? [], (child) => child.id);
    return [...listed(node), ...present].some((member) => member && isHeld(member));
  };

  /* So does a card that comes to, leaves or changes its place beside one that is held. */
  const isAmongHeld = (old, node) => {
    const {dataset} = old?.isConnected ? old : document.body;
    if (dataset.in === node.dataset.in && dataset.key === node.dataset.key) return false;
    return [dataset.in, node.dataset.in].some((stack) =>
      Array.from(stack ? (find(stack)?.children ?? []) : []).some((child) => isHeld(child.id)));
  };

  const hold = (id) => held.set(id, performance.now());
  const release = (id) => {
    held.delete(id);
    catchUp();
  };

  /* A button that is replaced under a finger would have no click. */
  const press = (wait, target = pressed) => {
    pressed = target;
    clearTimeout(lifted);
    lifted = setTimeout(() => {
      pressed = null;
      catchUp();
    }, wait);
  };

  /** Apply what waited and need not wait any longer. */
  const catchUp = () => {
    if (!waiting.size) return;
    const entries = [...waiting];
    waiting.clear();
    if (!change(entries)) doubt();
  };

  /* Changing the page. */

  const parse = (html) => {
    const box = document.createElement('template');
    box.innerHTML = html;
    return box.content.firstElementChild;
  };

  /* How far regions are scrolled, read before anything changes: in between, each reading or
     writing would have the browser lay out the whole page. */
  const scrolls = (entries) =>
    entries.map(([id]) => [id, find(id)?.scrollTop]).filter(([, far]) => far);
  const scrollAgain = (far) => {
    for (const [id, top] of far) if (find(id)) find(id).scrollTop = top;
  };

  /* Where a card says it stands: before the first of a greater key. */
  const isBefore = (one, other) => {
    const [a, b] = [one.dataset.key, other.dataset.key];
    return a < b || (a === b && one.id < other.id);
  };

  const stand = (old, node) => {
    const stack = find(node.dataset.in);
    old?.replaceWith(node);
    spare.delete(node.id);
    if (!stack) return void spare.set(node.id, node);
    const others = [...stack.children].filter((each) => each !== node && isRegion(each));
    const next = others.find((each) => isBefore(node, each)) ?? null;
    let beside = node.nextElementSibling;
    while (beside && !isRegion(beside)) beside = beside.nextElementSibling;
    if (node.parentNode !== stack || beside !== next) stack.insertBefore(node, next);
  };

  const swap = (id, node) => {
    const old = find(id);
    if (holdsOthers(node) && old) {
      for (const {name, value} of node.attributes) old.setAttribute(name, value);
      return old;
    }
    raw.add(node);
    raw.delete(old);
    if (node.dataset.in !== undefined) stand(old, node);
    else if (!old?.parentNode) spare.set(id, node);
    else old.replaceWith(node);
    return node;
  };

  const remove = (id) => {
    const node = find(id);
    node?.remove();
    raw.delete(node);
    spare.delete(id);
  };

  const thin = (order) => {
    const wanted = new Set(listed(order));
    for (const node of [...order.children]) {
      if (!isRegion(node) || wanted.has(node.id)) continue;
      node.remove();
      spare.set(node.id, node);
    }
  };

  const arrange = (order) => {
    let next = order.firstElementChild;
    for (const id of listed(order)) {
      const node = find(id);
      if (!node) return false;
      while (next && !isRegion(next)) next = next.nextElementSibling;
      if (node === next) next = next.nextElementSibling;
      else order.insertBefore(node, next);
      spare.delete(id);
    }
    return true;
  };

  const brighten = (node, isNews) => {
    node.classList.toggle('is-fresh', isNews);
    setTimeout(() => node.classList.remove('is-fresh'), FRESH_MS);
  };

  /* What has the focus, so that it can have it again when its card has been replaced or moved. */
  const focusMark = () => {
    const active = document.activeElement;
    const region = active?.closest('[data-r]');
    return region && {active, region: region.id, id: active.id, name: active.dataset.focus};
  };

  const focusAgain = (mark) => {
    if (!mark || document.activeElement !== document.body) return;
    const root = find(mark.region);
    const named = mark.name && root?.querySelector(`[data-focus="${CSS.escape(mark.name)}"]`);
    const same = mark.active.isConnected ? mark.active : mark.id && document.getElementById(mark.id);
    (same || named || null)?.focus({preventScroll: true});
  };

  /* Apply [id, html or null] pairs; true if every card that an order lists is known. */
  const change = (entries, isNews = true) => {
    const mark = focusMark();
    const far = scrolls(entries);
    const orders = [];
    const done = [];
    for (const [id, html] of entries) {
      const node = html === null ? null : parse(html);
      if (mustWait(id, node)) {
        waiting.set(id, html);
        continue;
      }
      waiting.delete(id);
      done.push(id);
      if (node === null) remove(id);
      else if (!holdsOthers(node)) brighten(swap(id, node), isNews);
      else if (node.dataset.order !== undefined) orders.push(swap(id, node));
      else swap(id, node);
    }
    orders.forEach(thin);
    const known = orders.map(arrange).every(Boolean);
    scrollAgain(far);
    finish(done, mark);
    return known;
  };

  const finish = (done, mark) => {
    for (const node of [...raw].filter((each) => each.isConnected)) {
      raw.delete(node);
      window.htmx?.process(node);
    }
    window.BaylightTimes.fill();
    for (const id of done) for (const tell of listeners) tell(id, document.getElementById(id));
    focusAgain(mark); // A listener may have shown it.
  };

  /** Apply a frame; false if an order lists a card that nobody has heard of. */
  const apply = (frame) => {
    const entries = [...Object.entries(frame.regions), ...frame.gone.map((id) => [id, null])];
    if (frame.full) entries.push(...obsolete(frame.regions));
    return change(entries, !frame.full);
  };

  /* What a snapshot does not have: forgotten if nobody sees it, otherwise gone like any other. */
  const obsolete = (regions) => {
    const kept = new Set(Object.keys(regions)); // `in` would also find what every object has.
    const isOld = (id) => !kept.has(id);
    [...waiting.keys()].filter(isOld).forEach((id) => waiting.delete(id));
    [...spare.keys()].filter(isOld).forEach(remove);
    const present = Array.from(document.querySelectorAll('[data-r]'), (node) => node.id);
    return present.filter(isOld).map((id) => [id, null]);
  };

  /** Whether a person is in the middle of something. */
  const isBusy = () =>
    held.size || waiting.size || pressed || document.querySelector('.held-open,dialog[open]') ||
    isTyping(document.body);

  const onDoubt = (act) => (doubt = act);
  const onRegion = (tell) => listeners.push(tell);
  const now = () => window.BaylightTimes.now() * 1000;
  window.Baylight = {hold, release, onRegion, now};
  window.BaylightRegions = {apply, catchUp, isBusy, onDoubt};
  document.addEventListener('input', () => (typed = performance.now()));
  document.addEventListener('pointerdown', ({target}) => press(HOLD_MS, target), true);
  for (const [event, wait] of [['pointerup', CLICK_MS], ['click', 0], ['pointercancel', 0]])
    document.addEventListener(event, () => press(wait), true);
  for (const event of ['focusout', 'pointerup', 'keyup']) {
    document.addEventListener(event, () => setTimeout(catchUp));
  }
})();
