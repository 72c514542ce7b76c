// Walk: a case from its content note to an end, scene by scene.

import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import prompts from "./kit/prompts.css";
import { Action } from "./kit/parts.tsx";
import type { WalkContent, WalkState } from "./walk/content.ts";
import { SceneView } from "./walk/scene.tsx";
import { Start } from "./walk/start.tsx";
import { SteppedOut } from "./walk/stepped-out.tsx";
import styles from "./walk/walk.css";
import { WaySoFar } from "./walk/way.tsx";

function Walk() {
  const { content, state } = usePage<WalkContent, WalkState>();
  const scene = state.scene === null ? undefined : content.scenes[state.scene];
  if (state.steppedOut) return <SteppedOut />;
  if (state.step === "start" || !scene) return <Start />;
  return (
    <>
      <Bar />
      <SceneView key={`${scene.id} ${state.way.length}`} scene={scene} />
      <WaySoFar />
    </>
  );
}

/** Where one is, said quietly, and the way out, always in reach. */
function Bar() {
  const page = usePage<WalkContent, WalkState>();
  const { at, of } = page.state.progress;
  return (
    <div class="bar">
      <p class="progress">
        {page.t("walk.progress", { at, of })}
        <span class="track" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, Math.round((100 * at) / Math.max(at, of, 1)))}%` }} />
        </span>
      </p>
      <Action look="quiet" onClick={() => page.act({ do: "step_out" })}>
        {page.t("walk.step_out")}
      </Action>
    </div>
  );
}

export default activity<WalkContent, WalkState>(
  {
    prompt: (content, _state, id) => content.prompts[id],
    responses: (state) => state.responses,
    place: ({ steppedOut, scene, step, way }) => `${steppedOut} ${scene} ${step} ${way.length}`,
  },
  Walk,
  prompts + styles,
);
