// Who is on the map: those of the story, one's own place, and whoever else one puts there.

import { useId, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { MapPage, Person } from "./content.ts";
import { peopleOf } from "./drawn.ts";

const LONGEST_NAME = 80;
const PLACES = ["family", "around", "practitioner", "consultant"] as const;

export function People({ say }: { say(words: string): void }) {
  const page: MapPage = usePage();
  const title = useId();
  const people = peopleOf(page);
  const there = new Set(people.map(({ id }) => id));
  const offered = page.state.offered.filter(({ id }) => !there.has(id));
  const waiting = page.connection.waiting.filter(({ do: deed }) => deed === "remove").map((intent) => String(intent["person"]));
  const off = page.state.people.filter(({ id }) => waiting.includes(id) && !there.has(id));
  const bring = (id: string, name: string): void => {
    page.connection.do({ do: "bring", person: id });
    say(page.t("map.added", { name }));
  };
  return (
    <section class="who-is-there" aria-labelledby={title}>
      <Heading level={4} id={title}>
        {page.t("map.people")}
      </Heading>
      <ul class="everybody">
        {people.map((person) => (
          <Row key={person.id} person={person} say={say} />
        ))}
      </ul>
      {[...offered, ...off].length > 0 && (
        <div class="row">
          {[...offered, ...off].map(({ id, name }) => (
            <Action key={id} look="plain" onClick={() => bring(id, name)}>
              {page.t("map.bring", { name })}
            </Action>
          ))}
        </div>
      )}
      <Add say={say} />
    </section>
  );
}

function Row({ person, say }: { person: Person; say(words: string): void }) {
  const page: MapPage = usePage();
  const { id, name, role, place, own, named } = person;
  const [renaming, rename] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  const remove = (): void => {
    page.connection.do({ do: "remove", person: id });
    say(page.t("map.removed", { name }));
  };
  const done = (): void => {
    rename(false);
    requestAnimationFrame(() => button.current?.querySelector("button")?.focus());
  };
  return (
    <li data-place={place}>
      <div>
        <p>
          <b lang={page.lang(`people/${id}/name`)}>{name}</b> <span class="small">{page.t(`map.place_${place}`)}</span>
        </p>
        <p class="small" lang={page.lang(`people/${id}/role`)}>
          {role || page.t("map.yours")}
        </p>
        {renaming && <Rename person={person} done={done} />}
      </div>
      {own && !renaming && (
        <div class="deeds" ref={button}>
          {named && (
            <Action look="quiet" aria-label={page.t("map.rename_one", { name })} onClick={() => rename(true)}>
              {page.t("map.rename")}
            </Action>
          )}
          <Action look="quiet" aria-label={page.t("map.remove_one", { name })} onClick={remove}>
            {page.t("map.remove")}
          </Action>
        </div>
      )}
    </li>
  );
}

function Rename({ person, done }: { person: Person; done(): void }) {
  const page: MapPage = usePage();
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, type] = useState(person.name);
  const keep = (event: Event): void => {
    event.preventDefault();
    const name = text.trim();
    if (name && name !== person.name) page.connection.do({ do: "rename", person: person.id, name });
    done();
  };
  return (
    <form class="naming" onSubmit={keep}>
      <label for={field}>{page.t("map.rename_to", { name: person.name })}</label>
      <input
        id={field}
        ref={(element) => {
          if (element && !input.current) element.focus();
          input.current = element;
        }}
        type="text"
        autocomplete="off"
        maxLength={LONGEST_NAME}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && done()}
      />
      <div class="row">
        <button type="submit" class="plain">
          {page.t("map.rename_keep")}
        </button>
        <Action look="quiet" onClick={done}>
          {page.t("map.cancel")}
        </Action>
      </div>
    </form>
  );
}

/** Somebody of one's own. What is typed is kept on the device until they are on the map. */
function Add({ say }: { say(words: string): void }) {
  const page: MapPage = usePage();
  const [who, where, wrong, care] = [useId(), useId(), useId(), useId()];
  const [text, type] = useState(page.recall("adding") ?? "");
  const [place, stand] = useState<string>("family");
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const write = (words: string): void => {
    type(words);
    page.remember("adding", words);
    setEmpty(false);
  };
  const put = (event: Event): void => {
    event.preventDefault();
    const name = text.trim();
    field.current?.focus();
    if (!name) return setEmpty(true);
    page.connection.do({ do: "add", name, place });
    write("");
    return say(page.t("map.added", { name }));
  };
  return (
    <form class="panel adding" onSubmit={put} noValidate>
      <Heading level={5}>{page.t("map.add")}</Heading>
      <p class="small" id={care}>
        {page.t("map.care")}
      </p>
      <label for={who}>{page.t("map.add_who")}</label>
      <input
        id={who}
        ref={field}
        type="text"
        autocomplete="off"
        maxLength={LONGEST_NAME}
        value={text}
        aria-describedby={`${care}${empty ? ` ${wrong}` : ""}`}
        aria-invalid={empty || undefined}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {empty && (
        <p class="trouble" id={wrong} role="alert">
          {page.t("map.add_empty")}
        </p>
      )}
      <label for={where}>{page.t("map.add_where")}</label>
      <select id={where} value={place} onChange={(event) => stand(event.currentTarget.value)}>
        {PLACES.map((id) => (
          <option key={id} value={id}>
            {page.t(`map.place_${id}`)}
          </option>
        ))}
      </select>
      <div class="row">
        <button type="submit" class="plain">
          {page.t("map.add_put")}
        </button>
      </div>
    </form>
  );
}
