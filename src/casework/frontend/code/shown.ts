// The coding as the page shows it: what is stored, with what is under way on top.

import type { Intent } from "../kit/contract.ts";
import { subjectOfWrite } from "../kit/outbox.ts";
import type { Code, CodeContent, CodePage, Passage } from "./content.ts";

export type Shown = Passage & { pending: boolean };

/** The excerpts of an answer. */
export function passagesOf(page: CodePage, answer: string): Shown[] {
  let found: Shown[] = (page.state.excerpts[answer] ?? []).map((one) => ({ ...one, pending: false }));
  for (const intent of page.connection.waiting) if (intent["answer"] === answer) found = after(found, intent);
  return found;
}

function after(found: Shown[], intent: Intent): Shown[] {
  const codes = intent["codes"] as string[];
  const target = intent["excerpt"];
  switch (intent.do) {
    case "excerpt": {
      const [start, end] = [intent["start"] as number, intent["end"] as number];
      if (found.some((one) => one.id === intent.id)) return found;
      const same = found.find((one) => one.start === start && one.end === end);
      if (same) return found.map((one) => (one === same ? { ...one, codes: [...new Set([...one.codes, ...codes])], pending: true } : one));
      return [...found, { id: intent.id, start, end, codes, pending: true }].sort((a, b) => a.start - b.start || b.end - a.end);
    }
    case "recode":
      return found.map((one) => (one.id === target ? { ...one, codes, pending: true } : one));
    case "lift":
      return found.filter((one) => one.id !== target);
    default:
      return found;
  }
}

/** Whether one said that no code fits an answer. */
export function isNothing(page: CodePage, answer: string): boolean {
  const waiting = page.connection.waiting.filter((intent) => intent.do === "nothing" && intent["answer"] === answer).at(-1);
  return waiting ? waiting["nothing"] === true : page.state.nothing.includes(answer);
}

export const codeOf = (page: CodePage, id: string): Code | undefined => page.state.codes.find((one) => one.code === id);

/** How a code is drawn: one of a few colours, and another kind of line once they have all been used. */
export const toneOf = (code: Code | undefined): { "data-tone": number; "data-line": number } => ({
  "data-tone": ((code?.number ?? 1) - 1) % 6,
  "data-line": Math.floor(((code?.number ?? 1) - 1) / 6) % 3,
});

/** Of two that set the same, only the newer one is sent. */
export function subject(intent: Intent): string {
  if (intent.do === "recode" || intent.do === "lift") return `passage ${String(intent["excerpt"])}`;
  if (intent.do === "nothing") return `nothing ${String(intent["answer"])}`;
  return subjectOfWrite(intent);
}

/** Whether an intent can be sent from here: two cells with one codebook share a place, and each has its own answers. */
export const isHere = ({ answers }: CodeContent, { answer }: Intent): boolean =>
  answer === undefined || answers.some(([id]) => id === answer);

/** Gives codes to some words, or says anew which they carry; none takes the mark off. */
export function give(page: CodePage, answer: string, start: number, end: number, codes: string[]): void {
  const there = passagesOf(page, answer).find((one) => one.start === start && one.end === end);
  if (!there) {
    if (codes.length) page.connection.do({ do: "excerpt", answer, start, end, codes });
  } else if (codes.length) page.connection.do({ do: "recode", answer, excerpt: there.id, codes });
  else page.connection.do({ do: "lift", answer, excerpt: there.id });
}
