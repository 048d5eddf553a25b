/* Wall screens' live channel: ES5 (Chromium 53), 6 KB. */
(function () {
	'use strict';
	var doc = document, root = doc.documentElement, body = doc.body, page = body.dataset;
	var floor = Math.floor, spare = Object.create(null), socket, dead = false;
	var boot = page.boot, rev = +page.rev, acked = rev, asked = -9e9, dialled = 0;
	var at = +page.at, rate = +page.rate || 1, read = tick(), heard = read, turned = 0;
	var queue = [], drawn = -9e9;
	var wall = window.wall = {say: say, now: shopTime, tick: tick, each: each, told: function () {}, turn: function (by) { turned += by; fill(); }};

	function tick() { return performance.now(); }
	function shopTime(when) { return (at + rate * ((when || tick()) - read)) / 1000; }
	function each(what, act) {
		[].slice.call(what.big ? doc.querySelectorAll(what) : what).forEach(act);
	}
	function put(el, text) {
		if (el && el.textContent !== text) el.textContent = text;
	}
	function split(count) { return floor(count / 60) + ':' + ('0' + count % 60).slice(-2); }
	function word(el, name, value) {
		name = 'data-word-' + name;
		return (el.getAttribute(name) || body.getAttribute(name) || '{}').replace('{}', value);
	}
	function timeOfDay(time) {
		return new Date((time + (page.zone || 0) * 60) * 1000).toISOString().slice(11, 16);
	}

	function fill() {
		var now = shopTime(tick() - heard < 3e5 ? 0 : heard);  /* old data's own */
		each('[data-left],[data-over]', function (el) {
			var over = el.dataset.over, left = ((over || el.dataset.left) - now) / 60;
			put(el, Math.abs(left) > 1440 || over && left > 0 ? '' :
				left > 0 ? word(el, 'left', split(Math.ceil(left))) :
				word(el, 'over', split(floor(-left))));
		});
		each('[data-since]', function (el) {
			var gone = Math.max(0, floor((now - el.dataset.since) / 60));
			put(el, gone < 60 ? word(el, 'minutes', gone) : split(gone));
		});
		if (page.ownZone != null) each('[data-clock]', function (el) { put(el, timeOfDay(+el.dataset.clock)); });
		each('[data-rang]', function (el) { el.classList.toggle('is-old', now - el.dataset.rang > 10 * rate); });
		each('.head-clock', function (el) { put(el, timeOfDay(now)); });
		each('[data-rows]', turn);
	}

	/* Pinned rows (1: safety) are on every page. */
	function turn(box) {
		var rows = [].slice.call(box.children), index = 0, lines = +page.lines || 0, size = lines > 0 ? lines : lines + +box.dataset.rows;
		var pins = rows.filter(function (row) { return row.dataset.pin; }).sort(function (a, b) {
			return a.dataset.pin - b.dataset.pin || rows.indexOf(a) - rows.indexOf(b);
		}).filter(function (row, at) { return at < size - (row.dataset.pin > 1 ? 2 : 1); });
		var pages = Math.ceil((rows.length - pins.length) / (size -= pins.length)) || 1;
		var here = ((floor(tick() / 12e3) + turned) % pages + pages) % pages;
		rows.forEach(function (row) {
			row.hidden = pins.indexOf(row) < 0 && floor(index++ / size) !== here;
		});
		put(doc.querySelector('[data-page]'), pages > 1 ? here + 1 + '/' + pages : '');
	}

	/* What no order lists waits in `spare`. */
	function find(id) { return doc.getElementById(id) || spare[id]; }
	function listed(order) { return order.dataset.order.match(/\S+/g) || []; }
	function swap(id, html, orders, full) {
		var box = doc.createElement('template'), old = find(id), node;
		box.innerHTML = html;
		node = box.content.firstElementChild;
		if (node.dataset.order != null) {
			if (old) each(node.attributes, function (a) { old.setAttribute(a.name, a.value); });
			orders.push(node = old || node);
		} else if (!full) {
			node.classList.add('is-fresh');
			setTimeout(function () { node.classList.remove('is-fresh'); }, 1500);
		}
		if (!old || !old.parentNode) spare[id] = node;
		else if (old !== node) old.parentNode.replaceChild(node, old);
	}
	function thin(order) {
		each(order.children, function (node) {
			if (node.dataset.r == null || listed(order).indexOf(node.id) >= 0) return;
			node.remove();
			spare[node.id] = node;
		});
	}
	function arrange(order) {
		var next = order.firstElementChild;
		return listed(order).every(function (id) {
			var node = find(id);
			while (next && next.dataset.r == null) next = next.nextElementSibling;
			if (!node) return false;
			if (node !== next) order.insertBefore(node, next);
			else next = next.nextElementSibling;
			return delete spare[id];
		});
	}
	function apply(f) {
		var orders = [], id;
		if (f.full) {
			for (id in spare) delete spare[id];
			each('[data-r]', function (node) { if (!(f.regions[node.id] || 0).big) node.remove(); });
		}
		for (id in f.regions) swap(id, f.regions[id], orders, f.full);
		f.gone.forEach(function (id) {
			if (find(id)) find(id).remove();
			delete spare[id];
		});
		orders.forEach(thin);
		orders = orders.map(arrange);
		page.boot = boot = f.boot;
		page.seq = f.seq;
		page.rev = rev = f.full || orders.every(Boolean) ? f.rev : -1;
		fill();
		if (rev < 0) ask();
	}

	function say(what) { if (socket && socket.readyState === 1) socket.send(JSON.stringify(what)); }
	function ask() {
		if (tick() - asked < 3e3) return;
		asked = tick();
		say({resync: {boot: boot, rev: rev}});
	}
	/* Twice a second at most, in order. */
	function paint() {
		drawn = tick();
		queue.splice(0).forEach(hear);
	}
	function take(m) {
		m.read = heard = tick();
		if (queue.push(m) > 1) return;
		if (heard - drawn < 500) setTimeout(paint, drawn + 500 - heard);
		else paint();
	}
	function hear(m) {
		if (m.do) wall.told(m);
		else if (m.beat) {
			at = m.at; rate = m.rate; read = m.read;
			wall.told(m);
			if (m.boot !== boot || m.rev !== rev) ask();
			else if (acked !== rev) say({ack: acked = rev});
		} else if (m.full || m.boot === boot && m.from === rev) apply(m);
		else ask();
	}
	function dial() {
		var mine = socket = new WebSocket(location.origin.replace('http', 'ws') + page.socket +
			(/\?/.test(page.socket) ? '&' : '?') + 'boot=' + encodeURIComponent(boot) + '&rev=' + rev);
		dialled = tick();
		mine.onmessage = function (e) { if (mine === socket) take(JSON.parse(e.data)); };
		mine.onclose = function (e) { if (mine === socket) lose(e.code); };
	}
	function lose(code) {
		socket = null;
		if (code === 4303) wall.told({do: 1});
		if (dead = code === 4401) watch();
		else setTimeout(dial, Math.random() * (tick() - heard < 12e4 ? 2e3 : 15e3));
	}
	function watch() {
		var silent = tick() - heard, late = silent >= 15e3, stale = silent >= 3e5, old = socket;
		if (old && silent > 12e3 && tick() - dialled > 12e3) {
			lose();
			old.close();
		}
		root.classList.toggle('is-late', late);
		root.classList.toggle('is-stale', stale);
		root.classList.toggle('is-revoked', dead);
		put(doc.getElementById('age'), late ? word(body, 'age', split(floor(silent / 1000))) : '');
		if (dead) each('[data-r]', function (node) { node.remove(); });
		doc.getElementById('notice').hidden = !dead && !late;
		put(doc.querySelector('[data-say]'), dead ? word(body, 'revoked') :
			stale ? word(body, 'stale', timeOfDay(shopTime(heard))) :
			late ? split(floor(silent / 1000)) : '');
		fill();
	}

	fill();
	if (!page.socket) return;
	setInterval(watch, 1000);
	dial();
})();
