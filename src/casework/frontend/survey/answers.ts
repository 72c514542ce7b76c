// Answers as the page shows them: a choice counts at once, as under way, until it is on disk.

import { cellOf } from "../kit/contract.ts";
import type { Intent } from "../kit/contract.ts";
import type { Page } from "../kit/page.ts";
import type { Item, Part, SurveyContent, SurveyState, Value } from "./content.ts";

export type SurveyPage = Page<SurveyContent, SurveyState>;

/** Rows of a plan that one can write, as the rules have it. */
export const MOST_ROWS = 30;

/** A newer answer to an item, or words in a field, take the place of older ones; so do a page and what was said of sharing. */
export function subject(intent: Intent): string {
  const { do: kind, item, prompt, perspective } = intent as Record<string, unknown>;
  if (kind === "write") return `write ${String(prompt)}/${String(perspective)}`;
  if (kind === "answer") return `answer ${String(item)}`;
  return kind === "go" || kind === "share" ? kind : "";
}

/** What is chosen in an item that one does not write into. */
export function valueOf(page: SurveyPage, item: Item): Value | null {
  const under = page.connection.waiting.filter((intent) => intent.do === "answer" && intent["item"] === item.id).at(-1);
  return under ? (under["value"] as Value | null) : (page.state.answers[item.id]?.value ?? null);
}

export function isUnderWay(page: SurveyPage, item: Item): boolean {
  return page.connection.waiting.some((intent) => intent.do === "answer" && intent["item"] === item.id);
}

export function give(page: SurveyPage, item: Item, value: Value | null): void {
  page.connection.do({ do: "answer", item: item.id, value });
}

/** The fields that an item is written in. */
export function cellsOf(item: Item): string[] {
  if (item.kind === "open" || item.kind === "person") return [cellOf(item.id, "")];
  if (item.kind !== "plan") return [];
  const rows = Array.from({ length: MOST_ROWS }, (_, index) => index + 1);
  return rows.flatMap((row) => (item.columns ?? []).map((column) => cellOf(item.id, `${row}-${column.id}`)));
}

export function isAnswered(page: SurveyPage, item: Item): boolean {
  const cells = cellsOf(item);
  if (cells.length) return cells.some((cell) => page.writing.text(cell).trim());
  const value = valueOf(page, item);
  return value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
}

/** The items that are asked as things stand. */
export function asked(page: SurveyPage): Item[] {
  return page.content.items.filter(({ id }) => !page.state.hidden.includes(id));
}

/** The parts that have something to ask, each with its items. */
export function partsOf(page: SurveyPage): (Part & { asked: Item[] })[] {
  const items = new Map(asked(page).map((item) => [item.id, item]));
  return page.content.pages
    .map((part) => ({ ...part, asked: part.items.flatMap((id) => items.get(id) ?? []) }))
    .filter((part) => part.asked.length > 0);
}

/** The item whose part is open: where one turned to, on disk or not yet. */
export function placeOf(page: SurveyPage): string | null {
  const under = page.connection.waiting.filter((intent) => intent.do === "go").at(-1);
  return under ? String(under["item"]) : page.state.at;
}

export function turnTo(page: SurveyPage, item: string): void {
  page.writing.flush();
  page.connection.do({ do: "go", item });
}
