// What was shared: for each form the numbers, what to do with it, and its cards with what can be done with each.

import { useState } from "preact/hooks";
import { FormView, isEmpty } from "../board/board.tsx";
import { Action } from "../kit/parts.tsx";
import type { Card, FormBoard } from "../room/protocol.ts";
import { sayCount } from "../room/speech.ts";
import { useLead } from "./here.ts";
import type { Lead } from "./lead.ts";
import { isReady } from "./next.ts";

export function Forms() {
  const lead = useLead();
  const { say, known, phase } = lead;
  if (phase === "waiting") return null;
  const here = known.here?.place ?? "";
  const now = phase === "going" ? lead.formsHere.filter(({ form }) => lead.isShareable(here, form)) : [];
  const nowNames = now.map(({ form }) => form);
  const others = [...known.boards].flatMap(([place, { forms }]) =>
    forms
      .filter((form) => !(place === here && nowNames.includes(form.form)))
      .filter((form) => lead.isShareable(place, form.form) && (!isEmpty(form) || form.counts?.took_part))
      .map((form) => ({ place, form })),
  );
  return (
    <section class="forms">
      {now.map((form) => (
        <FormPanel key={form.form} place={here} form={form} />
      ))}
      {others.length > 0 && (
        <details open={phase === "ended"}>
          <summary>{say("group.desk_other_forms")}</summary>
          {others.map(({ place, form }) => (
            <FormPanel key={`${place} ${form.form}`} place={place} form={form} />
          ))}
        </details>
      )}
    </section>
  );
}

interface FormPanelProps {
  place: string;
  form: FormBoard;
}

function FormPanel({ place, form }: FormPanelProps) {
  const lead = useLead();
  const board = lead.board(place);
  if (!board) return null;
  return (
    <article class="form-panel" data-form={form.form} data-revealed={form.revealed || undefined}>
      <FormView
        form={form}
        board={board}
        holder={lead.holder(place)}
        level={4}
        spotlight={lead.known.where?.spotlight?.card.id}
        tools={(card) => <CardTools card={card} form={form} />}
        empty={false}
        say={lead.say}
        language={lead.language}
      />
      <Numbers form={form} lead={lead} place={place} />
      <FormTools place={place} form={form} />
    </article>
  );
}

/** Numbers alone: who it was is nobody's business. */
function Numbers({ form, lead, place }: { form: FormBoard; lead: Lead; place: string }) {
  const { say, language } = lead;
  const { counts } = form;
  if (!counts) return null;
  const given = counts.took_part - counts.kept;
  const nobody = counts.nobody.map((id) => lead.holder(place).perspective(id).name);
  const told = [
    given > 0 ? sayCount(say, "group.desk_shared", given) : say("group.desk_shared_none"),
    counts.kept > 0 && sayCount(say, "group.desk_kept", counts.kept),
    counts.waiting > 0 && sayCount(say, "group.desk_waiting", counts.waiting, { floor: lead.known.desk?.floor ?? 5 }),
  ].filter(Boolean);
  return (
    <p class="small numbers">
      {told.join(" ")}{" "}
      {counts.took_part > 0 && nobody.length > 0 && say("group.desk_nobody_from", { names: new Intl.ListFormat(language).format(nobody) })}
    </p>
  );
}

