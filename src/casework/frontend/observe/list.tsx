// Marks one by one, each with its way back: changed to what it was, moved to when it was, or taken away.

import { useId, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { marksOf, itemOf, textOf, undo } from "./marks.ts";
import type { ObservePage, ShownMark } from "./marks.ts";
import { placeNow, secondOf, secondsNow, timeOf } from "./time.ts";

type Say = (words: string) => void;

const LATEST = 4;

/** What is marked in the current beat; where there are no beats, the latest. */
export function Here({ say }: { say: Say }) {
  const page: ObservePage = usePage();
  const all = marksOf(page);
  const { beat } = placeNow(page);
  const here = beat === null ? all.slice(-LATEST).reverse() : all.filter((mark) => mark.beat === beat || mark.untilBeat === beat);
  const last = all.at(-1);
  return (
    <div class="here">
      <Heading level={5}>{page.t(beat === null ? "observe.latest" : "observe.here")}</Heading>
      {here.length === 0 && <p class="small">{page.t("observe.none_here")}</p>}
      <Marks marks={here} say={say} />
      {last && (
        <Action look="quiet" onClick={() => remove(page, last, say)}>
          {page.t("observe.undo")}
        </Action>
      )}
    </div>
  );
}

/** The focus goes to the mark beside one that goes away, not back to the top of the page. */
function removeRow(page: ObservePage, mark: ShownMark, say: Say, row: HTMLElement | null): void {
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  (beside?.querySelector<HTMLElement>("button[data-remove]") ?? row?.parentElement)?.focus();
  remove(page, mark, say);
}

/** Back to the button that opened the form, before the form goes away. */
const leave = (event: Event): void =>
  (event.target as HTMLElement).closest("li")?.querySelector<HTMLElement>("[aria-expanded]")?.focus();

function remove(page: ObservePage, mark: ShownMark, say: Say): void {
  undo(page, mark.id);
  say(page.t("observe.removed", { item: textOf(page, mark.item) }));
}

export function Marks({ marks, say }: { marks: ShownMark[]; say: Say }) {
  const page: ObservePage = usePage();
  const [changing, change] = useState("");
  return (
    <ul class="marks" tabIndex={-1}>
      {marks.map((mark) => {
        const item = textOf(page, mark.item);
        const stop = (): void => change("");
        return (
          <li key={mark.id} data-pending={mark.pending}>
            <span class="marked" lang={page.lang(`items/${mark.item}/text`)}>
              {item} <span class="time">{spanOf(page, mark)}</span>
              {mark.was && (
                <span class="small">{page.t("observe.was", { item: textOf(page, mark.was.item), time: timeOf(secondOf(page, mark.was)) })}</span>
              )}
            </span>
            <Action look="quiet" aria-expanded={changing === mark.id} aria-label={page.t("observe.change_one", { item })} onClick={() => change(changing === mark.id ? "" : mark.id)}>
              {page.t("observe.change")}
            </Action>
            <Action
              look="quiet"
              data-remove
              aria-label={page.t("observe.remove_one", { item })}
              onClick={(event) => removeRow(page, mark, say, event.currentTarget.closest("li"))}
            >
              {page.t("observe.remove")}
            </Action>
            {changing === mark.id && <Change mark={mark} say={say} stop={stop} />}
          </li>
        );
      })}
    </ul>
  );
}

/** When something was: a time, and for a state until when. */
export function spanOf(page: ObservePage, mark: ShownMark): string {
  const from = timeOf(secondOf(page, mark));
  if (mark.untilBeat === null && mark.until === null) return from;
  return page.t("observe.from_to", { from, to: timeOf(secondOf(page, { beat: mark.untilBeat, seconds: mark.until })) });
}

const ended = (mark: ShownMark): boolean => mark.untilBeat !== null || mark.until !== null;

/** A small form that moves a mark to another item of its kind, or to another time; what it was stays known. */
function Change({ mark, say, stop }: { mark: ShownMark; say: Say; stop(): void }) {
  const page: ObservePage = usePage();
  const wrong = useId();
  const [item, setItem] = useState(mark.item);
  const [from, setFrom] = useState(initial(mark.beat, mark.seconds));
  const [to, setTo] = useState(initial(mark.untilBeat, mark.until));
  const [trouble, setTrouble] = useState(false);
  const beats = mark.beat !== null;
  const kind = itemOf(page, mark.item)?.kind;
  const save = (event: Event): void => {
    event.preventDefault();
    const [start, end] = [read(from, beats), ended(mark) ? read(to, beats) : null];
    const latest = beats ? Infinity : 1 + Math.max(page.state.observed, secondsNow(page));
    const wrongEnd = ended(mark) && (end === null || start === null || end < start || end > latest);
    if (start === null || start > latest || wrongEnd) return setTrouble(true);
    // What was not touched keeps its tenths of a second.
    const same = { start: from === initial(mark.beat, mark.seconds), end: to === initial(mark.untilBeat, mark.until) };
    const [at, until] = [same.start ? null : start, same.end ? null : end];
    const place = beats ? { beat: at, until_beat: until } : { seconds: at, until };
    page.connection.do({ do: "correct", mark: mark.id, item, ...place });
    say(page.t("observe.changed", { item: textOf(page, item) }));
    leave(event);
    stop();
  };
  const field = { beats, wrong: trouble ? wrong : "" };
  return (
    <form class="change" onSubmit={save} noValidate>
      <label>
        <span>{page.t("observe.change_item")}</span>
        <select value={item} onChange={(event) => setItem(event.currentTarget.value)}>
          {page.content.checklist.items.map((one) => one.kind === kind && <option key={one.id} value={one.id}>{one.text}</option>)}
        </select>
      </label>
      <When label={page.t(ended(mark) ? "observe.change_from" : "observe.change_beat")} value={from} set={setFrom} {...field} />
      {ended(mark) && <When label={page.t("observe.change_to")} value={to} set={setTo} {...field} />}
      {trouble && (
        <p id={wrong} class="trouble" role="alert">
          {page.t("observe.change_wrong")}
        </p>
      )}
      <div class="row">
        <button type="submit" class="plain">
          {page.t("observe.change_save")}
        </button>
        <Action
          look="quiet"
          onClick={(event) => {
            leave(event);
            stop();
          }}
        >
          {page.t("observe.change_cancel")}
        </Action>
      </div>
    </form>
  );
}

interface WhenProps {
  label: string;
  value: string;
  set(value: string): void;
  beats: boolean;
  wrong: string;
}

function When({ label, value, set, beats, wrong }: WhenProps) {
  const page: ObservePage = usePage();
  return (
    <label>
      <span>{label}</span>
      {beats ? (
        <select value={value} aria-describedby={wrong || undefined} onChange={(event) => set(event.currentTarget.value)}>
          {page.content.moment.beats.map(({ at }, beat) => (
            <option key={beat} value={String(beat)}>
              {timeOf(at)}
            </option>
          ))}
        </select>
      ) : (
        <input
          type="text"
          inputMode="numeric"
          value={value}
          title={page.t("observe.change_time")}
          aria-describedby={wrong || undefined}
          aria-invalid={Boolean(wrong) || undefined}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </label>
  );
}

const initial = (beat: number | null, seconds: number | null): string => (beat === null ? timeOf(seconds ?? 0) : String(beat));

/** A beat, or a time such as 1:05 as seconds; null where it cannot be read. */
function read(value: string, beats: boolean): number | null {
  if (beats) return Number(value);
  const found = /^\s*(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d(?:[.,]\d)?)\s*$/.exec(value);
  return found ? Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3]?.replace(",", ".")) : null;
}
