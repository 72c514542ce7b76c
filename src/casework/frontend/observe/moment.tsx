// The moment, beat by beat: earlier beats stay readable, the current one stands out.

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
      <Heading level={3} class="title">
        {moment.title}
      </Heading>
      <div class="side-by-side">
        <section class="beats">
          <Heading level={4} class="eyebrow" arrive>
            {page.t("observe.moment", { at: beat + 1, of: moment.beats.length })}
          </Heading>
          <ol>
            {moment.beats.slice(0, beat + 1).map(({ at, html }, index) => (
              <li key={index} aria-current={index === beat ? "step" : undefined}>
                <span class="time">{timeOf(at)}</span>
                <Prose html={html} />
              </li>
            ))}
          </ol>
          <Steps />
        </section>
        <Items />
      </div>
    </>
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
