/* The service worker of the tablet's page: keeps that page and the files it is made of, so that it
   starts without connection. The page belongs to who is signed in: it is kept for them alone, and
   forgotten as soon as the server sends somebody to the sign-in. From then on a page with nobody's
   data stands in, which waits for the shop. */
'use strict';
const BUILD = new URL(self.location).searchParams.get('v');
const FILES = `baylight-files-${BUILD}`;
const PAGE = 'baylight-page';
const ADDRESS = '/tablet';
const AWAY = `/tablet/away?v=${BUILD}`;
const ANSWER_MS = 4000; // A hanging server or a half-open link gives no answer at all, and no error.
const MARK = '<body data-audience="tablet"'; // No page of anybody in between has it.

self.addEventListener('install', (event) => {
  self.skipWaiting();
  const parts = ['desk.css', 'sign_in.css', 'tablet_away.js'];
  const all = [AWAY, ...parts.map((part) => `/static/${part}?v=${BUILD}`)];
  event.waitUntil(caches.open(FILES).then((kept) => kept.addAll(all)));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('baylight-files-') && name !== FILES;
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(old).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener('message', (event) => event.waitUntil(self.clients.claim()));

/* A file is named with its build: what is kept under that name is right for ever. */
const file = async (request) => {
  const kept = await caches.open(FILES);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
};

const away = async () => (await (await caches.open(FILES)).match(AWAY, {ignoreVary: true})) || Response.error();

/* What is kept says so of itself, whatever the device's clock will say of its age. */
const marked = (text, answer) => {
  const headers = new Headers(answer.headers);
  for (const packed of ['Content-Encoding', 'Content-Length']) headers.delete(packed);
  return new Response(text.replace(MARK, `${MARK} data-kept`), {headers});
};

/* Giving up on the page ends its request: few may be under way at a time, and it would be kept late. */
const asked = async (request) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const answer = await fetch(request, {signal: stop.signal});
    return {answer, text: answer.ok ? await answer.clone().text() : ''};
  } catch {
    return {text: ''};
  } finally {
    clearTimeout(timer);
  }
};

/* The page is asked for anew whenever the server answers; a server in trouble, or somebody in
   between who answers for it, is as good as none. */
const page = async (request) => {
  const kept = await caches.open(PAGE);
  const {answer, text} = await asked(request);
  if (answer?.redirected || answer?.type === 'opaqueredirect') {
    await kept.delete(ADDRESS);
    return answer;
  }
  if (text.includes(MARK)) {
    await kept.put(ADDRESS, marked(text, answer));
    return answer;
  }
  return (await kept.match(ADDRESS)) || away();
};

/* Any other page, as a navigation that answers in time, else nobody's page. */
const other = (request) => {
  const late = new Promise((done, fail) => setTimeout(fail, ANSWER_MS));
  return Promise.race([fetch(request), late]).catch(away);
};

self.addEventListener('fetch', (event) => {
  const {request} = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname === ADDRESS) event.respondWith(page(request));
  else if (request.mode === 'navigate') event.respondWith(other(request));
  else if (url.pathname.startsWith('/static/') && url.searchParams.get('v') === BUILD) {
    event.respondWith(file(request));
  }
});
