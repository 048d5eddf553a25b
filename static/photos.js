/* Photos in forms: an <input type="file" data-photo> sends what was chosen at once, shows it as a
   thumbnail and puts its name into hidden fields. A photo that failed says why; the form stays. */
(function () {
	'use strict';
	const SIDE = 2048, TRIES = 3, words = {};
	const csrf = () => document.querySelector('meta[name="csrf"]').content;

	function make(tag, name, text) {
		const node = document.createElement(tag);
		if (name) node.className = name;
		if (text) node.textContent = text;
		return node;
	}
	function fill(row, ...nodes) {
		row.textContent = '';
		row.append(...nodes);
	}
	const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

	/* Smaller before it is sent: a camera's picture is ten times what we keep. */
	async function shrunk(file) {
		const known = /^image\/(jpeg|png|webp)$/.test(file.type);
		if (known && file.size < 500000) return file;
		const image = await createImageBitmap(file, {imageOrientation: 'from-image'}).catch(() => null);
		if (!image) return file;
		const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
		const canvas = make('canvas');
		canvas.width = Math.round(image.width * scale);
		canvas.height = Math.round(image.height * scale);
		const pen = canvas.getContext('2d');
		pen.fillStyle = '#fff';
		pen.fillRect(0, 0, canvas.width, canvas.height);
		pen.drawImage(image, 0, 0, canvas.width, canvas.height);
		image.close();
		const small = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', .85));
		return small && (!known || small.size < file.size) ? small : file;
	}


	/* One try: {photo}, or {message, wait} when it failed. */
	function send(job, blob, tell) {
		return new Promise((done) => {
			const call = new XMLHttpRequest();
			const failed = () => done({message: words.offline});
			call.open('POST', '/photos?job=' + encodeURIComponent(job));
			call.setRequestHeader('X-CSRF-Token', csrf());
			call.setRequestHeader('Accept', 'application/json');
			call.setRequestHeader('Content-Type', blob.type || 'application/octet-stream');
			call.timeout = 60000;
			call.upload.onprogress = (event) => { if (event.lengthComputable) tell(event.loaded / event.total); };
			call.onerror = call.ontimeout = call.onabort = failed;
			call.onload = () => {
				let answer = {};
				try { answer = JSON.parse(call.responseText); } catch (error) { /* a proxy's own page */ }
				const wait = Number(call.getResponseHeader('Retry-After')) || 0;
				// What is no photo will not be one the next time either.
				const isFinal = call.status >= 400 && call.status < 500 && ![401, 403, 408, 409, 429].includes(call.status);
				done(answer.photo ? answer : {message: answer.message || words.offline, wait: wait, isFinal: isFinal});
			};
			call.send(blob);
		});
	}
	async function sent(job, blob, tell) {
		for (let tries = 1; ; tries++) {
			const answer = await send(job, blob, tell);
			if (answer.photo || !answer.wait || tries === TRIES) return answer;
			await pause(Math.min(answer.wait, 10));
		}
	}

	/* While a photo is on its way the form waits, or the photo would be left out. */
	function busy(form, by) {
		if (!form) return;
		form.dataset.photosOnTheWay = (Number(form.dataset.photosOnTheWay) || 0) + by;
		const waits = form.dataset.photosOnTheWay !== '0';
		form.querySelectorAll('[type="submit"]').forEach((button) => { button.disabled = waits; });
	}

	async function add(input, file) {
		const field = input.closest('[data-photos]'), form = input.form;
		const row = make('li', 'photo'), bar = make('progress');
		row.file = file; // Until the shop has it.
		bar.setAttribute('aria-label', words.sending);
		row.append(bar);
		field.querySelectorAll('.photo.final').forEach((old) => old.remove());
		field.querySelector('.photo-list').append(row);
		busy(form, 1);
		try {
			const blob = await shrunk(file);
			const answer = await sent(field.dataset.job, blob, (part) => { bar.value = part; });
			if (answer.photo) keep(field, row, answer.photo);
			else fail(field, row, file, answer.message, answer.isFinal);
		} finally {
			busy(form, -1);
		}
	}
	function keep(field, row, name) {
		delete row.file;
		if ([...field.querySelectorAll('.photo input')].some((one) => one.value === name)) {
			row.remove();
			return;
		}
		const link = make('a'), image = make('img'), hidden = make('input');
		link.href = '/photos/' + encodeURIComponent(field.dataset.job) + '/' + name;
		link.target = '_blank';
		image.src = link.href + '?small';
		image.alt = words.photo;
		hidden.type = 'hidden';
		hidden.name = field.dataset.photos;
		hidden.value = name;
		link.append(image);
		fill(row, link, hidden, away());
		changed(field);
	}
	function fail(field, row, file, message, isFinal) {
		const again = make('button', 'btn', words.again);
		row.classList.add('failed');
		const said = make('p', 'error', message);
		said.setAttribute('role', 'alert');
		again.type = 'button';
		again.addEventListener('click', () => {
			row.remove();
			add(field.querySelector('[data-photo]'), file);
		});
		if (isFinal) row.classList.add('final');
		fill(row, said, ...(isFinal ? [] : [again]), away());
	}
	function away() {
		const button = make('button', 'btn quiet photo-away', '×');
		button.type = 'button';
		button.setAttribute('aria-label', words.remove);
		return button;
	}
	/* Whoever watches the form sees that somebody has worked in it. */
	const changed = (field) => field.querySelector('[data-photo]').dispatchEvent(new Event('input', {bubbles: true}));

	function hear(field) {
		['offline', 'sending', 'photo', 'again', 'remove'].forEach((one) => { words[one] = field.dataset['word' + one[0].toUpperCase() + one.slice(1)]; });
	}
	document.addEventListener('change', (event) => {
		const input = event.target;
		if (!input.matches('input[type="file"][data-photo]')) return;
		hear(input.closest('[data-photos]'));
		[...input.files].forEach((file) => add(input, file));
		input.value = '';
	});
	/* A form that was begun before: its photos by name, and those that were not sent yet. */
	function give(field, names, files) {
		hear(field);
		for (const name of names) {
			const row = make('li', 'photo');
			field.querySelector('.photo-list').append(row);
			keep(field, row, name);
		}
		for (const file of files) add(field.querySelector('[data-photo]'), file);
	}
	window.BaylightPhoto = {shrunk, give};

	document.addEventListener('click', (event) => {
		const button = event.target.closest('.photo-away');
		if (!button) return;
		const field = button.closest('[data-photos]');
		button.closest('.photo').remove();
		changed(field);
		field.querySelector('[data-photo]').focus();
	});
})();
