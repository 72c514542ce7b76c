// What a pause holds besides questions: a while to breathe, something to talk about, something to observe.

import { useEffect, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Panel, Prose } from "../kit/parts.tsx";
import type { Held, Pause, WalkContent, WalkState } from "./content.ts";

const TICK = 1000;
const ROUND = 2 * Math.PI * 17;

/** A while in which nothing is asked. The page keeps the time if one likes, without a number that runs down. */
export function Breathe({ of: { html, minutes } }: { of: Held }) {
  const page = usePage();
  const [began, begin] = useState(0);
  const [now, setNow] = useState(0);
  const passed = began ? Math.min(1, (now - began) / (minutes * 60_000)) : 0;
  useEffect(() => {
    if (!began || passed >= 1) return undefined;
    const ticking = window.setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(ticking);
  }, [began, passed >= 1]);
  const start = (): void => {
    setNow(Date.now());
    begin(Date.now());
  };
  return (
    <Panel title={page.t("walk.breathe")} name="breathe">
      <Prose html={html} class="aside" />
      <p class="small">{page.t("walk.breathe_minutes", { minutes })}</p>
      <div class="while">
        {!began && (
          <Action look="quiet" onClick={start}>
            {page.t("walk.breathe_keep")}
          </Action>
        )}
        {began > 0 && <Ring passed={passed} />}
        <p role="status">{began > 0 && page.t(passed < 1 ? "walk.breathe_going" : "walk.breathe_over")}</p>
      </div>
    </Panel>
  );
}

function Ring({ passed }: { passed: number }) {
  return (
    <svg class="ring" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
      <circle cx="20" cy="20" r="17" />
      <circle cx="20" cy="20" r="17" class="passed" stroke-dasharray={`${ROUND * passed} ${ROUND}`} />
    </svg>
  );
}

export function Discuss({ of: { html, minutes } }: { of: Held }) {
  const page = usePage();
  return (
    <Panel title={page.t("walk.discuss")}>
      <Prose html={html} class="aside" />
      <p class="small">{page.t("walk.discuss_minutes", { minutes })}</p>
    </Panel>
  );
}

/** The way to an observation that has a place of its own on the page. */
export function Observation({ of: { moment, checklist, title } }: { of: NonNullable<Pause["observe"]> }) {
  const page = usePage<WalkContent, WalkState>();
  const [missing, setMissing] = useState(false);
  const [before, after] = page.t("walk.observe_where").split("{title}");
  const go = (): void => {
    const frame = findActivity("observe", `${page.content.about}/${moment}/${checklist}`);
    setMissing(!frame);
    const heading = frame?.querySelector<HTMLElement>("h3, h4");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  };
  return (
    <Panel title={page.t("walk.observe")}>
      <p>
        {before}
        <span lang={page.lang(`moments/${moment}/title`)}>{title}</span>
        {after}
      </p>
      <div class="while">
        <Action look="plain" onClick={go}>
          {page.t("walk.observe_go")}
        </Action>
        <p role="status">{missing && page.t("walk.observe_none")}</p>
      </div>
    </Panel>
  );
}

/** Another activity on the same page: each lives in a shadow root of its own. */
function findActivity(name: string, about: string): HTMLElement | undefined {
  const frames = Array.from(document.querySelectorAll(".casework"), (host) =>
    host.shadowRoot?.querySelector<HTMLElement>(`[data-activity="${name}"][data-about="${about}"]`),
  );
  return frames.find((frame) => frame?.isConnected) ?? undefined;
}
