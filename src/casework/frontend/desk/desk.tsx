// The trainer's desk: the next thing to do first and large, everything else quiet beneath it.

import { Countdown } from "../room/countdown.tsx";
import { sayCount } from "../room/speech.ts";
import { Action, Prose } from "../kit/parts.tsx";
import { Agenda } from "./agenda.tsx";
import { Forms } from "./forms.tsx";
import { JoinPanel } from "./join-panel.tsx";
import { Keys } from "./keys.tsx";
import { useLead } from "./here.ts";
import { Next } from "./next-panel.tsx";
import { Roster } from "./roster.tsx";
import { Over, Rooms } from "./rooms.tsx";
import { Stage } from "./stage.tsx";
import { useView } from "./view.ts";

export function Desk() {
  const { say, state, known, line } = useLead();
  if (state.role === "owner") return <OwnNotebook />;
  if (!line) return <Rooms />;
  if (line.state === "ended") return <Gone />;
  if (!known.where || !known.desk) return <p role="status">{say("group.line_coming")}</p>;
  return <Leading />;
}

function Leading() {
  const lead = useLead();
  const view = useView();
  return (
    <div class="desk" data-phase={lead.phase} ref={view}>
      <Top />
      {lead.phase === "ended" ? <Over /> : <Next />}
      <div class="halves">
        <div>
          {lead.phase === "waiting" && <JoinPanel open />}
          <Notes />
          <Stage />
          <Forms />
        </div>
        <div class="quiet-half">
          <Agenda />
          <Roster />
          {lead.phase !== "waiting" && <JoinPanel />}
          <Keys />
        </div>
      </div>
    </div>
  );
}

/** Who is here, how the line stands, the time, and the way back from the last step. */
function Top() {
  const lead = useLead();
  const { say, known, line, acts } = lead;
  const { people = 0, connected = 0, undo = null, few = false, floor = 5 } = known.desk ?? {};
  const { until, spotlight, pace } = known.where ?? {};
  return (
    <header class="top" data-line={line?.state}>
      <p class="here">
        <b>{sayCount(say, "group.desk_here", people)}</b>
        {people > connected && <span>{say("group.desk_away", { count: people - connected })}</span>}
      </p>
      {until && pace === "led" && lead.phase === "going" && <Countdown until={until} say={say} told />}
      <div class="top-acts">
        {spotlight && (
          <Action look="quiet" onClick={() => lead.do({ do: "spotlight", card: null })}>
            {say("group.desk_unlit")}
          </Action>
        )}
        {undo && (
          <Action look="quiet" pending={acts.isWaitingFor({ do: "undo" })} onClick={() => lead.do({ do: "undo", act: undo.act })}>
            {say("group.desk_undo", { what: say(`group.did_${undo.did}`) })}
          </Action>
        )}
      </div>
      {line?.state === "lost" && (
        <p class="trouble" role="status">
          {say("group.desk_lost")}
        </p>
      )}
      {acts.trouble && (
        <p class="refusal" role="alert">
          {acts.trouble}
        </p>
      )}
      {few && lead.phase !== "ended" && people > 0 && <p class="small few">{say("group.desk_few", { floor })}</p>}
    </header>
  );
}

function OwnNotebook() {
  const { say, stops, state } = useLead();
  return (
    <>
      <h3 class="title">{say("group.title")}</h3>
      <p>{say("group.own_notebook")}</p>
      <ol class="plain-agenda">
        {stops.map(({ place, activity, title }) => (
          <li key={place}>
            <span class="kind">{say(`group.${activity}`)}</span> {title}
          </li>
        ))}
      </ol>
      {state.rehearse && (
        <p>
          <a href={state.rehearse} target="_blank" rel="noopener">
            {say("group.rehearse")}
          </a>
        </p>
      )}
    </>
  );
}

/** What a trainer is told otherwise than a learner, once the room has said goodbye. */
const OWN_BYES: Record<string, string> = {
  ended: "group.desk_bye_ended",
  erased: "group.desk_bye_erased",
  unknown: "group.desk_unknown",
};

/** The room has said goodbye to this page. */
function Gone() {
  const lead = useLead();
  const { say, line } = lead;
  const why = line?.bye.replace("-", "_") ?? "unknown";
  return (
    <section>
      <h3 class="title">{say("group.bye_title")}</h3>
      <p class="story">{say(OWN_BYES[why] ?? `group.bye_${why}`)}</p>
      <div class="row">
        <Action onClick={() => (why === "elsewhere" ? line?.again() : location.reload())}>
          {say(why === "elsewhere" ? "group.bye_here" : "group.bye_reload")}
        </Action>
      </div>
    </section>
  );
}

/** The trainer's notes for where the group is: here, and on no other page. */
function Notes() {
  const lead = useLead();
  const { notes } = lead;
  if (!notes.length) return null;
  return (
    <details class="notes" open>
      <summary>{lead.say("group.desk_notes")}</summary>
      {notes.map((html, at) => (
        <Prose key={at} html={html} class="aside" />
      ))}
    </details>
  );
}
