/* A wall of two languages shows one in turn, all of it at once. ES5. */
(function () {
	'use strict';
	var root = document.documentElement, own = root.lang, second = false;
	setInterval(function () {
		root.lang = (second = !second) ? root.dataset.second : own;
		root.classList.toggle('is-second', second);
	}, 1e4);
})();
