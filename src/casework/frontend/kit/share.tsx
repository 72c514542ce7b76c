// Who may see a form: said before one writes, and two equal buttons, one to share and one to keep.

import { useId } from "preact/hooks";
import type { Audience, Sharing } from "./contract.ts";
import { usePage } from "./page.ts";
import { Action } from "./parts.tsx";

interface ShareProps {
  /** What is shared as one: a prompt, a survey, a coding run. */
  form: string;
  sharing: Sharing;
  /** The events that make what one sees now; none means that there is nothing to share yet. */
  events: string[];
}

/** Nothing for someone alone: the saved line says already that only they can see it. */
export function ShareBar({ form, sharing, events }: ShareProps) {
  const page = usePage();
  const title = useId();
  const told = sharing?.forms[form];
  if (!told) return null;
  const { audience, widest, revealed } = told;
  const given = audience !== null && audience !== "private";
  const changed = given && events.some((id) => !told.events.includes(id));
  const pending = page.connection.waiting.some((intent) => intent.do === "share" && intent["form"] === form);
  const share = (to: Audience) => () => {
    page.writing.flush();
    page.connection.do({ do: "share", form, audience: to, events: to === "private" ? [] : events });
  };
  return (
    <div class="share" role="group" aria-labelledby={title} data-audience={audience ?? ""}>
      <p id={title} role="status">
        {audience === null ? page.t(`share.offer_${widest}`) : page.t(`share.is_${audience}`)}{" "}
        {changed && page.t("share.changed")} {revealed && page.t("share.revealed")}
      </p>
      {!events.length && !given && <p class="small">{page.t("share.nothing")}</p>}
      <div class="row equal">
        {(!given || changed) && (
          <Action look="plain" pending={pending} disabled={!events.length} onClick={share(widest)}>
            {page.t(given ? "share.again" : "share.share")}
          </Action>
        )}
        {!given && audience !== "private" && (
          <Action look="plain" pending={pending} onClick={share("private")}>
            {page.t("share.keep")}
          </Action>
        )}
        {given && !revealed && (
          <Action look="plain" pending={pending} onClick={share("private")}>
            {page.t("share.withdraw")}
          </Action>
        )}
        {!revealed && widest !== "trainer" && audience !== "trainer" && events.length > 0 && (
          <Action look="quiet" pending={pending} onClick={share("trainer")}>
            {page.t("share.only_trainer")}
          </Action>
        )}
      </div>
    </div>
  );
}
