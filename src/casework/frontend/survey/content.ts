// What a survey is given, and the state it shows.

import type { Content, Responses, Sharing } from "../kit/contract.ts";

export interface Option {
  id: string;
  text: string;
}

export interface Scale {
  lowest: number;
  highest: number;
  labels: { at: number; text: string }[];
}

export interface Item {
  id: string;
  kind: "rated" | "single" | "multiple" | "open" | "date" | "person" | "sort" | "plan";
  html: string;
  /** The question without markup. */
  text: string;
  hint: string | null;
  /** Its author's alone, even where the form is shared. */
  private: boolean;
  scale: string | null;
  options?: Option[];
  piles?: Option[];
  columns?: Option[];
}

/** Items that are shown together. */
export interface Part {
  id: string;
  title: string | null;
  introduction: string | null;
  items: string[];
}

export interface SurveyContent extends Content {
  id: string;
  title: string;
  summary: string;
  rights: string;
  minutes: number | null;
  round: string | null;
  scales: Record<string, Scale>;
  items: Item[];
  subscales: { id: string; name: string; method: "mean" | "sum" }[];
  pages: Part[];
}

/** A number, an id or a day, several ids, a pile for each card. */
export type Value = number | string | string[] | Record<string, string>;

export interface Answer {
  id: string;
  value: Value;
  /** The same in words. */
  text: string;
  at: string;
}

/** One subscale: nothing where it rests on too little. */
export interface Line {
  id: string;
  value: number | null;
  low: number;
  high: number;
  answered: number;
  of: number;
}

export interface Round {
  answers: Record<string, Answer>;
  profile: Line[];
}

export interface SurveyState {
  /** By item: what counts. */
  answers: Record<string, Answer>;
  responses: Responses;
  hidden: string[];
  /** The item one turned to last. */
  at: string | null;
  finished: boolean;
  /** Whether an earlier round was answered. */
  again: boolean;
  profile: Line[] | null;
  earlier: Round | null;
  sharing: Sharing;
  /** The events that a share gives away. */
  events: string[];
}
