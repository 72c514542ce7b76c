// Two people, and what one sees between them: the same whether they were pressed on the drawing or chosen here.

import { useId } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { Words } from "../kit/words.tsx";
import { pairOf } from "./content.ts";
import type { MapPage, Pair, Person, Quality } from "./content.ts";
import { pairName, peopleOf, qualityName, tieOf } from "./drawn.ts";
import { Sample } from "./lines.tsx";

interface BetweenProps {
  chosen: string[];
  choose(one: string, other: string): void;
  letGo(): void;
  say(words: string): void;
}

export function Between({ chosen, choose, letGo, say }: BetweenProps) {
  const page: MapPage = usePage();
  const people = peopleOf(page);
  const [one = "", other = ""] = chosen;
  const same = one !== "" && one === other;
  const two = one && other && !same ? pairOf(one, other) : null;
  const hint = useId();
  return (
    <section class="panel between">
      <Heading level={4} class="eyebrow">
        {page.t("map.between")}
      </Heading>
      <div class="two">
        <Who label={page.t("map.who")} value={one} people={people} hint={hint} choose={(id) => choose(id, other)} />
        <Who label={page.t("map.with")} value={other} people={people} hint={hint} choose={(id) => choose(one, id)} />
      </div>
      <p id={hint} class={same ? "trouble" : "small"} role={same ? "alert" : undefined}>
        {same ? page.t("map.choose_other") : two ? "" : page.t("map.choose_two")}
      </p>
      {two && <What key={two.join("/")} two={two} people={people} letGo={letGo} say={say} />}
    </section>
  );
}

interface WhoProps {
  label: string;
  value: string;
  people: Person[];
  hint: string;
  choose(id: string): void;
}

function Who({ label, value, people, hint, choose }: WhoProps) {
  const page: MapPage = usePage();
  const field = useId();
  return (
    <div>
      <label for={field}>{label}</label>
      <select id={field} value={value} aria-describedby={hint} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{page.t("map.choose")}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface WhatProps {
  two: Pair;
  people: Person[];
  letGo(): void;
  say(words: string): void;
}

function What({ two, people, letGo, say }: WhatProps) {
  const page: MapPage = usePage();
  const tie = tieOf(page, two);
  const pair = pairName(page, people, two);
  const name = useId();
  const tell = (quality: Quality): void => {
    page.connection.do({ do: "tie", one: two[0], other: two[1], quality });
    say(page.t("map.tied", { pair, quality: qualityName(page, quality) }));
  };
  const untie = (): void => {
    page.writing.flush();
    page.connection.do({ do: "untie", one: two[0], other: two[1] });
    say(page.t("map.untied", { pair }));
  };
  return (
    <>
      {tie?.given && (
        <p class="given" lang={page.content.borrowed?.some((key) => key.startsWith("ties/")) ? page.content.base : undefined}>
          {tie.given}
        </p>
      )}
      <fieldset>
        <legend class="question" data-pair={two.join("/")} tabIndex={-1}>
          {page.t("map.between_pair", { pair })}
        </legend>
        <div class="qualities">
          {page.content.qualities.map(({ id, word }) => (
            <label key={id} data-chosen={tie?.quality === id}>
              <input type="radio" name={name} checked={tie?.quality === id} onChange={() => tell(id)} />
              <Sample quality={id} />
              <span>
                <b>{word}</b>
                <span class="small">{page.t(`map.means_${id}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Note two={two} />
      <div class="row">
        <Action look="plain" onClick={letGo}>
          {page.t("map.done")}
        </Action>
        {tie && (!tie.known || tie.quality) && (
          <Action look="quiet" onClick={untie}>
            {page.t("map.untie")}
          </Action>
        )}
      </div>
    </>
  );
}

/** A few words about the two; a draft until they are saved, as all writing here. */
function Note({ two }: { two: Pair }) {
  const page: MapPage = usePage();
  const field = useId();
  const who = useId();
  const widest = page.state.sharing?.forms["map"]?.widest;
  return (
    <div class="note">
      <label for={field}>{page.t("map.note")}</label>
      <p id={who} class="who">
        {widest ? page.t(`share.offer_${widest}`) : page.content.who}
      </p>
      <Words id={field} cell={cellOf(...two)} before={null} describedBy={who} />
    </div>
  );
}
