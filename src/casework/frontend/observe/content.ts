// What observing is given, and the state it shows.

import type { Content, Responses, Sharing } from "../kit/contract.ts";

export interface Item {
  id: string;
  text: string;
  kind: "point" | "state" | "interval" | "rating";
  definition: string | null;
  example: string | null;
  nonExample: string | null;
  /** A single key that marks it. */
  key: string | null;
  excludes: string[];
  /** How long an interval lasts; over beats, each beat is one. */
  seconds: number | null;
  sampling: "partial" | "whole" | "momentary" | null;
  scale: string | null;
}

export interface Scale {
  lowest: number;
  highest: number;
  labels: Record<string, string>;
}

export interface Beat {
  at: number;
  html: string;
}

export interface ObserveContent extends Content {
  title: string;
  ground: "beats" | "media" | "live";
  pace: "steps" | "told" | "live";
  moment: {
    id: string;
    title: string;
    introduction: string;
    /** What may come close, of a file of moments; empty where nothing is said. */
    contentNote: string;
    beats: Beat[];
    /** The second that the last beat ends at. */
    ends: number;
    media: { src: string | null; alt: string; transcript: string; film: boolean } | null;
  };
  checklist: { id: string; title: string; summary: string; items: Item[]; scales: Record<string, Scale> };
  reference: { title: string; summary: string } | null;
}

/** A beat of a moment, or a second where there are no beats; in a told moment both. */
export interface Place {
  beat: number | null;
  seconds: number | null;
}

export interface Mark extends Place {
  id: string;
  item: string;
  clock: number;
  /** A state that has not ended. */
  lasts: boolean;
  untilBeat: number | null;
  until: number | null;
  /** Before it was first corrected. */
  was: (Place & { item: string }) | null;
}

export interface Summary {
  count?: number;
  perMinute?: number | null;
  seconds?: number;
  share?: number | null;
  overlaps?: Record<string, number>;
  yes?: number;
  no?: number;
  unknown?: number;
  value?: number | null;
}

export type Seen = boolean | number | null;

/** A place where one's own marks are laid beside another reading. */
export interface Spot extends Place {
  item: string;
  untilBeat: number | null;
  until: number | null;
  mine: Seen;
  theirs: Seen;
  same: boolean;
  reason: string;
}

export interface ObserveState {
  /** The beat one is at; -1 before the start. */
  beat: number;
  finished: boolean;
  /** Of a live observation; `since` is in milliseconds, by the page's clock. */
  clock: { running: boolean; seconds: number; since: number } | null;
  marks: Mark[];
  /** By item and interval; what is not here is unknown. */
  answers: Record<string, Record<string, boolean>>;
  ratings: Record<string, number>;
  /** The notes: `beat-3/`, `second-75/`. */
  responses: Responses;
  /** What is shared with the coding, in a group. */
  events: string[];
  sharing: Sharing;
  /** Seconds that were observed. */
  observed: number;
  summary: Record<string, Summary> | null;
  differing: Spot[] | null;
}
