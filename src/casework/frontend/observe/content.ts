// What observing is given, and the state it shows.

import type { Content } from "../kit/contract.ts";

export interface Item {
  id: string;
  text: string;
  definition: string | null;
  example: string | null;
  nonExample: string | null;
  /** A single key that marks it. */
  key: string | null;
}

export interface Beat {
  at: number;
  html: string;
}

export interface ObserveContent extends Content {
  title: string;
  moment: { id: string; title: string; introduction: string; beats: Beat[] };
  checklist: { id: string; title: string; summary: string; items: Item[] };
}

export interface Mark {
  id: string;
  item: string;
  beat: number;
  clock: number;
}

export interface ObserveState {
  /** The beat one is at; -1 before the start. */
  beat: number;
  finished: boolean;
  marks: Mark[];
}
