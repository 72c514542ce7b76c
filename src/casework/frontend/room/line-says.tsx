// How the line to the room stands, said calmly: here, gone for a moment, or ended by the room.

import { Action } from "../kit/parts.tsx";
import type { Visit } from "./visit.ts";

export function LineSays({ visit }: { visit: Visit }) {
  const { say, line, known } = visit;
  const convener = known.welcome?.convener ?? visit.el.dataset["convener"] ?? "";
  if (line.state === "ended") return <Bye visit={visit} />;
  return (
    <header class="line" data-line={line.state}>
      <p class="with">{convener && say("group.with", { name: convener })}</p>
      <p class="state" role="status">
        <span class="dot" aria-hidden="true" />
        {say(`group.line_${line.state}`)}
      </p>
      {line.state === "lost" && <p class="care">{say("group.line_care")}</p>}
    </header>
  );
}

/** The room has said goodbye: what that means, and what one can do. */
function Bye({ visit }: { visit: Visit }) {
  const { say, line } = visit;
  const known = ["elsewhere", "ended", "erased", "full", "newer", "older", "too-much", "unknown"].includes(line.bye);
  const back = !["ended", "erased"].includes(line.bye);
  return (
    <section class="bye" role="status">
      <h1 class="title">{say("group.bye_title")}</h1>
      <p class="story">{say(`group.bye_${known ? line.bye.replace("-", "_") : "unknown"}`)}</p>
      <div class="row">
        {line.bye === "ended" && (
          <a class="button" href={`${visit.el.dataset["base"] ?? "/"}mine?language=${visit.language}`}>
            {say("group.bye_work")}
          </a>
        )}
        {line.bye === "elsewhere" && <Action onClick={() => line.again()}>{say("group.bye_here")}</Action>}
        {back && line.bye !== "elsewhere" && <Action onClick={() => location.reload()}>{say("group.bye_reload")}</Action>}
      </div>
    </section>
  );
}
