// The end: the way one took, drawn on the map of the scenes, and the same in words; from each turn one can go back.

import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { Ended, WalkContent, WalkState } from "./content.ts";
import { isLed } from "./together.tsx";
import { Way } from "./way.tsx";

export function End({ arrive }: { arrive: boolean }) {
  const page = usePage<WalkContent, WalkState>();
  const { end } = page.state;
  const drawn = page.content.mapAtEnd && end;
  return (
    <section class="end">
      <Heading level={4} arrive={arrive}>
        {page.t("walk.end")}
      </Heading>
      <p>{page.t("walk.end_care")}</p>
      <div class={drawn ? "whole-way" : ""}>
        {drawn && <Chart end={drawn} />}
        <Way whole />
      </div>
      {end && <p class="gentle">{unread(page.t.bind(page), end.unread)}</p>}
      {!isLed(page) && (
        <div class="row">
          <Action look="plain" pending={page.connection.isWaitingFor("again")} onClick={() => page.act({ do: "again" })}>
            {page.t("walk.again")}
          </Action>
        </div>
      )}
    </section>
  );
}

function unread(t: (key: string, values?: Record<string, number>) => string, count: number): string {
  if (!count) return t("walk.unread_none");
  return count === 1 ? t("walk.unread_one") : t("walk.unread", { count });
}

/** Drawn by the kernel from ids and titles, every word escaped. A narrow page has the numbers alone. */
function Chart({ end }: { end: Ended }) {
  const page = usePage<WalkContent, WalkState>();
  const known = /* a thin line without dashes */ end.narrow.includes('stroke-width="1.6" stroke-linecap');
  // A map with titles stands above the words where it is no wider than they are.
  const fits = Number(/ width="(\d+)"/.exec(end.wide ?? "")?.[1] ?? Infinity) <= 500;
  return (
    <figure class="chart" data-fits={fits}>
      {end.wide && <div class="wide" dangerouslySetInnerHTML={{ __html: end.wide }} />}
      <Narrow svg={end.narrow} />
      <figcaption>
        <ul class="key">
          <Key name="taken" said={page.t("walk.map_taken")} />
          {known && <Key name="known" said={page.t("walk.map_known")} />}
          <Key name="open" said={page.t("walk.map_open")} />
          {end.unread > 0 && <Key name="unread" said={page.t("walk.map_unread")} />}
        </ul>
      </figcaption>
    </figure>
  );
}

/** A map too large to be made smaller is scrolled, with the keyboard, too. */
function Narrow({ svg }: { svg: string }) {
  const page = usePage();
  const scrolls = svg.includes("cw-large") ? { tabIndex: 0, role: "region" as const, "aria-label": page.t("walk.end") } : {};
  return <div class="narrow" {...scrolls} dangerouslySetInnerHTML={{ __html: svg }} />;
}

function Key({ name, said }: { name: "taken" | "known" | "open" | "unread"; said: string }) {
  return (
    <li data-key={name}>
      <svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true" focusable="false">
        {name === "unread" ? <circle cx="14" cy="6" r="5" /> : <path d="M2 6h24" />}
      </svg>
      {said}
    </li>
  );
}
