// Where somebody is and what is done, as a short text: ids of steps and nodes, never words and never an answer.
"use strict";

const Place = {
  MOST: 4096, // what SCORM 1.2 lets a course keep

  /** `1|version|done,done|step|spot` */
  write(version, place) {
    return ["1", version, place.done.join(","), place.step, place.spot].join("|");
  },

  /** What was written, of which what the course no longer has is left out. */
  read(text, has) {
    const [format, , done, step, spot] = (text || "").split("|");
    const nowhere = { done: [], step: "", spot: "" };
    if (format !== "1") return nowhere;
    const kept = (done || "").split(",").filter((id) => has(id, ""));
    if (!has(step, spot)) return { ...nowhere, done: kept };
    return { done: kept, step, spot };
  },
};

/** Minutes on a page as the standards write them: `HHHH:MM:SS` and `PT…S`. */
const Lasted = {
  scorm(seconds) {
    const two = (n) => String(n).padStart(2, "0");
    const whole = Math.floor(seconds);
    return `${String(Math.floor(whole / 3600)).padStart(4, "0")}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  },
  iso(seconds) {
    return `PT${Math.max(0, Math.round(seconds * 100) / 100)}S`;
  },
};
