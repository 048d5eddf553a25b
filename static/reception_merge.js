/* Two people at one sheet: what another saved meanwhile comes into the fields that nobody touched
   here, what was typed stays, and where both differ the field says what was saved. */
(function () {
	'use strict';
	const Marks = window.BaylightMarks, before = new WeakMap();
	const formHere = () => document.querySelector('[data-reception]');
	const known = () => {
		const form = formHere();
		if (form && !before.has(form)) before.set(form, form.cloneNode(true));
	};
	known();
	document.addEventListener('renewed', known);

	const inputs = (root, name) => [...root.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
	const isChoice = (input) => /radio|checkbox/.test(input.type);
	const read = (root, name, clean) => inputs(root, name)
		.filter((input) => !isChoice(input) || (clean ? input.defaultChecked : input.checked))
		.map((input) => clean && !isChoice(input) && input.defaultValue !== undefined ? input.defaultValue : input.value).join('\n');
	const names = (form) => new Set([...form.querySelectorAll('[data-field] [name]')].map((input) => input.name)
		.filter((name) => !/marks\.|photos$|^reason$/.test(name)));

	function put(form, fresh, name) {
		const values = read(fresh, name, true).split('\n');
		inputs(form, name).forEach((input) => {
			if (isChoice(input)) input.checked = values.includes(input.value);
			else input.value = read(fresh, name, true);
		});
	}
	const wordsOf = (fresh, name) => inputs(fresh, name).map((input) => isChoice(input)
		? input.defaultChecked && input.closest('label').textContent.trim() : input.defaultValue).filter(Boolean).join(', ') || '–';
	function tell(form, fresh, name) {
		const field = inputs(form, name)[0].closest('[data-field]'), note = document.createElement('p');
		field.querySelectorAll('.theirs').forEach((old) => old.remove());
		note.className = 'theirs';
		note.textContent = form.dataset.wordTheirs.replace('{}', wordsOf(fresh, name));
		field.append(note);
	}
	function fields(form, base, fresh) {
		names(form).forEach((name) => {
			const mine = read(form, name), was = read(base, name, true), now = read(fresh, name, true);
			if (mine === was) put(form, fresh, name);
			else if (now !== was && now !== mine) tell(form, fresh, name);
		});
	}

	/* Photos and marks are sets: what was added there comes, what was taken away there goes. */
	const photosOf = (root) => [...root.querySelectorAll('[data-photos="sheet.photos"] .photo')];
	const photoName = (row) => row.querySelector('input[name]')?.value || '';
	const place = (row) => [...row.querySelectorAll('[name$=".x"], [name$=".y"]')].map((input) => input.value).join(' ');
	const told = (row, clean) => [...row.querySelectorAll('[name]')].map((input) => {
		if (input.type === 'file') return '';
		if (!clean) return input.value;
		return input.tagName === 'SELECT' ? ([...input.options].find((one) => one.defaultSelected) || input.options[0]).value : input.defaultValue;
	}).join('\n');
	function merge(list, mine, was, now, key, isTouched, made) {
		const has = (rows, row) => rows.find((one) => key(one) === key(row));
		mine.forEach((row) => {
			if (has(was, row) && !has(now, row) && !isTouched(row, has(was, row))) row.remove();
		});
		now.forEach((row) => {
			const here = has(mine, row), old = has(was, row);
			if (!here && !old) list.append(made(row));
			else if (here && old && !isTouched(here, old)) here.replaceWith(made(row));
		});
	}

	async function take(form) {
		const page = await window.Board.ask(location.href);
		const fresh = page && new DOMParser().parseFromString(page.html, 'text/html').querySelector('[data-reception]');
		if (!fresh || !form.isConnected) return;
		const base = before.get(form), copy = (row) => document.importNode(row, true);
		fields(form, base, fresh);
		const list = form.querySelector('[data-photos="sheet.photos"] .photo-list');
		merge(list, photosOf(form), photosOf(base), photosOf(fresh), photoName, () => false, copy);
		merge(form.querySelector('.mark-rows'), Marks.rowsOf(form), Marks.rowsOf(base), Marks.rowsOf(fresh), place,
			(here, old) => told(here) !== told(old, true), (row) => Marks.adopt(copy(row)));
		Marks.draw(form);
		before.set(form, fresh);
		form.querySelector('[name="edition"]').value = fresh.querySelector('[name="edition"]').value;
		const said = form.querySelector('.answer');
		said.textContent = '';
		const sentence = document.createElement('p');
		sentence.className = 'error';
		sentence.textContent = form.dataset.wordMerged;
		said.append(sentence);
	}

	document.addEventListener('htmx:after:swap', () => {
		const refusal = document.querySelector('[data-reception] .answer .refusal[data-code="stale"]');
		if (refusal) take(refusal.closest('form'));
	});
})();
