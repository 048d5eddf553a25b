/* A wall beside its regions: what it says of itself, what it is told, when it loads anew. ES5. */
(function () {
	'use strict';
	var doc = document, root = doc.documentElement, page = doc.body.dataset, wall = window.wall;
	var renewing, shown, painted = tick(), jitter = Math.random(), DAY = 1440;

	function tick() { return performance.now(); }
	function each(what, act) { [].slice.call(doc.querySelectorAll(what)).forEach(act); }

	/* Never to an error page. What was asked for is tried again until the server answers. */
	function renew(asked) {
		if (renewing || !asked && tick() < 6e4) return;
		renewing = setTimeout(function () {
			var probe = new XMLHttpRequest();
			probe.onloadend = function () {
				renewing = 0;
				if (probe.status === 200) location.reload();
				else if (asked) setTimeout(function () { renew(true); }, 5e3);
			};
			probe.open('GET', '/healthz');
			probe.timeout = 8e3;
			probe.send();
		}, asked ? 0 : Math.random() * 9e3);
	}

	/* Minutes since the shop closed, -1 while it is open; one that never closes rests at three. */
	function closedFor() {
		var opens = +page.opens, closes = +page.closes, night = (opens - closes + DAY) % DAY, since;
		if (!night) { closes = 180; night = 120; }
		since = (Math.floor(wall.now() / 60) + +page.zone + DAY - closes) % DAY;
		return since < night ? since : -1;
	}
	/* Against burning in, each minute the picture stands elsewhere in 0.7 vh (8 px of 1080). */
	function drift() {
		var minute = Math.floor(wall.now() / 60), at = [minute, minute / 8].map(function (n) {
			return Math.abs(8 - Math.floor(n) % 16) * 0.0875 + 'vh';
		});
		each('.wall', function (wall) { wall.style.transform = 'translate(' + at + ')'; });
	}
	function look() {
		var since = closedFor();
		drift();
		root.classList.toggle('is-off', !!page.hours && since >= 30);
		if (since >= jitter * 110 && tick() > 576e5) renew();
	}

	function identify() {
		var box = doc.createElement('div'), big = doc.createElement('b'), name = page.name || '';
		clearTimeout(shown);
		each('.identify', function (old) { old.remove(); });
		big.textContent = (/\d+$/.exec(name) || [name])[0].replace(/^0+(?=\d)/, '');
		box.className = 'identify';
		box.appendChild(big);
		box.appendChild(doc.createTextNode(name));
		doc.body.appendChild(box);
		shown = setTimeout(function () { box.remove(); }, 15e3);
	}

	function words(node) {
		var d = node.dataset || {};
		if (node.nodeType === 3) return node.nodeValue;
		if (node.nodeType !== 1 || d.left != null || d.clock != null || d.over != null || d.since != null || d.page != null) return '';
		return [].map.call(node.childNodes, function (child) {
			return child.dataset && child.dataset.r != null ? '' : words(child);
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
			clock: Date.now(), width: innerWidth, height: innerHeight, visible: !doc.hidden,
			painted: Math.max(0, Math.floor((tick() - painted) / 1e3))
		}});
		requestAnimationFrame(function () { painted = tick(); });
	}

	wall.told = function (m) {
		if (m.do === 'identify') identify();
		else if (m.do || page.build && m.build !== page.build) renew(!!m.do);
	};
	/* A television's remote: OK, left and right. */
	doc.addEventListener('keydown', function (e) {
		if (e.keyCode === 13) identify();
		if (e.keyCode === 37 || e.keyCode === 39) wall.turn(e.keyCode - 38);
	});
	setTimeout(report, 15e2);
	setInterval(report, 15e3);
	setInterval(look, 2e4);
	look();
})();
