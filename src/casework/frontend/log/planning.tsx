// The form for a planned series.

import { useState } from "preact/hooks";
import { Action, Heading } from "../kit/parts.tsx";
import type { Every, Setting } from "./content.ts";
import { Choice, Field, Form } from "./fields.tsx";
import { whole } from "./says.ts";
import { useLog } from "./shown.ts";

export interface PlanDraft {
  series: string;
  start: string;
  minutes: string;
  months: string;
  weeks: string;
  every: Every;
  kind: Setting;
  provider: string;
  credential: string;
}

const between = (words: string, least: number, most: number): boolean => {
  const value = whole(words);
  return value !== null && value >= least && value <= most;
};

interface PlanningProps {
  draft: PlanDraft;
  set(draft: PlanDraft): void;
  close(): void;
}

export function Planning({ draft, set, close }: PlanningProps) {
  const page = useLog();
  const [told, setTold] = useState(false);
  const change = (part: Partial<PlanDraft>): void => set({ ...draft, ...part });
  const faults = {
    start: draft.start >= page.content.earliest ? "" : page.t("log.fault.date"),
    minutes: between(draft.minutes, 1, page.content.mostMinutes) ? "" : page.t("log.fault.minutes"),
    weeks: draft.every !== "weeks" || between(draft.weeks, 1, 26) ? "" : page.t("log.fault.weeks"),
    months: between(draft.months, 1, 120) ? "" : page.t("log.fault.months", { most: 120 }),
  };
  const count = Object.values(faults).filter(Boolean).length;
  const fault = (name: keyof typeof faults): string | undefined => (told && faults[name]) || undefined;
  const send = (): void => {
    setTold(true);
    if (count) return;
    const numbers = { minutes: whole(draft.minutes), months: whole(draft.months), weeks: whole(draft.weeks) ?? 2 };
    page.connection.do({ do: "plan", ...draft, ...numbers, provider: draft.provider.trim(), credential: draft.credential.trim() });
    close();
  };
  const every = (["month-weekday", "month-day", "weeks"] as const).map((value) => ({ value, label: page.t(`log.every.${value}`) }));
  const kinds = (["individual", "group"] as const).map((value) => ({ value, label: page.t(`log.${value}`) }));
  return (
    <Form send={send} faults={count} label={page.t("log.plan_title")}>
      <Heading level={5} arrive>
        {page.t("log.plan_title")}
      </Heading>
      <div class="pair">
        <Field
          type="date"
          label={page.t("log.plan_start")}
          value={draft.start}
          set={(start) => change({ start })}
          min={page.content.earliest}
          max="2199-12-31"
          fault={fault("start")}
        />
        <Field
          type="number"
          label={page.t("log.minutes")}
          value={draft.minutes}
          set={(minutes) => change({ minutes })}
          fault={fault("minutes")}
        />
      </div>
      <Choice stacked legend={page.t("log.plan_every")} value={draft.every} options={every} set={(value) => change({ every: value })} />
      <div class="pair">
        {draft.every === "weeks" && (
          <Field
            type="number"
            label={page.t("log.plan_weeks")}
            value={draft.weeks}
            set={(weeks) => change({ weeks })}
            fault={fault("weeks")}
          />
        )}
        <Field
          type="number"
          label={page.t("log.plan_months")}
          value={draft.months}
          set={(months) => change({ months })}
          fault={fault("months")}
        />
      </div>
      <Choice legend={page.t("log.kind")} value={draft.kind} options={kinds} set={(kind) => change({ kind })} />
      <div class="pair">
        <Field label={page.t("log.provider")} value={draft.provider} set={(provider) => change({ provider })} />
        <Field label={page.t("log.credential")} value={draft.credential} set={(credential) => change({ credential })} />
      </div>
      <div class="row tight">
        <button type="submit" class="main">
          {page.t("log.plan_keep")}
        </button>
        <Action look="quiet" onClick={close}>
          {page.t("log.cancel")}
        </Action>
      </div>
    </Form>
  );
}
