// The walk in a group that is led: the trainer takes the next step with everyone, and the group may vote on the way.

import { usePage } from "../kit/page.ts";
import type { Page } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { Choice, Scene, WalkContent, WalkState } from "./content.ts";

type WalkPage = Page<WalkContent, WalkState>;

/** Whether the group goes together, so that nobody takes a step alone. */
export function isLed({ state }: WalkPage): boolean {
  return state.together?.led ?? false;
}

/** What stands where someone alone would go on. */
export function OnwardTogether({ scene }: { scene: Scene }) {
  const page: WalkPage = usePage();
  const { step, together } = page.state;
  const open = scene.choices.filter(({ id }) => page.state.choices.includes(id));
  if (step !== "turn" || !open.length) return <p class="group-waits">{page.t("group.walk_on", { name: together?.convener ?? "" })}</p>;
  return together?.vote?.scene === scene.id ? <Vote scene={scene} open={open} /> : <Talk scene={scene} open={open} />;
}

interface OpenProps {
  scene: Scene;
  open: Choice[];
}

/** The choices, to think and talk about. */
function Talk({ scene, open }: OpenProps) {
  const page: WalkPage = usePage();
  return (
    <section class="turn">
      <Heading level={4} arrive={scene.pause !== null}>
        {page.t("walk.turn")}
      </Heading>
      <ul class="choices talked">
        {open.map(({ id, text }) => (
          <li key={id} lang={page.lang(`choices/${id}/text`)}>
            {text}
          </li>
        ))}
      </ul>
      <p class="group-waits">{page.t("group.walk_talk")}</p>
    </section>
  );
}

/** One vote, which one can change until the votes are counted. */
function Vote({ scene, open }: OpenProps) {
  const page: WalkPage = usePage();
  const waiting = page.connection.waiting.find((one) => one.do === "cast" && one["scene"] === scene.id);
  const own = waiting ? waiting["choice"] : page.state.together?.vote?.own;
  const cast = (choice: string): void => {
    if (choice !== own) page.connection.do({ do: "cast", scene: scene.id, choice });
  };
  return (
    <section class="turn vote">
      <Heading level={4} arrive>
        {page.t("group.walk_vote")}
      </Heading>
      <p class="small">{page.t("group.walk_vote_how")}</p>
      <ul class="choices">
        {open.map(({ id, text }) => (
          <li key={id}>
            <Action look="plain" pending={waiting?.["choice"] === id} aria-pressed={own === id} onClick={() => cast(id)}>
              <span lang={page.lang(`choices/${id}/text`)}>{text}</span>
              {own === id && <span class="small">{page.t("group.walk_voted")}</span>}
            </Action>
          </li>
        ))}
      </ul>
    </section>
  );
}
