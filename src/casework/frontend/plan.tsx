// Plan: small steps out of a survey, kept with their author, and looked at again later.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import fields from "./kit/fields.css";
import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import { Action, Heading } from "./kit/parts.tsx";
import { daysUntil, fromToday, stepsOf, subject, textOf } from "./plan/content.ts";
import type { PlanContent, PlanPage, PlanState, Step } from "./plan/content.ts";
import { Grow } from "./plan/grow.tsx";
import styles from "./plan/plan.css";
import { StepView } from "./plan/step.tsx";

/** A step is said to come up within as many days. */
const SOON = 14;

function Plan() {
  const page: PlanPage = usePage();
  const steps = stepsOf(page);
  const shown = steps.filter(({ removed }) => !removed);
  const [gone, letGo] = useState<string | null>(null);
  const [said, say] = useState("");
  const { frame, expect } = useArrival();
  const removed = steps.find(({ id, removed: off }) => id === gone && off);
  const remove = (step: Step): void => {
    page.writing.flush();
    page.connection.do({ do: "remove", step: step.id });
    letGo(step.id);
    expect(".removed button");
  };
  return (
    <div class="plan" ref={frame}>
      <Heading level={3} class="title">
        {page.t("plan.title", { title: page.content.title })}
      </Heading>
      <p class="story">{page.t("plan.lead")}</p>
      <p class="small">{page.t("plan.care")}</p>
      <Due steps={shown} />
      {shown.length === 0 && <p class="gentle">{page.t("plan.empty")}</p>}
      <ol class="steps">
        {shown.map((step, index) => (
          <StepView key={step.id} step={step} at={index + 1} removed={remove} />
        ))}
      </ol>
      {removed && <Removed step={removed} put={() => expect(`[data-step="${removed.id}"] textarea`)} />}
      <Grow
        added={(ids) => {
          say(page.t("plan.added", { count: ids.length }));
          expect(`[data-step="${ids[0]}"] textarea`);
        }}
      />
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

/** What was pressed has changed the page: the focus goes where one would go on. */
function useArrival() {
  const frame = useRef<HTMLDivElement>(null);
  const awaited = useRef("");
  useLayoutEffect(() => {
    const found = awaited.current && frame.current?.querySelector<HTMLElement>(awaited.current);
    if (!found) return;
    awaited.current = "";
    found.focus();
  });
  return { frame, expect: (selector: string): void => void (awaited.current = selector) };
}

/** Steps that come up soon, or whose day has gone by, simply said. */
function Due({ steps }: { steps: Step[] }) {
  const page: PlanPage = usePage();
  const due = steps.flatMap((step, index) => {
    const days = daysUntil(step.by);
    if (days === null || days > SOON || !step.open) return [];
    const what = textOf(page, step, "what");
    const when = fromToday(page, days);
    return what ? page.t("plan.due_one", { what, when }) : page.t("plan.due_step", { at: index + 1, when });
  });
  if (!due.length) return null;
  const named = new Intl.ListFormat(page.content.language).format(due);
  return <p class="due">{page.t("plan.due", { steps: named })}</p>;
}

function Removed({ step, put }: { step: Step; put(): void }) {
  const page: PlanPage = usePage();
  return (
    <div class="removed" role="status">
      <p>{page.t("plan.removed", { what: textOf(page, step, "what") || page.t("plan.unnamed") })}</p>
      <Action
        look="quiet"
        onClick={() => {
          page.connection.do({ do: "restore", step: step.id });
          put();
        }}
      >
        {page.t("plan.restore")}
      </Action>
    </div>
  );
}

export default activity<PlanContent, PlanState>(
  {
    prompt: (content, state, id) =>
      state.steps.some((step) => step.id === id) || /^[0-9a-f]{32}$/.test(id)
        ? { id, html: "", perspectives: [], again: null, share: "private", who: content.who }
        : undefined,
    responses: (state) => state.responses,
    subject,
    place: () => "",
  },
  Plan,
  fields + styles,
);
