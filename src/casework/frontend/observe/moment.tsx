// The moment, beat by beat. The current beat, the way on and the checklist keep their places from beat to beat, so
// that a mark is one press away; what came before stays readable beneath.

import { usePage } from "../kit/page.ts";
import { Action, Heading, Prose } from "../kit/parts.tsx";
import { Items } from "./items.tsx";
import type { ObservePage } from "./marks.ts";

export function Moment() {
  const page: ObservePage = usePage();
  const { moment } = page.content;
  const { beat } = page.state;
  return (
    <>
      <Heading level={3} class="title" lang={page.lang(`moments/${moment.id}/title`)}>
        {moment.title}
      </Heading>
      <div class="side-by-side">
        <section class="now">
          <Heading level={4} class="eyebrow" arrive>
            {page.t("observe.moment", { at: beat + 1, of: moment.beats.length })}
            <span class="time">{timeOf(moment.beats[beat]?.at ?? 0)}</span>
          </Heading>
          <Prose html={moment.beats[beat]?.html ?? ""} />
          <Steps />
        </section>
        <Items />
        {beat > 0 && <Before />}
      </div>
    </>
  );
}

function Before() {
  const page: ObservePage = usePage();
  return (
    <section class="before">
      <Heading level={4} class="eyebrow">
        {page.t("observe.before")}
      </Heading>
      <ol>
        {page.content.moment.beats.slice(0, page.state.beat).map(({ at, html }, index) => (
          <li key={index}>
            <span class="time">{timeOf(at)}</span>
            <Prose html={html} />
          </li>
        ))}
      </ol>
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
        <Action pending={page.connection.isWaitingFor("finish")} onClick={() => page.act({ do: "finish" })}>
          {page.t("observe.finish")}
        </Action>
      )}
      {beat > 0 && (
        <Action look="quiet" pending={pending} onClick={to(beat - 1)}>
          {page.t("observe.back")}
        </Action>
      )}
    </div>
  );
}

/** Seconds as a clock shows them: 0:06. */
export function timeOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
