// Where the group is, for the trainer's eye: the scene with its questions or choices, small and foldable.

import { Prose } from "../kit/parts.tsx";
import { VoteView } from "../board/board.tsx";
import { useLead } from "./here.ts";
import type { Walked } from "./lead.ts";

export function Stage() {
  const lead = useLead();
  const { say, known, walk, phase } = lead;
  if (phase !== "going" || !known.here || known.where?.pace === "self") return null;
  if (!walk?.state.scene) return null;
  const scene = walk.content.scenes[walk.state.scene];
  if (!scene) return null;
  return (
    <section class="stage">
      <details open={walk.state.step === "read"} key={`${scene.id} ${walk.state.step}`}>
        <summary>{scene.title ?? say("group.desk_scene", { at: walk.state.progress.at })}</summary>
        <Prose html={scene.html} class="aside" />
        {scene.newInformation && <Prose html={scene.newInformation} class="aside" />}
      </details>
      <Votes walk={walk} />
      <Back walk={walk} />
    </section>
  );
}

/** How the group voted where it is. */
function Votes({ walk }: { walk: Walked }) {
  const { board, holder, say, language } = useBoard(walk);
  const vote = board?.votes.find(({ scene, taking }) => scene === walk.state.scene && !taking);
  return vote ? <VoteView vote={vote} holder={holder} level={4} say={say} language={language} /> : null;
}

function useBoard({ place }: Walked) {
  const lead = useLead();
  return { board: lead.board(place), holder: lead.holder(place), say: lead.say, language: lead.language };
}

/** Back to an earlier turn of the way. */
function Back({ walk: { place, content, state } }: { walk: Walked }) {
  const lead = useLead();
  const { say } = lead;
  const turns = state.way.slice(0, -1).filter(({ choice }) => choice);
  if (!turns.length) return null;
  return (
    <details>
      <summary>{say("group.desk_back")}</summary>
      <ul class="plain-list">
        {turns.map(({ scene }) => (
          <li key={scene}>
            <button type="button" class="quiet" onClick={() => lead.do({ do: "move", place, deed: { do: "go_back", scene } })}>
              {content.scenes[scene]?.title ?? scene}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
