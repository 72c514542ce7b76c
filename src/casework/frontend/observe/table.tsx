// What was marked, as a table: an item in each row, a beat in each column.

import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { Item } from "./content.ts";
import { marksOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";
import { timeOf } from "./moment.tsx";

export function Finished() {
  const page: ObservePage = usePage();
  const { moment, checklist } = page.content;
  return (
    <>
      <Heading level={3} arrive class="title">
        {page.t("observe.finished")}
      </Heading>
      <p>{page.t("observe.finished_care")}</p>
      <div class="sheet" role="region" tabIndex={0} aria-label={page.t("observe.caption", { title: moment.title })}>
        <table>
          <caption>
            <span>{page.t("observe.caption", { title: moment.title })}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">{page.t("observe.item")}</th>
              {moment.beats.map(({ at }, beat) => (
                <th scope="col" key={beat}>
                  {timeOf(at)}
                </th>
              ))}
              <th scope="col">{page.t("observe.all")}</th>
            </tr>
          </thead>
          <tbody>
            {checklist.items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      <div class="row">
        <Action look="plain" pending={page.connection.isWaitingFor("reopen")} onClick={() => page.act({ do: "reopen" })}>
          {page.t("observe.reopen")}
        </Action>
      </div>
    </>
  );
}

function Row({ item }: { item: Item }) {
  const page: ObservePage = usePage();
  const marks = marksOf(page).filter((mark) => mark.item === item.id);
  return (
    <tr>
      <th scope="row" lang={page.lang(`items/${item.id}/text`)}>
        {item.text}
      </th>
      {page.content.moment.beats.map((_, beat) => (
        <td key={beat}>{marks.filter((mark) => mark.beat === beat).length || "–"}</td>
      ))}
      <td class="all">{marks.length || "–"}</td>
    </tr>
  );
}
