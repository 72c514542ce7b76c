// What a room tells its pages. `casework.live.protocol` has the same from the other side, and docs/live.md in words.

import type { Content, Earlier } from "../kit/contract.ts";

export type Role = "learner" | "screen" | "trainer";

/** The version that these pages speak. */
export const PROTOCOL = 1;

export interface Welcome {
  welcome: number;
  role: Role;
  language: string;
  convener: string;
  run: string;
  floor: number;
}

/** One activity of the agenda. */
export interface Stop {
  place: string;
  activity: string;
  title: string;
  opened: boolean;
  closed: boolean;
}

/** A vote that is being taken. */
export interface Vote {
  place: string;
  scene: string;
  choices: string[];
  own: string | null;
}

export interface Where {
  where: "waiting" | "going" | "ended";
  pace: "led" | "self";
  pace_until?: string;
  here?: string;
  until?: string;
  agenda: Stop[];
  votes: Vote[];
  spotlight?: { place: string; form: string; card: Card };
}

export interface Card {
  id: string;
  /** What it answers: the form itself, or an item or one of two people in it. */
  prompt: string;
  perspective: string | null;
  text: string;
  cut: boolean;
  language: string;
  name: string | null;
  /** For the trainer alone. */
  words?: string;
  audience?: string;
  alias?: string | null;
  approved?: boolean;
  hidden?: boolean;
}

export interface Spread {
  people: number;
  values: Record<string, number>;
}

/** How many of the coders marked an item at one place. */
export interface Mark {
  item: string;
  beat: number | null;
  second: number | null;
  interval: number | null;
  people: number;
  differ: number;
}

export interface Reach {
  people: number;
  perspectives: number;
  least: number;
  enough: boolean;
  fewer: number;
}

export interface Counts {
  took_part: number;
  kept: number;
  cells: { cell: string; audience: string; people: number }[];
  nobody: string[];
  waiting: number;
}

/** What was shared of one form, as far as this page may see it. */
export interface FormBoard {
  form: string;
  again: string | null;
  merged: boolean;
  revealed: boolean;
  cards: Card[];
  quiet: string[];
  pairs: { first: string; later: string }[];
  spreads: Record<string, Spread>;
  timeline: { coders: number; marks: Mark[] } | null;
  /** For the trainer alone. */
  held?: boolean;
  counts?: Counts;
  reach?: Reach;
}

export interface VoteBoard {
  scene: string;
  taking: boolean;
  revealed: boolean;
  counts: Record<string, number> | null;
  /** For the trainer alone. */
  voted?: number;
}

export interface Board {
  forms: FormBoard[];
  votes: VoteBoard[];
}

export interface Person {
  id: string;
  name: string | null;
  language: string;
  connected: boolean;
}

export interface Desk {
  people: number;
  connected: number;
  floor: number;
  few: boolean;
  answered: Record<string, number>;
  changed: string[];
  undo: { act: string; did: string } | null;
}

/** Everything that can arrive; each message has the keys of one kind. */
export interface Told extends Partial<Omit<Welcome, "language">>, Partial<Omit<Where, "agenda">> {
  language?: string;
  agenda?: Stop[];
  place?: string;
  about?: string;
  content?: Omit<Content, "words">;
  state?: Record<string, unknown>;
  /** What this person wrote in sessions that this one goes on from, by cell, the latest first. */
  earlier?: Earlier;
  board?: Board;
  /** What is different in a form of a board that is known: its cards are the new ones alone. */
  form?: FormBoard;
  gone?: string[];
  roster?: Person[];
  desk?: Desk;
  ack?: string;
  refused?: string;
  unsaved?: string;
  why?: string;
  pong?: number;
  bye?: string;
}
