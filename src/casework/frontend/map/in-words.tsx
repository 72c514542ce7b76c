// The map in words: each tie in a sentence, with the same to do as on the drawing.

import { useId } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { MapPage } from "./content.ts";
import { pairName, peopleOf, qualityName, tiesOf } from "./drawn.ts";
import { Sample } from "./lines.tsx";

interface InWordsProps {
  /** Not given where there is only something to read. */
  choose?: (one: string, other: string) => void;
}

export function InWords({ choose }: InWordsProps) {
  const page: MapPage = usePage();
  const title = useId();
  const people = peopleOf(page);
  const ties = tiesOf(page);
  const joined = new Set(ties.flatMap(({ one, other }) => [one, other]));
  const alone = people.filter(({ id }) => !joined.has(id)).map(({ name }) => name);
  return (
    <section class="in-words" aria-labelledby={title}>
      <Heading level={4} id={title}>
        {page.t("map.words")}
      </Heading>
      {ties.length === 0 && <p class="small">{page.t("map.none")}</p>}
      <ul class="ties">
        {ties.map((tie) => {
          const pair = pairName(page, people, [tie.one, tie.other]);
          const note = page.writing.text(cellOf(tie.one, tie.other)).trim() || tie.note.trim();
          return (
            <li key={`${tie.one}/${tie.other}`} data-pending={tie.pending} data-said={tie.quality !== null}>
              <Sample quality={tie.quality} />
              <div>
                <p class="pair">
                  <b>{pair}</b> <span>{qualityName(page, tie.quality)}</span>
                </p>
                {tie.given && <p class="small">{tie.given}</p>}
                {note && <p class="words">{note}</p>}
              </div>
              {choose && (
                <Action look="quiet" aria-label={page.t("map.change_pair", { pair })} onClick={() => choose(tie.one, tie.other)}>
                  {page.t("map.change")}
                </Action>
              )}
            </li>
          );
        })}
      </ul>
      {alone.length > 0 && (
        <p class="small">
          {page.t("map.alone", { names: new Intl.ListFormat(page.content.language).format(alone) })}
        </p>
      )}
    </section>
  );
}
