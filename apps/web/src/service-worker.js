// The app without a network. The build fills in the two names (build/service-worker-plugin.ts).
const cacheName = 'rapport-__VERSION__';
const files = __FILES__;
const shellTimeoutMs = 3000;

addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })));
      await skipWaiting();
    })(),
  );
});

addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // A tab that was open before the update may still load a part of its own version, so the last one stays too.
      const ours = (await caches.keys()).filter((name) => name.startsWith('rapport-'));
      const old = ours.filter((name) => name !== cacheName);
      await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

const keptShell = () => caches.match('/', { ignoreVary: true });

// The newest page when the server answers soon, else the kept one: a line that is up but dead must not block.
async function page(request) {
  const late = new Promise((resolve) => setTimeout(resolve, shellTimeoutMs, undefined));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  if (answer !== undefined && answer.status < 500) return answer;
  return (await keptShell()) ?? fetch(request);
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  // Public forms are the server's alone, also in the browser of somebody who works here.
  if (/^\/(api|sync|live|f)(\/|$)/.test(url.pathname)) return;
  if (request.mode === 'navigate') {
    event.respondWith(page(request));
    return;
  }
  // Not keyed by Vary: a server that sends one must not make every kept file a miss.
  event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});
