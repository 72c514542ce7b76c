// One's own marks laid beside another reading: where they differed, with the meaning of the item and the reason, and
// where they saw the same. Nothing is called right here, and nothing is counted.

import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading, Prose } from "../kit/parts.tsx";
import type { Seen, Spot } from "./content.ts";
import { itemOf, textOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";
import { timeOf } from "./time.ts";

export function Beside() {
  const page: ObservePage = usePage();
  const { reference } = page.content;
  const [open, setOpen] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!open) return;
    title.current?.focus({ preventScroll: true });
    title.current?.scrollIntoView({ block: "start" });
  }, [open]);
  const { differing } = page.state;
  if (!reference || !differing) return null;
  if (!open) {
    return (
      <section class="panel">
        <p class="small">{page.t("observe.beside_small")}</p>
        <Action onClick={() => setOpen(true)}>{page.t("observe.beside")}</Action>
      </section>
    );
  }
  const apart = differing.filter(({ same }) => !same);
  const alike = differing.filter(({ same }) => same);
  return (
    <section class="beside">
      <h3 ref={title} tabIndex={-1}>
        {page.t("observe.differed")}
      </h3>
      <p>{page.t("observe.differed_care")}</p>
      <p class="small">
        {reference.title}. {reference.summary}
      </p>
      {apart.length ? <Moments spots={apart} /> : <p>{page.t("observe.no_difference")}</p>}
      <h3>{page.t("observe.same")}</h3>
      {alike.length ? <Moments spots={alike} /> : <p>{page.t("observe.nothing_same")}</p>}
    </section>
  );
}

/** Grouped by when: what was to be seen there, then what either saw in it. */
function Moments({ spots }: { spots: Spot[] }) {
  const page: ObservePage = usePage();
  const groups = new Map<string, Spot[]>();
  for (const spot of spots) {
    const rated = itemOf(page, spot.item)?.kind === "rating";
    const when = rated ? page.t("observe.whole_time") : whenOf(page, spot);
    groups.set(when, [...(groups.get(when) ?? []), spot]);
  }
  return (
    <>
      {[...groups].map(([when, here]) => {
        const beat = here[0]?.beat ?? null;
        const html = beat === null || when === page.t("observe.whole_time") ? "" : (page.content.moment.beats[beat]?.html ?? "");
        return (
          <div key={when} class="there">
            <Heading level={4} class="eyebrow">
              {when}
            </Heading>
            {html && <Prose html={html} class="aside" />}
            <dl>
              {here.map((spot, index) => (
                <Seeing key={index} spot={spot} />
              ))}
            </dl>
          </div>
        );
      })}
    </>
  );
}

function whenOf(page: ObservePage, { seconds, until }: Spot): string {
  const from = timeOf(seconds ?? 0);
  return until === null ? from : page.t("observe.from_to", { from, to: timeOf(until) });
}

function Seeing({ spot }: { spot: Spot }) {
  const page: ObservePage = usePage();
  const item = itemOf(page, spot.item);
  const told = item?.kind === "point" || item?.kind === "state";
  const left = told && spot.theirs === false && spot.reason;
  return (
    <div class="seeing" data-same={spot.same}>
      <dt lang={page.lang(`items/${spot.item}/text`)}>{textOf(page, spot.item)}</dt>
      <dd>
        {!spot.same && item?.definition && (
          <p class="small" lang={page.lang(`items/${spot.item}/definition`)}>
            {item.definition}
          </p>
        )}
        {saying(page, spot, told)}
        {spot.reason && (
          <p>
            <b>{!left ? page.t("observe.why") : page.t(spot.same ? "observe.both_left" : "observe.why_not")}</b> {spot.reason}
          </p>
        )}
      </dd>
    </div>
  );
}

/** Who saw what; nothing where both marked the same. */
function saying(page: ObservePage, { mine, theirs, same, item }: Spot, told: boolean) {
  if (told) return same ? null : <p>{page.t(mine ? "observe.you_marked" : "observe.they_marked")}</p>;
  const said = (seen: Seen): string => (typeof seen === "boolean" ? page.t(seen ? "observe.yes" : "observe.no") : labelled(page, item, seen));
  return <p>{same ? said(mine) : page.t("observe.you_said", { mine: said(mine), theirs: said(theirs) })}</p>;
}

function labelled(page: ObservePage, id: string, value: number | null): string {
  const label = value === null ? "" : page.content.checklist.scales[itemOf(page, id)?.scale ?? ""]?.labels[value];
  return label ? `${value} (${label})` : String(value);
}
