// The words of an answer, with where each begins and ends; and the lines under them.

import type { Code } from "./content.ts";
import type { Shown } from "./shown.ts";

export interface Word {
  text: string;
  /** In code points, as Python counts. */
  start: number;
  end: number;
  /** What stands between it and the next. */
  gap: string;
  /** Whether a sentence begins with it. */
  first: boolean;
}

const ENDS = /[.!?…]["'”’»)\]]*$/;

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let [at, counted] = [0, 0];
  const count = (until: number): number => {
    for (; at < until; counted++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    return counted;
  };
  let first = true;
  for (const found of text.matchAll(/(\S+)(\s*)/g)) {
    const [, word = "", gap = ""] = found;
    words.push({ text: word, gap, first, start: count(found.index), end: count(found.index + word.length) });
    first = ENDS.test(word) || gap.includes("\n");
  }
  return words;
}

/** A part of a text, by code points. */
export const part = (text: string, start: number, end: number): string => [...text].slice(start, end).join("");

export const shortened = (text: string, length = 90): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
};

/** One code of one excerpt, drawn as a line under its words; overlapping ones lie below each other. */
export interface Line {
  passage: Shown;
  code: Code;
  lane: number;
}

export function linesOf(passages: Shown[], find: (id: string) => Code | undefined): Line[] {
  const lines: Line[] = [];
  const free: number[] = [];
  for (const passage of passages)
    for (const code of passage.codes.map(find)) {
      if (!code) continue;
      let lane = free.findIndex((end) => end <= passage.start);
      if (lane < 0) lane = free.length;
      free[lane] = passage.end;
      lines.push({ passage, code, lane });
    }
  return lines;
}
