// The next thing, large; what else could come now beside it, in plain buttons.

import { useId, useState } from "preact/hooks";
import { Action } from "../kit/parts.tsx";
import { useLead } from "./here.ts";
import type { Lead } from "./lead.ts";
import { nextStep } from "./next.ts";
import type { Step } from "./next.ts";
import { Warnings } from "./reach.tsx";

const MINUTE = 60;
const LONGEST = 24 * MINUTE;

export function Next() {
  const lead = useLead();
  const step = nextStep(lead);
  const [minutes, setMinutes] = useState("");
  if (!step) return null;
  return (
    <section class="next" aria-label={lead.say("group.desk_now")}>
      <p class="eyebrow">{step.about}</p>
      {step.opens && <Warnings place={step.opens} />}
      <div class="row">
        <Action data-next pending={isUnderWay(lead, step)} onClick={() => take(lead, step, minutes)}>
          {step.label}
        </Action>
        {step.opens && <Minutes value={minutes} set={setMinutes} />}
      </div>
      {step.others && step.others.length > 0 && (
        <ul class="others">
          {step.others.map(({ label, note, deeds }) => (
            <li key={label}>
              <Action look="plain" onClick={() => lead.do(...deeds)}>
                <span>{label}</span>
                {note && <span class="small">{note}</span>}
              </Action>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function take(lead: Lead, step: Step, minutes = ""): void {
  if (isUnderWay(lead, step)) return;
  const seconds = Math.round(Number(minutes) * MINUTE);
  const timed = step.deeds.map((deed) => (deed.do === "open" && seconds > 0 ? { ...deed, seconds } : deed));
  lead.do(...timed);
}

function isUnderWay(lead: Lead, { deeds }: Step): boolean {
  const last = deeds.at(-1);
  return last !== undefined && lead.acts.isWaitingFor(last.do === "move" ? last : { do: last.do });
}

/** How long an activity is meant to take; empty for as long as it takes. */
function Minutes({ value, set }: { value: string; set(value: string): void }) {
  const { say } = useLead();
  const id = useId();
  return (
    <p class="minutes">
      <label for={id}>{say("group.desk_minutes")}</label>
      <input id={id} type="number" min={1} max={LONGEST} inputMode="numeric" value={value} onInput={(event) => set(event.currentTarget.value)} />
    </p>
  );
}
