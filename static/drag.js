/* Dragging is a shortcut for the menu: the server says what a drop asks for.
   The dragged card never leaves its place; only the live channel moves it. */
(function () {
	'use strict';
	const Board = window.Board;
	let from = null, target = null;

	function under(event) {
		const at = event.touches && event.touches[0] || event.changedTouches && event.changedTouches[0] || event;
		const node = at.clientX === undefined ? null : document.elementFromPoint(at.clientX, at.clientY);
		return node && node.closest('.bays [data-bay], .lane');
	}
	function follow(event) {
		const over = under(event);
		const next = over && from && !over.contains(from.card) ? over : null;
		if (next === target) return;
		if (target) target.classList.remove('drop-here');
		if (next) next.classList.add('drop-here');
		target = next;
	}
	const moves = ['pointermove', 'touchmove', 'mousemove'];

	function start(event) {
		const card = event.item;
		from = {card: card, job: card.dataset.job, version: card.dataset.version};
		if (window.Baylight) Baylight.hold(card.id);
		moves.forEach((name) => document.addEventListener(name, follow, {passive: true, capture: true}));
	}
	function end() {
		const held = from, onto = target;
		moves.forEach((name) => document.removeEventListener(name, follow, {capture: true}));
		if (onto) onto.classList.remove('drop-here');
		from = target = null;
		if (window.Baylight) Baylight.release(held.card.id);
		if (onto) drop(held, onto.dataset);
		// The library swallows the click that a mouse makes after a drag. A finger makes none: without
		// this one it would swallow the next tap.
		setTimeout(() => document.body.click(), 0);
	}
	async function drop(held, onto) {
		const place = onto.bay ? {bay: onto.bay} : {lane: onto.lane};
		const given = new URLSearchParams({job: held.job, version: held.version, ...place});
		const answer = await Board.ask('/board/dialog/drop?' + given);
		if (!answer) return;
		const told = document.createElement('template');
		told.innerHTML = answer.html;
		const first = told.content.firstElementChild;
		if (first && first.matches('.refusal')) Board.say(answer.html);
		else if (first && first.matches('.now')) Board.act(first.dataset.do, first.dataset.with);
		else Board.show(answer.html, '/board/dialog/drop?' + given);
	}

	/* What a finger or a button is down on stays as it is: replaced, it would lose its tap or its
	   drag. The click that follows comes a moment after the release. */
	let down = '';
	function press(event) {
		const card = event.target.closest('.card');
		down = card ? card.id : '';
		if (down && window.Baylight) Baylight.hold(down);
	}
	function lift() {
		const card = down;
		if (card && window.Baylight) setTimeout(() => from || Baylight.release(card), 100);
		down = '';
	}
	document.addEventListener('pointerdown', press, {capture: true});
	for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, lift, {capture: true});

	document.querySelectorAll('.lane .stack').forEach((stack) => new Sortable(stack, {
		group: 'cards', draggable: '.card', filter: 'button', preventOnFilter: false, sort: false,
		delay: 250, delayOnTouchOnly: true, touchStartThreshold: 6, forceFallback: true,
		fallbackOnBody: true, fallbackTolerance: 6, onStart: start, onEnd: end, onMove: () => false,
	}));
})();
