// Answers the guide's addresses without a net from the copy that somebody asked to keep. It only reads: what is kept is
// chosen by the button on the page (static/concerns/guide.js), and gone by "forget" and by the quick exit.
const NAME = "guide";
const PATIENCE = 4000; // ms for a net that is there but does not answer

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  const copy = await kept(request);
  const asked = fetch(request);
  if (!copy) return asked;
  const late = new Promise((resolve) => setTimeout(() => resolve(copy), PATIENCE));
  return Promise.race([asked.catch(() => copy), late]);
}

async function kept(request) {
  const how = { cacheName: NAME, ignoreVary: true, ignoreSearch: true };
  const own = await caches.match(request, how);
  if (own || request.mode !== "navigate") return own;
  const [whole] = new URL(request.url).pathname.match(/^(\/en)?\/sett\/[a-z]+\//) ?? [""];
  return whole ? caches.match(`${whole}allt/`, how) : undefined;
}
