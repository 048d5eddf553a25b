/* The reception sheet: plate and VIN are checked by the server while they are typed, and what was
   typed is kept in this page until it is sent or cleared. */
(function () {
	'use strict';
	const box = document.getElementById('dialog'), Board = window.Board;
	const waiting = {}, kept = {}, left = {};
	let draft = null;

	const sheet = () => box.querySelector('[data-receive]');
	const noteOf = (name) => document.getElementById('note-' + name);
	const checked = (name) => box.querySelector('[data-check="' + name + '"]');

	box.addEventListener('input', (event) => {
		const input = event.target, name = input.dataset.check;
		if (!name) return;
		delete kept[name];
		delete left[name];
		clearTimeout(waiting[name]);
		waiting[name] = setTimeout(check, 350, input);
	});
	box.addEventListener('focusout', (event) => {
		const name = event.target.dataset.check;
		if (!name || !event.target.value) return;
		clearTimeout(waiting[name]);
		left[name] = true;
		check(event.target);
	});

	/* What is told moves the fields below it: not while a finger is on one, or its tap would miss. */
	const lifting = [];
	let isDown = false;
	const lifted = () => new Promise((go) => isDown ? lifting.push(go) : go());
	document.addEventListener('pointerdown', () => { isDown = true; }, true);
	for (const kind of ['pointerup', 'pointercancel']) {
		document.addEventListener(kind, () => {
			isDown = false;
			setTimeout(() => lifting.splice(0).forEach((go) => go()));
		}, true);
	}

	/* While typing only a wrong sign is told; what is merely unfinished waits until one leaves. */
	async function check(input) {
		const name = input.dataset.check, value = input.value;
		const url = '/board/check?' + new URLSearchParams({field: name, value: value, job: input.form.elements.job?.value || ''});
		const answer = await Board.ask(url);
		await lifted();
		if (!answer || input.value !== value || !input.isConnected) return;
		const told = document.createElement('template');
		told.innerHTML = answer.html;
		const wrong = told.content.querySelector('[data-wrong]');
		const unfinished = wrong && wrong.dataset.position === '0' && !left[name];
		const shown = wrong && !unfinished && !kept[name];
		const refused = input.closest('.field').querySelector('.said');
		if (!shown && refused) return;
		const right = told.content.querySelector('[data-right]');
		const known = told.content.querySelector('[data-known]');
		noteOf(name).replaceChildren(...(shown ? [told.content] : known ? [known] : []));
		tell(input, shown, right);
	}

	function tell(input, wrong, right) {
		const field = Board.mark(input.dataset.check, Boolean(wrong));
		field.querySelector('.ok').hidden = !right;
		const kind = field.querySelector('[data-kind]');
		if (kind.dataset.hint === undefined) kind.dataset.hint = kind.textContent;
		kind.textContent = right && right.textContent.trim() || kind.dataset.hint;
		sum();
	}

	/* The foot names what is still to be mended; a refusal that no field shows stays there. */
	function sum() {
		const form = sheet();
		if (!form) return;
		const wrong = [...form.querySelectorAll('.field.wrong')];
		const refused = form.querySelector('.sheet-foot .refusal:not([hidden])');
		const summary = form.querySelector('.summary');
		summary.hidden = !wrong.length || Boolean(refused);
		summary.querySelector('[data-wrong]').replaceChildren(...wrong.map(link));
		form.querySelector('.sheet-foot .answer').hidden = wrong.length > 0 && wrong.every(Board.saysWhy) && !refused;
	}

	function link(field) {
		const to = document.createElement('button'), label = field.querySelector('label, .label');
		to.type = 'button';
		to.textContent = label.firstChild.textContent.trim();
		to.addEventListener('click', () => field.querySelector('input, textarea').focus());
		return to;
	}

	// The field keeps the focus: leaving it would check again and take the button away.
	box.addEventListener('mousedown', (event) => {
		if (event.target.closest('[data-put],[data-keep]')) event.preventDefault();
	});
	box.addEventListener('click', (event) => {
		const at = event.target.closest('[data-put],[data-keep],[data-clear]');
		if (!at) return;
		if (at.dataset.clear !== undefined) return clear();
		const input = checked(at.closest('[data-note]').dataset.note);
		if (at.dataset.put) {
			input.value = at.dataset.put;
			left[input.dataset.check] = true;
			check(input);
		} else keep(input);
		remember();
		input.focus();
	});

	/* Keep a value although its check fails: sent as an override, with the reason. */
	function keep(input) {
		const form = input.form, name = input.dataset.check;
		kept[name] = true;
		if (!form.querySelector('[name="overrides"][value="' + name + '"]')) {
			const hidden = document.createElement('input');
			hidden.type = 'hidden';
			hidden.name = 'overrides';
			hidden.value = name;
			form.append(hidden);
		}
		noteOf(name).textContent = '';
		tell(input, false, null);
		const reason = form.querySelector('[data-field="reason"]');
		reason.hidden = false;
		reason.querySelector('input').required = true;
	}

	/* --- what was typed --- */
	function remember() {
		const form = sheet();
		if (!form) return;
		const fields = [...form.elements].filter((one) => one.name && one.value && one.type !== 'submit');
		draft = fields.filter((one) => !/radio|checkbox/.test(one.type) || one.checked)
			.map((one) => ({name: one.name, value: one.value, type: one.type}));
		if (!draft.length) draft = null;
		form.querySelector('[data-clear]').hidden = !draft;
	}
	function restore() {
		const form = sheet();
		for (const one of [kept, left]) Object.keys(one).forEach((name) => delete one[name]);
		if (!form || !draft) return;
		draft.forEach(({name, value, type}) => put(form, name, value, type));
		form.querySelector('[data-clear]').hidden = false;
		form.querySelectorAll('[data-check]').forEach((input) => {
			left[input.dataset.check] = true;
			if (input.value) check(input);
		});
	}
	function put(form, name, value, type) {
		const named = '[name="' + CSS.escape(name) + '"]';
		if (type === 'hidden') return name === 'overrides' && keep(checked(value));
		if (!/radio|checkbox|datetime/.test(type)) form.querySelector(named).value = value;
		else {
			const choice = form.querySelector(named + '[value="' + CSS.escape(value) + '"]');
			if (choice) choice.checked = true;
			else if (type !== 'checkbox') another(form, named, value);
		}
	}
	/* A time that is no longer among the quick ones. */
	function another(form, named, value) {
		const other = form.querySelector(named + '[data-other]');
		if (!other) return;
		other.checked = true;
		form.querySelector(named + '[type="datetime-local"]').value = value;
	}
	function clear() {
		draft = null;
		Board.open('/board/dialog/receive');
	}
	box.addEventListener('shown', restore);
	document.addEventListener('htmx:after:request', (event) => {
		const {request, response} = event.detail.ctx;
		if (event.target.closest?.('[data-receive]') && request.method === 'POST' && Board.isDone(response)) draft = null;
	});
	document.addEventListener('htmx:after:swap', sum);
	for (const kind of ['input', 'change']) {
		box.addEventListener(kind, () => {
			sum();
			remember();
		});
	}
})();
