// The course's side of SCORM 1.2. It neither asks for a name nor gives a score: place, state and time, nothing else.
"use strict";

class Platform {
  constructor() {
    this.api = Platform.find(window);
    this.began = Date.now();
    this.isOpen = false;
  }

  static find(from) {
    const seek = (win) => {
      for (let step = 0; win && step < 12; step += 1) {
        try {
          if (win.API) return win.API;
        } catch {
          return null; // a window of somebody else's
        }
        if (win.parent === win) return null;
        win = win.parent;
      }
      return null;
    };
    return seek(from) || (from.opener && seek(from.opener));
  }

  /** What was kept last time, or null when no platform answers. */
  async open() {
    if (!this.api || this.api.LMSInitialize("") !== "true") return null;
    this.isOpen = true;
    const status = this.api.LMSGetValue("cmi.core.lesson_status");
    this.isDone = status === "completed" || status === "passed";
    if (!this.isDone && status !== "incomplete") this.set("cmi.core.lesson_status", "incomplete");
    const kept = this.api.LMSGetValue("cmi.suspend_data");
    this.api.LMSCommit("");
    return kept;
  }

  set(element, value) {
    return this.api.LMSSetValue(element, value) === "true";
  }

  async keep(text, location) {
    if (!this.isOpen) return true;
    const taken = this.set("cmi.suspend_data", text) && this.set("cmi.core.lesson_location", location.slice(0, 255));
    return this.api.LMSCommit("") === "true" && taken;
  }

  async finish() {
    if (!this.isOpen || this.isDone) return true;
    this.isDone = this.set("cmi.core.lesson_status", "completed");
    return this.api.LMSCommit("") === "true" && this.isDone;
  }

  async close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.set("cmi.core.session_time", Lasted.scorm((Date.now() - this.began) / 1000));
    this.set("cmi.core.exit", this.isDone ? "" : "suspend");
    this.api.LMSCommit("");
    this.api.LMSFinish("");
  }
}
