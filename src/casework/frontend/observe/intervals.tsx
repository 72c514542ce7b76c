// What is looked for in one stretch after another: a beat, or some seconds. One yes or no for each; what is left open
// stays open.

import { useEffect, useRef } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Heading } from "../kit/parts.tsx";
import type { Item } from "./content.ts";
import { Meaning } from "./items.tsx";
import { answer, answersOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";
import { placeNow, secondsNow, timeOf, useTick } from "./time.ts";

interface Stretch {
  interval: number;
  when: string;
  /** Whether it has passed; only then one can say of it "all the time", or what its last moment was. */
  passed: boolean;
}

/** The stretch before, where time goes by itself, and the one that is now. */
function stretches(page: ObservePage, item: Item): Stretch[] {
  const { beat } = placeNow(page);
  if (beat !== null) {
    const now = { interval: beat, when: page.t("observe.this_beat"), passed: true };
    const before = { interval: beat - 1, when: page.t("observe.last_beat"), passed: true };
    return page.content.pace === "told" && beat > 0 ? [before, now] : [now];
  }
  const length = item.seconds ?? 1;
  const interval = Math.floor(secondsNow(page) / length);
  const span = (at: number) => ({ from: timeOf(at * length), to: timeOf((at + 1) * length) });
  const past = item.sampling === "momentary" ? page.t("observe.at", { time: timeOf(interval * length) }) : page.t("observe.just_now", span(interval - 1));
  const now = { interval, when: page.t("observe.now", span(interval)), passed: false };
  return interval > 0 ? [{ interval: interval - 1, when: past, passed: true }, now] : [now];
}

const asked = (item: Item, { passed }: Stretch): boolean => passed || item.sampling === "partial";

/** A single key says yes of the stretch that is asked about: the one that is now, or the one that has just passed. */
export function answerNow(page: ObservePage, item: Item): string {
  const stretch = stretches(page, item).filter((one) => asked(item, one)).at(-1);
  if (!stretch) return "";
  answer(page, item.id, stretch.interval, "yes");
  return `${stretch.when}. ${item.text}: ${page.t("observe.yes")}`;
}

export function Intervals({ say }: { say(words: string): void }) {
  const page: ObservePage = usePage();
  const items = page.content.checklist.items.filter(({ kind }) => kind === "interval");
  if (!items.length) return null;
  return (
    <section class="intervals">
      <Heading level={5}>{page.t("observe.intervals")}</Heading>
      <p class="small">{page.t("observe.intervals_small")}</p>
      {items.map((item) => (
        <Interval key={item.id} item={item} say={say} />
      ))}
    </section>
  );
}

function Interval({ item, say }: { item: Item; say(words: string): void }) {
  const page: ObservePage = usePage();
  const at = useTick(() => stretches(page, item).at(-1)?.interval ?? 0);
  const shown = stretches(page, item);
  const asks = page.t(`observe.${item.sampling ?? "partial"}`);
  const last = useRef(at);
  // A new stretch is said, so that one need not watch the clock.
  useEffect(() => {
    const about = shown.find((one) => asked(item, one));
    if (last.current !== at && about) say(page.t("observe.announce", { when: about.when, item: item.text, asks }));
    last.current = at;
  }, [at]);
  return (
    <div class="interval">
      <p class="text" lang={page.lang(`items/${item.id}/text`)}>
        {item.text} <span class="small">{asks}</span>
        {item.key && <kbd aria-hidden="true">{item.key}</kbd>}
      </p>
      <Meaning item={item} />
      {shown.map((stretch) => (
        <Asked key={stretch.interval} item={item} stretch={stretch} />
      ))}
    </div>
  );
}

function Asked({ item, stretch }: { item: Item; stretch: Stretch }) {
  const page: ObservePage = usePage();
  const said = answersOf(page, item.id)[stretch.interval];
  const choose = (yes: boolean) => () => answer(page, item.id, stretch.interval, said === yes ? "unknown" : yes ? "yes" : "no");
  return (
    <div class="asked" role="group" aria-label={`${item.text}. ${stretch.when}`}>
      <span class="when">{stretch.when}</span>
      {asked(item, stretch) &&
        [true, false].map((yes) => (
          <button key={String(yes)} type="button" class="plain" aria-pressed={said === yes} onClick={choose(yes)}>
            {page.t(yes ? "observe.yes" : "observe.no")}
          </button>
        ))}
    </div>
  );
}
