/* A screen that waits to be approved: asks every two seconds, and becomes the wall by itself. ES5. */
(function () {
	'use strict';
	var body = document.body, form = document.getElementById('collect');

	/* Not by leaving the page: an answer lost on its way is asked for again, for a minute. */
	function collect() {
		var asking = new XMLHttpRequest();
		asking.onload = function () {
			var to = /"to":"([^"]+)"/.exec(asking.responseText);
			if (asking.status === 200) location.replace(to ? to[1] : body.dataset.back);
		};
		asking.onloadend = function () { if (asking.status !== 200) setTimeout(ask, 2e3); };
		asking.open('POST', form.action);
		asking.setRequestHeader('Accept', 'application/json');
		asking.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
		asking.timeout = 8e3;
		asking.send('back=' + encodeURIComponent(body.dataset.back));
	}

	function ask() {
		var asking = new XMLHttpRequest();
		asking.onloadend = function () {
			var state = /"(waiting|approved|over)"/.exec(asking.responseText);
			body.classList.toggle('is-lost', asking.status !== 200 || !state);
			if (asking.status === 200 && state) {
				if (state[1] === 'approved') return collect();
				if (state[1] === 'over') return location.replace(body.dataset.back);
			}
			setTimeout(ask, asking.status === 200 ? 2e3 : 5e3);
		};
		asking.open('GET', '/screens/waiting/' + body.dataset.wall);
		asking.timeout = 8e3;
		asking.send();
	}

	if (form) setTimeout(ask, 2e3);
})();
