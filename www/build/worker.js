/* global FILES -- the build writes down before this what it has made */
const CACHE = "access-engine-demo";
const scope = new URL("./", location.href);
const addresses = FILES.map((file) => new URL(file, scope).href);

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(throwAway().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(scope.href)) event.respondWith(answer(event.request));
});

/** Files with a hash in their names are what they were. */
const isHashed = (url) => url.startsWith(`${scope.href}assets/`);

async function keep() {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  await cache.addAll(addresses.filter((url) => !isHashed(url) || !kept.has(url)));
}

async function throwAway() {
  const cache = await caches.open(CACHE);
  const old = (await cache.keys()).filter(({ url }) => !addresses.includes(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept && isHashed(request.url)) return kept;
  return fetch(request).catch((problem) => {
    if (kept) return kept;
    throw problem;
  });
}
