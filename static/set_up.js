/* The set-up page: forms are sent in place, so that an error stands beside its field and what was
   typed stays. Without this script the same forms work, one page load each. */
(function () {
  'use strict';

  function clear(form) {
    Array.prototype.forEach.call(form.querySelectorAll('.error.said'), function (place) { place.remove(); });
    Array.prototype.forEach.call(form.querySelectorAll('.field.wrong'), function (field) {
      field.classList.remove('wrong');
      var input = field.querySelector('[aria-invalid]');
      if (input) { input.removeAttribute('aria-invalid'); input.removeAttribute('aria-describedby'); }
    });
  }

  function input(form, name) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.type !== 'hidden' && (field.name === name || field.name.slice(-name.length - 1) === '.' + name);
    })[0];
  }

  function tell(form, message, names) {
    var said = document.createElement('p');
    said.className = 'error said';
    said.id = 'said-' + Date.now();
    said.setAttribute('role', 'alert');
    said.textContent = message;
    var wrong = names.map(function (name) { return input(form, name); }).filter(Boolean)[0];
    if (!wrong) {
      said.classList.add('form-error');
      form.appendChild(said);
      return;
    }
    var field = wrong.closest('.field');
    field.classList.add('wrong');
    field.appendChild(said);
    wrong.setAttribute('aria-invalid', 'true');
    wrong.setAttribute('aria-describedby', said.id);
    wrong.focus();
  }

  function fromHtml(form, html) {
    var refusal = new DOMParser().parseFromString(html, 'text/html').querySelector('.refusal');
    if (!refusal) { tell(form, document.body.dataset.noAnswer, []); return; }
    var names = (refusal.dataset.fields || '').split(' ').filter(Boolean);
    tell(form, refusal.textContent.trim(), names);
  }

  function mistakes(form, said) {
    var place = form.querySelector('.mistakes');
    var list = place.querySelector('ol');
    place.querySelector('.error span').textContent = said.message;
    list.textContent = '';
    (said.mistakes || []).forEach(function (mistake) {
      var row = document.createElement('li');
      var line = document.createElement('b');
      line.textContent = place.dataset.line.replace('{n}', mistake.line);
      row.appendChild(line);
      row.appendChild(document.createTextNode(' ' + mistake.reason));
      list.appendChild(row);
    });
    place.hidden = false;
  }

  function fromJson(form, ok, said) {
    if (ok && said.code) {
      form.querySelector('.code-made output').textContent = said.code;
      form.querySelector('.code-made').hidden = false;
    } else if (ok) {
      again(form);
    } else if (form.dataset.import !== undefined) {
      mistakes(form, said);
    } else {
      tell(form, said.message, Object.keys(said.fields || {}));
    }
  }

  function again(form) {
    var part = form.closest('.part');
    if (part && part.id) { history.replaceState(null, '', '#' + part.id); }
    location.reload();
  }

  function send(form) {
    var action = form.getAttribute('action'), command = action.indexOf('/do/') === 0;
    var button = form.querySelector('button:not([type=button])');
    button.disabled = true;
    clear(form);
    fetch(action, {
      method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin',
      headers: { Accept: command ? 'text/html' : 'application/json' }
    }).then(function (answer) {
      button.disabled = false;
      if (answer.status === 204) { again(form); return null; }
      if (command) { return answer.text().then(function (html) { fromHtml(form, html); }); }
      return answer.json().then(function (said) { fromJson(form, answer.ok, said); });
    }).catch(function () {
      button.disabled = false;
      tell(form, document.body.dataset.noAnswer, []);
    });
  }

  /* What typed seconds come to, as the page itself says it. */
  document.addEventListener('input', function (event) {
    var said = event.target.parentNode.querySelector('.come-to');
    if (!said) { return; }
    var typed = Number(event.target.value), whole = typed >= 3600 && typed % 3600 === 0;
    said.textContent = typed < 60 ? '' : (whole ? said.dataset.hours : said.dataset.minutes)
      .replace('{n}', Math.floor(typed / (whole ? 3600 : 60)));
  });

  document.addEventListener('submit', function (event) {
    var action = event.target.getAttribute('action') || '';
    if (event.target.dataset.plain !== undefined) { return; }
    if (action.indexOf('/do/') !== 0 && action.indexOf('/admin/') !== 0) { return; }
    event.preventDefault();
    send(event.target);
  });

  Array.prototype.forEach.call(document.querySelectorAll('.pick-file'), function (picker) {
    picker.addEventListener('change', function () {
      var reader = new FileReader();
      reader.onload = function () { picker.form.elements.file.value = reader.result; };
      if (picker.files[0]) { reader.readAsText(picker.files[0]); }
    });
  });
}());
