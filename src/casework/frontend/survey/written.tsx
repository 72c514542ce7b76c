// Items that one writes into: words, a person, the rows of a plan. No keystroke is lost: they are drafts on the device.

import { useId, useState } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import { Words } from "../kit/words.tsx";
import { MOST_ROWS } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import type { Item } from "./content.ts";
import { Asked } from "./item.tsx";

const LONGEST_NAME = 80;

export function Open({ item }: { item: Item }) {
  const id = useId();
  const hint = useId();
  return (
    <Asked item={item} labelFor={id} hintId={hint}>
      <Words id={id} cell={cellOf(item.id, "")} before={null} describedBy={item.hint ? hint : ""} />
    </Asked>
  );
}

/** A role or initials, never a family's name. */
export function Someone({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  const id = useId();
  const hint = useId();
  const cell = cellOf(item.id, "");
  return (
    <Asked item={item} labelFor={id} hintId={hint}>
      <input
        id={id}
        type="text"
        class="line"
        autocomplete="off"
        maxLength={LONGEST_NAME}
        value={page.writing.text(cell)}
        aria-describedby={hint}
        onInput={(event) => page.writing.type(cell, event.currentTarget.value)}
        onBlur={page.writing.flush}
      />
    </Asked>
  );
}

/** Rows of the given columns; a row that is empty is no row. */
export function Rows({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  const columns = item.columns ?? [];
  const written = (row: number): boolean =>
    columns.some(({ id }) => page.writing.text(cellOf(item.id, `${row}-${id}`)).trim() !== "");
  const numbers = Array.from({ length: MOST_ROWS }, (_, index) => index + 1);
  const last = numbers.filter(written).at(-1) ?? 0;
  const [wanted, want] = useState(0);
  const shown = Math.min(MOST_ROWS, Math.max(1, last, wanted));
  return (
    <Asked item={item}>
      <ol class="rows">
        {numbers.slice(0, shown).map((row) => (
          <li key={row}>
            <fieldset>
              <legend class="eyebrow">{page.t("survey.row", { at: row })}</legend>
              <div class="columns">
                {columns.map(({ id, text }) => (
                  <Cell key={id} label={text} lang={page.lang(`items/${item.id}/columns/${id}`)} cell={cellOf(item.id, `${row}-${id}`)} />
                ))}
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      {shown < MOST_ROWS && (
        <button type="button" class="quiet" onClick={() => want(shown + 1)}>
          {page.t("survey.more_rows")}
        </button>
      )}
    </Asked>
  );
}

function Cell({ label, lang, cell }: { label: string; lang: string | undefined; cell: string }) {
  const id = useId();
  return (
    <div class="short">
      <label for={id} lang={lang}>
        {label}
      </label>
      <Words id={id} cell={cell} before={null} describedBy="" />
    </div>
  );
}
