// The waiting room: a quiet line, who convened the session, what happens here, and one's name and language.

import { Introduce } from "./introduce.tsx";
import type { Visit } from "./visit.ts";

export function Waiting({ visit }: { visit: Visit }) {
  const { say, known } = visit;
  const name = known.welcome?.convener ?? "";
  return (
    <section class="waiting">
      <h1 class="title">{say("group.waiting")}</h1>
      <p class="story lead">{say("group.waiting_lead", { name })}</p>
      <ul class="plain-list promises">
        <li>{say("group.waiting_own")}</li>
        <li>{say("group.waiting_private")}</li>
        <li>{say("group.waiting_away")}</li>
      </ul>
      <Introduce visit={visit} />
    </section>
  );
}
