// A copy of the guide on this device, only for whoever asks for it, and a way to forget it. The quick exit forgets it too.
const NAME = "guide";
const OLD = 7 * 24 * 3600 * 1000; // ms after which a kept copy is fetched anew, when there is a net
const box = document.getElementById("spara");
const leave = document.getElementById("leave");
const out = leave.href;
let workers = [];

const part = (name) => box.querySelector(`[data-part="${name}"]`);

async function look() {
  workers = (await navigator.serviceWorker.getRegistrations()).filter((one) => one.scope.endsWith("/sett/"));
  return (await caches.has(NAME)) || workers.length > 0;
}

function forget() {
  const gone = workers.map((one) => one.unregister());
  workers = [];
  return Promise.all([caches.delete(NAME), ...gone]);
}

function say(name, isKept) {
  part("said").textContent = name ? box.dataset[name] : "";
  part("keep").hidden = isKept;
  part("forget").hidden = !isKept;
}

async function keep() {
  part("keep").disabled = true;
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
  const wanted = [...box.dataset.pages.split(" "), ...[...parts].map((one) => one.href || one.src)];
  try {
    const held = await caches.open(NAME);
    await held.addAll(wanted.map((address) => new Request(address, { cache: "reload" })));
    await navigator.serviceWorker.register(box.dataset.worker);
    await navigator.serviceWorker.ready;
    await look();
    say("kept", true);
  } catch {
    await look();
    await forget();
    say("failed", false);
  }
  part("keep").disabled = false;
}

async function renew() {
  const held = await caches.open(NAME);
  const [first, ...rest] = await held.keys();
  const copy = first && (await held.match(first));
  if (!copy || Date.now() - Date.parse(copy.headers.get("date")) < OLD) return;
  await held.addAll([first, ...rest].map((one) => new Request(one.url, { cache: "reload" }))).catch(() => {});
}

function net() {
  document.querySelector("[data-part=offline]").hidden = navigator.onLine;
  leave.href = navigator.onLine ? out : "about:blank"; // without a net there is no other page to go to
}

for (const one of document.querySelectorAll("[data-until]")) one.hidden = Date.parse(one.dataset.until) <= Date.now();
net();
addEventListener("online", net);
addEventListener("offline", net);
if ("serviceWorker" in navigator && "caches" in window) {
  part("choose").hidden = false;
  part("without").hidden = true;
  part("keep").addEventListener("click", keep);
  part("forget").addEventListener("click", () => forget().then(() => say("forgotten", false)));
  document.addEventListener("leaving", forget);
  look().then((isKept) => {
    say("", isKept);
    if (isKept && navigator.onLine) renew();
  });
}
