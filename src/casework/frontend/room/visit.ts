// One person's page in a room: what the room has told it, the line to it, and the activities that are on it.

import { Keep } from "../kit/keep.ts";
import { load } from "./activities.ts";
import { Known } from "./known.ts";
import type { Place } from "./known.ts";
import { Line } from "./line.ts";
import type { Told, Where } from "./protocol.ts";
import { Shim } from "./shim.ts";
import type { Together } from "./shim.ts";
import { sayer, speech } from "./speech.ts";
import type { Say, Speech } from "./speech.ts";
import { Stragglers } from "./stragglers.ts";
import { socketOf, speakOn } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** An activity that is on the page. */
interface Mounted {
  place: string;
  content: Record<string, unknown>;
  language: string;
  shim: Shim;
  el: HTMLElement;
  dispose(): void;
}

/** Frames within which a step that the group went is drawn. */
const PATIENCE = 60;

export class Visit {
  readonly known = new Known();
  readonly line: Line;
  speech: Speech | null = null;
  say: Say = (key) => key;
  language: string;
  name: string;
  /** Of the activities that are open, the one that this person chose. */
  chosen: string | null = null;
  /** Said once to someone who listens to the page, when the group went on. */
  news = "";
  /** Whether the group was shown something since the page was last looked at from its top. */
  fresh = false;
  /** Whether an activity could not be loaded. */
  broken = false;
  changed: () => void = () => undefined;
  private readonly keep: Keep;
  private readonly stragglers: Stragglers;
  private mounted: Mounted | null = null;
  private mounting = "";

  constructor(
    readonly el: HTMLElement,
    readonly stage: Stage,
  ) {
    this.keep = new Keep(el.dataset["shared"] === undefined);
    this.language = el.dataset["language"] ?? "en";
    this.name = el.dataset["name"] ?? "";
    const post = (message: unknown): boolean => this.line.send(message);
    this.stragglers = new Stragglers(this.keep, post, () => this.left());
    this.speak(this.language);
    this.line = new Line(socketOf(el), () => this.hello(), { heard: (told) => this.heard(told), changed: () => this.changed() });
  }

  /** What this person wants to be called, and the language that they read. */
  introduce(name: string, language: string): void {
    this.name = name.trim();
    if (language !== this.language) this.speak(language);
    this.language = language;
    this.line.greet();
    this.changed();
  }

  choose(place: string): void {
    this.chosen = place;
    this.show();
    this.changed();
  }

  /** The activity that is shown: where the group is, or the one that this person chose. */
  get shown(): string | null {
    const { where } = this.known;
    if (!where || where.where === "waiting") return null;
    if (where.where === "going" && where.pace === "led") return where.here ?? null;
    return this.known.stop(this.chosen ?? undefined) ? this.chosen : null;
  }

  private hello(): Record<string, unknown> {
    return { language: this.language, ...(this.name && { name: this.name }) };
  }

  private async speak(language: string): Promise<void> {
    const found = await speech(language);
    if (language !== this.language) return;
    this.speech = found;
    this.say = sayer(found.words);
    speakOn(this.stage, found.language, found.theme);
    this.show();
    this.changed();
  }

  private heard(told: Told): void {
    const before = this.known.where;
    const shown = this.shownToAll;
    this.known.take(told);
    if (this.settled && this.shownToAll.some((one) => !shown.includes(one))) this.freshen();
    if (told.welcome !== undefined) this.welcomed();
    if (told.where !== undefined) this.arrive(before);
    if (told.ack ?? told.refused ?? told.unsaved ?? told.pong !== undefined) {
      this.stragglers.hear(told);
      this.mounted?.shim.hear(told);
      return;
    }
    this.show();
    this.changed();
  }

  private welcomed(): void {
    this.stragglers.send();
    // What comes with the welcome, in one frame, is no news; what comes later is.
    clearTimeout(this.settling);
    this.settled = false;
    this.settling = window.setTimeout(() => (this.settled = true));
  }

  private settled = false;
  private settling = 0;

  private arrive(before: Where | null): void {
    const now = this.known.where;
    if (!before || !now) return;
    if (before.here !== now.here || before.where !== now.where) this.fresh = false;
    if (before.where !== now.where) this.news = this.say(`group.news_${now.where}`);
    else if (before.here !== now.here && now.pace === "led") this.news = this.say("group.news_here", { title: this.known.here?.title ?? "" });
    else if (before.pace !== now.pace) this.news = this.say(`group.news_${now.pace}`);
    else if (now.votes.length > before.votes.length) this.news = this.say("group.news_vote");
    if (before.here !== now.here) this.stragglers.send();
  }

