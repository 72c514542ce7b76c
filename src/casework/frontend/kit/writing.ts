// The words of one activity: each keystroke is on the device at once, and on disk a moment later.

import { newId, partsOf, TEXT_LIMIT } from "./contract.ts";
import type { Intent, Prompt, Responses, Timing } from "./contract.ts";
import type { Connection } from "./connection.ts";
import type { Draft, Drafts } from "./drafts.ts";

/** What the activity knows about its cells right now. */
export interface Cells {
  responses(): Responses;
  /** The prompt of a cell, where the activity has it and may write to it. */
  prompt(id: string): Prompt | undefined;
  changed(): void;
}

export class Writing {
  /** Typed here since the page opened. The field shows it even if what is stored was trimmed. */
  private readonly typed = new Map<string, string>();
  private readonly timers = new Map<string, number>();
  private readonly own = new Set<string>();
  private shown: Responses;
  private looking = 0;

  constructor(
    private readonly drafts: Drafts,
    private readonly connection: Connection,
    private readonly cells: Cells,
    private readonly timing: Timing,
  ) {
    this.shown = cells.responses();
    drafts.listen((cell) => this.writtenElsewhere(cell));
    window.addEventListener("pagehide", this.flush);
  }

  /** Sends the words that an earlier page could not. */
  open(): void {
    for (const intent of this.connection.waiting) this.own.add(intent.id);
    for (const cell of this.unsaved()) {
      const text = this.drafts.read(cell)?.text;
      if (!this.connection.waiting.some((intent) => cellOfWrite(intent) === cell && intent["text"] === text)) this.send(cell);
    }
  }

  dispose(): void {
    this.flush();
    window.removeEventListener("pagehide", this.flush);
    clearTimeout(this.looking);
    this.drafts.dispose();
  }

  /** What the field of a cell shows. */
  text(cell: string): string {
    const typed = this.typed.get(cell);
    if (typed !== undefined) return typed;
    const draft = this.drafts.read(cell);
    if (draft && (this.staysHere(cell) || this.isNewer(cell, draft))) return draft.text;
    return this.cells.responses()[cell]?.text ?? "";
  }

  type(cell: string, text: string): void {
    this.typed.set(cell, text);
    this.drafts.write(cell, { text, at: new Date().toISOString(), base: this.cells.responses()[cell]?.id ?? "" });
    clearTimeout(this.timers.get(cell));
    this.timers.set(cell, window.setTimeout(() => this.send(cell), this.timing.write));
    this.cells.changed();
  }

  /** Sends at once what still waits for a pause in typing. */
  readonly flush = (): void => {
    for (const cell of [...this.timers.keys()]) this.send(cell);
  };

  /** Whether words wait for a pause in typing. */
  get busy(): boolean {
    return this.timers.size > 0;
  }

  /** Cells with words that are not acknowledged. */
  unsaved(): string[] {
    return this.drafts.cells().filter((cell) => {
      const draft = this.drafts.read(cell);
      return draft && this.cells.prompt(partsOf(cell).prompt) && !this.staysHere(cell) && this.isNewer(cell, draft);
    });
  }

  /** Whether all that is not acknowledged was typed a moment ago in another activity of this page, which is sending it. */
  get underWayElsewhere(): boolean {
    const soon = Date.now() - this.timing.late;
    return this.unsaved().every((cell) => !this.typed.has(cell) && Date.parse(this.drafts.read(cell)?.at ?? "") > soon);
  }

  /** Older words on this device that were never saved, while newer ones came from elsewhere. */
  leftover(cell: string): string {
    const draft = this.drafts.read(cell);
    if (!draft || this.typed.has(cell) || this.staysHere(cell) || this.isNewer(cell, draft)) return "";
    return draft.text === this.cells.responses()[cell]?.text ? "" : draft.text;
  }

