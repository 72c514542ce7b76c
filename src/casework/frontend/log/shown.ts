// The log as the page shows it: what is stored, with what is under way on top.

import { useState } from "preact/hooks";
import type { Intent } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import type { Entry, LogContent, LogPage, LogState, Series } from "./content.ts";

export const useLog = (): LogPage => usePage<LogContent, LogState>();

export type Shown<T> = T & { pending: boolean };

/** The meetings, the latest first. */
export function entriesOf(page: LogPage): Shown<Entry>[] {
  const { waiting } = page.connection;
  const found = new Map(page.state.entries.map((entry) => [entry.id, { ...entry, pending: false }]));
  for (const intent of waiting) {
    if (intent.do !== "add" && intent.do !== "change") continue;
    const entry = { ...(intent as unknown as Entry), id: String(intent["entry"]), pending: true };
    if (intent.do === "add" || found.has(entry.id)) found.set(entry.id, entry);
  }
  return [...found.values()].filter(there(waiting)).sort(latestFirst);
}

const latestFirst = (one: Entry, other: Entry): number => (one.date + one.id < other.date + other.id ? 1 : -1);

/** The series; one that is under way has no days yet. */
export function seriesOf(page: LogPage): Shown<Series>[] {
  const { waiting } = page.connection;
  const found = new Map(page.state.series.map((series) => [series.id, { ...series, pending: false }]));
  for (const intent of waiting) {
    if (intent.do !== "plan") continue;
    const id = String(intent["series"]);
    const { last = null, dates = [] } = found.get(id) ?? {};
    found.set(id, { ...(intent as unknown as Series), id, last, dates, pending: true });
  }
  return [...found.values()].filter(there(waiting));
}

export function there(waiting: Intent[]): (one: { id: string }) => boolean {
  const last = new Map(
    waiting.filter((intent) => intent.do === "remove" || intent.do === "restore").map((intent) => [intent["of"], intent.do]),
  );
  return ({ id }) => last.get(id) !== "remove";
}

/** The targets that one counts towards. */
export function followedOf(page: LogPage): string[] {
  const intent = page.connection.waiting.filter((one) => one.do === "follow").at(-1);
  return (intent?.["targets"] as string[] | undefined) ?? page.state.followed;
}

/** A state that outlives a reload, until it is set to null. */
export function useKept<T>(name: string): [T | null, (value: T | null) => void] {
  const page = useLog();
  const [value, setValue] = useState<T | null>(() => read<T>(page, name));
  const set = (next: T | null): void => {
    page.remember(name, JSON.stringify(next));
    setValue(next);
  };
  return [value, set];
}

function read<T>(page: LogPage, name: string): T | null {
  try {
    return JSON.parse(page.recall(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** What two intents of the same subject set, the newer sets for both. */
export function subjectOf(intent: Intent): string {
  switch (intent.do) {
    case "write":
      return `write ${String(intent["prompt"])}`;
    case "change":
      return `change ${String(intent["entry"])}`;
    case "remove":
    case "restore":
      return `there ${String(intent["of"])}`;
    case "move":
      return `move ${String(intent["series"])} ${String(intent["date"])}`;
    case "end":
    case "plan":
      return `${intent.do} ${String(intent["series"])}`;
    case "aim":
      return `aim ${String(intent["target"])}`;
    case "follow":
      return "follow";
    default:
      return "";
  }
}

/** The note to oneself about a meeting. */
export const noteCell = (entry: string): string => `${entry}/note`;
