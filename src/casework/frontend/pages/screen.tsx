// The screen for the projector: only what is public, in large type, and always where the group is.

import { render } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import boards from "../board/board.css";
import kit from "../kit/styles.css";
import { stage } from "../room/stage.ts";
import { Foot } from "../screen/foot.tsx";
import { Join } from "../screen/join.tsx";
import styles from "../screen/screen.css";
import { Scene } from "../screen/scene.tsx";
import { View } from "../screen/view.ts";

function Screen({ view }: { view: View }) {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    view.changed = () => refresh(undefined);
    refresh(undefined);
  }, []);
  const { where, welcome } = view.known;
  if (!view.speech || !where || !welcome) return null;
  return (
    <div class="screen" lang={view.language} data-where={where.where}>
      <div class="wall">{where.where === "waiting" && view.line.state !== "ended" ? <Join view={view} /> : <Scene view={view} />}</div>
      <Foot view={view} />
    </div>
  );
}

const el = document.getElementById("room");
if (el) {
  const view = new View(el, stage(el, kit + boards + styles));
  render(<Screen view={view} />, view.stage.root);
}
