// The meetings that were held: a form to add one, and all of them, the latest first.

import { useState } from "preact/hooks";
import { Action, Heading } from "../kit/parts.tsx";
import type { Entry, LogPage } from "./content.ts";
import { useMove } from "./fields.tsx";
import { again, fresh, MeetingForm } from "./meeting.tsx";
import type { MeetingDraft } from "./meeting.tsx";
import { inLine, sayDay, sayDayShort, sayLength, sayMonthShort, sayWeekday } from "./says.ts";
import { entriesOf, noteCell, useKept, useLog } from "./shown.ts";
import type { Shown } from "./shown.ts";

const AT_FIRST = 6;
const MORE = 20;

interface MeetingsProps {
  year: string;
}

export function Meetings({ year }: MeetingsProps) {
  const page = useLog();
  const entries = entriesOf(page);
  const [draft, setDraft] = useKept<MeetingDraft>("meeting");
  const [said, say] = useState("");
  const { root, moveTo } = useMove<HTMLElement>();
  const open = (next: MeetingDraft): void => {
    say("");
    moveTo("form h4");
    setDraft(next);
  };
  const close = (words: string): void => {
    say(words);
    moveTo("[data-opens]");
    setDraft(null);
  };
  const cancel = (): void => {
    if (draft && !draft.of) forgetNote(page, draft.entry);
    close("");
  };
  const kept = ({ date, minutes, of }: MeetingDraft): void =>
    close(page.t(of ? "log.changed" : "log.added", { date: sayDay(page, date), length: sayLength(page, Number(minutes)) }));
  return (
    <section class="meetings" ref={root}>
      {draft ? (
        <MeetingForm draft={draft} set={setDraft} kept={kept} cancel={cancel} providers={providersOf(entries)} />
      ) : (
        <Opening entries={entries} open={open} />
      )}
      <p class="small said" role="status">
        {said}
      </p>
      <List entries={entries.filter((entry) => year === "all" || entry.date.startsWith(year))} change={(entry) => open(again(entry))} />
    </section>
  );
}

/** The way in: what was planned and is not in the log yet comes first. */
function Opening({ entries, open }: { entries: Entry[]; open(draft: MeetingDraft): void }) {
  const page = useLog();
  const { due } = page.state;
  const planned = due && !entries.some((entry) => entry.date === due.date) ? due : null;
  const last = entries[0];
  return (
    <>
      {!entries.length && <p class="invite">{page.t("log.empty")}</p>}
      {planned && (
        <p class="small">
          {page.t("log.planned_today", {
            date: sayDayShort(page, planned.date),
            length: sayLength(page, planned.minutes),
            kind: page.t(`log.${planned.kind}`).toLowerCase(),
          })}
        </p>
      )}
      <div class="row tight">
        {planned && (
          <Action data-opens onClick={() => open(fresh(page, last, planned))}>
            {page.t("log.add_planned", { date: sayDayShort(page, planned.date) })}
          </Action>
        )}
        <Action look={planned ? "plain" : "main"} data-opens onClick={() => open(fresh(page, last))}>
          {page.t("log.add")}
        </Action>
      </div>
    </>
  );
}

function List({ entries, change }: { entries: Shown<Entry>[]; change(entry: Entry): void }) {
  const page = useLog();
  const [count, setCount] = useState(AT_FIRST);
  const [removed, setRemoved] = useState<{ id: string; what: string } | null>(null);
  const { root, moveTo } = useMove<HTMLDivElement>();
  const remove = (entry: Entry): void => {
    page.connection.do({ do: "remove", of: entry.id });
    moveTo("[data-back]");
    setRemoved({ id: entry.id, what: whatOf(page, entry) });
  };
  const bringBack = (): void => {
    if (removed) page.connection.do({ do: "restore", of: removed.id });
    moveTo("h4");
    setRemoved(null);
  };
  const earlier = entries.length - count;
  if (!entries.length && !removed) return null;
  return (
    <div ref={root} class="list">
      <Heading level={4} arrive>
        {page.t("log.meetings")}
      </Heading>
      {removed && (
        <p class="back" role="status">
          {page.t("log.removed", { what: removed.what })}{" "}
          <Action look="quiet" data-back onClick={bringBack}>
            {page.t("log.bring_back")}
          </Action>
        </p>
      )}
      <ol class="entries">
        {entries.slice(0, count).map((entry) => (
          <Meeting key={entry.id} entry={entry} change={() => change(entry)} remove={() => remove(entry)} />
        ))}
      </ol>
      {earlier > 0 && (
        <Action look="quiet" onClick={() => setCount(count + MORE)}>
          {page.t("log.show_more", { count: Math.min(earlier, MORE) })}
        </Action>
      )}
    </div>
  );
}

const whatOf = (page: LogPage, { date, minutes }: Entry): string => inLine(sayDay(page, date), sayLength(page, minutes));

interface MeetingProps {
  entry: Shown<Entry>;
  change(): void;
  remove(): void;
}

function Meeting({ entry, change, remove }: MeetingProps) {
  const page = useLog();
  const { date, minutes, kind, people, provider, credential, topics, other } = entry;
  const note = page.writing.text(noteCell(entry.id)).trim();
  const about = [...topics.map((topic) => page.t(`log.topic.${topic}`)), other].filter(Boolean);
  const named = { date: sayDay(page, date), length: sayLength(page, minutes) };
  return (
    <li data-pending={entry.pending}>
      <p class="day">
        <time dateTime={date}>
          <span class="number" aria-hidden="true">
            {Number(date.slice(8))}
          </span>
          <span aria-hidden="true">{sayMonthShort(page, date.slice(0, 7))}</span>
          <span aria-hidden="true">{date.slice(0, 4)}</span>
          <span class="unseen">{sayDay(page, date)}</span>
        </time>
      </p>
      <div>
        <p class="what">
          <b>{sayLength(page, minutes)}</b>{" "}
          {inLine(page.t(`log.${kind}`).toLowerCase(), people !== null && page.t("log.of_people", { people }))}
          <span class="small"> · {sayWeekday(page, date)}</span>
        </p>
        {provider && <p class="small">{inLine(page.t("log.with", { provider }), credential)}</p>}
        {about.length > 0 && <p class="small">{about.join(" · ")}</p>}
        {note && <p class="note">{note}</p>}
        <p class="deeds">
          <Action look="quiet" aria-label={page.t("log.change_one", named)} onClick={change}>
            {page.t("log.change")}
          </Action>
          <Action look="quiet" aria-label={page.t("log.remove_one", named)} onClick={remove}>
            {page.t("log.remove")}
          </Action>
        </p>
      </div>
    </li>
  );
}

/** Who provided supervision before, with the credential last written beside the name. */
function providersOf(entries: Entry[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { provider, credential } of entries) if (!found.get(provider)) found.set(provider, credential);
  return found;
}

/** A note to a meeting that never came into the log goes with it. */
function forgetNote(page: LogPage, entry: string): void {
  const cell = noteCell(entry);
  if (!page.writing.text(cell)) return;
  page.writing.type(cell, "");
  page.writing.flush();
}
