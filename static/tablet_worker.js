/* The service worker of the tablet's page: keeps that page and the files it is made of, so that it
   starts without connection. The page belongs to who is signed in: it is kept for them alone, and
   forgotten as soon as the server sends somebody to the sign-in. */
'use strict';
const BUILD = new URL(self.location).searchParams.get('v');
const FILES = `baylight-files-${BUILD}`;
const PAGE = 'baylight-page';
const ADDRESS = '/tablet';

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('baylight-files-') && name !== FILES;
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(old).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

/* A file is named with its build: what is kept under that name is right for ever. */
const file = async (request) => {
  const kept = await caches.open(FILES);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
};

/* The page is asked for anew whenever the server answers; a server in trouble is as good as none. */
const page = async (request) => {
  const kept = await caches.open(PAGE);
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    await kept.put(ADDRESS, answer.clone());
    return answer;
  }
  if (answer && answer.status < 500) {
    await kept.delete(ADDRESS);
    return answer;
  }
  return (await kept.match(ADDRESS)) || answer || Response.error();
};

self.addEventListener('fetch', (event) => {
  const {request} = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname === ADDRESS) event.respondWith(page(request));
  else if (url.pathname.startsWith('/static/') && url.searchParams.get('v') === BUILD) {
    event.respondWith(file(request));
  }
});
