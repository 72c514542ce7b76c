// The learner's page: it waits with the group, goes where the group goes, and keeps every word on the way.

import { render } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import boards from "../board/board.css";
import kit from "../kit/styles.css";
import { End } from "../room/end.tsx";
import { Introduce } from "../room/introduce.tsx";
import { LineSays } from "../room/line-says.tsx";
import { stage } from "../room/stage.ts";
import room from "../room/room.css";
import { Boards, Look, Spotlight } from "../room/shared.tsx";
import { Agenda, Time } from "../room/together.tsx";
import { Visit } from "../room/visit.ts";
import { Waiting } from "../room/waiting.tsx";

function Learner({ visit }: { visit: Visit }) {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    visit.changed = () => refresh(undefined);
    refresh(undefined);
  }, []);
  const { where } = visit.known;
  if (!visit.speech) return null;
  return (
    <div class="page" lang={visit.language}>
      <LineSays visit={visit} />
      {where && visit.line.state !== "ended" && <Inside visit={visit} />}
      <p class="unseen" role="status">
        {visit.news}
      </p>
    </div>
  );
}

function Inside({ visit }: { visit: Visit }) {
  const { where } = visit.known;
  if (!where) return null;
  if (where.where === "waiting") return <Waiting visit={visit} />;
  const alone = where.where === "going" && where.pace === "self";
  return (
    <>
      {where.where === "ended" && <End visit={visit} />}
      {where.until && !alone && where.where === "going" && <Time until={where.until} visit={visit} />}
      {alone && <Agenda visit={visit} />}
      {visit.fresh && <Look visit={visit} />}
      <Spotlight visit={visit} />
      {!visit.shown && where.where === "going" && !alone && <p class="story soon">{visit.say("group.soon")}</p>}
      {visit.broken && <p class="story">{visit.say("group.not_loaded")}</p>}
      <slot name="activity" />
      <Boards visit={visit} />
      {where.where === "going" && <Introduce visit={visit} folded />}
    </>
  );
}

const el = document.getElementById("room");
if (el) {
  const visit = new Visit(el, stage(el, kit + boards + room));
  render(<Learner visit={visit} />, visit.stage.root);
}
