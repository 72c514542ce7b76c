// One item's line of time. What it shows stands in words above it and in the table, so that to a listener it is a picture
// with a name.

import { usePage } from "../kit/page.ts";
import type { Item } from "./content.ts";
import { answersOf, marksOf } from "./marks.ts";
import type { ObservePage, ShownMark } from "./marks.ts";
import { endOf, secondOf, timeOf } from "./time.ts";

const HEIGHT = 26;

/** From which second to which; a mark over beats takes the place of its beat. */
function span(page: ObservePage, mark: ShownMark): [number, number] {
  const start = secondOf(page, mark);
  if (mark.lasts) return [start, begins(page) + page.state.observed];
  const ended = mark.untilBeat !== null || mark.until !== null;
  const until = ended ? secondOf(page, { beat: mark.untilBeat, seconds: mark.until }) : start;
  return [start, mark.beat === null ? until : Math.max(until, mark.untilBeat === mark.beat || !ended ? endOf(page, mark.beat) : start)];
}

const begins = (page: ObservePage): number => page.content.moment.beats[0]?.at ?? 0;

export function Line({ item, what }: { item: Item; what: string }) {
  const page: ObservePage = usePage();
  const { beats } = page.content.moment;
  const whole = page.state.observed || 1;
  const x = (second: number): string => `${Math.min(100, Math.max(0, (100 * (second - begins(page))) / whole)).toFixed(2)}%`;
  const wide = (from: number, to: number): string => `${Math.max(0, (100 * (Math.min(to, begins(page) + whole) - from)) / whole).toFixed(2)}%`;
  const bar = (from: number, to: number, name: string, key: string) => (
    <rect key={key} class={name} x={x(from)} width={wide(from, to)} y="7" height={HEIGHT - 14} rx="3" />
  );
  return (
    <svg class="time-line" role="img" aria-label={page.t("observe.line_of", { item: item.text, what })} width="100%" height={HEIGHT}>
      <line x1="0" x2="100%" y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {beats.map(({ at }) => (
        <line key={at} class="tick" x1={x(at)} x2={x(at)} y1="9" y2={HEIGHT - 9} />
      ))}
      {marksOf(page)
        .filter((mark) => mark.item === item.id)
        .map((mark) => {
          const [from, to] = span(page, mark);
          return item.kind === "state" || mark.beat !== null ? (
            bar(from, to, item.kind, mark.id)
          ) : (
            <circle key={mark.id} cx={x(from)} cy={HEIGHT / 2} r="5" />
          );
        })}
      {item.kind === "interval" &&
        Object.entries(answersOf(page, item.id)).map(([interval, yes]) => {
          const at = Number(interval);
          const from = beats[at]?.at ?? at * (item.seconds ?? 1);
          return bar(from, beats.length ? endOf(page, at) : from + (item.seconds ?? 1), yes ? "yes" : "no", interval);
        })}
    </svg>
  );
}

export function Axis() {
  const page: ObservePage = usePage();
  const from = begins(page);
  return (
    <p class="axis time" aria-hidden="true">
      <span>{timeOf(from)}</span>
      <span>{timeOf(from + page.state.observed)}</span>
    </p>
  );
}
