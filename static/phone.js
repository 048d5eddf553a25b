/* Keeps the phone page fresh: told by a stream that something changed, else by looking each minute.
   Never swaps while somebody types the code. Without it the page works and is loaded anew. */
(function () {
  'use strict';
  var LOOK_MS = 60000;
  var stream = null;
  var main = document.getElementById('phone');
  // Where a form was answered, the address is not the page's own.
  var path = main ? main.dataset.path : location.pathname;

  function typing() {
    var code = document.getElementById('code');
    return Boolean(code && (code.value || document.activeElement === code));
  }
  function look() {
    if (document.hidden || typing()) return;
    fetch(path, {credentials: 'same-origin'})
      .then(function (answer) { return answer.text(); })
      .then(function (html) {
        var old = document.getElementById('phone');
        var fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
        if (!old || !fresh || typing()) return;
        var top = window.scrollY;
        old.replaceWith(document.importNode(fresh, true));
        window.scrollTo(0, top);
      })
      .catch(function () {});
  }
  function listen() {
    if (stream || !window.EventSource) return;
    stream = new EventSource(path + '/news');
    stream.addEventListener('changed', look);
    stream.addEventListener('full', stop);
  }
  function stop() {
    if (stream) stream.close();
    stream = null;
  }
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) {
      stop();
    } else {
      listen();
      look();
    }
  });
  window.addEventListener('pagehide', stop);
  setInterval(look, LOOK_MS);
  listen();
})();
