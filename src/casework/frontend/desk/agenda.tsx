// The agenda: what was opened, where the group is, time, and the pace.

import { useId, useState } from "preact/hooks";
import { Action } from "../kit/parts.tsx";
import type { Stop } from "../room/protocol.ts";
import { sayCount } from "../room/speech.ts";
import { useLead } from "./here.ts";

const MINUTE = 60;

export function Agenda() {
  const lead = useLead();
  const { say, stops, known, phase } = lead;
  return (
    <section class="agenda">
      <h4>{say("group.agenda")}</h4>
      {lead.differs && lead.phase !== "ended" && known.where?.agenda.length ? (
        <p class="warning">
          {say("group.desk_differs")}{" "}
          <Action look="quiet" onClick={() => lead.do(lead.plan)}>
            {say("group.desk_send")}
          </Action>
        </p>
      ) : null}
      <ol>
        {stops.map((stop) => (
          <StopView key={stop.place} stop={stop} />
        ))}
      </ol>
      {phase === "going" && <Time />}
      {phase === "going" && <Pace />}
      {phase === "going" && (
        <Sure label={say("group.desk_end")} sure={say("group.desk_end_sure")} does={() => lead.do({ do: "end" })} />
      )}
    </section>
  );
}

function StopView({ stop }: { stop: Stop }) {
  const lead = useLead();
  const { say, known, phase } = lead;
  const { place, activity, title, opened, closed } = stop;
  const here = known.where?.here === place && phase === "going";
  const answered = known.desk?.answered[place];
  return (
    <li aria-current={here ? "step" : undefined} data-opened={opened || undefined}>
      <p class="what">
        <span class="kind">{say(`group.${activity}`)}</span> <b>{title}</b>
        {here && <span class="tag">{say("group.desk_at")}</span>}
        {closed && <span class="tag">{say("group.desk_closed")}</span>}
      </p>
      {answered ? <p class="small">{sayCount(say, "group.desk_answered", answered)}</p> : null}
      {known.desk?.changed.includes(place) && <p class="warning">{say("group.desk_changed")}</p>}
      {phase === "going" && (
        <p class="stop-acts">
          {!here && (
            <Action look="quiet" aria-label={`${say(opened ? "group.desk_reopen" : "group.desk_open_it")}: ${title}`} onClick={() => lead.do({ do: "open", place })}>
              {say(opened ? "group.desk_reopen" : "group.desk_open_it")}
            </Action>
          )}
          {opened && !closed && (
            <Action look="quiet" aria-label={`${say("group.desk_close")}: ${title}`} onClick={() => lead.do({ do: "close", place })}>
              {say("group.desk_close")}
            </Action>
          )}
        </p>
      )}
    </li>
  );
}

function Time() {
  const lead = useLead();
  const { say, known } = lead;
  const { here } = known;
  if (!here || here.closed || known.where?.pace === "self") return null;
  const more = (minutes: number) => (
    <Action look="plain" onClick={() => lead.do({ do: "extend", seconds: minutes * MINUTE })}>
      {say("group.desk_more", { count: minutes })}
    </Action>
  );
  return (
    <div class="times" role="group" aria-label={say("group.desk_time")}>
      <span class="small">{say(known.where?.until ? "group.desk_time" : "group.desk_timer")}</span>
      {more(1)}
      {more(5)}
    </div>
  );
}

/** Together, or each alone until a day. */
function Pace() {
  const lead = useLead();
  const { say, known, language } = lead;
  const [date, setDate] = useState("");
  const id = useId();
  if (known.where?.pace === "self") {
    const until = known.where.pace_until;
    const told = until ? new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }).format(new Date(until)) : "";
    return <p class="small">{told ? say("group.desk_alone_until", { date: told }) : say("group.desk_alone")}</p>;
  }
  const until = date && !Number.isNaN(Date.parse(date)) ? { until: new Date(date).toISOString() } : {};
  return (
    <details>
      <summary>{say("group.desk_pace")}</summary>
      <p class="small">{say("group.desk_pace_care")}</p>
      <p class="field">
        <label for={id}>{say("group.desk_until")}</label>
        <input id={id} type="datetime-local" value={date} onInput={(event) => setDate(event.currentTarget.value)} />
      </p>
      <Action look="plain" onClick={() => lead.do({ do: "pace", pace: "self", ...until })}>
        {say("group.desk_let_go")}
      </Action>
    </details>
  );
}

interface SureProps {
  label: string;
  sure: string;
  does(): void;
}

/** What cannot be done by one slip: the first press asks, the second does it. */
export function Sure({ label, sure, does }: SureProps) {
  const { say } = useLead();
  const [asked, ask] = useState(false);
  if (!asked) {
    return (
      <p class="sure">
        <Action look="quiet" onClick={() => ask(true)}>
          {label}
        </Action>
      </p>
    );
  }
  return (
    <div class="sure" role="group" aria-label={label}>
      <p>{sure}</p>
      <Action
        look="plain"
        onClick={() => {
          ask(false);
          does();
        }}
      >
        {label}
      </Action>
      <Action look="quiet" onClick={() => ask(false)}>
        {say("group.desk_leave")}
      </Action>
    </div>
  );
}
