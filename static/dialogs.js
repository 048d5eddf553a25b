/* Dialogs, deeds and refusals: one way in for menu, keys and dragging.
   Deeds go to /do/{name}; nothing here changes the board, the live channel does. */
(function () {
	'use strict';
	const box = document.getElementById('dialog');
	const toast = document.getElementById('toast');
	const csrf = document.querySelector('meta[name="csrf"]').content;
	const Board = window.Board = {};
	/** Whose session has ended signs in again, where the page says. */
	Board.signIn = () => location.assign(document.querySelector('#notice a').href);
	let shown = '', fading = 0, opener = null;

	Board.say = function (html) {
		// A modal dialog covers everything that is not inside it.
		(box.open ? box : document.body).append(toast);
		toast.innerHTML = html;
		toast.hidden = false;
		clearTimeout(fading);
		fading = setTimeout(() => { toast.hidden = true; }, 7000);
		const job = toast.querySelector('[data-job]');
		const card = job && job.dataset.job && document.getElementById('job-' + job.dataset.job);
		if (card) card.scrollIntoView({block: 'nearest'});
	};

	Board.show = function (html, url) {
		shown = url;
		toast.hidden = true;
		box.innerHTML = html;
		htmx.process(box);
		BaylightTimes.fill(box);
		box.dispatchEvent(new CustomEvent('shown'));
		reveal();
	};

	function reveal() {
		if (!box.open) {
			opener = document.activeElement;
			box.showModal();
		}
		box.querySelectorAll('form').forEach(settle);
		const first = box.querySelector('[autofocus]') ||
			box.querySelector('input:checked, .sheet-body input:not([type="hidden"]), .sheet-body button');
		if (first) first.focus();
	}

	// While a dialog is on its way, what is typed is meant for it and is no shortcut.
	Board.opening = false;
	Board.open = async function (url) {
		shown = url;
		Board.opening = true;
		const answer = await ask(url);
		Board.opening = false;
		if (!answer || shown !== url) return;
		if (isRefusal(answer.html)) Board.say(answer.html);
		else Board.show(answer.html, url);
	};

	function isRefusal(html) {
		const told = document.createElement('template');
		told.innerHTML = html.trim();
		return told.content.firstElementChild?.matches('.refusal');
	}

	/* Only the shop's own mark says that a deed was done: a guest network's page or a proxy may
	   answer with whatever number it likes. */
	const isDone = (answer) => answer.status === 204 && answer.headers.has('X-Board-Seq');
	Board.isDone = isDone;

	/** Whether the shop itself answered, be it yes or no. */
	const isOurs = (answer) => answer.headers.get('X-Answered-By') === 'baylight';
	Board.isOurs = isOurs;

	/* A fragment; null when there is no connection or one has to sign in again. */
	async function ask(url, options) {
		const answer = await fetch(url, {headers: {'HX-Request': 'true'}, ...options}).catch(() => null);
		if (!answer || !isOurs(answer)) return unreachable();
		if (answer.status === 401) {
			Board.signIn();
			return null;
		}
		return {status: answer.status, isDone: isDone(answer), html: await answer.text()};
	}
	function unreachable() {
		const told = document.createElement('div');
		told.className = 'refusal';
		told.textContent = document.body.dataset.wordOffline;
		Board.say(told.outerHTML);
		return null;
	}
	document.addEventListener('htmx:error', unreachable);
	Board.ask = ask;

	/* A second tap on the same thing is the same deed: the shop does it once, however slow the line. */
	const TAP_MS = 1500;
	let tap = {deed: '', id: '', at: 0};
	function idOf(deed) {
		if (deed !== tap.deed || performance.now() - tap.at > TAP_MS) {
			const parts = crypto.getRandomValues(new Uint32Array(4));
			tap = {deed, id: [...parts].map((part) => part.toString(36)).join('-'), at: performance.now()};
		}
		return tap.id;
	}

	/* Ask for a deed; true when it was done. A refusal is shown where the person looks. */
	Board.act = async function (name, given) {
		const body = new URLSearchParams(given);
		const answer = await ask('/do/' + name, {
			method: 'POST', body,
			headers: {'X-CSRF-Token': csrf, 'HX-Request': 'true', 'Idempotency-Key': idOf(name + '?' + body)},
		});
		if (!answer) return false;
		if (isRefusal(answer.html)) Board.say(answer.html);
		else if (!answer.isDone) unreachable();
		return answer.isDone;
	};

	/** Where the open dialog is from. */
	Board.shown = () => (box.open ? shown : '');

	Board.close = function () {
		if (box.open) box.close();
	};
	box.addEventListener('close', () => {
		// The event comes late: the next dialog may be open, or on its way, already.
		if (box.open) return;
		box.textContent = '';
		if (!Board.opening) shown = '';
		const card = opener && opener.id && document.getElementById(opener.id);
		const back = opener && opener.isConnected ? opener : card;
		if (back) back.focus();
	});
	box.addEventListener('mousedown', (event) => {
		if (event.target === box && !box.querySelector('[data-receive]')) Board.close();
	});

	document.addEventListener('click', async (event) => {
		const at = event.target.closest('[data-dialog],[data-do],[data-close]');
		if (!at || at.getAttribute('aria-disabled')) return;
		if (at.dataset.close !== undefined) Board.close();
		else if (at.dataset.dialog) Board.open(at.dataset.dialog);
		else if (await Board.act(at.dataset.do, at.dataset.with) && at.dataset.again !== undefined) {
			Board.open(shown);
		}
	});

	/* What htmx tells of a form that has gone meanwhile, it tells of the document. */
	const formOf = (event) => event.target.closest?.('form') || null;

	document.addEventListener('htmx:config:request', (event) => {
		const request = event.detail.ctx.request, form = formOf(event);
		request.headers['X-CSRF-Token'] = csrf;
		if (!form || !(request.body instanceof FormData)) return;
		request.body = Board.sent(form, request.body);
		request.headers['Idempotency-Key'] = idOf(request.action + '?' + new URLSearchParams(request.body));
	});

	document.addEventListener('htmx:after:request', (event) => {
		const ctx = event.detail.ctx, form = formOf(event);
		if (!form || ctx.request.method !== 'POST') return;
		if (!isDone(ctx.response)) {
			if (!isRefusal(ctx.text)) unheard(event, ctx.target);
			else if (ctx.response.status === 401) Board.signIn();
			return;
		}
		if (!box.contains(form)) form.dispatchEvent(new CustomEvent('done', {bubbles: true}));
		else if (form.dataset.again !== undefined) Board.open(shown);
		else Board.close();
	});

	/* The form stays as it is and says beside it, until it is sent again, that nobody has it. */
	function unheard(event, place) {
		event.preventDefault();
		const said = document.createElement('p');
		said.className = 'error';
		said.setAttribute('role', 'alert');
		said.textContent = document.body.dataset.wordOffline;
		place.hidden = false;
		place.replaceChildren(said);
	}

	document.addEventListener('htmx:after:swap', () => {
		const refusal = document.querySelector('.answer .refusal:not([hidden])');
		if (!refusal) return;
		if (refusal.dataset.code === 'stale' && box.contains(refusal)) {
			const html = refusal.outerHTML;
			Board.open(shown).then(() => Board.say(html));
			return;
		}
		const answer = refusal.closest('.answer');
		Board.refuse(answer.closest('form') || answer.previousElementSibling, refusal);
	});

	let turn = 0;
	box.addEventListener('change', (event) => {
		const input = event.target, form = input.form;
		if (input.name === 'technicians') input.dataset.turn = input.checked ? ++turn : 0;
		if (input.name === 'bay' && input.dataset.home) preselect(form, input.dataset.home);
		if (form) settle(form);
	});

	/* The bay's home technician, unless somebody was chosen by hand. */
	function preselect(form, home) {
		const all = [...form.querySelectorAll('[name="technicians"]')];
		if (all.some((input) => input.dataset.turn > 0)) return;
		all.forEach((input) => { input.checked = input.value === home; });
	}

	/* Show what the present choices ask for: another time, a bay or a parking place. */
	function settle(form) {
		form.querySelectorAll('[data-unless]').forEach((part) => {
			part.hidden = Boolean(form.querySelector('[name="state"][value="' + part.dataset.unless + '"]:checked'));
			part.querySelectorAll('input').forEach((input) => { input.disabled = part.hidden; });
		});
		form.querySelectorAll('[data-other]').forEach((radio) => {
			const other = radio.closest('.picks').querySelector('.other-time');
			other.hidden = !radio.checked;
			other.querySelector('input').disabled = !radio.checked || radio.disabled;
		});
		const where = form.querySelector('[name="where"]:checked');
		form.querySelectorAll('[data-for]').forEach((part) => {
			const used = where && part.dataset.for === where.value;
			part.hidden = !used;
			part.querySelectorAll('input').forEach((input) => {
				input.disabled = !used || Boolean(input.closest('.taken'));
			});
		});
	}
})();
