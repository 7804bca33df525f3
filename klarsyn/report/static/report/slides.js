// The slides by keyboard and clicker, two windows in step. Without this file the page scrolls and its links work.
// Nothing is stored, nothing leaves the machine: the windows speak through the browser itself.
(() => {
  const slides = [...document.querySelectorAll(".slide, .notes-page section")];
  if (!slides.length) return;
  const html = document.documentElement, deck = document.body.dataset.deck || "";
  const isNotes = document.body.classList.contains("notes-page");
  const screens = "BroadcastChannel" in window ? new BroadcastChannel("klarsyn-slides:" + deck) : null;
  const said = document.getElementById("said"), keysShown = document.getElementById("keys");
  const state = { at: Math.max(0, slides.findIndex((s) => "#" + s.id === location.hash)), black: false, light: false };
  let typed = "";

  const say = (words) => { if (said) said.textContent = words || ""; };
  const tell = () => screens && screens.postMessage({ ...state, at: slides[state.at].id });

  const draw = (move) => {
    if (move) {
      if (document.body.classList.contains("at-desk")) scrollTo(0, 0);  // only these notes are shown
      else slides[state.at].scrollIntoView({ block: "start" });
      history.replaceState(null, "", "#" + slides[state.at].id);
    }
    slides.forEach((s, i) => s.classList.toggle("now", i === state.at));
    html.classList.toggle("light", state.light);
    html.classList.toggle("black", state.black && !isNotes);
    document.querySelectorAll('[data-do="black"]').forEach((b) => b.setAttribute("aria-pressed", state.black));
    say(state.black ? said && said.dataset.black : "");
    document.dispatchEvent(new CustomEvent("klarsyn:slide", { detail: state.at }));
  };
  const show = (at) => {
    state.at = Math.min(slides.length - 1, Math.max(0, at));
    state.black = false;
    draw(true);
    slides[state.at].focus({ preventScroll: true });  // so that reading aloud goes on from here
    tell();
  };
  const flip = (what) => { state[what] = !state[what]; draw(false); tell(); };
  const fill = () => {
    const asked = document.fullscreenElement ? document.exitFullscreen() : html.requestFullscreen();
    asked.catch(() => {});  // a browser that will not is left as it is
  };
  const notes = () => {
    const link = document.querySelector("[data-notes]");
    if (link && !isNotes) window.open(link.href, "notes");
  };
  const deeds = {
    next: () => show(state.at + 1), back: () => show(state.at - 1), first: () => show(0), last: () => show(slides.length - 1),
    black: () => flip("black"), light: () => flip("light"), fill, notes, keys: () => keysShown && keysShown.showModal(),
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "back", ArrowUp: "back",
    PageUp: "back", Home: "first", End: "last", b: "black", B: "black", ".": "black", l: "light", L: "light",
    f: "fill", F: "fill", n: "notes", N: "notes", "?": "keys",
  };

  const digits = (event) => {
    const words = said ? said.dataset.typed : "";
    if (/^[0-9]$/.test(event.key)) typed = (typed + event.key).slice(-3);
    else if (event.key === "Enter" && typed) { show(Number(typed) - 1); typed = ""; return true; }
    else if (event.key === "Escape" && typed) typed = "";
    else return false;
    say(typed && words ? words.replace("{n}", typed) : "");
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (keysShown && keysShown.open)) return;
    const where = event.target.closest ? event.target : html;
    if (where.closest("input, textarea, select")) return;
    const onButton = where.closest("a, button") && (event.key === " " || (event.key === "Enter" && !typed));
    if (onButton) return;
    if (!digits(event)) {
      if (!(event.key in keys)) return;
      typed = "";
      deeds[event.key === " " && event.shiftKey ? "back" : keys[event.key]]();
    }
    event.preventDefault();
  });
  document.querySelectorAll("[data-do]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => deeds[button.dataset.do]());
  });
  slides.forEach((s, i) => {
    s.tabIndex = -1;
    const count = s.querySelector(".count");
    if (count) count.textContent = `${i + 1} / ${slides.length}`;
  });
  if (screens) {
    screens.onmessage = ({ data }) => {
      if (data.ask) return tell();
      const at = slides.findIndex((s) => s.id === data.at);
      Object.assign(state, { black: data.black, light: data.light });
      const moved = at >= 0 && at !== state.at;
      if (moved) state.at = at;
      draw(moved);
    };
    screens.postMessage({ ask: true });  // a window opened late comes in where the other one is
  }
  if (!isNotes) document.addEventListener("scrollend", () => {
    const top = slides.findIndex((s) => Math.abs(s.getBoundingClientRect().top) < 40);
    if (top < 0 || top === state.at) return;
    state.at = top;
    draw(false);
    tell();
  });
  draw(false);
})();
