// What was marked, afterwards: each item with what it adds up to and its line of time, and the same as a table.

import { useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { ShareBar } from "../kit/share.tsx";
import { Beside } from "./differing.tsx";
import { Marks } from "./list.tsx";
import { marksOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";
import { AllNotes } from "./notes.tsx";
import { Ratings } from "./ratings.tsx";
import { inWords } from "./summary.ts";
import { Table } from "./table.tsx";
import { timeOf } from "./time.ts";
import { Line, Axis } from "./timeline.tsx";

export function Finished() {
  const page: ObservePage = usePage();
  const { checklist } = page.content;
  const [said, say] = useState("");
  const summary = page.state.summary ?? {};
  // What was rated stands in its own form below.
  const lined = checklist.items.filter(({ kind }) => kind !== "rating");
  const told = lined.flatMap((item) => {
    const what = inWords(page, item, summary[item.id] ?? {});
    return what ? [{ item, what }] : [];
  });
  const none = lined.filter((item) => !told.some((one) => one.item === item));
  const list = new Intl.ListFormat(page.content.language);
  return (
    <>
      <Heading level={3} arrive class="title">
        {page.t("observe.finished")}
      </Heading>
      <p class="lead-small">
        {page.t("observe.finished_care")} <span class="small">{page.t("observe.observed", { time: timeOf(page.state.observed) })}.</span>
      </p>
      <div class="lines">
        {told.map(({ item, what }) => (
          <section key={item.id} class="line">
            <Heading level={4} lang={page.lang(`items/${item.id}/text`)}>
              {item.text}
            </Heading>
            <p>{what}</p>
            <Line item={item} what={what} />
          </section>
        ))}
        {told.length > 0 && <Axis />}
      </div>
      {none.length > 0 && <p class="small">{page.t("observe.none", { items: list.format(none.map(({ text }) => text)) })}</p>}
      <Ratings />
      <AllNotes />
      <details class="more">
        <summary>{page.t("observe.table")}</summary>
        <Table />
      </details>
      {page.state.marks.length > 0 && (
        <details class="more">
          <summary>{page.t("observe.list")}</summary>
          <Marks marks={marksOf(page)} say={say} />
        </details>
      )}
      <Beside />
      <ShareBar form="coding" sharing={page.state.sharing} events={page.state.events} />
      <div class="row">
        <Action look="plain" pending={page.connection.isWaitingFor("reopen")} onClick={() => page.act({ do: "reopen" })}>
          {page.t("observe.reopen")}
        </Action>
      </div>
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </>
  );
}
