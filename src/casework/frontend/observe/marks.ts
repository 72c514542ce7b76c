// What is marked, as the page shows it: a tap counts at once, as pending, and what is undone is gone at once. The
// rules decide when they hear of it; until then the page lays what is under way over what is stored.

import { subjectOfWrite } from "../kit/outbox.ts";
import type { Intent } from "../kit/contract.ts";
import type { Page } from "../kit/page.ts";
import type { Item, Mark, ObserveContent, ObserveState, Place } from "./content.ts";
import { placeNow } from "./time.ts";

export type ObservePage = Page<ObserveContent, ObserveState>;

export interface ShownMark extends Mark {
  pending: boolean;
}

/** The marks in the order they were made: what is stored, with what is under way on top. */
export function marksOf(page: ObservePage): ShownMark[] {
  let marks: ShownMark[] = page.state.marks.map((mark) => ({ ...mark, pending: false }));
  for (const intent of page.connection.waiting) marks = after(page, marks, intent);
  return marks;
}

function after(page: ObservePage, marks: ShownMark[], intent: Intent): ShownMark[] {
  const target = intent["mark"];
  const place = placeOf(intent);
  switch (intent.do) {
    case "mark":
    case "start_state": {
      if (marks.some(({ id }) => id === intent.id)) return marks;
      const lasts = intent.do === "start_state";
      const made = { ...(intent as unknown as Mark), ...place, lasts, untilBeat: null, until: null, was: null, pending: true };
      return [...marks.map((mark) => (lasts && excluded(page, made.item, mark) ? ended(mark, place) : mark)), made];
    }
    case "end_state":
      return marks.map((mark) => (mark.id === target && mark.lasts ? ended(mark, place) : mark));
    case "undo":
      return marks.filter(({ id }) => id !== target);
    case "correct":
      return marks.map((mark) => (mark.id === target ? moved(mark, intent) : mark));
    default:
      return marks;
  }
}

const placeOf = (intent: Intent): Place => ({
  beat: (intent["beat"] as number | undefined) ?? null,
  seconds: (intent["seconds"] as number | undefined) ?? null,
});

const ended = (mark: ShownMark, { beat, seconds }: Place): ShownMark => ({
  ...mark,
  lasts: false,
  untilBeat: beat,
  until: seconds,
  pending: true,
});

function moved(mark: ShownMark, intent: Intent): ShownMark {
  const { beat, seconds } = placeOf(intent);
  return {
    ...mark,
    item: (intent["item"] as string | null) ?? mark.item,
    beat: beat ?? mark.beat,
    seconds: seconds ?? mark.seconds,
    untilBeat: (intent["until_beat"] as number | null) ?? mark.untilBeat,
    until: (intent["until"] as number | null) ?? mark.until,
    pending: true,
  };
}

function excluded(page: ObservePage, item: string, mark: Mark): boolean {
  const other = itemOf(page, mark.item);
  return mark.lasts && (itemOf(page, item)?.excludes.includes(mark.item) || other?.excludes.includes(item) || false);
}

export const itemOf = (page: ObservePage, id: string): Item | undefined =>
  page.content.checklist.items.find((item) => item.id === id);

export const textOf = (page: ObservePage, id: string): string => itemOf(page, id)?.text ?? id;

/** What was said of the intervals of an item. */
export function answersOf(page: ObservePage, item: string): Record<string, boolean> {
  const answers = { ...page.state.answers[item] };
  for (const intent of page.connection.waiting) {
    if (intent.do !== "answer" || intent["item"] !== item) continue;
    const interval = String(intent["interval"]);
    if (intent["answer"] === "unknown") delete answers[interval];
    else answers[interval] = intent["answer"] === "yes";
  }
  return answers;
}

export function ratingOf(page: ObservePage, item: string): number | null {
  const waiting = page.connection.waiting.filter((intent) => intent.do === "rate" && intent["item"] === item).at(-1);
  return waiting ? (waiting["value"] as number | null) : (page.state.ratings[item] ?? null);
}

/** Of two that set the same, only the newer one is sent. */
export function subject(intent: Intent): string {
  const { item, interval } = intent as unknown as { item: string; interval: number };
  switch (intent.do) {
    case "at_beat":
      return "at_beat";
    case "answer":
      return `answer ${item} ${interval}`;
    case "rate":
      return `rate ${item}`;
    default:
      return subjectOfWrite(intent);
  }
}

// -- what a press does ------------------------------------------------------------------------------------------------

const presses = new WeakMap<ObservePage, { press: string; at: number }>();

/** The same press twice within half a second is one. */
function isSlip(page: ObservePage, press: string): boolean {
  const now = performance.now();
  const last = presses.get(page);
  if (last?.press === press && now - last.at < page.timing.press) return true;
  presses.set(page, { press, at: now });
  return false;
}

/** Marks a point, or where a state begins or ends; says which, or nothing if it was a slip of the finger. */
export function mark(page: ObservePage, item: Item): "marked" | "begins" | "ends" | null {
  const place = placeNow(page);
  if (isSlip(page, `${item.id} ${item.kind === "point" ? (place.beat ?? "") : ""}`)) return null;
  const made = { ...place, clock: clock(page) };
  if (item.kind === "point") {
    page.connection.do({ do: "mark", item: item.id, ...made });
    return "marked";
  }
  const lasting = marksOf(page).find((one) => one.item === item.id && one.lasts);
  if (lasting) page.connection.do({ do: "end_state", mark: lasting.id, ...made });
  else page.connection.do({ do: "start_state", item: item.id, ...made });
  return lasting ? "ends" : "begins";
}

export function undo(page: ObservePage, id: string): void {
  page.connection.do({ do: "undo", mark: id });
}

export function answer(page: ObservePage, item: string, interval: number, said: "yes" | "no" | "unknown"): void {
  page.connection.do({ do: "answer", item, interval, answer: said });
}

export function rate(page: ObservePage, item: string, value: number | null): void {
  page.connection.do({ do: "rate", item, value });
}

export function begin(page: ObservePage): void {
  const when = Date.now();
  if (page.act({ do: "begin", when })) page.remember("began", String(when));
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
