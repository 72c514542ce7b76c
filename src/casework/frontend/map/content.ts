// What drawing a map is given, and the state it shows.

import type { Content, Responses, Sharing } from "../kit/contract.ts";
import type { Page } from "../kit/page.ts";

export type Place = "child" | "family" | "around" | "practitioner" | "consultant";
export type Quality = "close" | "strained" | "both" | "distant" | "unknown";
export type Sheet = "wide" | "narrow";

export interface Person {
  id: string;
  name: string;
  role: string;
  place: Place;
  /** Whether the learner put them there, and may take them off. */
  own: boolean;
  /** Whether the learner named them, and may rename them. */
  named: boolean;
}

export interface Tie {
  one: string;
  other: string;
  /** Null where nobody has said one. */
  quality: Quality | null;
  /** What the file says about it. */
  given: string | null;
  /** Whether the file has it, so that it stays. */
  known: boolean;
  note: string;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
}

export interface Layout {
  width: number;
  height: number;
  centre: [number, number];
  rings: [number, number][];
  boxes: Record<string, Box>;
  /** By pair, joined by a slash. */
  bends: Record<string, number>;
}

export interface Drawing {
  people: Person[];
  ties: Tie[];
  layouts: Record<Sheet, Layout>;
  told: string[];
}

export interface MapContent extends Content {
  heading: string;
  eyebrow: string;
  child: string;
  qualities: { id: Quality; word: string }[];
}

export interface MapState extends Drawing {
  offered: { id: string; name: string }[];
  finished: boolean;
  responses: Responses;
  beside: (Drawing & { differs: string[] }) | null;
  /** What a share of the map gives. */
  events: string[];
  sharing: Sharing;
}

export type MapPage = Page<MapContent, MapState>;
export type Pair = [string, string];

/** Two people as one pair, whoever is named first; as the kernel orders them. */
export const pairOf = (one: string, other: string): Pair => (one < other ? [one, other] : [other, one]);
