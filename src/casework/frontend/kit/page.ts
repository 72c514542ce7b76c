// What the parts of one activity share: content, state, words, and the ways to do something.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { Connection } from "./connection.ts";
import type { Content, Dealt, Deed, Intent, Model, Prompt, Reply, Responses, Sharing } from "./contract.ts";
import { Drafts } from "./drafts.ts";
import { Keep } from "./keep.ts";
import { Outbox, subjectOfWrite } from "./outbox.ts";
import type { Subject } from "./outbox.ts";
import { TIMING } from "./timing.ts";
import { Writing } from "./writing.ts";

/** How one kind of activity finds what the page needs to know about its state. */
export interface Kind<C extends Content, S> {
  /** The prompt that may be written to now. */
  prompt?(content: C, state: S, id: string): Prompt | undefined;
  responses?(state: S): Responses;
  /** What an intent sets: of two that set the same, only the newer one is sent. By default, a cell, or who may see a form. */
  subject?: Subject;
  /** Whether what was left on the device is this activity's to send, where others share its place; by default, all is. */
  mine?(content: C, intent: Intent): boolean;
  /** Where the person is; when it changes through what they did, focus goes to the new heading. */
  place(state: S): string;
}

export type SavedState = "empty" | "going" | "saved" | "late" | "lost";

export class Page<C extends Content = Content, S = unknown> {
  readonly content: C;
  readonly keep: Keep;
  readonly connection: Connection;
  readonly writing: Writing;
  readonly timing: typeof TIMING;
  /** The heading of the new place takes the focus once. */
  moving = false;
  /** Set by the report: what to do with the answer to something asked, a file for one. */
  answered: (reply: Reply, bytes: ArrayBufferView | undefined) => void = () => undefined;
  private readonly prefix: string;
  private everSaved = false;
  /** From which place each kind of thing was done last. */
  private readonly from = new Map<string, string>();

  constructor(
    readonly model: Model,
    readonly kind: Kind<C, S>,
    readonly changed: () => void,
  ) {
    this.content = model.get("content") as C;
    const { run, key, about = key, timing, durable } = this.content;
    this.keep = new Keep(durable);
    this.timing = { ...TIMING, ...timing };
    this.prefix = `casework:${run}:${key}:`;
    const mine = (intent: Intent): boolean => kind.mine?.(this.content, intent) ?? true;
    const outbox = new Outbox(this.keep, run, key, kind.subject ?? subjectOfWrite, mine);
    this.connection = new Connection(model, outbox, this.timing, {
      changed,
      acknowledged: (intent) => {
        this.everSaved = true;
        this.writing.acknowledged(intent);
      },
      left: () => this.writing.forget(),
      answered: (reply, bytes) => this.answered(reply, bytes),
    });
    this.writing = new Writing(new Drafts(run, about, this.keep), this.connection, this, this.timing);
    model.on("change:state", this.arrived);
  }

  open(): void {
    this.connection.open();
    this.writing.open();
  }

  dispose(): void {
    this.model.off("change:state", this.arrived);
    this.writing.dispose();
    this.connection.dispose();
  }

  get state(): S {
    return this.model.get("state") as S;
  }

  responses(): Responses {
    return this.kind.responses?.(this.state) ?? {};
  }

  /** What one has said about who may see it; null for someone alone, who can share with nobody. */
  get sharing(): Sharing {
    return (this.state as { sharing?: Sharing }).sharing ?? null;
  }

  /** The perspectives that were dealt to this person, by prompt. */
  get dealt(): Record<string, Dealt> {
    return (this.state as { dealt?: Record<string, Dealt> }).dealt ?? {};
  }

  /** Who can see what is done here, as a sentence that holds for all of it. */
  get who(): string {
    const forms = Object.entries(this.sharing?.forms ?? {});
    const asked = forms.filter(([form]) => this.prompt(form));
    const given = (asked.length ? asked : forms).some(([, { audience }]) => audience !== null && audience !== "private");
    return given ? this.t(asked.length ? "who.shared" : "who.shared_whole") : this.content.who;
  }

  prompt(id: string): Prompt | undefined {
    return this.kind.prompt?.(this.content, this.state, id);
  }

  /** The interface's words for a key, with {placeholders} filled. */
  t(key: string, values: Record<string, string | number> = {}): string {
    const words = this.content.words[key] ?? key;
    return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  /** The language of a string that is still in another one than the page. */
  lang(key: string): string | undefined {
    return this.content.borrowed?.includes(key) ? this.content.base : undefined;
  }

  /** Does something once: a second press from the same place while the first is under way changes nothing. */
  act(deed: Deed): Intent | null {
    if (this.isUnderWay(deed)) return null;
    this.from.set(deed.do, this.kind.place(this.state));
    this.writing.flush();
    this.moving = true;
    return this.connection.do(deed);
  }

  /** What led here may be shown before it is acknowledged: the next press from here is another. */
  private isUnderWay(deed: Deed): boolean {
    const waiting = this.connection.waiting.filter((intent) => intent.do === deed.do);
    const here = this.kind.place(this.state);
    const done = waiting.some((intent) => Object.entries(deed).every(([name, value]) => intent[name] === value));
    return done || (waiting.length > 0 && (this.from.get(deed.do) ?? here) === here);
  }

  /** A small thing this activity keeps on the device. */
  remember(name: string, value: string): void {
    this.keep.set(this.prefix + name, value);
  }

  recall(name: string): string | null {
    return this.keep.get(this.prefix + name);
  }

  get unsaved(): boolean {
    return this.connection.waiting.length > 0 || this.writing.busy || this.writing.unsaved().length > 0;
  }

  /** What the saved line says. "Saved" only when everything done here is acknowledged. */
  get saved(): SavedState {
    if (this.connection.lost) return "lost";
    if (this.connection.late) return "late";
    if (this.connection.waiting.length || this.writing.busy) return "going";
    if (this.writing.unsaved().length) return this.writing.underWayElsewhere ? "going" : "late"; // else refused or too long
    return this.everSaved || Object.keys(this.responses()).length ? "saved" : "empty";
  }

  private readonly arrived = (): void => {
    this.writing.arrived();
    this.changed();
  };
}

export const PageContext = createContext<Page | null>(null);

/** The page, as the activity that uses it knows its content and state. */
export function usePage<C extends Content = Content, S = unknown>(): Page<C, S> {
  const page = useContext(PageContext);
  if (!page) throw new Error("usePage outside of an activity");
  return page as unknown as Page<C, S>;
}
