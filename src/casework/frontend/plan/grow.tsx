// The ways a plan grows: out of the survey's items, or freely.

import { useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action } from "../kit/parts.tsx";
import { stepsOf } from "./content.ts";
import type { PlanPage } from "./content.ts";

export function Grow({ added }: { added(ids: string[]): void }) {
  const page: PlanPage = usePage();
  const [open, setOpen] = useState(false);
  const [picked, pick] = useState<string[]>([]);
  const free = (): void => {
    const { id } = page.connection.do({ do: "add", item: null });
    added([id]);
  };
  const grow = (): void => {
    const order = page.content.items.map(({ id }) => id).filter((id) => picked.includes(id));
    added(order.map((item) => page.connection.do({ do: "add", item }).id));
    pick([]);
    setOpen(false);
  };
  return (
    <section class="growing">
      <div class="row">
        <Action look={open ? "plain" : "main"} aria-expanded={open} onClick={() => setOpen(!open)}>
          {page.t("plan.grow")}
        </Action>
        <Action look="plain" onClick={free}>
          {page.t("plan.add")}
        </Action>
      </div>
      {open && (
        <div class="panel">
          <p>{page.t("plan.grow_hint")}</p>
          <Pickable picked={picked} pick={pick} />
          <div class="row tight">
            <Action disabled={picked.length === 0} onClick={grow}>
              {page.t("plan.grow_picked")}
            </Action>
            {picked.length === 0 && <span class="small">{page.t("plan.grow_none")}</span>}
          </div>
        </div>
      )}
    </section>
  );
}

/** The items, on the pages of the survey, each with what one answered. */
function Pickable({ picked, pick }: { picked: string[]; pick(items: string[]): void }) {
  const page: PlanPage = usePage();
  const texts = new Map(page.content.items.map(({ id, text }) => [id, text]));
  const planned = new Set(stepsOf(page).flatMap(({ item, removed }) => (removed ? [] : (item ?? []))));
  return (
    <>
      {page.content.pages.map((part) => {
        const items = part.items.filter((id) => texts.has(id));
        if (!items.length) return null;
        return (
          <fieldset class="pickable" key={part.id}>
            <legend class={part.title ? "" : "unseen"} lang={page.lang(`pages/${part.id}/title`)}>
              {part.title ?? page.content.title}
            </legend>
            {items.map((id) => (
              <label class="choice" key={id}>
                <input
                  type="checkbox"
                  checked={picked.includes(id)}
                  onChange={() => pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id])}
                />
                <span class="says">
                  <span lang={page.lang(`items/${id}/text`)}>{texts.get(id)}</span>
                  <span class="small">
                    {page.state.answered[id] && page.t("plan.your_answer", { answer: page.state.answered[id] })}{" "}
                    {planned.has(id) && page.t("plan.growing")}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </>
  );
}
