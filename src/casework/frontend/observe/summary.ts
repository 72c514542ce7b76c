// What an item adds up to, in words.

import type { Item, Summary } from "./content.ts";
import { textOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";
import { timeOf } from "./time.ts";

/** Nothing for an item that was never marked or answered. */
export function inWords(page: ObservePage, item: Item, told: Summary): string {
  const { language } = page.content;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const times = (count: number): string => (count === 1 ? page.t("observe.once") : page.t("observe.times", { count: number.format(count) }));
  const parts: string[] = [];
  switch (item.kind) {
    case "point":
      if (!told.count) return "";
      parts.push(times(told.count));
      if (told.perMinute) parts.push(page.t("observe.per_minute", { rate: number.format(told.perMinute) }));
      break;
    case "state":
      if (!told.count) return "";
      parts.push(times(told.count), page.t("observe.lasted", { time: timeOf(told.seconds ?? 0), share: share.format(told.share ?? 0) }));
      for (const [other, seconds] of Object.entries(told.overlaps ?? {})) {
        parts.push(page.t("observe.overlap", { time: timeOf(seconds), item: textOf(page, other) }));
      }
      break;
    case "interval":
      if (!told.yes && !told.no) return "";
      parts.push(page.t("observe.seen_in", { yes: told.yes ?? 0, no: told.no ?? 0 }));
      if (told.unknown) parts.push(page.t("observe.left_open", { unknown: told.unknown }));
      break;
  }
  const sentence = parts.join("; ");
  return `${sentence.charAt(0).toLocaleUpperCase(language)}${sentence.slice(1)}.`;
}
