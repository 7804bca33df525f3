// One screen at a time out of a page that holds the whole course. Without a platform it works and says that it keeps nothing.
"use strict";

class Player {
  constructor(root, platform) {
    this.root = root;
    this.platform = platform;
    this.version = root.dataset.version;
    this.steps = [...root.querySelectorAll("[data-step]")];
    this.place = { done: [], step: "", spot: "" };
    this.words = { ...document.getElementById("words").dataset };
  }

  async start() {
    document.documentElement.classList.add("js");
    let kept = null;
    try {
      kept = await this.platform.open();
    } catch {
      kept = null;
    }
    if (kept === null) this.tell(this.words.alone);
    this.place = Place.read(kept, (step, spot) => Boolean(this.spotOf(step, spot)));
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("submit", (event) => this.answered(event));
    window.addEventListener("pagehide", () => this.platform.close());
    document.documentElement.classList.add("ready");
    this.show(this.place.step || this.steps[0].dataset.step, this.place.spot, { moves: false });
  }

  stepOf(id) {
    return this.steps.find((step) => step.dataset.step === id);
  }

  /** The element of a spot; without one that of the step's first. */
  spotOf(id, spot) {
    const step = this.stepOf(id);
    if (!step) return null;
    const spots = [...step.querySelectorAll("[data-spot]")];
    if (!spot) return spots.find((one) => one.dataset.spot === step.dataset.start) || spots[0];
    return spots.find((one) => one.dataset.spot === spot) || null;
  }

  async show(step, spot, { moves = true } = {}) {
    const target = this.spotOf(step, spot);
    for (const one of this.root.querySelectorAll("[data-step], [data-spot]")) one.hidden = true;
    target.hidden = false;
    this.stepOf(step).hidden = false;
    for (const because of target.querySelectorAll("[data-because]")) because.hidden = true;
    for (const choices of target.querySelectorAll("[data-choices]")) choices.hidden = false;
    this.place.step = step;
    this.place.spot = target.dataset.spot;
    this.rail();
    if (!moves) return;
    target.querySelector("h3, h2, legend, p").scrollIntoView({ block: "start" });
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    await this.keep();
  }

  /** Which steps are done and which one this is. */
  rail() {
    const number = this.steps.findIndex((step) => step.dataset.step === this.place.step) + 1;
    const text = this.words.part.replace("{number}", number).replace("{all}", this.steps.length);
    document.getElementById("rail").textContent = text;
    for (const link of this.root.querySelectorAll("[data-to-step]")) {
      const mark = link.querySelector("[data-mark]");
      mark.textContent = this.place.done.includes(link.dataset.toStep) ? this.words.done : "";
      link.toggleAttribute("aria-current", link.dataset.toStep === this.place.step);
    }
  }

  async keep() {
    const text = Place.write(this.version, this.place);
    const isKept = text.length <= Place.MOST && (await this.platform.keep(text, `${this.place.step}/${this.place.spot}`));
    if (!isKept) this.tell(this.words.unsaved);
  }

  tell(text) {
    const box = document.getElementById("told");
    box.textContent = text;
    box.hidden = false;
  }

  clicked(event) {
    const link = event.target.closest('a[href^="http"]');
    if (link) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" }); // the course stays where it is
    const button = event.target.closest("button");
    if (!button) return;
    const { go, choice, back, finish, toStep, leave } = button.dataset;
    if (choice !== undefined) this.chosen(button.closest("[data-spot]"), choice);
    else if (go !== undefined) this.show(this.place.step, go);
    else if (toStep !== undefined) this.show(toStep, "");
    else if (back !== undefined) this.show(this.place.step, "");
    else if (finish !== undefined) this.stepDone();
    else if (leave !== undefined) this.leave();
  }

  chosen(spot, choice) {
    spot.querySelector("[data-choices]").hidden = true;
    const because = spot.querySelector(`[data-because="${choice}"]`);
    because.hidden = false;
    because.querySelector("button").focus();
  }

  /** Right or wrong is told and forgotten: only that a step is done is kept. */
  answered(event) {
    event.preventDefault();
    const form = event.target;
    const ticked = [...form.querySelectorAll("input")].map((input) => input.checked);
    if (!ticked.includes(true)) return;
    let isRight = true;
    form.querySelectorAll("[data-answer]").forEach((answer, at) => {
      if (ticked[at] !== answer.hasAttribute("data-right")) isRight = false;
      answer.querySelector("[data-because]").hidden = !ticked[at];
    });
    const told = form.querySelector("[data-told]");
    told.textContent = isRight ? this.words.right : this.words.again;
    form.querySelector("[data-next]").hidden = !isRight;
  }

  async stepDone() {
    if (!this.place.done.includes(this.place.step)) this.place.done.push(this.place.step);
    const missing = this.steps.find((step) => !this.place.done.includes(step.dataset.step));
    if (missing) return this.show(missing.dataset.step, "");
    this.rail();
    await this.keep();
    if (!(await this.platform.finish())) return this.tell(this.words.unsaved);
    return this.end();
  }

  end() {
    for (const step of this.steps) step.hidden = true;
    const end = document.getElementById("end");
    end.hidden = false;
    end.focus();
  }

  async leave() {
    await this.platform.close();
    this.tell(this.words.closed);
    if (this.platform.back) window.location.assign(this.platform.back);
  }
}

new Player(document.getElementById("course"), new Platform()).start();
