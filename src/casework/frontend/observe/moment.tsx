// A moment in beats, stepped by the person or told at its own pace. The current beat, the way on and the checklist keep
// their places from beat to beat, so that a mark is one press away; what came before stays readable beneath.

import { useEffect } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading, Prose } from "../kit/parts.tsx";
import { Items } from "./items.tsx";
import type { ObservePage } from "./marks.ts";
import { Pace } from "./pace.tsx";
import { placeNow, tellerOf, timeOf, useTick } from "./time.ts";

export function Moment() {
  const page: ObservePage = usePage();
  const { moment, pace } = page.content;
  return (
    <>
      <Heading level={3} class="title" lang={page.lang(`moments/${moment.id}/title`)}>
        {moment.title}
      </Heading>
      <div class="side-by-side">
        {pace === "told" ? <Told /> : <Stepped />}
        <Items />
        <Before />
      </div>
    </>
  );
}

function Stepped() {
  const page: ObservePage = usePage();
  const { beats } = page.content.moment;
  const { beat } = page.state;
  return (
    <section class="now">
      <Heading level={4} class="eyebrow" arrive>
        {page.t("observe.moment", { at: beat + 1, of: beats.length })}
        <span class="time">{timeOf(beats[beat]?.at ?? 0)}</span>
      </Heading>
      <Prose html={beats[beat]?.html ?? ""} />
      <Steps />
    </section>
  );
}

function Steps() {
  const page: ObservePage = usePage();
  const { beat } = page.state;
  const to = (next: number) => () => page.act({ do: "at_beat", beat: next });
  const pending = page.connection.isWaitingFor("at_beat");
  return (
    <div class="row">
      {beat + 1 < page.content.moment.beats.length ? (
        <Action pending={pending} onClick={to(beat + 1)}>
          {page.t("observe.next")}
        </Action>
      ) : (
        <Finish />
      )}
      {beat > 0 && (
        <Action look="quiet" pending={pending} onClick={to(beat - 1)}>
          {page.t("observe.back")}
        </Action>
      )}
    </div>
  );
}

function Finish({ look = "main" }: { look?: "main" | "plain" }) {
  const page: ObservePage = usePage();
  return (
    <Action look={look} pending={page.connection.isWaitingFor("finish")} onClick={() => page.act({ do: "finish" })}>
      {page.t("observe.finish")}
    </Action>
  );
}

/** Whoever listens to the page hears each beat as it comes. */
function Told() {
  const page: ObservePage = usePage();
  const { beats, ends } = page.content.moment;
  const teller = tellerOf(page);
  const { beat } = teller;
  useEffect(() => () => teller.pause(), []);
  return (
    <section class="now">
      <Heading level={4} class="eyebrow" arrive>
        {page.t("observe.moment", { at: beat + 1, of: beats.length })}
        <Position ends={ends} />
      </Heading>
      <div aria-live="polite">
        <Prose html={beats[beat]?.html ?? ""} />
      </div>
      <div class="row">
        <Action look={teller.ended ? "plain" : "main"} onClick={() => (teller.playing ? teller.pause() : teller.play())}>
          {page.t(teller.playing ? "observe.pause" : teller.ended ? "observe.again" : "observe.play")}
        </Action>
        {beat === beats.length - 1 && <Finish look={teller.ended ? "main" : "plain"} />}
      </div>
      <Pace rate={teller.rate} set={(rate) => teller.setRate(rate)} />
    </section>
  );
}

/** The time, second by second, and how far one is: in steps of beats for those who want no movement. */
function Position({ ends }: { ends: number }) {
  const page: ObservePage = usePage();
  const at = useTick(() => Math.floor(tellerOf(page).position));
  return (
    <span class="time">
      {page.t("observe.of_time", { at: timeOf(at), of: timeOf(ends) })}
      <span class="track" aria-hidden="true">
        <span style={{ inlineSize: `${ends ? Math.round((100 * at) / ends) : 0}%` }} />
      </span>
    </span>
  );
}

function Before() {
  const page: ObservePage = usePage();
  const beat = placeNow(page).beat ?? 0;
  if (beat < 1) return null;
  return (
    <section class="before">
      <Heading level={4} class="eyebrow">
        {page.t("observe.before")}
      </Heading>
      <ol>
        {page.content.moment.beats.slice(0, beat).map(({ at, html }, index) => (
          <li key={index}>
            <span class="time">{timeOf(at)}</span>
            <Prose html={html} />
          </li>
        ))}
      </ol>
    </section>
  );
}
