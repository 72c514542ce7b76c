// Hours by month, as bars: what was held, within the outline of what was planned. The table beneath says the same.

import { useId } from "preact/hooks";
import type { Month } from "./content.ts";
import { sayHours, sayMonth, sayMonthShort } from "./says.ts";
import { useLog } from "./shown.ts";

const TALL = 120;
const LABELS = 34;
const LEFT = 44;
/** Places for months, so that a young log has no giant bars. */
const FEWEST = 8;

/** Widths in percent, heights in pixels: the letters keep their size on a narrow page. */
export function Chart({ months }: { months: Month[] }) {
  const page = useLog();
  const name = useId();
  const most = Math.max(60, ...months.map(({ held, planned }) => Math.max(held, planned)));
  const step = [30, 60, 120, 240, 480].find((one) => most / one <= 3) ?? 960;
  const top = Math.ceil(most / step) * step;
  const y = (minutes: number): number => 8 + TALL * (1 - minutes / top);
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return null;
  const lines = Array.from({ length: top / step + 1 }, (_, index) => index * step);
  return (
    <figure class="chart">
      <div class="axis">
        <svg aria-hidden="true" width={LEFT} height={TALL + LABELS + 8}>
          {lines.map((minutes) => (
            <text key={minutes} x={LEFT - 8} y={y(minutes) + 4} text-anchor="end">
              {minutes ? sayHours(page, minutes / 60) : "0"}
            </text>
          ))}
        </svg>
        <svg role="img" aria-labelledby={name} width="100%" height={TALL + LABELS + 8}>
          <title id={name}>{page.t("log.chart", { first: sayMonth(page, first.month), last: sayMonth(page, last.month) })}</title>
          {lines.map((minutes) => (
            <line key={minutes} x1="0" x2="100%" y1={y(minutes)} y2={y(minutes)} class="rule" />
          ))}
          {months.map((month, index) => (
            <Bar key={month.month} month={month} index={index} of={Math.max(months.length, FEWEST)} y={y} />
          ))}
        </svg>
      </div>
      <figcaption>
        <span class="key individual">{page.t("log.individual")}</span>
        <span class="key group">{page.t("log.group")}</span>
        {months.some(({ planned }) => planned) && <span class="key planned">{page.t("log.planned")}</span>}
      </figcaption>
    </figure>
  );
}

interface BarProps {
  month: Month;
  index: number;
  of: number;
  y(minutes: number): number;
}

function Bar({ month, index, of, y }: BarProps) {
  const page = useLog();
  const wide = 100 / of;
  const at = (part: number): string => `${(index + part) * wide}%`;
  const january = month.month.endsWith("-01");
  const labelled = of <= FEWEST || Number(month.month.slice(5)) % 3 === 1;
  const box = (low: number, high: number) => ({ x: at(0.18), width: `${wide * 0.64}%`, y: y(high), height: y(low) - y(high) });
  return (
    <g>
      {month.individual > 0 && <rect class="individual" {...box(0, month.individual)} />}
      {month.group > 0 && <rect class="group" {...box(month.individual, month.held)} />}
      {month.planned > 0 && (
        <rect class="planned" x={at(0.08)} width={`${wide * 0.84}%`} y={y(month.planned)} height={y(0) - y(month.planned)} />
      )}
      {labelled && (
        <text x={at(0.5)} y={y(0) + 16} text-anchor="middle">
          {sayMonthShort(page, month.month)}
        </text>
      )}
      {(january || (index === 0 && Number(month.month.slice(5)) < 10)) && (
        <text x={at(0.5)} y={y(0) + 31} text-anchor="middle" class="year">
          {month.month.slice(0, 4)}
        </text>
      )}
    </g>
  );
}