  /** The event that holds exactly what a field shows: null where nothing is written, "" where it has none yet. */
  eventOf(cell: string): string | null {
    const text = this.text(cell);
    if (!text.trim()) return null;
    const draft = this.drafts.read(cell);
    if (draft?.text === text && this.isNewer(cell, draft)) return draft.id ?? "";
    return this.cells.responses()[cell]?.id ?? "";
  }

  /** Sends what a field shows from here, if it is not stored yet, and returns the event that holds it. */
  settle(cell: string): string | null {
    const event = this.eventOf(cell);
    const known = event === this.cells.responses()[cell]?.id || this.connection.waiting.some(({ id }) => id === event);
    if (event !== null && !known) this.send(cell);
    return this.eventOf(cell);
  }

  letGo(cell: string): void {
    this.drafts.drop(cell);
    this.cells.changed();
  }

  /** Keeps nothing of what was typed, here or on the device. */
  forget(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.typed.clear();
    for (const cell of this.drafts.cells()) this.drafts.drop(cell);
  }

  acknowledged(intent: Intent): void {
    const cell = cellOfWrite(intent);
    const draft = cell && this.drafts.read(cell);
    if (!draft) return;
    if (draft.text === intent["text"]) this.drafts.drop(cell);
    else this.drafts.write(cell, { ...draft, base: intent.id });
  }

  /** New state: words that came from elsewhere take the place of those typed here, unless these are unsaved. */
  arrived(): void {
    const now = this.cells.responses();
    for (const cell of this.typed.keys()) {
      const id = now[cell]?.id;
      const foreign = id && id !== this.shown[cell]?.id && !this.own.has(id);
      if (foreign && !this.drafts.read(cell)) this.typed.delete(cell);
    }
    this.shown = now;
  }

  private send(cell: string): void {
    clearTimeout(this.timers.get(cell));
    this.timers.delete(cell);
    const text = this.text(cell);
    if (this.staysHere(cell) || overLimit(text) > 0) return;
    const id = this.idFor(cell, text);
    this.own.add(id);
    this.connection.do({ do: "write", ...partsOf(cell), text }, id);
  }

  /** The id of the event that these words become: the same, whichever activity of the page sends them, and how often. */
  private idFor(cell: string, text: string): string {
    const draft = this.drafts.read(cell);
    if (draft?.text !== text) return newId();
    const id = draft.id ?? newId();
    if (!draft.id) this.drafts.write(cell, { ...draft, id });
    return id;
  }

  /** Another activity on this page took the cell over: its words are the later ones. */
  private writtenElsewhere(cell: string): void {
    clearTimeout(this.looking);
    this.looking = window.setTimeout(() => this.cells.changed(), this.timing.late);
    if (this.drafts.read(cell)) {
      clearTimeout(this.timers.get(cell));
      this.timers.delete(cell);
      this.typed.delete(cell);
      this.connection.withdraw((intent) => cellOfWrite(intent) === cell);
    }
    this.cells.changed();
  }

  /** `device` words are never sent at all. */
  private staysHere(cell: string): boolean {
    return this.cells.prompt(partsOf(cell).prompt)?.share === "device";
  }

  private isNewer(cell: string, draft: Draft): boolean {
    const stored = this.cells.responses()[cell];
    if (!stored) return true;
    if (stored.text === draft.text) return false;
    if (stored.id === draft.base || this.own.has(stored.id)) return true;
    // Written elsewhere in between: the clocks decide, and an unreadable time never hides words.
    return !(Date.parse(draft.at) <= Date.parse(stored.at));
  }
}

function cellOfWrite(intent: Intent): string {
  return intent.do === "write" ? `${String(intent["prompt"])}/${String(intent["perspective"])}` : "";
}

/** By how many characters a text is too long; negative or 0 when it fits. */
export function overLimit(text: string): number {
  // Counting code points is slow: only a text that may be too long is counted.
  return (text.length > TEXT_LIMIT ? [...text].length : text.length) - TEXT_LIMIT;
}
