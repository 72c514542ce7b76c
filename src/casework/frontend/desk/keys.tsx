// Keys for those who would rather look at people: one letter each, never while one writes, and to be switched off.

import { useEffect, useState } from "preact/hooks";
import { useLead } from "./here.ts";
import type { Lead } from "./lead.ts";
import { take } from "./next-panel.tsx";
import { isReady, nextStep } from "./next.ts";

const SWITCH = "casework:group-keys";
const MINUTE = 60;

type Does = (lead: Lead) => void;

/** By letter: what it does. */
const KEYS: Record<string, Does> = {
  n: (lead) => {
    const step = nextStep(lead);
    if (step) take(lead, step);
  },
  r: (lead) => {
    const form = lead.formsHere.find(isReady);
    if (form && lead.known.here) lead.do({ do: "reveal", place: lead.known.here.place, form: form.form });
  },
  t: (lead) => {
    if (lead.known.here && !lead.known.here.closed) lead.do({ do: "extend", seconds: MINUTE });
  },
  l: (lead) => {
    if (lead.known.where?.spotlight) lead.do({ do: "spotlight", card: null });
  },
  u: (lead) => {
    const act = lead.known.desk?.undo?.act;
    if (act) lead.do({ do: "undo", act });
  },
};

export function Keys() {
  const lead = useLead();
  const { say, keep } = lead;
  const [on, set] = useState(keep.get(SWITCH) !== "off");
  useEffect(() => {
    if (!on) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      const does = KEYS[event.key.toLowerCase()];
      if (!does || event.repeat || event.altKey || event.ctrlKey || event.metaKey || isWriting(event)) return;
      event.preventDefault();
      does(lead);
    };
    lead.keys = pressed;
    document.addEventListener("keydown", pressed);
    return () => {
      lead.keys = null;
      document.removeEventListener("keydown", pressed);
    };
  }, [on]);
  return (
    <details class="keys">
      <summary>{say("group.desk_keys")}</summary>
      <label class="switch">
        <input
          type="checkbox"
          checked={on}
          onChange={() => {
            keep.set(SWITCH, on ? "off" : "on");
            set(!on);
          }}
        />
        {say("group.desk_keys_on")}
      </label>
      <dl>
        {Object.keys(KEYS).map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{say(`group.desk_key_${key}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Whether a key goes into a field, wherever in the page that is. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
