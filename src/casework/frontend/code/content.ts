// What coding is given, and the state it shows.

import type { Content, Prompt, Responses } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import type { Page } from "../kit/page.ts";

export interface Code {
  code: string;
  name: string;
  definition: string;
  /** As long as it stands, whatever else comes and goes. */
  number: number;
  answers: number;
  excerpts: number;
  people: number | null;
  /** Whether it was added while coding. */
  own: boolean;
  /** Whether it is called otherwise than in the file. */
  reworded: boolean;
}

/** Places are counted in characters (code points), as Python counts them. */
export interface Passage {
  id: string;
  start: number;
  end: number;
  codes: string[];
}

export interface CodeContent extends Content {
  title: string;
  summary: string;
  codebook: string;
  coder: string;
  /** By code: when to use it, when not, and an example; the label is a key of the words. */
  guide: Record<string, { key: string; label: string; text: string }[]>;
  /** Each with its id. */
  answers: [string, string][];
}

export interface CodeState {
  codes: Code[];
  /** By answer, in the order of its words. */
  excerpts: Record<string, Passage[]>;
  /** The answers that no code fits. */
  nothing: string[];
  together: { one: string; other: string; answers: number; overlapping: number }[];
  history: { id: string; text: string; at: string }[];
  /** What can be taken back. */
  step: { id: string; kind: string } | null;
  responses: Responses;
}

export type CodePage = Page<CodeContent, CodeState>;

export const useCoding = (): CodePage => usePage<CodeContent, CodeState>();

/** A memo is written as an answer is: its excerpt is its prompt. */
export function memos(content: CodeContent, state: CodeState, id: string): Prompt | undefined {
  const known = Object.values(state.excerpts).some((passages) => passages.some((one) => one.id === id));
  return known ? { id, html: "", perspectives: [], again: null, share: "private", who: content.who } : undefined;
}
