// The course's side of cmi5: initialized first, completed and passed once, terminated last, and no score with any.
"use strict";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
const STATE = "klarsyn.place";
const PATIENCE = 10000; // milliseconds until a platform that is silent counts as none

class Platform {
  constructor() {
    const asked = new URLSearchParams(window.location.search);
    this.launch = Object.fromEntries(["endpoint", "fetch", "actor", "registration", "activityId"].map((k) => [k, asked.get(k)]));
    this.began = Date.now();
    this.isOpen = false;
  }

  /** What was kept last time, or null when no platform answers. */
  async open() {
    if (Object.values(this.launch).some((value) => !value)) return null;
    this.actor = JSON.parse(this.launch.actor);
    this.endpoint = this.launch.endpoint.replace(/\/*$/, "/");
    const answer = await fetch(this.launch.fetch, { method: "POST", signal: AbortSignal.timeout(PATIENCE) });
    const token = answer.ok && (await answer.json())["auth-token"];
    if (!token) return null; // fetched before: a page that is loaded again must be launched again
    this.headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };
    const data = await this.get("activities/state", { ...this.about(), stateId: "LMS.LaunchData" });
    if (!data) return null; // the standard: without it the unit does not start
    this.data = data;
    await this.get("agents/profile", { agent: this.launch.actor, profileId: "cmi5LearnerPreferences" });
    const kept = await this.get("activities/state", { ...this.about(), stateId: STATE });
    this.said = new Set(kept ? kept.said : []);
    this.isDone = this.said.has("passed");
    this.kept = kept ? kept.place : "";
    if (!(await this.say("initialized"))) return null;
    this.isOpen = true;
    return this.kept;
  }

  about() {
    return { activityId: this.launch.activityId, agent: this.launch.actor, registration: this.launch.registration };
  }

  address(path, query) {
    return `${this.endpoint}${path}?${new URLSearchParams(query)}`;
  }

  async get(path, query) {
    const answer = await fetch(this.address(path, query), { headers: this.headers, signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? answer.json().catch(() => null) : null;
  }

  async put(path, query, body) {
    const headers = { ...this.headers, "Content-Type": "application/json" };
    const sent = { method: "PUT", headers, body: JSON.stringify(body), keepalive: true };
    return fetch(this.address(path, query), sent).then((answer) => answer.ok, () => false);
  }

  /** One statement. `moves`: it counts towards what the platform asks for, so it says so. */
  async say(verb, { moves = false, result = null } = {}) {
    const template = this.data.contextTemplate || {};
    const given = template.contextActivities || {};
    const category = [...(given.category || []), { id: `${CATEGORY}cmi5` }, ...(moves ? [{ id: `${CATEGORY}moveon` }] : [])];
    const id = crypto.randomUUID ? crypto.randomUUID() : uuid();
    const statement = {
      id,
      timestamp: new Date().toISOString(),
      actor: this.actor,
      verb: { id: VERBS + verb, display: { en: verb } },
      object: { objectType: "Activity", id: this.launch.activityId },
      context: { ...template, registration: this.launch.registration, contextActivities: { ...given, category } },
    };
    if (result) statement.result = result;
    return this.put("statements", { statementId: id }, statement);
  }

  lasted() {
    return Lasted.iso((Date.now() - this.began) / 1000);
  }

  async keep(text) {
    if (!this.isOpen) return true;
    this.kept = text;
    return this.put("activities/state", { ...this.about(), stateId: STATE }, { place: text, said: [...this.said] });
  }

  async finish() {
    if (!this.isOpen || this.isDone) return true;
    const results = { completed: { completion: true }, passed: { success: true } };
    const isCounted = (this.data.launchMode || "Normal") === "Normal"; // who only looks through it again is not counted
    for (const [verb, result] of isCounted ? Object.entries(results) : []) {
      if (this.said.has(verb)) continue; // once in a registration
      if (!(await this.say(verb, { moves: true, result: { ...result, duration: this.lasted() } }))) return false;
      this.said.add(verb);
    }
    this.isDone = true;
    return this.keep(this.kept);
  }

  async close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.say("terminated", { result: { duration: this.lasted() } });
    if (this.data.returnURL && /^https?:/.test(this.data.returnURL)) this.back = this.data.returnURL;
  }
}

/** For a page that is not served over TLS, where the browser gives no randomUUID. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
