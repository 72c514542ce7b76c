// The form for one meeting. What is chosen and typed stays on the device until it is in the log, and outlives a reload.

import { useId, useState } from "preact/hooks";
import { newId } from "../kit/contract.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { Words } from "../kit/words.tsx";
import type { Entry, LogPage, Setting, Told } from "./content.ts";
import { Choice, Field, Form, Several } from "./fields.tsx";
import { sayDay, sayLength, today, whole } from "./says.ts";
import { noteCell, useLog } from "./shown.ts";

/** A meeting as the form holds it: in words, until it is kept. */
export interface MeetingDraft {
  entry: string;
  /** The day that is changed; "" for a new meeting. */
  of: string;
  date: string;
  length: string;
  minutes: string;
  kind: Setting;
  people: string;
  provider: string;
  credential: string;
  topics: string[];
  other: string;
}

const LENGTHS = ["30", "45", "60", "90", "120"];
const OTHER = "other";

/** A new meeting: like the planned one it probably is, else like the last one. */
export function fresh(page: LogPage, last: Entry | undefined, due?: (Told & { date: string }) | null): MeetingDraft {
  const like: Partial<Told> = due ?? last ?? {};
  const said = due ? last && last.provider === due.provider ? last : undefined : last;
  return {
    entry: newId(),
    of: "",
    date: due?.date ?? today(),
    ...lengthOf(like.minutes ?? 60),
    kind: like.kind ?? page.content.suggested.kind,
    people: said?.people ? String(said.people) : "",
    provider: like.provider ?? "",
    credential: like.credential || said?.credential || "",
    topics: [],
    other: "",
  };
}

/** A meeting that is there, to be changed. */
export function again(entry: Entry): MeetingDraft {
  const people = entry.people ? String(entry.people) : "";
  const { id, date, minutes, ...said } = entry;
  return { ...said, people, entry: id, of: date, date, ...lengthOf(minutes) };
}

function lengthOf(minutes: number): { length: string; minutes: string } {
  const length = String(minutes);
  return { length: LENGTHS.includes(length) ? length : OTHER, minutes: length };
}

type Faults = Partial<Record<"date" | "minutes" | "people", string>>;

/** What is missing, by field. */
function faultsOf(page: LogPage, draft: MeetingDraft): Faults {
  const faults: Faults = {};
  const minutes = whole(draft.minutes);
  const people = whole(draft.people);
  if (!draft.date || draft.date < page.content.earliest) faults.date = page.t("log.fault.date");
  else if (draft.date > today()) faults.date = page.t("log.fault.future");
  if (minutes === null || minutes < 1 || minutes > page.content.mostMinutes) faults.minutes = page.t("log.fault.minutes");
  if (draft.kind === "group" && draft.people.trim() && (people === null || people < 2 || people > 200))
    faults.people = page.t("log.fault.people");
  return faults;
}

interface MeetingFormProps {
  draft: MeetingDraft;
  set(draft: MeetingDraft): void;
  kept(draft: MeetingDraft): void;
  cancel(): void;
  /** Earlier providers with their credentials, the latest first. */
  providers: Map<string, string>;
}

export function MeetingForm({ draft, set, kept, cancel, providers }: MeetingFormProps) {
  const page = useLog();
  const [told, setTold] = useState(false);
  const faults = faultsOf(page, draft);
  const shown = told ? faults : {};
  const change = (part: Partial<MeetingDraft>): void => set({ ...draft, ...part });
  const named = (provider: string): void => {
    const known = providers.get(provider.trim());
    change({ provider, ...(known && (!draft.credential || isKnown(draft.credential)) ? { credential: known } : {}) });
  };
  const isKnown = (credential: string): boolean => [...providers.values()].includes(credential);
  const send = (): void => {
    setTold(true);
    if (!Object.keys(faults).length) keep(page, draft, kept);
  };
  const title = draft.of ? page.t("log.meeting_change", { date: sayDay(page, draft.of) }) : page.t("log.meeting");
  return (
    <Form send={send} faults={Object.keys(faults).length} label={title}>
      <Heading level={4} arrive>
        {title}
      </Heading>
      <Field
        type="date"
        label={page.t("log.date")}
        value={draft.date}
        set={(date) => change({ date })}
        min={page.content.earliest}
        max={today()}
        fault={shown.date}
      />
      <Choice
        legend={page.t("log.length")}
        value={draft.length}
        options={[...LENGTHS.map(optionOf(page)), { value: OTHER, label: page.t("log.length_other") }]}
        set={(length) => change(length === OTHER ? { length } : { length, minutes: length })}
      />
      {draft.length === OTHER && (
        <Field
          type="number"
          label={page.t("log.minutes")}
          value={draft.minutes}
          set={(minutes) => change({ minutes })}
          fault={shown.minutes}
        />
      )}
      <Choice
        legend={page.t("log.kind")}
        value={draft.kind}
        options={(["individual", "group"] as const).map((value) => ({ value, label: page.t(`log.${value}`) }))}
        set={(kind) => change({ kind })}
      />
      {draft.kind === "group" && (
        <Field
          type="number"
          label={page.t("log.people")}
          value={draft.people}
          set={(people) => change({ people })}
          fault={shown.people}
        />
      )}
      <div class="pair">
        <Field
          label={page.t("log.provider")}
          hint={page.t("log.provider_hint")}
          value={draft.provider}
          set={named}
          known={[...providers.keys()].filter(Boolean)}
        />
        <Field
          label={page.t("log.credential")}
          hint={page.t("log.credential_hint")}
          value={draft.credential}
          set={(credential) => change({ credential })}
        />
      </div>
      <More draft={draft} change={change} />
      <div class="row">
        <button type="submit" class="main">
          {page.t(draft.of ? "log.keep_change" : "log.keep")}
        </button>
        <Action look="quiet" onClick={cancel}>
          {page.t("log.cancel")}
        </Action>
      </div>
    </Form>
  );
}

const optionOf = (page: LogPage) => (value: string) => ({ value, label: sayLength(page, Number(value)) });

/** What can be left out in a car park. */
function More({ draft, change }: { draft: MeetingDraft; change(part: Partial<MeetingDraft>): void }) {
  const page = useLog();
  const [open] = useState(() => Boolean(draft.topics.length || draft.other || page.writing.text(noteCell(draft.entry))));
  return (
    <details open={open} class="more">
      <summary>{page.t("log.more")}</summary>
      <Several
        legend={page.t("log.topics")}
        chosen={draft.topics}
        options={page.content.topics.map((topic) => ({ value: topic, label: page.t(`log.topic.${topic}`) }))}
        set={(topics) => change({ topics })}
      />
      <Field label={page.t("log.other")} value={draft.other} set={(other) => change({ other })} />
      <Note entry={draft.entry} />
    </details>
  );
}

function Note({ entry }: { entry: string }) {
  const page = useLog();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{page.t("log.note")}</label>
      <p id={`${id}-care`} class="small">
        {page.content.who} {page.t("log.care")}
      </p>
      <Words id={id} cell={noteCell(entry)} before={null} describedBy={`${id}-care`} />
    </div>
  );
}

function keep(page: LogPage, draft: MeetingDraft, kept: (draft: MeetingDraft) => void): void {
  page.writing.flush();
  page.connection.do({
    do: draft.of ? "change" : "add",
    entry: draft.entry,
    date: draft.date,
    minutes: Number(draft.minutes),
    kind: draft.kind,
    people: draft.kind === "group" ? whole(draft.people) : null,
    provider: draft.provider.trim(),
    credential: draft.credential.trim(),
    topics: draft.topics,
    other: draft.other.trim(),
  });
  kept(draft);
}
