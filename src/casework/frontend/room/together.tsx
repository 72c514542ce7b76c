// Where the group is: the time that is left, and what there is to do where each goes on alone.

import { Action } from "../kit/parts.tsx";
import { Countdown } from "./countdown.tsx";
import type { Visit } from "./visit.ts";

export function Time({ until, visit }: { until: string; visit: Visit }) {
  return (
    <div class="time">
      <Countdown until={until} say={visit.say} told />
    </div>
  );
}

/** Everything that is open, to go through at one's own pace. */
export function Agenda({ visit }: { visit: Visit }) {
  const { say, known, shown, language } = visit;
  const until = known.where?.pace_until;
  const date = until && new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }).format(new Date(until));
  return (
    <nav class="agenda" aria-label={say("group.agenda")}>
      <h1 class="title">{say("group.alone")}</h1>
      <p>{date ? say("group.alone_until", { date }) : say("group.alone_lead")}</p>
      <Stops visit={visit} shown={shown} />
    </nav>
  );
}

/** A list of activities to open. */
export function Stops({ visit, shown }: { visit: Visit; shown: string | null }) {
  const { say, known } = visit;
  return (
    <ol class="stops">
      {(known.where?.agenda ?? []).map(({ place, activity, title }) => (
        <li key={place}>
          <Action look="plain" aria-current={place === shown ? "step" : undefined} onClick={() => visit.choose(place)}>
            <span class="kind">{say(`group.${activity}`)}</span>
            <span>{title}</span>
          </Action>
        </li>
      ))}
    </ol>
  );
}
