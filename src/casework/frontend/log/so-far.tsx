// What the log adds up to: towards the hours one has chosen, month by month, and by provider and kind.

import { Heading } from "../kit/parts.tsx";
import { Aims } from "./aims.tsx";
import type { LogPage, Month, Totals } from "./content.ts";
import { Chart } from "./chart.tsx";
import { inLine, sayLength, sayMonth } from "./says.ts";
import { useLog } from "./shown.ts";

export function SoFar({ year }: { year: string }) {
  const page = useLog();
  const { months, totals, today } = page.state;
  const chosen = months.filter(({ month }) => year === "all" || month.startsWith(year));
  const sum = totals[year];
  return (
    <section class="so-far-log">
      <Aims />
      {chosen.length > 0 && (
        <>
          <Heading level={4}>{page.t("log.by_month")}</Heading>
          <Chart months={shownOf(chosen, today)} />
          <details>
            <summary>{page.t("log.as_table")}</summary>
            <ByMonth months={chosen} />
          </details>
        </>
      )}
      {sum && sum.meetings > 0 && <ByProvider sum={sum} />}
    </section>
  );
}

const MOST = 24;

/** The months that the chart has room for: those of the last two years, and the next quarter. */
function shownOf(months: Month[], today: string): Month[] {
  const now = today.slice(0, 7);
  const past = months.filter(({ month }) => month <= now);
  const next = months.filter(({ month }) => month > now);
  return [...past.slice(-MOST), ...next.slice(0, Math.max(3, 12 - past.length))];
}

function ByMonth({ months }: { months: Month[] }) {
  const page = useLog();
  const anyPlanned = months.some(({ planned }) => planned > 0);
  const length = (minutes: number): string => (minutes ? sayLength(page, minutes) : "–");
  return (
    <div class="sheet" role="region" tabIndex={0} aria-label={page.t("log.by_month")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{page.t("log.month")}</th>
            <th scope="col">{page.t("log.individual")}</th>
            <th scope="col">{page.t("log.group")}</th>
            <th scope="col">{page.t("log.held")}</th>
            {anyPlanned && <th scope="col">{page.t("log.planned")}</th>}
            {anyPlanned && <th scope="col">{page.t("log.difference")}</th>}
          </tr>
        </thead>
        <tbody>
          {[...months].reverse().map((month) => (
            <tr key={month.month}>
              <th scope="row">{sayMonth(page, month.month)}</th>
              <td>{length(month.individual)}</td>
              <td>{length(month.group)}</td>
              <td class="all">{length(month.held)}</td>
              {anyPlanned && <td>{length(month.planned)}</td>}
              {anyPlanned && <td>{difference(page, month)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Planned against held, said without a reproach. */
function difference(page: LogPage, { month, held, planned, due }: Month): string {
  if (!planned) return "–";
  if (!due && (!held || month > page.state.today.slice(0, 7))) return page.t("log.to_come");
  if (held === due) return page.t("log.as_planned");
  return page.t(held > due ? "log.more_than" : "log.less_than", { length: sayLength(page, Math.abs(held - due)) });
}

function ByProvider({ sum }: { sum: Totals }) {
  const page = useLog();
  return (
    <>
      <Heading level={4}>{page.t("log.by_provider")}</Heading>
      <dl class="sums">
        {(["individual", "group"] as const).map((kind) => (
          <div key={kind}>
            <dt>{page.t(`log.${kind}`)}</dt>
            <dd>{sum[kind] ? sayLength(page, sum[kind]) : "–"}</dd>
          </div>
        ))}
      </dl>
      <dl class="sums">
        {sum.providers.map(({ provider, credential, minutes }) => (
          <div key={provider}>
            <dt>{inLine(provider || page.t("log.no_provider"), credential)}</dt>
            <dd>{sayLength(page, minutes)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
