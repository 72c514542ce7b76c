// What a log is given, and the state it shows. All sums are the kernel's; the page shows them.

import type { Content, Responses } from "../kit/contract.ts";
import type { Page } from "../kit/page.ts";

export type Setting = "individual" | "group";

/** A meeting that was held. */
export interface Entry {
  id: string;
  date: string;
  minutes: number;
  kind: Setting;
  people: number | null;
  provider: string;
  credential: string;
  topics: string[];
  /** Topics in one's own words. */
  other: string;
}

/** What both a meeting and a series say. */
export interface Told {
  minutes: number;
  kind: Setting;
  provider: string;
  credential: string;
}

/** One day of a series: as the series gives it, and as it is; null where nobody meets. */
export interface PlannedDay {
  given: string;
  date: string | null;
  held: boolean;
}

export interface Series extends Told {
  id: string;
  start: string;
  every: Every;
  weeks: number;
  months: number;
  last: string | null;
  dates: PlannedDay[];
}

export type Every = "month-weekday" | "month-day" | "weeks";

export interface Month {
  /** Such as 2026-11. */
  month: string;
  individual: number;
  group: number;
  held: number;
  planned: number;
  /** What of the planned lies no later than today. */
  due: number;
}

export interface Totals {
  meetings: number;
  minutes: number;
  individual: number;
  group: number;
  providers: { provider: string; credential: string; minutes: number; meetings: number }[];
}

/** A number of hours that is counted towards. */
export interface AimShown {
  key: string;
  text: string;
  hours: number;
  within_months: number;
  kind: Setting | "any";
  held: number;
  until: string;
  own: boolean;
  provider?: string | null;
  whose?: string;
  cite?: string;
  url?: string | null;
  checked?: string;
}

export interface TargetFile {
  id: string;
  title: string;
  summary: string;
  language: string;
  targets: { key: string; text: string; hours: number }[];
}

export interface LogContent extends Content {
  topics: string[];
  earliest: string;
  mostMinutes: number;
  suggested: { minutes: number; months: number; every: Every; weeks: number; kind: Setting };
  targets: TargetFile[];
}

export interface LogState {
  today: string;
  entries: Entry[];
  removed: string[];
  series: Series[];
  due: (Told & { date: string }) | null;
  months: Month[];
  /** By year, and "all". */
  totals: Record<string, Totals>;
  aims: AimShown[];
  followed: string[];
  responses: Responses;
}

export type LogPage = Page<LogContent, LogState>;
