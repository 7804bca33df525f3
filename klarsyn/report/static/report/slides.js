// Keyboard for the slides: arrows, space, Page Up/Down, Home, End, f for the whole screen, n for the notes.
// Without this file the page scrolls and its links work; nothing is stored, nothing leaves the machine.
(() => {
  const slides = [...document.querySelectorAll(".slide, .notes-page section")];
  if (!slides.length) return;
  const screens = "BroadcastChannel" in window ? new BroadcastChannel("klarsyn-slides") : null;
  const isNotes = document.body.classList.contains("notes-page");
  let now = Math.max(0, slides.findIndex((s) => "#" + s.id === location.hash));

  const show = (at, tell) => {
    now = Math.min(slides.length - 1, Math.max(0, at));
    slides[now].scrollIntoView({ block: "start" });
    history.replaceState(null, "", "#" + slides[now].id);
    slides.forEach((s, i) => s.classList.toggle("now", i === now));
    if (tell && screens) screens.postMessage(slides[now].id);
  };
  const keys = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onLink = event.target.closest && event.target.closest("a, button, input");
    if (onLink && (event.key === " " || event.key === "Enter")) return;
    if (event.key in keys) show(now + (event.key === " " && event.shiftKey ? -1 : keys[event.key]), true);
    else if (event.key === "Home") show(0, true);
    else if (event.key === "End") show(slides.length - 1, true);
    else if (event.key === "f" && !document.fullscreenElement) document.documentElement.requestFullscreen();
    else if (event.key === "n" && !isNotes) window.open(document.querySelector("[data-notes]").href, "notes");
    else return;
    event.preventDefault();
  });
  if (screens) screens.onmessage = (event) => show(slides.findIndex((s) => s.id === event.data), false);
  document.addEventListener("scrollend", () => {
    const top = slides.findIndex((s) => Math.abs(s.getBoundingClientRect().top) < 40);
    if (top >= 0) now = top;
  });
})();
