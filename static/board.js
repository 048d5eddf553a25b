/* The advisor's board: choosing cards by key, the move menu, filters, undo, lane tabs. */
(function () {
	'use strict';
	const page = document.body.dataset, Board = window.Board;
	const menu = document.getElementById('menu'), lanes = document.getElementById('lanes');
	const undo = document.querySelector('[data-undo]'), deed = document.querySelector('[data-deed]'), search = document.getElementById('search');
	let chosen = '', menuOf = '';

	const all = (what, where) => [...(where || document).querySelectorAll(what)];
	const seen = (node) => node.offsetParent !== null;
	const card = (job) => document.getElementById('job-' + job);

	/* --- choosing a card --- */
	lanes.addEventListener('focusin', (event) => {
		const at = event.target.closest('.card');
		if (at) chosen = at.dataset.job;
	});
	function choose(node) {
		if (!node) return;
		node.focus();
		node.scrollIntoView({block: 'nearest', inline: 'nearest'});
	}
	function step(by) {
		const now = card(chosen);
		if (!now) return choose(all('.card', lanes).find(seen));
		const cards = all('.card', now.closest('.lane')).filter(seen);
		choose(cards[cards.indexOf(now) + by]);
	}
	function aside(by) {
		const now = card(chosen), every = all('.lane', lanes);
		let at = now ? every.indexOf(now.closest('.lane')) : by > 0 ? -1 : every.length;
		for (at += by; at >= 0 && at < every.length; at += by) {
			tab(every[at].dataset.lane);
			const first = all('.card', every[at]).find(seen);
			if (first) return choose(first);
		}
	}

	/* --- the move menu; its button is the same on every card, so no frame carries it --- */
	const button = document.getElementById('move-button').content.firstElementChild;
	function dress(node) {
		if (!node || !node.matches('.card') || node.querySelector('.move')) return;
		const own = button.cloneNode(true), plate = node.querySelector('.plate').textContent.replace('·', '');
		own.setAttribute('aria-label', own.getAttribute('aria-label').replace('{}', plate));
		node.append(own);
	}
	all('.card').forEach(dress);
	Baylight.onRegion((id, node) => dress(node));
	async function open(node) {
		close(false);
		const job = node.dataset.job;
		menuOf = job;
		const answer = await Board.ask('/board/dialog/menu?job=' + encodeURIComponent(job));
		if (!answer || menuOf !== job || !node.isConnected) return;
		if (answer.status !== 200) return Board.show(answer.html, '');
		menu.innerHTML = answer.html;
		menu.hidden = false;
		menu.setAttribute('aria-label', node.querySelector('.move').getAttribute('aria-label'));
		stand(node.getBoundingClientRect());
		node.classList.add('held-open');
		node.querySelector('.move').setAttribute('aria-expanded', 'true');
		const first = menu.querySelector('[role="menuitem"]');
		if (first) first.focus();
	}
	/* Beside the card's button; upwards where it would leave the window. */
	function stand(from) {
		const size = menu.getBoundingClientRect();
		let left = from.right - 36, top = from.bottom - 44;
		if (left + size.width > innerWidth - 8) left = Math.max(8, from.left - size.width + 36);
		if (top + size.height > innerHeight - 8) top = Math.max(8, Math.min(from.bottom, innerHeight - 8) - size.height);
		menu.style.left = left + 'px';
		menu.style.top = top + 'px';
	}
	function close(back) {
		const node = card(menuOf);
		if (menu.hidden && !menuOf) return;
		menu.hidden = true;
		menuOf = '';
		if (!node) return;
		node.classList.remove('held-open');
		node.querySelector('.move').setAttribute('aria-expanded', 'false');
		if (back) node.focus();
	}
	menu.addEventListener('keydown', (event) => {
		const items = all('[role="menuitem"]', menu), at = items.indexOf(document.activeElement);
		const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1}[event.key];
		if (to !== undefined) items[(to + items.length) % items.length].focus();
		else if (event.key === 'Escape' || event.key === 'Tab') close(true);
		else {
			const item = menu.querySelector('[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
			if (!item) return;
			item.click();
		}
		event.preventDefault();
		event.stopPropagation();
	});
	menu.addEventListener('click', (event) => {
		const item = event.target.closest('[role="menuitem"]');
		if (item && !item.getAttribute('aria-disabled')) close(true);
	});

	/* --- what is pressed --- */
	document.addEventListener('click', (event) => {
		const at = event.target;
		const button = at.closest('[data-menu],[data-filter],[data-mine],[data-tab],[data-questions]');
		if (!menu.hidden && !menu.contains(at)) close(false);
		if (!button || button === document.body) return;
		if (button.dataset.menu !== undefined) open(button.closest('.card'));
		else if (button.dataset.mine !== undefined) mine(page.mine === undefined);
		else if (button.dataset.tab) tab(button.dataset.tab);
		else if (button.dataset.questions !== undefined) ask();
		else filter(button.dataset.filter === page.filter ? '' : button.dataset.filter);
	});
	lanes.addEventListener('dblclick', (event) => {
		const at = event.target.closest('.card');
		if (at && !event.target.closest('button')) details(at.dataset.job);
	});
	function details(job) { Board.open('/board/dialog/job?job=' + encodeURIComponent(job)); }
	function filter(what) {
		if (what) page.filter = what;
		else delete page.filter;
		settle();
	}
	function mine(on) {
		if (on) page.mine = '';
		else delete page.mine;
		document.querySelector('[data-mine]:not(body)').setAttribute('aria-pressed', String(on));
	}
	function ask() {
		tab('bays');
		choose(document.querySelector('.ask .btn'));
	}
	function tab(name) {
		if (page.tab === name) return;
		page.tab = name;
		all('.lane, .bays').forEach((one) => one.classList.toggle('current', one.dataset.lane === name));
		lanes.classList.toggle('away', name === 'bays');
		all('[data-tab]:not(body)').forEach((one) => {
			if (one.dataset.tab === name) one.setAttribute('aria-current', 'true');
			else one.removeAttribute('aria-current');
		});
	}

	/* --- keys --- */
	const keys = {
		j: () => step(1), k: () => step(-1), h: () => aside(-1), l: () => aside(1),
		m: () => card(chosen) && open(card(chosen)),
		a: () => chosen && Board.open('/board/dialog/dispatch?job=' + encodeURIComponent(chosen)),
		u: () => !undo.hidden && undo.click(),
		n: () => { const button = document.querySelector('[data-key="n"]'); if (button) button.click(); },
		'/': () => search.focus(), '?': () => Board.open('/board/dialog/keys'),
		ArrowDown: () => step(1), ArrowUp: () => step(-1),
	};
	const left = (node) => node.closest('dialog:not([open])') !== null;
	document.addEventListener('keydown', (event) => {
		if (Board.opening || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		// A closed dialog may still hold the focus for a moment; what is typed then is a key again.
		if (event.target.closest('input, textarea, select, dialog[open], .menu') && !left(event.target)) return;
		if (event.key === 'Enter' && event.target.closest('.card') === event.target) details(chosen);
		const deed = keys[event.key.length > 1 ? event.key : event.key.toLowerCase()];
		if (!deed) return;
		event.preventDefault();
		deed();
	});
	search.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') search.blur();
		if (event.key !== 'Enter' || event.isComposing || !search.value.trim()) return;
		Board.open('/board/dialog/search?' + new URLSearchParams({q: search.value.trim()}));
	});

	/* --- what follows from a change of the board --- */
	const own = new CSSStyleSheet();
	own.replaceSync('body[data-mine] .card:not([data-advisor="' + CSS.escape(page.me) + '"]) { display: none; }');
	document.adoptedStyleSheets = [own];
	function settle() {
		const cards = all('.card', lanes).filter((one) => one.dataset.advisor === page.me);
		document.querySelector('[data-mine-count]').textContent = cards.length;
		all('.count[data-filter]').forEach((one) => {
			one.setAttribute('aria-pressed', String(Boolean(page.filter) && one.dataset.filter === page.filter));
		});
		const now = card(chosen);
		if (now && document.activeElement === document.body) now.focus({preventScroll: true});
	}
	let due = 0;
	new MutationObserver(() => {
		cancelAnimationFrame(due);
		due = requestAnimationFrame(settle);
	}).observe(document.querySelector('.desk'), {childList: true, subtree: true});

	/* --- undo: one's own last step for 30 seconds of the shop's clock, a device's for ten minutes --- */
	setInterval(() => {
		const line = document.getElementById('liveline').dataset;
		const age = BaylightTimes.now() - line.at;
		undo.hidden = !(line.job && (line.by === page.me ? age < 30 : line.by === 'device' && age < 600));
		undo.dataset.with = 'job=' + encodeURIComponent(line.job || '');
		deed.hidden = !line.job;
		deed.dataset.dialog = '/board/dialog/job?job=' + encodeURIComponent(line.job || '');
	}, 500);

	tab('work');
	settle();
})();
