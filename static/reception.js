/* Damage marks of the reception sheet: a tap on the outline, or a place chosen from the list, adds
   one; each is a row of fields in the form. The server keeps what is saved. */
(function () {
	'use strict';
	const SVG = 'http://www.w3.org/2000/svg', WIDTH = 640, HEIGHT = 320;
	let next = 100;

	const formOf = (node) => node.closest('[data-reception]');
	const rowsOf = (form) => [...form.querySelectorAll('[data-mark]')];

	/* The numbers on the outline and in the list say the same. */
	function draw(form) {
		const group = form.querySelector('[data-marks]');
		group.textContent = '';
		rowsOf(form).forEach((row, at) => {
			row.querySelector('.mark-no').textContent = at + 1;
			const mark = document.createElementNS(SVG, 'g'), dot = document.createElementNS(SVG, 'circle'), text = document.createElementNS(SVG, 'text');
			mark.setAttribute('class', 'car-mark');
			mark.setAttribute('transform', `translate(${row.dataset.x * WIDTH} ${row.dataset.y * HEIGHT})`);
			dot.setAttribute('r', 13);
			text.setAttribute('text-anchor', 'middle');
			text.setAttribute('dy', 5);
			text.textContent = at + 1;
			mark.append(dot, text);
			group.append(mark);
		});
	}

	/* The name of the place nearest to a point, as the list has it. */
	function placeOf(form, x, y) {
		const far = (option) => {
			const [there, down] = option.value.split(' ');
			return Math.hypot((there - x) * WIDTH, (down - y) * HEIGHT);
		};
		return [...form.querySelector('[data-zone]').options].reduce((one, other) => far(other) < far(one) ? other : one).text;
	}

	function add(form, x, y) {
		const fresh = document.createElement('template');
		fresh.innerHTML = form.querySelector('[data-new-mark]').innerHTML.replace(/marks\.\{\}/g, 'marks.' + next++);
		const row = fresh.content.querySelector('[data-mark]');
		row.dataset.x = x;
		row.dataset.y = y;
		row.querySelector('[name$=".x"]').value = x.toFixed(4);
		row.querySelector('[name$=".y"]').value = y.toFixed(4);
		row.querySelector('.mark-zone').textContent = placeOf(form, x, y);
		row.querySelector('[name$=".kind"]').value = document.querySelector('[data-kind]:checked').value;
		form.querySelector('.mark-rows').append(row);
		draw(form);
		changed(form);
		return row;
	}
	/* Whoever renews the page sees that somebody has worked in this form. */
	const changed = (form) => form.querySelector('[name="edition"]').dispatchEvent(new Event('input', {bubbles: true}));

	/* A row as the server has it now, under a number that is free in this form. */
	function adopt(row) {
		const number = next++;
		row.querySelectorAll('[name]').forEach((input) => { input.name = input.name.replace(/marks\.\d+/, 'marks.' + number); });
		row.querySelectorAll('[data-photos]').forEach((field) => { field.dataset.photos = field.dataset.photos.replace(/marks\.\d+/, 'marks.' + number); });
		return row;
	}
	window.BaylightMarks = {adopt, draw, rowsOf};

	document.addEventListener('click', (event) => {
		const target = event.target, form = formOf(target);
		if (!form || form.querySelector('.sides').disabled) return;
		const outline = target.closest('[data-outline]');
		if (outline) {
			const box = outline.getBoundingClientRect();
			const within = (part) => Math.min(1, Math.max(0, part));
			add(form, within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height));
		} else if (target.closest('[data-mark-here]')) {
			// Whoever taps the outline goes on tapping, and the page stays where it is.
			const [x, y] = form.querySelector('[data-zone]').value.split(' ').map(Number);
			const row = add(form, x, y);
			row.querySelector('[name$=".note"]').focus({preventScroll: true});
			row.scrollIntoView({block: 'nearest'});
		} else if (target.closest('[data-unmark]')) {
			target.closest('[data-mark]').remove();
			draw(form);
			changed(form);
			form.querySelector('[data-mark-here]').focus({preventScroll: true});
		}
	});
})();
