// What kernel and page say to each other. The Python widgets keep the same contract.

/** The part of an anywidget model that activities use; a page without a kernel offers the same over a WebSocket. */
export interface Model {
  get(name: string): unknown;
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string, callback: (...args: never[]) => void): void;
  send(message: unknown): unknown;
}

/** What every activity is given, once. */
export interface Content {
  protocol: number;
  activity: string;
  /** Stable id of this activity, for what the page keeps. */
  key: string;
  /** What its events concern; activities about the same share their words. A report is about nothing. */
  about?: string;
  /** Random id of this learner's run. */
  run: string;
  language: string;
  words: Record<string, string>;
  /** Who can see what is done here, as a sentence. */
  who: string;
  /** The stylesheet's custom properties that the folder's own theme changes. */
  theme?: Record<string, string>;
  /** Whether drafts may outlive the page on this device; not on a shared computer. */
  durable?: boolean;
  /** The keys of the strings that are not translated, and the language they are in; none means all are. */
  borrowed?: string[];
  base?: string;
  /** Whether it reads better on more than a column of text, where the page has the room. */
  wide?: boolean;
  /** Other waiting times than those of `timing.ts`; for tests. */
  timing?: Partial<Timing>;
}

/** Waiting times in milliseconds. */
export interface Timing {
  /** From the last keystroke until words are sent. */
  write: number;
  /** From sending until an answer is late, and the page says so. */
  late: number;
  /** Between two attempts to send the same thing. */
  resend: number;
  /** Between two heartbeats. */
  ping: number;
  /** From a heartbeat until the page has lost touch. */
  pong: number;
  /** Two presses of the same thing within this time count once. */
  press: number;
}

export interface Perspective {
  id: string;
  name: string;
  question: string;
  sign: string;
}

export interface Prompt {
  id: string;
  html: string;
  perspectives: string[];
  /** The earlier prompt that this one asks again. */
  again: string | null;
  share: string;
  who: string;
}

export interface Response {
  text: string;
  id: string;
  at: string;
}

/** By cell: `${prompt}/${perspective}`, and `${prompt}/` where a prompt has no perspectives. */
export type Responses = Record<string, Response>;

/** By cell, what one wrote in earlier sessions of a group, the latest first. */
export type Earlier = Record<string, { at: string; text: string }[]>;

/** The audiences from the narrowest to the widest. */
export type Audience = "private" | "trainer" | "group_unnamed" | "group_named";

/** What one has said about who may see a form: a prompt, a survey, a coding run. */
export interface SharedForm {
  /** The widest audience that is offered here. */
  widest: Audience;
  /** What one said last; null before. */
  audience: Audience | null;
  /** The events that were given. */
  events: string[];
  /** Whether the group has seen it; then it can be neither narrowed nor withdrawn. */
  revealed: boolean;
}

/** A perspective that was dealt to this person, and the one they took instead or along with it. */
export interface Dealt {
  perspective: string;
  taken: string | null;
}

/** By form; null for someone alone, who can share with nobody. */
export type Sharing = { convener: string; forms: Record<string, SharedForm> } | null;

/** Something the person did, as it is sent and stored; the id makes a repeated send one event. */
export interface Intent {
  id: string;
  do: string;
  [more: string]: unknown;
}

/** An intent before it has its id. */
export interface Deed {
  do: string;
  [more: string]: unknown;
}

/** What the kernel says besides `state`. */
export interface Reply {
  ack?: string;
  refused?: string;
  unsaved?: string;
  /** Whoever this page was for left the device, or was erased: it is nobody's any more. */
  gone?: boolean;
  pong?: number;
  file?: string;
  why?: string;
  name?: string;
  type?: string;
}

/** The longest text of one cell, in characters (code points, as Python counts). */
export const TEXT_LIMIT = 20_000;

/** 32 hex digits. Phones come over plain HTTP, where `crypto.randomUUID` does not exist. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const cellOf = (prompt: string, perspective: string): string => `${prompt}/${perspective}`;

/** The prompt and the perspective of a cell; ids are kebab-case, so the first slash divides them. */
export function partsOf(cell: string): { prompt: string; perspective: string } {
  const at = cell.indexOf("/");
  return { prompt: cell.slice(0, at), perspective: cell.slice(at + 1) };
}
