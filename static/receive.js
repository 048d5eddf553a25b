/* The reception sheet: plate and VIN are checked by the server while they are typed. */
(function () {
	'use strict';
	const box = document.getElementById('dialog'), Board = window.Board;
	const waiting = {}, kept = {};

	box.addEventListener('input', (event) => {
		const input = event.target;
		if (!input.dataset.check) return;
		delete kept[input.dataset.check];
		clearTimeout(waiting[input.dataset.check]);
		waiting[input.dataset.check] = setTimeout(check, 350, input, false);
	});
	box.addEventListener('focusout', (event) => {
		if (event.target.dataset.check && event.target.value) check(event.target, true);
	});

	/* While typing only a wrong sign is told; what is merely unfinished waits until one leaves. */
	async function check(input, left) {
		const name = input.dataset.check, value = input.value;
		const url = '/board/check?' + new URLSearchParams({field: name, value: value});
		const answer = await Board.ask(url);
		if (!answer || input.value !== value || !input.isConnected) return;
		const note = document.getElementById('note-' + name);
		const told = document.createElement('template');
		told.innerHTML = answer.html;
		const wrong = told.content.querySelector('[data-wrong]');
		const unfinished = wrong && wrong.dataset.position === '0' && !left;
		const shown = wrong && !unfinished && !kept[name];
		note.replaceChildren(...(shown ? [told.content] : []));
		tell(input, shown, told.content.querySelector('[data-right]'));
	}

	function tell(input, wrong, right) {
		const field = Board.mark(input.dataset.check, Boolean(wrong));
		field.querySelector('.ok').hidden = !right;
		const kind = field.querySelector('[data-kind]');
		if (kind.dataset.hint === undefined) kind.dataset.hint = kind.textContent;
		kind.textContent = right && right.textContent.trim() || kind.dataset.hint;
		sum();
	}

	/* The foot names what is still to be mended. */
	function sum() {
		const form = box.querySelector('[data-receive]');
		if (!form) return;
		const wrong = [...form.querySelectorAll('.field.wrong')];
		const summary = form.querySelector('.summary');
		summary.hidden = !wrong.length;
		summary.querySelector('[data-wrong]').replaceChildren(...wrong.map(link));
		form.querySelector('.sheet-foot .answer').hidden = wrong.length > 0;
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
		const at = event.target.closest('[data-put],[data-keep]');
		if (!at) return;
		const input = at.closest('.field').querySelector('[data-check]');
		if (at.dataset.put) {
			input.value = at.dataset.put;
			check(input, true);
		} else keep(input);
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
		document.getElementById('note-' + name).textContent = '';
		tell(input, false, null);
		const reason = form.querySelector('[data-field="reason"]');
		reason.hidden = false;
		reason.querySelector('input').required = true;
	}
	document.addEventListener('htmx:after:swap', sum);
	box.addEventListener('change', sum);
})();
