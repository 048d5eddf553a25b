/* What a wall says: one call after the other, each round of it once, never what was due before. ES5. */
(function () {
	'use strict';
	var doc = document, root = doc.documentElement, page = doc.body.dataset, wall = window.wall;
	var player = new Audio(), tap = doc.getElementById('tap'), said = {}, counts = {};
	var began = wall.now(), went, guard, saying;

	function calls() { return [].slice.call(doc.querySelectorAll('#speech [data-call]')); }
	function is(key) { return calls().some(function (one) { return one.dataset.call === key; }); }
	function address(name) { return '/speech/' + page.audience + '/' + name + '.wav'; }
	function quiet() {
		var day = 1440, minute = Math.floor(wall.now() / 60 + +page.zone) % day;
		var open = (page.closes - page.opens + day) % day;
		return root.matches('.is-late,.is-revoked') || open && (minute - page.opens + day) % day >= open;
	}

	function play(name, then) {
		var promise;
		went = function () {
			clearTimeout(guard);
			went = null;
			then();
		};
		guard = setTimeout(function () { if (went) went(); }, 3e4);
		player.src = address(name);
		promise = player.play();
		if (promise) promise.then(null, function (why) {
			if (why.name === 'NotAllowedError') blocked();
		});
	}
	/* Browsers are silent until somebody has touched the page. */
	function blocked() {
		clearTimeout(guard);
		delete said[saying];
		went = saying = null;
		waits(true);
	}
	function waits(on) {
		tap.hidden = !on;
		root.classList.toggle('is-muted', on);
	}
	function touched() {
		if (tap.hidden) return;
		waits(false);
		saying = true;
		play('chime', done);
	}

	function done() { saying = null; }
	function go(key, names) {
		var name = names.shift();
		/* What the line has cut short is said anew once it is back. */
		if (name != null && quiet()) delete said[key];
		if (name == null || !is(key) || quiet()) done();
		else if (name) play(name, function () { go(key, names); });
		else setTimeout(function () { go(key, names); }, 3e3);
	}
	function look() {
		var next, times = 1, names;
		if (saying || !tap.hidden || quiet()) return;
		next = calls().filter(function (one) {
			return +one.dataset.at > began && said[one.dataset.call] !== one.dataset.turn;
		}).sort(function (one, other) {
			return (counts[one.dataset.call] || 0) - (counts[other.dataset.call] || 0) || one.dataset.at - other.dataset.at;
		})[0];
		if (!next) return;
		saying = next.dataset.call;
		said[saying] = next.dataset.turn;
		counts[saying] = (counts[saying] || 0) + 1;
		names = next.dataset.sounds.split(' ');
		for (next = +next.dataset.times, times = ['chime']; next; next--) {
			times = times.concat(names, next > 1 ? '' : []);
		}
		go(saying, times);
	}

	player.onended = player.onerror = function () { if (went) went(); };
	['click', 'keydown', 'touchend'].forEach(function (what) { doc.addEventListener(what, touched); });
	saying = true;
	play('silence', done);
	setInterval(look, 500);
})();
