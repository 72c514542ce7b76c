// What a plan is given, and the state it shows; steps as the page shows them.

import { cellOf } from "../kit/contract.ts";
import type { Content, Intent, Responses } from "../kit/contract.ts";
import type { Page } from "../kit/page.ts";

export const HOWS = ["done", "going-on", "changed", "let-go"] as const;

export interface PlanContent extends Content {
  id: string;
  title: string;
  items: { id: string; text: string }[];
  pages: { id: string; title: string | null; items: string[] }[];
}

export interface Step {
  id: string;
  /** The item of the survey that it grew from. */
  item: string | null;
  at: string;
  /** A day, as 2026-11-22. */
  by: string | null;
  removed: boolean;
  /** Neither done nor let go. */
  open: boolean;
  reviews: { how: (typeof HOWS)[number]; at: string }[];
}

export interface PlanState {
  steps: Step[];
  responses: Responses;
  /** One's answers in words, by item. */
  answered: Record<string, string>;
}

export type PlanPage = Page<PlanContent, PlanState>;

/** Of two that set the same thing, only the newer one is sent. */
export function subject(intent: Intent): string {
  const step = String(intent["step"]);
  switch (intent.do) {
    case "by":
      return `by ${step}`;
    case "remove":
    case "restore":
      return `removed ${step}`;
    case "review":
      return `review ${step} ${String(intent["number"])}`;
    case "write":
      return `write ${String(intent["prompt"])}/${String(intent["perspective"])}`;
    default:
      return "";
  }
}

/** The steps with what is under way on top: begun, dated, taken off or reviewed, and not yet on disk. */
export function stepsOf(page: PlanPage): Step[] {
  const found = new Map(page.state.steps.map((step) => [step.id, step]));
  for (const intent of page.connection.waiting) {
    const step = found.get(String(intent["step"]));
    if (intent.do === "add" && !found.has(intent.id)) {
      const begun = { id: intent.id, item: (intent["item"] as string | null) ?? null, at: new Date().toISOString() };
      found.set(intent.id, { ...begun, by: null, removed: false, open: true, reviews: [] });
    } else if (step && intent.do === "by") {
      found.set(step.id, { ...step, by: intent["day"] as string | null });
    } else if (step && (intent.do === "remove" || intent.do === "restore")) {
      found.set(step.id, { ...step, removed: intent.do === "remove" });
    } else if (step && intent.do === "review" && intent["number"] === step.reviews.length) {
      const how = intent["how"] as (typeof HOWS)[number];
      const reviews = [...step.reviews, { how, at: new Date().toISOString() }];
      found.set(step.id, { ...step, reviews, open: how !== "done" && how !== "let-go" });
    }
  }
  return [...found.values()];
}

export function textOf(page: PlanPage, step: Step, place: string): string {
  return page.writing.text(cellOf(step.id, place)).trim();
}

/** Whole days from today, on this device's calendar; null without a day. */
export function daysUntil(day: string | null): number | null {
  if (!day) return null;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const now = new Date();
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((new Date(year, month - 1, date).getTime() - today.getTime()) / 86_400_000);
}

/** "in 5 days", "tomorrow", "3 days ago". */
export function fromToday(page: PlanPage, days: number): string {
  return new Intl.RelativeTimeFormat(page.content.language, { numeric: "auto" }).format(days, "day");
}

export function dateOf(page: PlanPage, at: string): string {
  return new Intl.DateTimeFormat(page.content.language, { dateStyle: "long" }).format(new Date(at));
}
