// The checklist beside what is observed: one large target for each item, after its kind.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Heading } from "../kit/parts.tsx";
import type { Item } from "./content.ts";
import { Intervals, answerNow } from "./intervals.tsx";
import { Here } from "./list.tsx";
import { mark, marksOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";
import { Notes } from "./notes.tsx";
import { Ratings } from "./ratings.tsx";
import { placeNow, secondOf, timeOf } from "./time.ts";

export function Items() {
  const page: ObservePage = usePage();
  const { checklist, ground } = page.content;
  const [said, say] = useState("");
  const press = (item: Item): void => {
    if (item.kind === "interval") return say(answerNow(page, item));
    const what = mark(page, item);
    const count = marksOf(page).filter((one) => one.item === item.id).length;
    if (what) say(page.t(`observe.${what}`, { item: item.text, count }));
  };
  const section = useKeys(page, press);
  const pressed = checklist.items.filter(({ kind }) => kind === "point" || kind === "state");
  return (
    <section class="items" ref={section}>
      <Heading level={4} lang={page.lang("title")}>
        {checklist.title}
      </Heading>
      <p class="small">{page.t(ground === "beats" ? "observe.how" : `observe.how_${ground}`)}</p>
      <ul>
        {pressed.map((item) => (
          <li key={item.id}>
            {item.kind === "point" ? <Point item={item} press={() => press(item)} /> : <State item={item} press={() => press(item)} />}
            <Meaning item={item} />
          </li>
        ))}
      </ul>
      <Intervals say={say} />
      <Here say={say} />
      <Notes />
      <Ratings />
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </section>
  );
}

/** Single keys mark too, while the focus is in this activity and not in a field. */
function useKeys(page: ObservePage, press: (item: Item) => void) {
  const section = useRef<HTMLElement>(null);
  const pressed = useRef(press);
  pressed.current = press;
  useEffect(() => {
    const root = section.current?.getRootNode() as ShadowRoot;
    const heard = (event: Event): void => {
      const { key, repeat, ctrlKey, metaKey, altKey, target } = event as KeyboardEvent;
      if (repeat || ctrlKey || metaKey || altKey || (target as Element).matches("input, textarea, select")) return;
      const item = page.content.checklist.items.find((one) => one.key?.toLowerCase() === key.toLowerCase());
      if (item && item.kind !== "rating") pressed.current(item);
    };
    root.addEventListener("keydown", heard);
    return () => root.removeEventListener("keydown", heard);
  }, []);
  return section;
}

interface PressProps {
  item: Item;
  press(): void;
}

function Point({ item, press }: PressProps) {
  const page: ObservePage = usePage();
  const count = useId();
  const marks = marksOf(page).filter((one) => one.item === item.id);
  const { beat } = placeNow(page);
  const here = beat === null ? 0 : marks.filter((one) => one.beat === beat).length;
  return (
    <>
      <button
        type="button"
        class="item"
        aria-keyshortcuts={item.key ?? undefined}
        aria-describedby={count}
        data-pending={marks.some(({ pending }) => pending)}
        data-here={here > 0}
        onClick={press}
      >
        <Label item={item} />
        <span class="count" aria-hidden="true">
          {marks.length || ""}
        </span>
      </button>
      <span id={count} class="unseen">
        {page.t(beat === null ? "observe.count_all" : "observe.count", { count: marks.length, here })}
      </span>
    </>
  );
}

/** A state: pressed while it lasts. */
function State({ item, press }: PressProps) {
  const page: ObservePage = usePage();
  const how = useId();
  const marks = marksOf(page).filter((one) => one.item === item.id);
  const lasting = marks.find(({ lasts }) => lasts);
  const time = lasting ? timeOf(secondOf(page, lasting)) : "";
  return (
    <>
      <button
        type="button"
        class="item lasting"
        aria-pressed={lasting !== undefined}
        aria-keyshortcuts={item.key ?? undefined}
        aria-describedby={how}
        data-pending={marks.some(({ pending }) => pending)}
        data-here={lasting !== undefined}
        onClick={press}
      >
        <Label item={item} />
        <span class="since" aria-hidden="true">
          {lasting && page.t("observe.lasts", { time })}
        </span>
        <span class="switch" aria-hidden="true" />
      </button>
      <span id={how} class="unseen">
        {page.t(lasting ? "observe.lasting" : "observe.not_lasting", { time })}
      </span>
    </>
  );
}

function Label({ item }: { item: Item }) {
  const page: ObservePage = usePage();
  return (
    <>
      <span class="text" lang={page.lang(`items/${item.id}/text`)}>
        {item.text}
      </span>
      {item.key && <kbd aria-hidden="true">{item.key}</kbd>}
    </>
  );
}

export function Meaning({ item }: { item: Item }) {
  const page: ObservePage = usePage();
  if (!item.definition) return null;
  return (
    <details>
      <summary title={page.t("observe.meaning")}>
        <span class="unseen">
          {page.t("observe.meaning")}: {item.text}
        </span>
        <span aria-hidden="true">?</span>
      </summary>
      <p lang={page.lang(`items/${item.id}/definition`)}>{item.definition}</p>
      {item.example && (
        <p>
          <b>{page.t("observe.example")}</b> <span lang={page.lang(`items/${item.id}/example`)}>{item.example}</span>
        </p>
      )}
      {item.nonExample && (
        <p>
          <b>{page.t("observe.non_example")}</b>{" "}
          <span lang={page.lang(`items/${item.id}/non_example`)}>{item.nonExample}</span>
        </p>
      )}
    </details>
  );
}
