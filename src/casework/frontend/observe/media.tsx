// A recording: the browser's own controls, a pace, and its words beside it. Marks carry its time.

import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading, Prose } from "../kit/parts.tsx";
import { Items } from "./items.tsx";
import type { ObservePage } from "./marks.ts";
import { Pace } from "./pace.tsx";
import { players, secondsNow } from "./time.ts";

export function Media() {
  const page: ObservePage = usePage();
  const { moment } = page.content;
  return (
    <>
      <Heading level={3} class="title" arrive lang={page.lang(`moments/${moment.id}/title`)}>
        {moment.title}
      </Heading>
      <div class="side-by-side">
        <section class="now">
          <Player />
        </section>
        <Items />
      </div>
    </>
  );
}

function Player() {
  const page: ObservePage = usePage();
  const { media } = page.content.moment;
  const player = useRef<HTMLMediaElement & HTMLVideoElement & HTMLAudioElement>(null);
  const [rate, setRate] = useState(1);
  useEffect(() => {
    const element = player.current;
    if (!element) return undefined;
    players.set(page, element);
    element.currentTime = Number(page.recall("at"));
    return () => void players.delete(page);
  }, []);
  if (!media) return null;
  // Where one was, and how far one came, outlive a reload.
  const passed = (): void => {
    const now = secondsNow(page);
    page.remember("at", String(now));
    page.remember("seen", String(Math.max(now, Number(page.recall("seen")))));
  };
  const set = (next: number): void => {
    if (player.current) player.current.playbackRate = next;
    setRate(next);
  };
  const Tag = media.film ? "video" : "audio";
  return (
    <>
      <figure class="recording">
        <Tag controls preload="auto" playsInline ref={player} src={media.src ?? ""} aria-label={media.alt} onTimeUpdate={passed} />
        <figcaption class="small">{media.alt}</figcaption>
      </figure>
      <Pace rate={rate} set={set} />
      <details class="transcript" open>
        <summary>{page.t("observe.transcript")}</summary>
        <Prose html={media.transcript} class="aside" />
      </details>
      <div class="row">
        <Action
          look="plain"
          pending={page.connection.isWaitingFor("finish")}
          onClick={() => page.act({ do: "finish", seconds: Number(page.recall("seen")) })}
        >
          {page.t("observe.finish")}
        </Action>
      </div>
    </>
  );
}
