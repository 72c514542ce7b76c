// The trainer's desk: leads a group through what the notebook shows. For anyone else it is not there.

import { render } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import boards from "./board/board.css";
import styles from "./desk/desk.css";
import { Desk } from "./desk/desk.tsx";
import { LeadContext } from "./desk/here.ts";
import { Lead } from "./desk/lead.ts";
import type { Model } from "./kit/contract.ts";
import { dress, keepKeys, paint } from "./kit/mount.tsx";
import kit from "./kit/styles.css";
import { followTheme } from "./kit/theme.ts";

interface Host {
  model: Model;
  el: HTMLElement;
}

function Frame({ lead }: { lead: Lead }) {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    lead.changed = () => refresh(undefined);
    refresh(undefined);
  }, []);
  return (
    <LeadContext.Provider value={lead}>
      <section class="frame" lang={lead.language} data-activity="group" aria-label={lead.say("group.title")}>
        <Desk />
      </section>
    </LeadContext.Provider>
  );
}

export default {
  render({ model, el }: Host): () => void {
    const lead = new Lead(model);
    if (lead.state.role === "learner") return () => lead.dispose();
    // The desk's own keys are heard in it, too: whatever is pressed here goes no further.
    el.addEventListener("keydown", (event) => lead.keys?.(event));
    keepKeys(el);
    const host = document.createElement("div");
    host.className = "casework";
    host.toggleAttribute("data-wide", true);
    el.append(host);
    const root = host.attachShadow({ mode: "open" });
    dress(root, kit + boards + styles);
    const stopFollowing = followTheme(host);
    paint(host, lead.content.theme);
    render(<Frame lead={lead} />, root);
    return () => {
      render(null, root);
      lead.dispose();
      stopFollowing();
      host.remove();
    };
  },
};
