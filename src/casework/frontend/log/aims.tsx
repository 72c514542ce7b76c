// The hours that one counts towards. A number beside a number: never what it would mean.

import { useState } from "preact/hooks";
import { newId } from "../kit/contract.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { AimShown } from "./content.ts";
import { Choice, Field, Form, Several, useMove } from "./fields.tsx";
import { decimal, sayDay, sayHours, sayLength, whole } from "./says.ts";
import { followedOf, there, useKept, useLog } from "./shown.ts";

export function Aims() {
  const page = useLog();
  const [choosing, setChoosing] = useState(false);
  const { root, moveTo } = useMove<HTMLDivElement>();
  const aims = page.state.aims
    .map((aim) => ({ ...aim, id: aim.key }))
    .filter(there(page.connection.waiting))
    .filter(({ own, key }) => own || followedOf(page).includes(key));
  const done = (): void => {
    moveTo("[data-opens]");
    setChoosing(false);
  };
  return (
    <div ref={root} class="aims">
      <Heading level={4} arrive>
        {page.t("log.targets")}
      </Heading>
      {aims.length ? (
        <>
          <ul class="plain-list">
            {aims.map((aim) => (
              <Aim key={aim.key} aim={aim} />
            ))}
          </ul>
          <p class="small">{page.t("log.no_verdict")}</p>
        </>
      ) : (
        <p class="small">{page.t("log.targets_empty")}</p>
      )}
      {choosing ? (
        <Choosing done={done} />
      ) : (
        <Action
          look="plain"
          data-opens
          onClick={() => {
            moveTo(".choosing h5");
            setChoosing(true);
          }}
        >
          {page.t("log.targets_choose")}
        </Action>
      )}
    </div>
  );
}

function Aim({ aim }: { aim: AimShown }) {
  const page = useLog();
  const { text, hours, within_months: months, kind, held, until, own } = aim;
  const toward = page.t("log.toward", {
    held: sayLength(page, held),
    hours: sayHours(page, hours),
    months,
    date: sayDay(page, until),
  });
  return (
    <li class="aim">
      <p class="toward">{toward}</p>
      <div class="track" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, (100 * held) / (hours * 60))}%` }} />
      </div>
      <p class="small">
        {text} {kind !== "any" && <span>{page.t("log.toward_kind", { kind: page.t(`log.${kind}`) })}. </span>}
        {aim.provider && <span>{page.t("log.provider_asked", { provider: aim.provider })} </span>}
      </p>
      <p class="small">{own ? page.t("log.own_target") : <Where aim={aim} />}</p>
      {own && (
        <Action look="quiet" aria-label={`${page.t("log.remove")}: ${text || toward}`} onClick={() => page.connection.do({ do: "remove", of: aim.key })}>
          {page.t("log.remove")}
        </Action>
      )}
    </li>
  );
}

function Where({ aim }: { aim: AimShown }) {
  const page = useLog();
  const source = aim.url ? (
    <a href={aim.url} target="_blank" rel="noopener noreferrer">
      {aim.cite}
    </a>
  ) : (
    aim.cite
  );
  return (
    <>
      {page.t("log.source")}: {source} {aim.checked && page.t("log.checked", { date: sayDay(page, aim.checked) })}
    </>
  );
}

interface OwnDraft {
  target: string;
  text: string;
  hours: string;
  months: string;
  kind: "any" | "individual" | "group";
}

const EMPTY = { text: "", hours: "", months: "24", kind: "any" } as const;

function Choosing({ done }: { done(): void }) {
  const page = useLog();
  const followed = followedOf(page);
  const follow = (keys: string[]) => (chosen: string[]) =>
    page.connection.do({ do: "follow", targets: [...followed.filter((key) => !keys.includes(key)), ...chosen] });
  return (
    <div class="panel choosing">
      <Heading level={5} arrive>
        {page.t("log.targets_choose")}
      </Heading>
      {page.content.targets.map(({ id, title, summary, targets }) => {
        const keys = targets.map(({ key }) => key);
        return (
          <Several
            key={id}
            stacked
            legend={page.t("log.offered", { title })}
            hint={summary}
            chosen={followed.filter((key) => keys.includes(key))}
            options={targets.map(({ key, text }) => ({ value: key, label: text }))}
            set={follow(keys)}
          />
        );
      })}
      <OwnNumbers kept={done} />
      <div class="row tight">
        <Action look="plain" onClick={done}>
          {page.t("log.done")}
        </Action>
      </div>
    </div>
  );
}

function OwnNumbers({ kept }: { kept(): void }) {
  const page = useLog();
  const [draft, setDraft] = useKept<OwnDraft>("aim");
  const [told, setTold] = useState(false);
  const said = draft ?? { target: newId(), ...EMPTY };
  const change = (part: Partial<OwnDraft>): void => setDraft({ ...said, ...part });
  const hours = decimal(said.hours);
  const months = whole(said.months);
  const faults = {
    hours: !hours ? page.t("log.fault.hours") : undefined,
    months: !months || months > 240 ? page.t("log.fault.months", { most: 240 }) : undefined,
  };
  const count = Object.values(faults).filter(Boolean).length;
  const send = (): void => {
    setTold(true);
    if (count) return;
    const { target, text, kind } = said;
    page.connection.do({ do: "aim", target, text: text.trim(), hours, within_months: months, kind });
    setDraft(null);
    kept();
  };
  return (
    <Form class="inner" send={send} faults={count} label={page.t("log.own_numbers")}>
      <Heading level={5}>{page.t("log.own_numbers")}</Heading>
      <Field label={page.t("log.aim_text")} value={said.text} set={(text) => change({ text })} />
      <div class="pair">
        <Field
          type="number"
          decimal
          label={page.t("log.aim_hours")}
          value={said.hours}
          set={(value) => change({ hours: value })}
          fault={told ? faults.hours : undefined}
        />
        <Field
          type="number"
          label={page.t("log.aim_months")}
          value={said.months}
          set={(value) => change({ months: value })}
          fault={told ? faults.months : undefined}
        />
      </div>
      <Choice
        legend={page.t("log.aim_kind")}
        value={said.kind}
        options={(["any", "individual", "group"] as const).map((value) => ({ value, label: page.t(`log.${value}`) }))}
        set={(kind) => change({ kind })}
      />
      <div class="row tight">
        <button type="submit" class="main">
          {page.t("log.aim_keep")}
        </button>
      </div>
    </Form>
  );
}
