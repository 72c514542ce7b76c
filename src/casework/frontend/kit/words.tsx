// One field: it grows with its words, says what one wrote before, and what happened to words that were never saved.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { usePage } from "./page.ts";
import { overLimit } from "./writing.ts";

interface WordsProps {
  id: string;
  cell: string;
  /** The cell of the earlier words that this one asks again about. */
  before: string | null;
  describedBy: string;
  /** What stands above the field. */
  children?: ComponentChildren;
}

/** A field, with the first words beside or above it where it asks again. */
export function Words({ id, cell, before, describedBy, children }: WordsProps) {
  const page = usePage();
  const { writing } = page;
  const first = before ? writing.text(before) || page.responses()[before]?.text : "";
  const text = writing.text(cell);
  const over = overLimit(text);
  const quote = first ? `${id}-first` : "";
  const limit = over > -1000 ? `${id}-limit` : "";
  return (
    <div class={first ? "again" : ""}>
      {first && <First id={quote} text={first} />}
      <div>
        {children}
        {/* The wrapper repeats the words invisibly: the field is as tall as they are, without measuring or jumping. */}
        <div class="grow" data-words={`${text}\n`}>
          <textarea
            id={id}
            rows={3}
            value={text}
            data-cell={cell}
            aria-describedby={[describedBy, quote, limit].filter(Boolean).join(" ") || undefined}
            aria-invalid={over > 0 || undefined}
            onInput={(event) => writing.type(cell, event.currentTarget.value)}
            onBlur={writing.flush}
          />
        </div>
        {limit && <Limit id={limit} over={over} />}
        <Leftover cell={cell} />
      </div>
    </div>
  );
}

function First({ id, text }: { id: string; text: string }) {
  const page = usePage();
  return (
    <figure class="first" id={id}>
      <figcaption>{page.t("write.before")}</figcaption>
      <blockquote>{text}</blockquote>
    </figure>
  );
}

function Limit({ id, over }: { id: string; over: number }) {
  const page = usePage();
  return (
    <p id={id} class={over > 0 ? "trouble" : "small"} role={over > 0 ? "alert" : undefined}>
      {over > 0 ? page.t("write.over", { over }) : page.t("write.left", { left: -over })}
    </p>
  );
}

/** Words that never reached the store, while newer ones came from another device: offered, never dropped silently. */
function Leftover({ cell }: { cell: string }) {
  const page = usePage();
  const title = useId();
  const text = page.writing.leftover(cell);
  if (!text) return null;
  return (
    <div class="leftover" role="group" aria-labelledby={title}>
      <p id={title} class="small">
        {page.t("write.leftover")}
      </p>
      <blockquote>{text}</blockquote>
      <div class="row">
        <button type="button" class="plain" onClick={() => page.writing.type(cell, text)}>
          {page.t("write.leftover_use")}
        </button>
        <button type="button" class="quiet" onClick={() => page.writing.letGo(cell)}>
          {page.t("write.leftover_drop")}
        </button>
      </div>
    </div>
  );
}