function FormTools({ place, form }: FormPanelProps) {
  const lead = useLead();
  const { say, phase, acts } = lead;
  const [dealing, deal] = useState(false);
  const { perspectives = [] } = lead.holder(place).prompt(form.form) ?? {};
  const words = lead.holder(place).prompt(form.form) !== undefined;
  const untouched = (form.counts?.took_part ?? 0) === 0;
  const reveal = { do: "reveal", place, form: form.form };
  return (
    <>
      {form.reach && !form.reach.enough && untouched && perspectives.length > 1 && !form.merged && <Reach form={form} />}
      <div class="form-tools">
        {form.revealed ? (
          <span class="tag">{say("group.desk_revealed")}</span>
        ) : (
          <Action look={isReady(form) ? "main" : "plain"} pending={acts.isWaitingFor(reveal)} onClick={() => lead.do(reveal)}>
            {say("group.desk_reveal_this")}
          </Action>
        )}
        {words && (
          <Action look="quiet" aria-pressed={form.held ?? false} onClick={() => lead.do({ do: "hold", place, form: form.form, on: !form.held })}>
            {say(form.held ? "group.desk_unhold" : "group.desk_hold")}
          </Action>
        )}
        {phase === "going" && perspectives.length > 1 && (
          <Action look="quiet" aria-expanded={dealing} onClick={() => deal(!dealing)}>
            {say("group.desk_deal")}
          </Action>
        )}
        {untouched && perspectives.length > 1 && (
          <Action look="quiet" onClick={() => lead.do({ do: "arrange", place, form: form.form, merged: !form.merged })}>
            {say(form.merged ? "group.desk_unmerge" : "group.desk_merge")}
          </Action>
        )}
      </div>
      {dealing && <Deal place={place} form={form} perspectives={perspectives} done={() => deal(false)} />}
    </>
  );
}

/** Too few people for each perspective to come to the floor: what helps. */
function Reach({ form }: { form: FormBoard }) {
  const { say, known } = useLead();
  const { people = 0, fewer = 0 } = form.reach ?? {};
  const help = fewer > 1 ? say("group.desk_reach_fewer", { count: fewer }) : fewer === 1 ? say("group.desk_reach_one") : say("group.desk_reach_named");
  return (
    <p class="warning">
      {say("group.desk_reach_here", { people, floor: known.desk?.floor ?? 5 })} {help}
    </p>
  );
}

/** Deals perspectives evenly; whoever is dealt one may take it, swap it or decline it, and nobody is told. */
function Deal({ place, form, perspectives, done }: FormPanelProps & { perspectives: string[]; done(): void }) {
  const lead = useLead();
  const { say } = lead;
  const fewer = Math.max(1, form.reach?.fewer ?? perspectives.length);
  const [chosen, choose] = useState(perspectives.slice(0, form.reach?.enough ? perspectives.length : fewer));
  const toggle = (id: string): void => choose(perspectives.filter((one) => (one === id ? !chosen.includes(id) : chosen.includes(one))));
  return (
    <fieldset class="deal">
      <legend>{say("group.desk_deal_which")}</legend>
      {perspectives.map((id) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
          {lead.holder(place).perspective(id).name}
        </label>
      ))}
      <Action
        look="plain"
        disabled={!chosen.length}
        onClick={() => {
          lead.do({ do: "deal", place, prompt: form.form, perspectives: chosen });
          done();
        }}
      >
        {say("group.desk_deal_now")}
      </Action>
    </fieldset>
  );
}

function CardTools({ card, form }: { card: Card; form: FormBoard }) {
  const lead = useLead();
  const { say } = lead;
  const lit = lead.known.where?.spotlight?.card.id === card.id;
  const toGroup = card.audience !== "trainer";
  const seen = toGroup && form.revealed && !card.hidden && (!form.held || card.approved);
  return (
    <p class="card-tools">
      {!toGroup && <span class="tag">{say("group.desk_for_you")}</span>}
      {toGroup && form.held && !card.approved && (
        <Action look="plain" onClick={() => lead.do({ do: "approve", card: card.id, words: card.words })}>
          {say("group.desk_approve")}
        </Action>
      )}
      {toGroup && form.held && card.approved && <span class="tag">{say("group.desk_approved")}</span>}
      {seen && (
        <Action look="quiet" aria-pressed={lit} onClick={() => lead.do({ do: "spotlight", card: lit ? null : card.id })}>
          {say(lit ? "group.desk_unlight" : "group.desk_light")}
        </Action>
      )}
      {toGroup && (
        <Action look="quiet" onClick={() => lead.do({ do: "hide", card: card.id, hidden: !card.hidden })}>
          {say(card.hidden ? "group.desk_show" : "group.desk_hide")}
        </Action>
      )}
    </p>
  );
}
