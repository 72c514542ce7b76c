// One step: what, who, by when, and how one will know; how it went, said at a review.

import { useId, useState } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import { Action } from "../kit/parts.tsx";
import { Words } from "../kit/words.tsx";
import { dateOf, daysUntil, fromToday, HOWS, textOf } from "./content.ts";
import type { PlanPage, Step } from "./content.ts";

interface StepProps {
  step: Step;
  at: number;
  removed(step: Step): void;
}

export function StepView({ step, at, removed }: StepProps) {
  const page: PlanPage = usePage();
  const title = useId();
  const [reviewing, review] = useState(false);
  return (
    <li class="step" data-step={step.id} data-open={step.open}>
      <section aria-labelledby={title}>
        <h4 id={title} class="eyebrow">
          {page.t("plan.step", { at })}
        </h4>
        {step.item && <Grown item={step.item} />}
        <Field step={step} place="what" class="what" />
        <div class="beside">
          <Field step={step} place="who" hint />
          <By step={step} />
        </div>
        <Field step={step} place="sign" hint />
        <Reviews step={step} />
        {reviewing ? (
          <ReviewForm step={step} at={at} close={() => review(false)} />
        ) : (
          <div class="row tight">
            <Action look="plain" aria-label={page.t("plan.review_one", { at })} onClick={() => review(true)}>
              {page.t("plan.review")}
            </Action>
            <Action look="quiet" aria-label={page.t("plan.remove_one", { at })} onClick={() => removed(step)}>
              {page.t("plan.remove")}
            </Action>
          </div>
        )}
      </section>
    </li>
  );
}

/** The item that a step grew from, in its own words, with what one answered to it. */
function Grown({ item }: { item: string }) {
  const page: PlanPage = usePage();
  const text = page.content.items.find(({ id }) => id === item)?.text;
  const answer = page.state.answered[item];
  return (
    <figure class="grown">
      <figcaption class="unseen">{page.t("plan.from")}</figcaption>
      <blockquote lang={page.lang(`items/${item}/text`)}>{text}</blockquote>
      {answer && <p class="small">{page.t("plan.your_answer", { answer })}</p>}
    </figure>
  );
}

interface FieldProps {
  step: Step;
  place: "what" | "who" | "sign";
  hint?: boolean;
  class?: string;
}

function Field({ step, place, hint = false, class: name = "" }: FieldProps) {
  const page: PlanPage = usePage();
  const id = useId();
  const told = useId();
  return (
    <div class={`short ${name}`}>
      <label for={id}>{page.t(`plan.${place}`)}</label>
      {hint && (
        <span id={told} class="small hint">
          {page.t(`plan.${place}_hint`)}
        </span>
      )}
      <Words id={id} cell={cellOf(step.id, place)} before={null} describedBy={hint ? told : ""} />
    </div>
  );
}

function By({ step }: { step: Step }) {
  const page: PlanPage = usePage();
  const id = useId();
  const told = useId();
  const days = daysUntil(step.by);
  const set = (field: HTMLInputElement): void => {
    const whole = !field.validity.badInput && (!field.value || field.value > "1000"); // a year is typed figure by figure
    if (whole && field.value !== (step.by ?? "")) {
      page.connection.do({ do: "by", step: step.id, day: field.value || null });
    }
  };
  return (
    <div class="short">
      <label for={id}>{page.t("plan.by")}</label>
      <span id={told} class="small hint">
        {days !== null && step.open ? fromToday(page, days) : ""}
      </span>
      <input
        id={id}
        type="date"
        value={step.by ?? ""}
        aria-describedby={told}
        onChange={(event) => set(event.currentTarget)}
        onBlur={(event) => set(event.currentTarget)}
      />
    </div>
  );
}

function Reviews({ step }: { step: Step }) {
  const page: PlanPage = usePage();
  if (!step.reviews.length) return null;
  return (
    <ul class="reviews">
      {step.reviews.map(({ how, at }, index) => (
        <li key={index}>
          <b>{page.t("plan.reviewed", { date: dateOf(page, at), how: page.t(`plan.how_${how}`) })}</b>
          {textOf(page, step, `note-${index}`) && <p>{textOf(page, step, `note-${index}`)}</p>}
        </li>
      ))}
    </ul>
  );
}

function ReviewForm({ step, at, close }: { step: Step; at: number; close(): void }) {
  const page: PlanPage = usePage();
  const note = useId();
  const name = useId();
  const why = useId();
  const [how, choose] = useState("");
  const [asked, ask] = useState(false);
  const keep = (): void => {
    ask(!how);
    if (!how) return;
    page.writing.flush();
    page.connection.do({ do: "review", step: step.id, number: step.reviews.length, how });
    close();
  };
  return (
    <div class="review">
      <fieldset aria-describedby={asked && !how ? why : undefined}>
        <legend>{page.t("plan.review_one", { at })}</legend>
        <div class="hows">
          {HOWS.map((one, index) => (
            <label class="choice" key={one}>
              <input
                type="radio"
                name={name}
                checked={how === one}
                {...(index === 0 && { ref: focusOnce })}
                onChange={() => choose(one)}
              />
              <span class="says">{page.t(`plan.how_${one}`)}</span>
            </label>
          ))}
        </div>
        {asked && !how && (
          <p id={why} class="trouble" role="alert">
            {page.t("plan.review_none")}
          </p>
        )}
      </fieldset>
      <div class="short">
        <label for={note}>{page.t("plan.note")}</label>
        <Words id={note} cell={cellOf(step.id, `note-${step.reviews.length}`)} before={null} describedBy="" />
      </div>
      <div class="row tight">
        <Action onClick={keep}>{page.t("plan.keep_review")}</Action>
        <Action look="quiet" onClick={close}>
          {page.t("plan.leave_review")}
        </Action>
      </div>
    </div>
  );
}

const seen = new WeakSet<HTMLElement>();

/** The form has just opened below the button that was pressed: the focus follows it. */
function focusOnce(field: HTMLElement | null): void {
  if (!field || seen.has(field)) return;
  seen.add(field);
  field.focus();
}
