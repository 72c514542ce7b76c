// One scene: its text, a moment to stop, and the way on.

import { usePage } from "../kit/page.ts";
import type { Page } from "../kit/page.ts";
import { Action, Heading, Panel, Prose } from "../kit/parts.tsx";
import { PromptForm, Written } from "../kit/prompt-form.tsx";
import { OpensCloses } from "./choice.tsx";
import { wayOf } from "./content.ts";
import type { Pause as Held, Recording, Scene, Trodden, WalkContent, WalkState } from "./content.ts";
import { End } from "./end.tsx";
import { Breathe, Discuss, Observation } from "./pause.tsx";
import { isLed, OnwardTogether } from "./together.tsx";

type WalkPage = Page<WalkContent, WalkState>;

export function SceneView({ scene }: { scene: Scene }) {
  const page: WalkPage = usePage();
  const { step } = page.state;
  // Where a scene has just opened, its first heading takes the focus.
  const from = wayOf(page.content, page.state).at(-2);
  const opening = step === "read" || (step === "turn" && !scene.pause);
  return (
    <article class="scene">
      {from?.choice && <Chosen from={from} arrive={opening} />}
      <Heading
        level={3}
        class="title"
        arrive={!from?.choice && opening}
        lang={page.lang(`scenes/${scene.id}/title`)}
      >
        {scene.title ?? page.t("walk.scene", { at: page.state.progress.at })}
      </Heading>
      {scene.image && <img src={scene.image.src} alt={scene.image.alt} lang={page.lang(`scenes/${scene.id}/image/alt`)} />}
      <Prose html={scene.html} />
      {scene.audio && <Audio of={scene.audio} />}
      {scene.newInformation && (
        <Panel title={page.t("walk.new_information")} name="news">
          <Prose html={scene.newInformation} class="aside" />
        </Panel>
      )}
      {step === "pause" && <Pause scene={scene} />}
      {step === "turn" && scene.pause && scene.pause.reflect.length > 0 && <Written {...promptsOf(page, scene)} open={isLed(page)} />}
      <Onward scene={scene} />
    </article>
  );
}

/** What was chosen in the scene before; both sentences are true of every choice. */
function Chosen({ from, arrive }: { from: Trodden; arrive: boolean }) {
  const page: WalkPage = usePage();
  const { choice } = from;
  if (!choice) return null;
  return (
    <Panel title={page.t("walk.chosen")} level={3} arrive={arrive} name="chosen">
      <p class="choice-made" lang={page.lang(`choices/${choice.id}/text`)}>
        {choice.text}
      </p>
      <OpensCloses choice={choice} />
    </Panel>
  );
}

function promptsOf(page: WalkPage, scene: Scene) {
  const { prompts, perspectives } = page.content;
  return { prompts: (scene.pause?.reflect ?? []).flatMap((id) => prompts[id] ?? []), perspectives };
}

function Pause({ scene }: { scene: Scene }) {
  const page: WalkPage = usePage();
  return (
    <section class="pause">
      <Heading level={4} arrive>
        {page.t("walk.pause")}
      </Heading>
      {scene.pause?.steps.map((kind) => <PauseStep key={kind} kind={kind} scene={scene} />)}
    </section>
  );
}

/** One thing that a pause holds. */
function PauseStep({ kind, scene }: { kind: Held["steps"][number]; scene: Scene }) {
  const page: WalkPage = usePage();
  const { breathe, observe, discuss } = scene.pause ?? {};
  if (kind === "reflect") {
    return (
      <>
        <p class="small">{page.t("walk.pause_care")}</p>
        <PromptForm {...promptsOf(page, scene)} />
      </>
    );
  }
  if (kind === "observe") return observe && <Observation of={observe} />;
  if (kind === "breathe") return breathe && <Breathe of={breathe} />;
  return discuss && <Discuss of={discuss} />;
}

/** A recording, and its words for those who do not hear it. */
function Audio({ of: { src, alt, transcript } }: { of: Recording }) {
  const page: WalkPage = usePage();
  return (
    <figure class="recording">
      <audio controls preload="metadata" src={src} aria-label={alt} />
      <figcaption class="small">{alt}</figcaption>
      <details>
        <summary>{page.t("walk.transcript")}</summary>
        <Prose html={transcript} class="aside" />
      </details>
    </figure>
  );
}

/** The one way on from here: Continue, the choices, or the end. */
function Onward({ scene }: { scene: Scene }) {
  const page: WalkPage = usePage();
  const { step } = page.state;
  if (step === "turn" && scene.end) return <End arrive={scene.pause !== null} />;
  if (isLed(page)) return <OnwardTogether scene={scene} />;
  if (step === "turn" && scene.choices.length) return <Choices scene={scene} />;
  return (
    <div class="row">
      <Action
        pending={page.connection.isWaitingFor("go_on")}
        onClick={() => goOn(page, scene)}
      >
        {page.t("walk.go_on")}
      </Action>
    </div>
  );
}

/** After a pause that has no turn to take, one press leads to the next scene. */
function goOn(page: WalkPage, scene: Scene): void {
  const { step } = page.state;
  if (page.act({ do: "go_on", scene: scene.id, step }) && step === "pause" && scene.next) {
    page.connection.do({ do: "go_on", scene: scene.id, step: "turn" });
  }
}

function Choices({ scene }: { scene: Scene }) {
  const page: WalkPage = usePage();
  const tried = page.state.tried[scene.id] ?? [];
  const open = scene.choices.filter(({ id }) => page.state.choices.includes(id));
  const underWay = page.connection.waiting.find((intent) => intent.do === "choose");
  return (
    <section class="turn">
      <Heading level={4} arrive={scene.pause !== null}>
        {page.t("walk.turn")}
      </Heading>
      <ul class="choices">
        {open.map(({ id, text }) => (
          <li key={id}>
            <Action
              look="plain"
              pending={underWay?.["choice"] === id}
              onClick={() => page.act({ do: "choose", scene: scene.id, choice: id })}
            >
              <span lang={page.lang(`choices/${id}/text`)}>{text}</span>
              {tried.includes(id) && <span class="small">{page.t("walk.tried")}</span>}
            </Action>
          </li>
        ))}
      </ul>
    </section>
  );
}
