// What every item has: its question, what helps to answer it, and a way to leave it empty again.

import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { isAnswered } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import type { Item } from "./content.ts";

interface AskedProps {
  item: Item;
  children: ComponentChildren;
  /** The one field that the question is the label of; without it the item is a group. */
  labelFor?: string;
  /** The id of what else describes the field. */
  hintId?: string;
  /** Leaves the item empty again. */
  clear?(): void;
}

export function Asked({ item, children, labelFor, hintId, clear }: AskedProps) {
  const page: SurveyPage = usePage();
  const own = useId();
  const hint = hintId ?? own;
  const frame = useRef<HTMLElement>(null);
  const inner = (
    <>
      <Hints id={hint} item={item} />
      {children}
      {clear && <Clear item={item} clear={clear} frame={frame} />}
    </>
  );
  const described = item.hint || (item.private && page.state.sharing) ? hint : undefined;
  const words = { class: "question", dangerouslySetInnerHTML: { __html: item.html } };
  if (labelFor) {
    return (
      <div class="asked" data-item={item.id} ref={frame as never}>
        <label for={labelFor} {...words} />
        {inner}
      </div>
    );
  }
  return (
    <fieldset class="asked" data-item={item.id} aria-describedby={described} ref={frame as never}>
      <legend {...words} />
      {inner}
    </fieldset>
  );
}

function Hints({ id, item }: { id: string; item: Item }) {
  const page: SurveyPage = usePage();
  const alone = item.private && page.state.sharing !== null;
  const care = item.kind === "person";
  if (!item.hint && !alone && !care) return null;
  return (
    <p id={id} class="guide">
      {item.hint && <span dangerouslySetInnerHTML={{ __html: `${item.hint} ` }} />}
      {care && `${page.t("survey.person_hint")} `}
      {alone && page.t("survey.private_item")}
    </p>
  );
}

/** Keeps its place while there is nothing to clear, so that nothing moves under a finger. */
function Clear({ item, clear, frame }: { item: Item; clear(): void; frame: { current: HTMLElement | null } }) {
  const page: SurveyPage = usePage();
  const press = (): void => {
    frame.current?.querySelector<HTMLElement>("input, select")?.focus();
    clear();
  };
  return (
    <p class="clear">
      <button
        type="button"
        class={isAnswered(page, item) ? "quiet" : "quiet hidden"}
        aria-label={page.t("survey.clear_one", { item: item.text })}
        onClick={press}
      >
        {page.t("survey.clear")}
      </button>
    </p>
  );
}
