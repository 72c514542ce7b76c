// Which codes some words carry, and a note about them.

import { useId, useState } from "preact/hooks";
import { cellOf, newId } from "../kit/contract.ts";
import { Action } from "../kit/parts.tsx";
import { Words } from "../kit/words.tsx";
import { Badge } from "./badge.tsx";
import type { Place } from "./answer.tsx";
import { useCoding } from "./content.ts";
import type { Code } from "./content.ts";
import { give, passagesOf } from "./shown.ts";
import { shortened } from "./text.ts";

const MOST_TOGETHER = 20;

interface ChooserProps {
  answer: string;
  place: Place;
  quote: string;
  done(): void;
  say(words: string): void;
}

export function Chooser({ answer, place, quote, done, say }: ChooserProps) {
  const page = useCoding();
  const { start, end } = place;
  const there = passagesOf(page, answer).find((one) => one.start === start && one.end === end);
  const carried = there?.codes ?? [];
  const toggle = (code: Code, on: boolean): void => {
    if (on && carried.length >= MOST_TOGETHER) return say(page.t("code.full"));
    give(page, answer, start, end, on ? [...carried, code.code] : carried.filter((one) => one !== code.code));
    return say(page.t(on ? "code.gave" : "code.took", { name: code.name }));
  };
  const lift = (): void => {
    give(page, answer, start, end, []);
    say(page.t("code.lifted"));
    done();
  };
  const memo = there && page.prompt(there.id);
  return (
    <div
      class="chooser panel"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        done();
      }}
    >
      <fieldset>
        <legend>
          <span>{page.t("code.which")}</span> <q class="quoted">{shortened(quote, 160)}</q>
        </legend>
        <div class="codes">
          {page.state.codes.map((code) => (
            <label key={code.code} class="choice">
              <input type="checkbox" checked={carried.includes(code.code)} onChange={(event) => toggle(code, event.currentTarget.checked)} />
              <Badge code={code} named />
            </label>
          ))}
        </div>
      </fieldset>
      <NewCode
        label={page.t("code.new")}
        put={page.t("code.new_add")}
        added={(id) => give(page, answer, start, end, [...carried, id])}
        say={say}
      />
      {memo && there && <Memo id={there.id} />}
      <div class="row tight">
        <Action look={carried.length ? "main" : "plain"} onClick={done}>
          {page.t(carried.length ? "code.done" : "code.let_go")}
        </Action>
        {there && (
          <Action look="quiet" onClick={lift}>
            {page.t("code.lift")}
          </Action>
        )}
      </div>
    </div>
  );
}

function Memo({ id }: { id: string }) {
  const page = useCoding();
  const [field, who] = [useId(), useId()];
  return (
    <div class="short">
      <label for={field}>{page.t("code.memo")}</label>
      <p class="unseen" id={who}>
        {page.content.who}
      </p>
      <Words id={field} cell={cellOf(id, "")} before={null} describedBy={who} />
    </div>
  );
}

interface NewCodeProps {
  label: string;
  put: string;
  /** Called with the id of a code that is on its way. */
  added?: (id: string) => void;
  say(words: string): void;
}

/** A code of one's own; what is typed is kept on the device until it is in the codebook. */
export function NewCode({ label, put, added, say }: NewCodeProps) {
  const page = useCoding();
  const [field, wrong] = [useId(), useId()];
  const [name, type] = useState(page.recall("adding") ?? "");
  const [empty, setEmpty] = useState(false);
  const write = (text: string): void => {
    type(text);
    page.remember("adding", text);
    setEmpty(false);
  };
  const add = (event: Event): void => {
    event.preventDefault();
    const called = name.trim();
    if (!called) return setEmpty(true);
    const known = page.state.codes.find((one) => one.name.toLowerCase() === called.toLowerCase());
    const id = known?.code ?? newId();
    if (!known) page.connection.do({ do: "add_code", name: called, definition: "" }, id);
    added?.(id);
    write("");
    return say(page.t("code.added", { name: called }));
  };
  return (
    <form class="new-code" onSubmit={add} noValidate>
      <label for={field}>{label}</label>
      <div class="row tight">
        <input
          id={field}
          class="line"
          type="text"
          autocomplete="off"
          maxLength={80}
          value={name}
          aria-invalid={empty || undefined}
          aria-describedby={empty ? wrong : undefined}
          onInput={(event) => write(event.currentTarget.value)}
        />
        <button type="submit" class="plain">
          {put}
        </button>
      </div>
      {empty && (
        <p class="trouble" id={wrong} role="alert">
          {page.t("code.add_empty")}
        </p>
      )}
    </form>
  );
}
