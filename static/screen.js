/* A wall beside its regions: what it says of itself, is told, when it loads anew. ES5. */
(function () {
	'use strict';
	var doc = document, root = doc.documentElement, page = doc.body.dataset, wall = window.wall;
	var tick = wall.tick, each = wall.each, DAY = 1440;
	var RUNS = '[data-left],[data-over],[data-since],[data-clock],[data-page]';
	var renewing, said, shown, painted = tick(), jitter = Math.random(), own = root.lang, second = root.dataset.second;

	/* Never to an error page or somebody else's. */
	function renew(asked) {
		if (renewing || !asked && tick() < 6e4) return;
		renewing = setTimeout(function () {
			var probe = new XMLHttpRequest();
			probe.onloadend = function () {
				renewing = 0;
				if (probe.status === 200 && /data-build/.test(probe.responseText)) location.reload();
				else if (asked) setTimeout(function () { renew(true); }, 5e3);
			};
			probe.open('GET', location.href);
			probe.timeout = 8e3;
			probe.send();
		}, asked ? 0 : Math.random() * 9e3);
	}

	function look() {
		var minute = Math.floor(wall.now() / 60), day = minute + +page.zone;
		var night = (page.opens - page.closes + DAY) % DAY, since = (day + DAY - page.closes) % DAY;
		var dark = since >= 30 && since < night - 30 && !doc.querySelector('[data-busy]');
		root.classList.toggle('is-dim', dark);
		root.classList.toggle('is-off', dark && !!page.dark);
		/* Against burning in. */
		root.classList.toggle('is-swapped', (day + DAY - page.noon) % DAY < DAY / 2);
		each('.wall', function (wall) {
			wall.style.transform = 'translate(' + [minute, minute / 8].map(function (n) {
				return Math.abs(8 - Math.floor(n) % 16) * 0.0875 + 'vh';
			}) + ')';
		});
		/* Short of a night it rests at three. */
		if (night < 60) {
			since = (day + DAY - 180) % DAY;
			night = 120;
		}
		if (since >= jitter * Math.min(night - 9, 110) && since < night && tick() > 576e5) renew();
	}

	function identify() {
		var box = doc.createElement('div'), big = doc.createElement('b'), name = page.name || '';
		var number = (/\d+$/.exec(name) || [name])[0].replace(/^0+(?=\d)/, '');
		clearTimeout(shown);
		each('.identify', function (old) { old.remove(); });
		big.textContent = number;
		/* So many signs fill two thirds of the picture. */
		big.style.fontSize = Math.min(52, Math.sqrt(6e3 / number.length)) + 'vh';
		box.className = 'identify';
		box.appendChild(big);
		if (number !== name) box.appendChild(doc.createTextNode(name));
		doc.body.appendChild(box);
		shown = setTimeout(function () { box.remove(); }, 15e3);
	}

	/* Touched nodes stay in memory. */
	function words(node) {
		return !node.matches ? node.nodeValue : node.matches(RUNS) ? '' :
			!node.querySelector(RUNS + ',[data-r]') ? node.textContent :
			[].map.call(node.childNodes, function (child) {
				return child.matches && child.matches('[data-r]') ? '' : words(child);
			}).join('');
	}
	function digest(ids) {
		var a = 1, b = 0, text = ids.map(function (id) {
			return id + ':' + words(doc.getElementById(id)).replace(/[ \t\n\r\f\u00a0]+/g, '') + '\n';
		}).join(''), at = 0, half;
		for (; at < text.length * 2; at++) {
			half = text.charCodeAt(at >> 1);
			a = (a + (at & 1 ? half >> 8 : half & 255)) % 65521;
			b = (b + a) % 65521;
		}
		return ('0000000' + (b * 65536 + a).toString(16)).slice(-8);
	}
	function report() {
		var ids = [], rows = 0, engine = /(Chrome|Firefox|Version)\/\d+/.exec(navigator.userAgent);
		each('[data-r]', function (node) { ids.push(node.id); });
		each('[data-order] > *', function (node) { if (node.offsetHeight) rows++; });
		ids.sort();
		wall.say({report: {
			boot: page.boot, rev: +page.rev, seq: +page.seq || 0, build: page.build, digest: digest(ids),
			shown: ids.join(' ').slice(0, 3e3), rows: rows, engine: engine ? engine[0] : '',
			clock: Date.now(), width: innerWidth, height: innerHeight, visible: !doc.hidden, muted: root.matches('.is-muted'),
			painted: Math.max(0, Math.floor((tick() - painted) / 1e3))
		}});
		requestAnimationFrame(function () { painted = tick(); });
	}

	wall.told = function (m) {
		if (m.beat && !said) report(said = 1);
		if (m.do === 'identify') identify();
		else if (m.do || page.build && m.build !== page.build) renew(!!m.do);
	};
	/* A remote: OK, left, right. */
	doc.addEventListener('keydown', function (e) {
		if (e.keyCode === 13) identify();
		if (e.keyCode === 37 || e.keyCode === 39) wall.turn(e.keyCode - 38);
	});
	setInterval(report, 15e3);
	setInterval(look, 1e3);
	look();
	/* Two languages: one in turn, all of it at once. */
	if (second) setInterval(function () {
		root.lang = root.classList.toggle('is-second') ? second : own;
	}, 1e4);
})();
