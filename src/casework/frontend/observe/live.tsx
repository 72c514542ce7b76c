// A live observation: a clock that runs along. It goes on without a network, and after a reload.

import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { Items } from "./items.tsx";
import type { ObservePage } from "./marks.ts";
import { clockOf, secondsNow, timeOf, useTick } from "./time.ts";

export function Live() {
  const page: ObservePage = usePage();
  return (
    <>
      <Heading level={3} class="title" arrive>
        {page.content.title}
      </Heading>
      <div class="side-by-side">
        <section class="now">
          <Clock />
        </section>
        <Items />
      </div>
    </>
  );
}

function Clock() {
  const page: ObservePage = usePage();
  const at = useTick(() => timeOf(secondsNow(page)));
  const running = clockOf(page)?.running ?? false;
  const stop = (): void => void page.connection.do({ do: "pause", seconds: secondsNow(page) });
  const goOn = (): void => void page.connection.do({ do: "go_on", when: Date.now() });
  return (
    <>
      <Heading level={4} class="eyebrow">
        {page.t("observe.clock")}
      </Heading>
      <p class="clock" role="timer" data-running={running}>
        {at}
      </p>
      <p class="small" role="status">
        {page.t(running ? "observe.running" : "observe.paused")}
      </p>
      <div class="row">
        <Action look={running ? "plain" : "main"} onClick={running ? stop : goOn}>
          {page.t(running ? "observe.pause" : "observe.go_on")}
        </Action>
        <Action
          look="quiet"
          pending={page.connection.isWaitingFor("finish")}
          onClick={() => page.act({ do: "finish", seconds: secondsNow(page) })}
        >
          {page.t("observe.end")}
        </Action>
      </div>
    </>
  );
}
