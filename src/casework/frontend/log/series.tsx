// Planned series: what comes next, each day to be moved or called off, and a form to plan one.

import { useState } from "preact/hooks";
import { newId } from "../kit/contract.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { LogPage, PlannedDay, Series } from "./content.ts";
import { Field, Form, useMove } from "./fields.tsx";
import { Planning } from "./planning.tsx";
import type { PlanDraft } from "./planning.tsx";
import { inLine, sayDay, sayDayShort, sayLength, today } from "./says.ts";
import { entriesOf, seriesOf, useKept, useLog } from "./shown.ts";
import type { Shown } from "./shown.ts";

export function Plans() {
  const page = useLog();
  const all = seriesOf(page);
  const [draft, setDraft] = useKept<PlanDraft>("plan");
  const [removed, setRemoved] = useState<Series | null>(null);
  const { root, moveTo } = useMove<HTMLElement>();
  const open = (): void => {
    moveTo("form h5");
    setDraft(freshPlan(page));
  };
  const close = (): void => {
    moveTo("[data-opens]");
    setDraft(null);
  };
  const remove = (series: Series): void => {
    page.connection.do({ do: "remove", of: series.id });
    moveTo("[data-back]");
    setRemoved(series);
  };
  const bringBack = (): void => {
    if (removed) page.connection.do({ do: "restore", of: removed.id });
    moveTo("h4");
    setRemoved(null);
  };
  return (
    <section class="plans" ref={root}>
      <Heading level={4} arrive>
        {page.t("log.series")}
      </Heading>
      {!all.length && !draft && <p class="small">{page.t("log.series_empty")}</p>}
      {removed && (
        <p class="back" role="status">
          {page.t("log.removed", { what: howOften(page, removed) })}{" "}
          <Action look="quiet" data-back onClick={bringBack}>
            {page.t("log.bring_back")}
          </Action>
        </p>
      )}
      {all.length > 0 && <SoFar />}
      {all.map((series) => (
        <One key={series.id} series={series} remove={() => remove(series)} />
      ))}
      {draft ? (
        <Planning draft={draft} set={setDraft} close={close} />
      ) : (
        <Action look="plain" data-opens onClick={open}>
          {page.t(all.length ? "log.plan_another" : "log.plan")}
        </Action>
      )}
    </section>
  );
}

function freshPlan(page: LogPage): PlanDraft {
  const { minutes, months, every, weeks, kind } = page.content.suggested;
  const last = entriesOf(page)[0];
  return {
    series: newId(),
    start: today(),
    minutes: String(minutes),
    months: String(months),
    weeks: String(weeks),
    every,
    kind,
    provider: last?.provider ?? "",
    credential: last?.credential ?? "",
  };
}

/** Planned against held, up to today. */
function SoFar() {
  const page = useLog();
  const months = page.state.months.filter(({ due }) => due > 0);
  if (!months.length) return null;
  const sum = (name: "due" | "held"): string => sayLength(page, months.reduce((all, month) => all + month[name], 0));
  return <p class="small">{page.t("log.planned_so_far", { planned: sum("due"), held: sum("held") })}</p>;
}

const howOften = (page: LogPage, { minutes, every, weeks }: Series): string =>
  inLine(sayLength(page, minutes), page.t(every === "weeks" && weeks === 1 ? "log.told.week" : `log.told.${every}`, { weeks }));

