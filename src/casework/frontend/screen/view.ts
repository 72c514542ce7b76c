// What the screen shows: what the room has told it, and which of it came last.

import { Known } from "../room/known.ts";
import { Line } from "../room/line.ts";
import type { Told } from "../room/protocol.ts";
import { sayer, speech } from "../room/speech.ts";
import type { Say, Speech } from "../room/speech.ts";
import { socketOf, speakOn } from "../room/stage.ts";
import type { Stage } from "../room/stage.ts";

/** What the group looks at: where it is on its way, a form that was revealed, or how it voted. */
export type Look = { at: "way" } | { at: "form" | "vote"; place: string; name: string };

export class View {
  readonly known = new Known();
  readonly line: Line;
  speech: Speech | null = null;
  say: Say = (key) => key;
  language: string;
  look: Look = { at: "way" };
  changed: () => void = () => undefined;
  private shown = new Set<string>();
  private stood = "";
  private told = false;

  constructor(
    readonly el: HTMLElement,
    readonly stage: Stage,
  ) {
    this.language = el.dataset["language"] ?? "en";
    void this.speak(this.language);
    this.line = new Line(socketOf(el), () => ({ language: this.language }), { heard: (told) => this.heard(told), changed: () => this.changed() });
  }

  private async speak(language: string): Promise<void> {
    this.speech = await speech(language);
    this.say = sayer(this.speech.words);
    speakOn(this.stage, this.speech.language, this.speech.theme);
    this.changed();
  }

  private heard(told: Told): void {
    if (told.pong !== undefined) return;
    this.known.take(told);
    if (told.welcome !== undefined) this.told = false; // what it is told now is not news
    this.turn();
    if (told.board || told.form || told.welcome !== undefined) this.settle();
    this.changed();
  }

  /** After the first of everything, what changes is news. */
  private settle(): void {
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => (this.told = true), 300);
  }
  private settling = 0;

  /** Looks to what came last: a step of the group, or something revealed. */
  private turn(): void {
    const stands = this.standing();
    const shown = this.revealed();
    if (stands !== this.stood) this.look = { at: "way" };
    const fresh = shown.filter((key) => !this.shown.has(key)).at(-1);
    if (fresh && (this.told || this.belongs(fresh))) this.look = JSON.parse(fresh) as Look;
    if (this.look.at !== "way" && !shown.includes(JSON.stringify(this.look))) this.look = { at: "way" };
    this.stood = stands;
    this.shown = new Set(shown);
  }

  private standing(): string {
    const { where, here } = this.known;
    const state = here && this.known.places.get(here.place)?.state;
    return [where?.where, where?.here, state?.["scene"], state?.["step"], where?.votes.length].join(" ");
  }

  private revealed(): string[] {
    return [...this.known.boards].flatMap(([place, { forms, votes }]) => [
      ...forms.map(({ form }) => JSON.stringify({ at: "form", place, name: form })),
      ...votes.map(({ scene }) => JSON.stringify({ at: "vote", place, name: scene })),
    ]);
  }

  /** Whether something revealed is of where the group is now: a screen that is opened late shows it. */
  private belongs(key: string): boolean {
    const { at, place, name } = JSON.parse(key) as { at: string; place: string; name: string };
    if (place !== this.known.where?.here) return false;
    const { content, state } = this.known.places.get(place) ?? {};
    const scene = state?.["scene"] as string | undefined;
    if (at === "vote") return name === scene && state?.["step"] === "turn";
    const scenes = content?.["scenes"] as Record<string, { pause: { reflect: string[] } | null }> | undefined;
    return !scenes || (state?.["step"] === "pause" && (scenes[scene ?? ""]?.pause?.reflect.includes(name) ?? false));
  }
}
