// The speaker's desk: the slide the hall sees, the next one, one slide's notes at a time, the clock and the time gone.
// Without this file all notes stand on the page below each other.
(() => {
  const desk = document.querySelector(".desk"), said = document.getElementById("said");
  if (!desk) return;
  const places = { now: document.getElementById("now"), next: document.getElementById("next") };
  const sections = [...document.querySelectorAll(".notes-page section")];
  let slides = [], at = Math.max(0, sections.findIndex((s) => s.classList.contains("now"))), begun = null, gone = 0;

  const place = (where, slide) => where.replaceChildren(...(slide ? [slide.cloneNode(true)] : []));
  const lay = () => {
    place(places.now, slides[at]);
    place(places.next, slides[at + 1]);
  };
  document.addEventListener("klarsyn:slide", ({ detail }) => { at = detail; lay(); });

  fetch(document.body.dataset.slides)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
    .then((text) => {
      slides = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll(".slide")].map((s) => document.importNode(s, true));
      for (const slide of slides) {  // the notes below have the same names
        slide.querySelectorAll(".small").forEach((e) => e.remove());
        [slide, ...slide.querySelectorAll("h1, h2")].forEach((e) => e.removeAttribute("id"));
        slide.removeAttribute("aria-labelledby");
      }
      lay();
    })
    .catch(() => { said.textContent = said.dataset.failed; });

  const two = (n) => String(n).padStart(2, "0");
  const tick = () => {
    const now = new Date(), seconds = Math.floor((gone + (begun === null ? 0 : now - begun)) / 1000);
    document.getElementById("clock").textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    document.getElementById("elapsed").textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  };
  const start = desk.querySelector('[data-time="start"]');
  start.addEventListener("click", () => {
    if (begun === null) begun = Date.now();
    else { gone += Date.now() - begun; begun = null; }
    start.textContent = begun === null ? start.dataset.start : start.dataset.pause;
    tick();
  });
  desk.querySelector('[data-time="reset"]').addEventListener("click", () => {
    gone = 0;
    if (begun !== null) begun = Date.now();
    tick();
  });
  desk.hidden = false;
  document.body.classList.add("at-desk");
  tick();
  setInterval(tick, 1000);
})();