function One({ series, remove }: { series: Shown<Series>; remove(): void }) {
  const page = useLog();
  const now = today();
  const days = series.dates.filter(({ date }) => date !== null);
  const next = days.find(({ date, held }) => date && date >= now && !held);
  const first = days[0]?.date;
  const last = days.at(-1)?.date;
  const end = (day: string | null): void => void page.connection.do({ do: "end", series: series.id, last: day });
  return (
    <article class="series" data-pending={series.pending} aria-label={howOften(page, series)}>
      <p class="what">
        <b>{sayLength(page, series.minutes)}</b> {howOften(page, series).slice(sayLength(page, series.minutes).length + 2)}
      </p>
      <p class="small">
        {inLine(page.t(`log.${series.kind}`), series.provider && page.t("log.with", { provider: series.provider }))}
        {first && last && <> · {page.t("log.from_to", { first: sayDay(page, first), last: sayDay(page, last) })}</>}
      </p>
      <p>
        {series.last
          ? page.t("log.ended", { date: sayDay(page, series.last) })
          : next?.date
            ? page.t("log.next", { date: sayDayShort(page, next.date) })
            : page.t("log.no_next")}
      </p>
      <details>
        <summary>{page.t("log.dates")}</summary>
        <ol class="days">
          {series.dates.map((day) => (
            <Day key={day.given} day={day} series={series} />
          ))}
        </ol>
        <div class="row tight">
          {series.last ? (
            <Action look="quiet" onClick={() => end(null)}>
              {page.t("log.go_on")}
            </Action>
          ) : (
            next && (
              <Action look="quiet" onClick={() => end(now)}>
                {page.t("log.end")}
              </Action>
            )
          )}
          <Action look="quiet" onClick={remove}>
            {page.t("log.remove_series")}
          </Action>
        </div>
      </details>
    </article>
  );
}

function Day({ day, series }: { day: PlannedDay; series: Series }) {
  const page = useLog();
  const [moving, setMoving] = useState(false);
  const { root, moveTo } = useMove<HTMLLIElement>();
  const set = (to: string | null): void => {
    page.connection.do({ do: "move", series: series.id, date: day.given, to });
    moveTo("button");
    setMoving(false);
  };
  const shown = day.date ?? day.given;
  const open = (): void => {
    moveTo("input");
    setMoving(true);
  };
  return (
    <li ref={root}>
      <p>
        <span class={day.date ? "" : "off"}>{sayDay(page, shown)}</span> <span class="small">{standing(page, day)}</span>
      </p>
      {!day.held && !moving && (
        <Action look="quiet" aria-label={page.t("log.move_one", { date: sayDay(page, shown) })} onClick={open}>
          {page.t("log.move")}
        </Action>
      )}
      {moving && <Moving day={day} set={set} cancel={() => { moveTo("button"); setMoving(false); }} />}
    </li>
  );
}

function standing(page: LogPage, { given, date, held }: PlannedDay): string {
  const moved = date && date !== given && page.t("log.moved_from", { date: sayDayShort(page, given) });
  const where = !date ? page.t("log.called_off") : held ? page.t("log.was_held") : date < today() ? page.t("log.not_logged") : "";
  return inLine(where, moved);
}

function Moving({ day, set, cancel }: { day: PlannedDay; set(to: string | null): void; cancel(): void }) {
  const page = useLog();
  const [to, setTo] = useState(day.date ?? day.given);
  const [fault, setFault] = useState("");
  const send = (): void => (to ? set(to) : setFault(page.t("log.fault.date")));
  return (
    <Form class="inner" send={send} faults={to ? 0 : 1} label={page.t("log.move_one", { date: sayDay(page, day.given) })}>
      <Field type="date" label={page.t("log.move_to")} value={to} set={setTo} min={page.content.earliest} max="2199-12-31" fault={to ? undefined : fault} />
      <div class="row tight">
        <button type="submit" class="main">
          {page.t("log.move_keep")}
        </button>
        {day.date && (
          <Action look="plain" onClick={() => set(null)}>
            {page.t("log.call_off")}
          </Action>
        )}
        {day.date !== day.given && (
          <Action look="plain" onClick={() => set(day.given)}>
            {page.t("log.as_given", { date: sayDayShort(page, day.given) })}
          </Action>
        )}
        <Action look="quiet" onClick={cancel}>
          {page.t("log.cancel")}
        </Action>
      </div>
    </Form>
  );
}
