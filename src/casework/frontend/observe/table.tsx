// What was marked, as a table: over beats an item in each row and a beat in each column; else in the order of time.

import { usePage } from "../kit/page.ts";
import type { Item } from "./content.ts";
import { spanOf } from "./list.tsx";
import { answersOf, marksOf, ratingOf, textOf } from "./marks.ts";
import type { ObservePage, ShownMark } from "./marks.ts";
import { secondOf, timeOf } from "./time.ts";

const NOTHING = "–";

export function Table() {
  const page: ObservePage = usePage();
  const beats = page.content.ground === "beats";
  const caption = page.t(beats ? "observe.caption" : "observe.caption_time", { title: page.content.title });
  return (
    <div class="sheet" role="region" tabIndex={0} aria-label={caption}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        {beats ? <ByBeat /> : <ByTime />}
      </table>
    </div>
  );
}

function ByBeat() {
  const page: ObservePage = usePage();
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{page.t("observe.item")}</th>
          {page.content.moment.beats.map(({ at }, beat) => (
            <th scope="col" key={beat}>
              {timeOf(at)}
            </th>
          ))}
          <th scope="col">{page.t("observe.all")}</th>
        </tr>
      </thead>
      <tbody>
        {page.content.checklist.items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </>
  );
}

function Row({ item }: { item: Item }) {
  const page: ObservePage = usePage();
  const marks = marksOf(page).filter((mark) => mark.item === item.id);
  const answers = answersOf(page, item.id);
  const yes = Object.values(answers).filter(Boolean).length;
  const all = item.kind === "rating" ? ratingOf(page, item.id) : item.kind === "interval" ? yes : marks.length;
  const cell = (beat: number): string | number => {
    const said = answers[beat];
    if (item.kind === "interval") return said === undefined ? NOTHING : page.t(said ? "observe.yes" : "observe.no");
    if (item.kind === "state") return marks.some((mark) => covers(mark, beat)) ? "●" : NOTHING;
    return marks.filter((mark) => mark.beat === beat).length || NOTHING;
  };
  return (
    <tr>
      <th scope="row" lang={page.lang(`items/${item.id}/text`)}>
        {item.text}
      </th>
      {page.content.moment.beats.map((_, beat) => (
        <td key={beat}>{cell(beat)}</td>
      ))}
      <td class="all">{all || NOTHING}</td>
    </tr>
  );
}

function covers({ beat, untilBeat, lasts }: ShownMark, at: number): boolean {
  if (beat === null || at < beat) return false;
  return lasts || at === beat || (untilBeat !== null && at < untilBeat);
}

function ByTime() {
  const page: ObservePage = usePage();
  const { items } = page.content.checklist;
  const rows = marksOf(page).map((mark) => ({ at: secondOf(page, mark), when: spanOf(page, mark), item: mark.item, what: "" }));
  for (const { id, kind, seconds } of items) {
    if (kind !== "interval") continue;
    for (const [interval, yes] of Object.entries(answersOf(page, id))) {
      const at = Number(interval) * (seconds ?? 1);
      const when = page.t("observe.from_to", { from: timeOf(at), to: timeOf(at + (seconds ?? 1)) });
      rows.push({ at, when, item: id, what: page.t(yes ? "observe.yes" : "observe.no") });
    }
  }
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{page.t("observe.when")}</th>
          <th scope="col">{page.t("observe.item")}</th>
        </tr>
      </thead>
      <tbody>
        {rows
          .sort((one, other) => one.at - other.at)
          .map(({ when, item, what }, index) => (
            <tr key={index}>
              <td>{when}</td>
              <td lang={page.lang(`items/${item}/text`)}>
                {textOf(page, item)}
                {what && `: ${what}`}
              </td>
            </tr>
          ))}
      </tbody>
    </>
  );
}
