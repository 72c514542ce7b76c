// Log: reflective supervision, meeting by meeting, with what was planned and what it adds up to.

import { useId, useState } from "preact/hooks";
import { activity } from "./kit/mount.tsx";
import { Heading } from "./kit/parts.tsx";
import type { LogContent, LogState } from "./log/content.ts";
import { Files } from "./log/files.tsx";
import { Meetings } from "./log/meetings.tsx";
import { sayLength } from "./log/says.ts";
import { Plans } from "./log/series.tsx";
import { subjectOf, useLog } from "./log/shown.ts";
import { SoFar } from "./log/so-far.tsx";
import styles from "./log/styles.css";

function Log() {
  const page = useLog();
  const { totals } = page.state;
  const years = Object.keys(totals).filter((year) => year !== "all");
  const [chosen, setYear] = useState("all");
  const year = years.includes(chosen) ? chosen : "all";
  const sum = totals[year];
  return (
    <>
      <Heading level={3} class="title" arrive>
        {page.t("log.title")}
      </Heading>
      <p class="small">{page.t("log.lead")}</p>
      {sum && sum.meetings > 0 && (
        <div class="sum">
          <p class="lead">
            {page.t(sum.meetings === 1 ? "log.sum_one" : "log.sum", { length: sayLength(page, sum.minutes), count: sum.meetings })}
          </p>
          {years.length > 1 && <Year years={years} year={year} set={setYear} />}
        </div>
      )}
      <div class="log-page">
        <Meetings year={year} />
        <div>
          <SoFar year={year} />
          <Plans />
          <Files />
        </div>
      </div>
    </>
  );
}

function Year({ years, year, set }: { years: string[]; year: string; set(year: string): void }) {
  const page = useLog();
  const id = useId();
  return (
    <p class="year-choice">
      <label for={id}>{page.t("log.year")}</label>
      <select id={id} value={year} onChange={(event) => set(event.currentTarget.value)}>
        <option value="all">{page.t("log.all_years")}</option>
        {[...years].sort().reverse().map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </p>
  );
}

/** The note of any meeting may be written, whether it is in the log yet or not. */
const prompt = (content: LogContent, _state: LogState, id: string) =>
  /^[0-9a-f]{32}$/.test(id)
    ? { id, html: "", perspectives: ["note"], again: null, share: "private", who: content.who }
    : undefined;

export default activity<LogContent, LogState>(
  { prompt, responses: ({ responses }) => responses, subject: subjectOf, place: () => "" },
  Log,
  styles,
);