  /** What the group has been shown, by name. */
  private get shownToAll(): string[] {
    const lit = this.known.where?.spotlight?.card.id;
    const boards = [...this.known.boards].flatMap(([place, { forms, votes }]) => [
      ...forms.map(({ form }) => `${place} ${form}`),
      ...votes.map(({ scene }) => `${place} vote ${scene}`),
    ]);
    return lit ? [...boards, `lit ${lit}`] : boards;
  }

  private freshen(): void {
    this.fresh = true;
    this.news = this.say("group.news_shown");
  }

  /** Once someone has looked, or the group has gone on. */
  looked(): void {
    this.fresh = false;
    this.changed();
  }

  private left(): { run: string; places: string[] } {
    const places = (this.known.where?.agenda ?? []).map(({ place }) => place).filter((place) => place !== this.mounted?.place);
    return { run: this.known.welcome?.run ?? "", places };
  }

  // -- the activity on the page --------------------------------------------------------------------------

  private together(place: string): Together {
    const { where, welcome } = this.known;
    const vote = where?.votes.find((one) => one.place === place) ?? null;
    return { led: where?.pace === "led", convener: welcome?.convener ?? "", vote };
  }

  private show(): void {
    const place = this.shown;
    const known = place ? this.known.places.get(place) : undefined;
    const on = this.mounted;
    if (on && (on.place !== place || on.content !== known?.content || on.language !== this.speech?.language)) this.clear();
    if (!place || !known?.state || !this.speech || !this.known.welcome) return;
    if (this.mounted) this.update(place, known, known.state);
    else if (this.mounting !== place) void this.mount(place);
  }

  private update(place: string, known: Place, state: Record<string, unknown>): void {
    const before = this.mounted?.shim.get("state") as { scene?: string; step?: string } | undefined;
    const heading = this.heading();
    this.mounted?.shim.show(known, this.together(place));
    const moved = before && (before.scene !== state["scene"] || before.step !== state["step"]);
    if (moved && this.together(place).led) {
      this.fresh = false;
      this.bringUp(heading, heading?.textContent ?? "");
    }
  }

  /** The group went a step on: what is new comes into view, unless someone is in mid-word. */
  private bringUp(before: Element | null, said: string, frames = PATIENCE): void {
    if (this.inside?.activeElement?.tagName === "TEXTAREA") return;
    requestAnimationFrame(() => {
      const heading = this.heading();
      const same = heading === before && (heading?.textContent ?? "") === said; // a slow phone has not drawn it yet
      if (same && frames) this.bringUp(before, said, frames - 1);
      else requestAnimationFrame(() => heading?.scrollIntoView({ block: "start" }));
    });
  }

  private get inside(): ShadowRoot | null | undefined {
    return this.mounted?.el.querySelector(".casework")?.shadowRoot;
  }

  /** Where someone arrives in what the activity shows. */
  private heading(): Element | null {
    return this.inside?.querySelector("[data-arrive]") ?? null;
  }

  private async mount(place: string): Promise<void> {
    this.mounting = place;
    const stop = this.known.stop(place);
    const front = stop && (await load(stop.activity));
    this.mounting = "";
    const known = this.known.places.get(place);
    this.broken = !front;
    if (!front || this.shown !== place || !known?.state || !this.speech || this.mounted) return this.changed();
    const shim = new Shim(place, this.contentOf(place, stop.activity), (message) => this.line.send(message));
    shim.show(known, this.together(place));
    const el = document.createElement("div");
    el.slot = "activity";
    el.dataset["place"] = place;
    this.stage.host.append(el);
    const dispose = front.render({ model: shim, el });
    this.mounted = { place, content: known.content, language: this.speech.language, shim, el, dispose };
    this.changed();
  }

  private clear(): void {
    this.mounted?.dispose();
    this.mounted?.el.remove();
    this.mounted = null;
    this.stragglers.send();
  }

  /** What a kernel would give the activity along with its content. */
  private contentOf(place: string, activity: string): Record<string, unknown> {
    const { words = {}, language = this.language, theme = {} } = this.speech ?? {};
    const lost = Object.fromEntries(["lost", "lost_here", "lost_all"].map((key) => [`saved.${key}`, this.say(`group.saved_${key}`)]));
    const { about = place, content = {} } = this.known.places.get(place) ?? {};
    return {
      protocol: 1,
      activity,
      key: place,
      about,
      language,
      who: this.say("who.private"),
      theme,
      ...content,
      // By the room's name for this person, not for the room: another one who joins on this device is someone else.
      run: this.known.welcome?.run ?? "",
      words: { ...(content["words"] as Record<string, string> | undefined), ...words, ...lost },
      durable: this.el.dataset["shared"] === undefined,
    };
  }
}
