// Days, lengths and numbers, as the page's language writes them. Minutes stay exact: nothing is rounded.

import type { LogPage } from "./content.ts";

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

function dated(page: LogPage, day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(page.content.language, { timeZone: "UTC", ...options }).format(noon(day));
}

/** 21 November 2026. */
export const sayDay = (page: LogPage, day: string): string => dated(page, day, { dateStyle: "long" });

/** Sat, 21 November: where the year is clear. */
export const sayDayShort = (page: LogPage, day: string): string =>
  dated(page, day, { weekday: "short", day: "numeric", month: "long" });

/** Saturday. */
export const sayWeekday = (page: LogPage, day: string): string => dated(page, day, { weekday: "long" });

/** November 2026. */
export const sayMonth = (page: LogPage, month: string): string => dated(page, `${month}-01`, { month: "long", year: "numeric" });

/** Nov. */
export const sayMonthShort = (page: LogPage, month: string): string => dated(page, `${month}-01`, { month: "short" });

function unit(page: LogPage, value: number, name: "hour" | "minute"): string {
  return new Intl.NumberFormat(page.content.language, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
}

/** 1 hr 30 min. */
export function sayLength(page: LogPage, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const said = [hours ? unit(page, hours, "hour") : "", rest || !hours ? unit(page, rest, "minute") : ""];
  return said.filter(Boolean).join(" ");
}

/** 50 hr. */
export const sayHours = (page: LogPage, hours: number): string => unit(page, hours, "hour");

/** This device's day. */
export function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The whole number that was written, or null. */
export function whole(words: string): number | null {
  const value = words.trim();
  return /^\d{1,6}$/.test(value) ? Number(value) : null;
}

/** The number that was written, with a comma or a point, or null. */
export function decimal(words: string): number | null {
  const value = words.trim().replace(",", ".");
  return /^\d{1,5}(\.\d{1,2})?$/.test(value) ? Number(value) : null;
}

/** Several sentences' parts, in one line. */
export const inLine = (...parts: (string | false | null | undefined)[]): string => parts.filter(Boolean).join(", ");
