// The checklist beside the moment: one large button for each item.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { Item } from "./content.ts";
import { mark, marksOf, undo } from "./marks.ts";
import type { ObservePage } from "./marks.ts";

export function Items() {
  const page: ObservePage = usePage();
  const { checklist } = page.content;
  const [said, say] = useState("");
  const press = (item: Item): void => {
    if (mark(page, item.id)) say(page.t("observe.marked", { item: item.text, count: marksOf(page).filter((one) => one.item === item.id).length }));
  };
  const section = useKeys(page, press);
  return (
    <section class="items" ref={section}>
      <Heading level={4} lang={page.lang("title")}>
        {checklist.title}
      </Heading>
      <p class="small">{page.t("observe.how")}</p>
      <ul>
        {checklist.items.map((item) => (
          <ItemButton key={item.id} item={item} press={() => press(item)} />
        ))}
      </ul>
      <Here say={say} />
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
      if (item) pressed.current(item);
    };
    root.addEventListener("keydown", heard);
    return () => root.removeEventListener("keydown", heard);
  }, []);
  return section;
}

function ItemButton({ item, press }: { item: Item; press(): void }) {
  const page: ObservePage = usePage();
  const count = useId();
  const marks = marksOf(page).filter((mark) => mark.item === item.id);
  const here = marks.filter(({ beat }) => beat === page.state.beat).length;
  const pending = marks.some((mark) => mark.pending);
  return (
    <li>
      <button
        type="button"
        class="item"
        aria-keyshortcuts={item.key ?? undefined}
        aria-describedby={count}
        data-pending={pending}
        data-here={here > 0}
        onClick={press}
      >
        <span class="text" lang={page.lang(`items/${item.id}/text`)}>
          {item.text}
        </span>
        {item.key && <kbd aria-hidden="true">{item.key}</kbd>}
        <span class="count" aria-hidden="true">
          {marks.length || ""}
        </span>
      </button>
      <span id={count} class="unseen">
        {page.t("observe.count", { count: marks.length, here })}
      </span>
      <Meaning item={item} />
    </li>
  );
}

function Meaning({ item }: { item: Item }) {
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

/** What is marked in the current moment, each with its way back. */
function Here({ say }: { say(words: string): void }) {
  const page: ObservePage = usePage();
  const all = marksOf(page);
  const here = all.filter(({ beat }) => beat === page.state.beat);
  const last = all.at(-1);
  const textOf = (id: string): string => page.content.checklist.items.find((item) => item.id === id)?.text ?? id;
  const remove = (id: string, item: string): void => {
    undo(page, id);
    say(page.t("observe.removed", { item: textOf(item) }));
  };
  return (
    <div class="here">
      <Heading level={5}>{page.t("observe.here")}</Heading>
      {here.length === 0 && <p class="small">{page.t("observe.none_here")}</p>}
      <ul>
        {here.map(({ id, item, pending }) => (
          <li key={id} data-pending={pending}>
            <span>{textOf(item)}</span>
            <Action look="quiet" aria-label={page.t("observe.remove_one", { item: textOf(item) })} onClick={() => remove(id, item)}>
              {page.t("observe.remove")}
            </Action>
          </li>
        ))}
      </ul>
      {last && (
        <Action look="quiet" onClick={() => remove(last.id, last.item)}>
          {page.t("observe.undo")}
        </Action>
      )}
    </div>
  );
}
