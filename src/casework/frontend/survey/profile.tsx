// A profile: one quiet line for each number, from the lowest to the highest that is possible, and the same as a table.

import { usePage } from "../kit/page.ts";
import { Heading } from "../kit/parts.tsx";
import { asked } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import type { Item, Line } from "./content.ts";

/** A number on its line, in this round and in the first, where there is one. */
export interface Shown {
  id: string;
  name: string;
  lang: string | undefined;
  low: number;
  high: number;
  value: number | null;
  /** Null: empty in the first round; undefined: there is none. */
  first?: number | null;
  /** What a subscale rests on. */
  rests?: { answered: number; of: number };
}

export function linesOf(page: SurveyPage): Shown[] {
  const { profile, earlier } = page.state;
  const names = new Map(page.content.subscales.map((one) => [one.id, one.name]));
  return (profile ?? []).map((line) => ({
    ...line,
    name: names.get(line.id) ?? line.id,
    lang: page.lang(`subscales/${line.id}/name`),
    rests: line,
    ...(earlier && { first: earlier.profile.find(({ id }: Line) => id === line.id)?.value ?? null }),
  }));
}

export function lineOfItem(page: SurveyPage, item: Item): Shown | null {
  const scale = page.content.scales[item.scale ?? ""];
  if (item.kind !== "rated" || !scale) return null;
  const { answers, earlier } = page.state;
  const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
  return {
    id: item.id,
    name: item.text,
    lang: page.lang(`items/${item.id}/text`),
    low: scale.lowest,
    high: scale.highest,
    value: number(answers[item.id]?.value),
    ...(earlier && { first: number(earlier.answers[item.id]?.value) }),
  };
}

export function Profile({ lines }: { lines: Shown[] }) {
  const page: SurveyPage = usePage();
  return (
    <section class="profile">
      <Heading level={4}>{page.t("survey.profile")}</Heading>
      <p class="small">{page.t("survey.profile_care")}</p>
      <Key />
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <span class="name" lang={line.lang}>
              {line.name}
            </span>
            <Drawn line={line} />
            <span class="number">{line.value === null ? page.t("survey.too_few") : numeral(page, line.value)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>{page.t("survey.table")}</summary>
        <Table lines={[...lines, ...asked(page).flatMap((item) => lineOfItem(page, item) ?? [])]} />
      </details>
    </section>
  );
}

/** Which mark is which round; nothing where there is only one. */
export function Key() {
  const page: SurveyPage = usePage();
  if (!page.state.earlier) return null;
  return (
    <p class="key small" aria-hidden="true">
      <Mark first /> {page.t("survey.first")} <Mark /> {page.t("survey.later")}
    </p>
  );
}

function Mark({ first = false }: { first?: boolean }) {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18">
      <circle class={first ? "first-mark" : "mark"} cx="9" cy="9" r={first ? 7 : 5.5} />
    </svg>
  );
}

const EDGE = 3; // per cent of the width that the marks at both ends need

/** A line with a mark; in percentages, so that it is as wide as its place, and its marks stay round. */
export function Drawn({ line }: { line: Shown }) {
  const page: SurveyPage = usePage();
  const x = (value: number): string =>
    `${EDGE + ((100 - 2 * EDGE) * (value - line.low)) / Math.max(1, line.high - line.low)}%`;
  const steps = line.high - line.low <= 12 ? Array.from({ length: line.high - line.low + 1 }, (_, i) => line.low + i) : [line.low, line.high];
  return (
    <svg class="line-drawn" role="img" aria-label={said(page, line)} width="100%" height="24">
      <line class="ground" x1={x(line.low)} x2={x(line.high)} y1="12" y2="12" />
      {steps.map((step) => (
        <circle key={step} class="tick" cx={x(step)} cy="12" r="1.75" />
      ))}
      {line.value !== null && <circle class="mark" cx={x(line.value)} cy="12" r="6" />}
      {line.first != null && <circle class="first-mark" cx={x(line.first)} cy="12" r="8.5" />}
    </svg>
  );
}

function said(page: SurveyPage, { name, value, first, low, high }: Shown): string {
  if (value === null && first == null) return page.t("survey.profile_none", { name });
  const told = (number: number | null): string => (number === null ? page.t("survey.none") : numeral(page, number));
  const values = { name, low: numeral(page, low), high: numeral(page, high) };
  if (first === undefined) return page.t("survey.profile_item", { ...values, value: told(value) });
  return page.t("survey.profile_two", { ...values, first: told(first), later: told(value) });
}

function numeral(page: SurveyPage, value: number): string {
  return new Intl.NumberFormat(page.content.language, { maximumFractionDigits: 1 }).format(value);
}

function Table({ lines }: { lines: Shown[] }) {
  const page: SurveyPage = usePage();
  const twice = page.state.earlier !== null;
  const told = (value: number | null | undefined): string => (value == null ? "–" : numeral(page, value));
  return (
    <div class="sheet" role="region" tabIndex={0} aria-label={page.t("survey.table")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{page.t("survey.area")}</th>
            {twice && <th scope="col">{page.t("survey.first")}</th>}
            <th scope="col">{page.t(twice ? "survey.later" : "survey.number")}</th>
            <th scope="col">{page.t("survey.rests_on")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.id} ${line.rests ? "subscale" : "item"}`}>
              <th scope="row" lang={line.lang}>
                {line.name}
              </th>
              {twice && <td>{told(line.first)}</td>}
              <td>{told(line.value)}</td>
              <td>{line.rests ? page.t("survey.rests", { ...line.rests }) : "1"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
