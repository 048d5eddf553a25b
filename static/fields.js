/* The fields of a dialog: which one a refusal means, what it says there, and what a form sends. */
(function () {
	'use strict';
	const box = document.getElementById('dialog'), Board = window.Board;

	/* The field that a dotted name means: by its own name, its input's, or its group's. */
	function fieldOf(form, dotted) {
		const name = CSS.escape(dotted.split('.').pop().replace(/\[.*$/, ''));
		const named = ['[data-field="' + name + '"]', '[name="' + name + '"]', '[name$=".' + name + '"]', '[name^="' + name + '."]'];
		const found = named.map((what) => form.querySelector(what)).find(Boolean);
		return found ? found.closest('[data-field]') : null;
	}
	const inputsOf = (field) => [...field.querySelectorAll('input:not([type="hidden"]), textarea, select')];

	/* An input keeps the note it always had, and may get one more. */
	function describe(input, id) {
		const always = (input.getAttribute('aria-describedby') || '').split(' ').filter((one) => one && !one.startsWith('said-'));
		const ids = [...always, id].filter(Boolean).join(' ');
		if (ids) input.setAttribute('aria-describedby', ids);
		else input.removeAttribute('aria-describedby');
	}

	/* Mark a field as wrong or right; what was said of it before goes. */
	function mark(field, wrong) {
		field.classList.toggle('wrong', wrong);
		if (wrong) field.hidden = false;
		field.querySelectorAll('.said').forEach((one) => one.remove());
		inputsOf(field).forEach((input) => {
			input.setAttribute('aria-invalid', String(wrong));
			describe(input, '');
		});
	}
	Board.mark = function (name, wrong) {
		const field = fieldOf(box, name);
		if (field) mark(field, wrong);
		return field;
	};

	/* Does the field say already, by its own check, what is wrong with it? */
	Board.saysWhy = function (field) {
		const checked = field.querySelector('[data-check]');
		const note = checked && document.getElementById('note-' + checked.dataset.check);
		return Boolean(field.querySelector('.said') || note && note.querySelector('.error'));
	};

	function say(field, sentence) {
		mark(field, true);
		if (Board.saysWhy(field)) return;
		const said = document.createElement('p');
		said.className = 'error said';
		said.id = 'said-' + field.dataset.field;
		said.setAttribute('role', 'alert');
		said.textContent = sentence;
		// A choice may be longer than the window: its text stands on top.
		const title = field.querySelector('.picks, .tiles') && field.querySelector('legend, .label');
		if (title) title.after(said);
		else field.append(said);
		inputsOf(field).forEach((input) => describe(input, said.id));
	}

	/* A form that sent nothing usable is told so where its first empty field is. */
	const firstNeeded = (form) => [...form.querySelectorAll('[data-need]')].find((field) =>
		!inputsOf(field).some((one) => /radio|checkbox/.test(one.type) ? one.checked : one.value.trim()));

	/* Put a refusal into the fields it names; the foot keeps it only when it names none. */
	Board.refuse = function (form, refusal) {
		const isMalformed = /^(malformed|unknown_field)$/.test(refusal.dataset.code);
		const named = refusal.dataset.fields.split(' ').filter(Boolean);
		const fields = [...new Set(named.map((name) => fieldOf(form, name)).filter(Boolean))];
		if (!fields.length && isMalformed && firstNeeded(form)) fields.push(firstNeeded(form));
		if (!fields.length) return;
		refusal.hidden = true;
		fields.forEach((field) => say(field, isMalformed && field.dataset.need || refusal.textContent.trim()));
		fields[0].scrollIntoView({block: 'center'});
		const input = inputsOf(fields[0]).find((one) => !one.disabled);
		(input || fields[0]).focus({preventScroll: true});
	};

	/* What a form sends: no empty values but where empty means something, bare digits, technicians in the order they were chosen. */
	Board.sent = function (form, given) {
		const body = new FormData();
		for (const [name, value] of given) {
			const skip = value === '' && !named(form, name, '[data-empty]') || name === 'technicians' ||
				name === 'remove' && form.dataset.toggles !== undefined;
			if (!skip) body.append(name, isDigits(form, name) ? value.replace(/[\s,，]/g, '') : value);
		}
		[...form.querySelectorAll('[name="technicians"]:checked')]
			.sort((one, other) => (one.dataset.turn || 0) - (other.dataset.turn || 0))
			.forEach((input) => body.append('technicians', input.value));
		// Where everybody may be taken off again, nobody is said too.
		const emptied = form.dataset.emptied;
		if (emptied && form.querySelector('[name="' + emptied + '"]') && !body.has(emptied)) body.append(emptied, ',');
		form.querySelectorAll('[name="remove"]:not(:checked)')
			.forEach((input) => body.append('remove', input.value));
		return body;
	};
	const named = (form, name, what) => Boolean(form.querySelector('[name="' + CSS.escape(name) + '"]' + what));
	const isDigits = (form, name) => named(form, name, '[inputmode="numeric"]');

	/* Whatever is changed in a field is no longer what was refused. */
	for (const kind of ['input', 'change']) {
		document.addEventListener(kind, (event) => {
			const field = event.target.closest('[data-field]');
			if (field && (!event.target.dataset.check || field.querySelector('.said'))) mark(field, false);
		});
	}
})();
