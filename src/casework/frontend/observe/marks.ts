// Marks as the page shows them: a tap counts at once, as pending, and an undone mark is gone at once.

import type { Page } from "../kit/page.ts";
import type { Mark, ObserveContent, ObserveState } from "./content.ts";

export type ObservePage = Page<ObserveContent, ObserveState>;

export interface ShownMark extends Mark {
  pending: boolean;
}

/** The marks in the order they were made: what is stored, with what is under way on top. */
export function marksOf(page: ObservePage): ShownMark[] {
  const { waiting } = page.connection;
  const stored = page.state.marks.map((mark) => ({ ...mark, pending: false }));
  const known = new Set(stored.map(({ id }) => id));
  const tapped = waiting
    .filter((intent) => intent.do === "mark" && !known.has(intent.id))
    .map((intent) => ({ ...(intent as unknown as Mark), pending: true }));
  const undone = new Set(waiting.filter((intent) => intent.do === "undo").map((intent) => intent["mark"]));
  return [...stored, ...tapped].filter(({ id }) => !undone.has(id));
}

/** Marks an item at the current beat; the same item twice within half a second is one press. */
export function mark(page: ObservePage, item: string): boolean {
  const { beat } = page.state;
  const now = performance.now();
  const press = `${item} ${beat}`;
  const last = presses.get(page);
  if (last?.press === press && now - last.at < page.timing.press) return false;
  presses.set(page, { press, at: now });
  page.connection.do({ do: "mark", item, beat, clock: clock(page) });
  return true;
}

const presses = new WeakMap<ObservePage, { press: string; at: number }>();

export function undo(page: ObservePage, id: string): void {
  page.connection.do({ do: "undo", mark: id });
}

export function begin(page: ObservePage): void {
  if (page.act({ do: "begin" })) page.remember("began", String(Date.now()));
}

/** Seconds on this page's clock since the beginning; on another device it goes on from the last mark. */
function clock(page: ObservePage): number {
  let began = Number(page.recall("began"));
  if (!began) {
    began = Date.now() - 1000 * Math.max(0, ...page.state.marks.map((one) => one.clock));
    page.remember("began", String(began));
  }
  return Math.max(0, (Date.now() - began) / 1000);
}
