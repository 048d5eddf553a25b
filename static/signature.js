/* The field to sign in: strokes of a finger, pen or mouse, kept as numbers and not as a picture.
   Whoever cannot draw says that a paper was signed. */
(function () {
	'use strict';
	const WIDE = 1000, HIGH = 360, NEAR = 4, MOST = 19000;
	let drawing = null;

	const strokesOf = (form) => form.querySelector('[name="strokes"]');
	const points = (text) => text.split(' ').map((point) => point.split(',').map(Number));

	function paint(form) {
		const canvas = form.querySelector('[data-canvas]'), pen = canvas.getContext('2d');
		pen.clearRect(0, 0, WIDE, HIGH);
		pen.lineWidth = 5;
		pen.lineCap = pen.lineJoin = 'round';
		pen.strokeStyle = getComputedStyle(canvas).color;
		strokesOf(form).value.split(';').filter(Boolean).forEach((stroke) => {
			pen.beginPath();
			points(stroke).forEach(([x, y]) => pen.lineTo(x, y));
			pen.stroke();
		});
	}
	function place(canvas, event) {
		const box = canvas.getBoundingClientRect();
		const within = (part, most) => Math.round(Math.min(most, Math.max(0, part * most)));
		return [within((event.clientX - box.left) / box.width, WIDE), within((event.clientY - box.top) / box.height, HIGH)];
	}
	function keep(form, text) {
		const field = strokesOf(form);
		field.value = text;
		field.dispatchEvent(new Event('input', {bubbles: true}));
		paint(form);
	}

	document.addEventListener('pointerdown', (event) => {
		const canvas = event.target.closest('[data-canvas]');
		if (!canvas || event.button !== 0) return;
		event.preventDefault();
		canvas.setPointerCapture(event.pointerId);
		const form = canvas.closest('form');
		drawing = {form: form, before: strokesOf(form).value, path: [place(canvas, event)], pointer: event.pointerId};
	});
	document.addEventListener('pointermove', (event) => {
		if (!drawing || event.pointerId !== drawing.pointer) return;
		const canvas = drawing.form.querySelector('[data-canvas]');
		const [x, y] = place(canvas, event), [a, b] = drawing.path[drawing.path.length - 1];
		if (Math.hypot(x - a, y - b) < NEAR) return;
		drawing.path.push([x, y]);
		show(drawing);
	});
	function show({form, before, path}) {
		const text = [before, path.map((point) => point.join(',')).join(' ')].filter(Boolean).join(';');
		if (path.length > 1 && text.length < MOST) keep(form, text);
	}
	for (const end of ['pointerup', 'pointercancel']) {
		document.addEventListener(end, () => {
			if (!drawing) return;
			// A dot is two points of the same place.
			if (drawing.path.length === 1) drawing.path.push([drawing.path[0][0] + 1, drawing.path[0][1]]);
			show(drawing);
			drawing = null;
		});
	}

	document.addEventListener('click', (event) => {
		const button = event.target.closest('[data-unsign]');
		if (button) keep(button.closest('form'), '');
	});
	document.addEventListener('change', (event) => {
		if (!event.target.matches('[data-on-paper]')) return;
		const form = event.target.form, on = event.target.checked;
		form.querySelector('[data-field="paper"]').hidden = !on;
		form.querySelector('[data-field="strokes"]').hidden = on;
		if (on) keep(form, '');
	});

	/* A signature is for what was shown: when that changes, it is drawn anew. */
	function anew(form) {
		if (!form) return;
		form.reset();
		keep(form, '');
		form.classList.remove('begun');
	}
	document.addEventListener('done', (event) => {
		if (event.target.matches('[data-reception]')) anew(document.querySelector('[data-sign]'));
	});
	document.addEventListener('htmx:after:swap', () => {
		const refusal = document.querySelector('[data-sign] .answer .refusal[data-code="stale"]');
		if (!refusal) return;
		window.Board.say(refusal.outerHTML);
		anew(refusal.closest('form'));
		window.BaylightPage.renew();
	});

	/* What is written on the sheet and not saved would not be signed. */
	document.addEventListener('submit', (event) => {
		const form = event.target.closest('[data-sign]');
		if (!form || !document.querySelector('[data-reception].begun')) return;
		event.preventDefault();
		event.stopImmediatePropagation();
		const said = document.createElement('p');
		said.className = 'error';
		said.setAttribute('role', 'alert');
		said.textContent = form.dataset.wordSave;
		const answer = form.querySelector('.answer');
		answer.textContent = '';
		answer.append(said);
	}, true);
})();
