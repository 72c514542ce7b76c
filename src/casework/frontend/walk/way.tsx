// The way so far, scene by scene, from which one can go back.

import { usePage } from "../kit/page.ts";
import { Action } from "../kit/parts.tsx";
import { OpensCloses } from "./choice.tsx";
import { wayOf } from "./content.ts";
import type { Choice, Scene, Trodden, WalkContent, WalkState } from "./content.ts";
import { isLed } from "./together.tsx";

/** The way so far, folded away beneath the scene. */
export function WaySoFar() {
  const page = usePage<WalkContent, WalkState>();
  const { scene, step } = page.state;
  const atEnd = scene !== null && page.content.scenes[scene]?.end && step === "turn";
  if (page.state.way.length < 2 || atEnd) return null;
  return (
    <details class="so-far">
      <summary>{page.t("walk.way")}</summary>
      <Way />
    </details>
  );
}

/** `whole` is at the end, with what each choice opened and closed, and what else one could have done. */
export function Way({ whole = false }: { whole?: boolean }) {
  const page = usePage<WalkContent, WalkState>();
  const way = wayOf(page.content, page.state);
  return (
    <ol class={whole ? "way whole" : "way"}>
      {way.map((turn, index) => (
        <Step key={index} turn={turn} at={index + 1} last={index === way.length - 1} whole={whole} />
      ))}
    </ol>
  );
}

function Step({ turn, at, last, whole }: { turn: Trodden; at: number; last: boolean; whole: boolean }) {
  const page = usePage<WalkContent, WalkState>();
  const title = turn.scene.title ?? page.t("walk.scene", { at });
  const label = page.t(turn.choice ? "walk.try_another" : "walk.go_back");
  return (
    <li aria-current={last ? "step" : undefined}>
      <p class="stop" lang={page.lang(`scenes/${turn.scene.id}/title`)}>
        {title}
      </p>
      {turn.choice && (
        <p class="choice-made" lang={page.lang(`choices/${turn.choice.id}/text`)}>
          {turn.choice.text}
        </p>
      )}
      {turn.choice && whole && <OpensCloses choice={turn.choice} />}
      {turn.choice && whole && <Else scene={turn.scene} taken={turn.choice} />}
      {!last && !isLed(page) && (turn.choice || !whole) && (
        <Action
          look="quiet"
          aria-label={`${label}: ${title}`}
          pending={page.connection.waiting.some((one) => one.do === "go_back" && one["scene"] === turn.scene.id)}
          onClick={() => page.act({ do: "go_back", scene: turn.scene.id })}
        >
          {label}
        </Action>
      )}
    </li>
  );
}

/** What else was open at a turn. A choice that was never offered here is not named. */
function Else({ scene, taken }: { scene: Scene; taken: Choice }) {
  const page = usePage<WalkContent, WalkState>();
  const offered = page.state.end?.offered[scene.id] ?? [];
  const others = scene.choices.filter(({ id }) => id !== taken.id && offered.includes(id));
  if (!others.length) return null;
  return (
    <details class="else">
      <summary>{page.t("walk.else")}</summary>
      <ul>
        {others.map(({ id, text }) => (
          <li key={id}>
            <span lang={page.lang(`choices/${id}/text`)}>{text}</span>
            {page.state.tried[scene.id]?.includes(id) && <span class="small">{page.t("walk.tried")}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
