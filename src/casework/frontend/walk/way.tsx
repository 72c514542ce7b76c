// The way so far, from which one can go back; and the end, where it is read as a whole.

import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { OpensCloses } from "./choice.tsx";
import { wayOf } from "./content.ts";
import type { Trodden, WalkContent, WalkState } from "./content.ts";

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

export function End({ arrive }: { arrive: boolean }) {
  const page = usePage<WalkContent, WalkState>();
  return (
    <section class="end">
      <Heading level={4} arrive={arrive}>
        {page.t("walk.end")}
      </Heading>
      <p>{page.t("walk.end_care")}</p>
      <Way whole />
      <div class="row">
        <Action look="plain" pending={page.connection.isWaitingFor("again")} onClick={() => page.act({ do: "again" })}>
          {page.t("walk.again")}
        </Action>
      </div>
    </section>
  );
}

function Way({ whole = false }: { whole?: boolean }) {
  const page = usePage<WalkContent, WalkState>();
  const way = wayOf(page.content, page.state);
  return (
    <ol class="way">
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
      {!last && (turn.choice || !whole) && (
        <Action look="quiet" aria-label={`${label}: ${title}`} onClick={() => page.act({ do: "go_back", scene: turn.scene.id })}>
          {label}
        </Action>
      )}
    </li>
  );
}
