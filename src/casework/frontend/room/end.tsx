// The end: what stays, what one can take along, and the way to look back.

import { Stops } from "./together.tsx";
import type { Visit } from "./visit.ts";

export function End({ visit }: { visit: Visit }) {
  const { say, known, language, el, shown } = visit;
  const { base = "/", code = "" } = el.dataset;
  return (
    <section class="the-end">
      <h1 class="title">{say("group.end")}</h1>
      <p class="story lead">{say("group.end_lead")}</p>
      <ul class="links">
        <li>
          <a class="button" href={`${base}room/${code}/mine`} download>
            {say("group.end_pages")}
          </a>
        </li>
        <li>
          <a href={`${base}mine?language=${language}`}>{say("group.end_code")}</a>
        </li>
      </ul>
      <p class="small">{say("group.end_trainer", { name: known.welcome?.convener ?? "" })}</p>
      {known.where && known.where.agenda.length > 0 && (
        <>
          <h2>{say("group.end_back")}</h2>
          <Stops visit={visit} shown={shown} />
        </>
      )}
    </section>
  );
}
