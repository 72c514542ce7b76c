// Prompts: what asks for words, from one or several perspectives.

import { useId, useState } from "preact/hooks";
import { cellOf } from "./contract.ts";
import type { Perspective, Prompt } from "./contract.ts";
import { usePage } from "./page.ts";
import { Sign } from "./signs.tsx";
import { overLimit } from "./writing.ts";

interface FormProps {
  prompts: Prompt[];
  perspectives: Record<string, Perspective>;
}

/** All prompts of one pause, one below the other. */
export function PromptForm({ prompts, perspectives }: FormProps) {
  return (
    <div class="prompts">
      {prompts.map((prompt) =>
        prompt.perspectives.length ? (
          <Several key={prompt.id} prompt={prompt} perspectives={viewsOf(prompt, perspectives)} />
        ) : (
          <Single key={prompt.id} prompt={prompt} />
        ),
      )}
    </div>
  );
}

/** The same prompts after the pause: folded away, still open to change, with what was left empty named. */
export function Written({ prompts, perspectives }: FormProps) {
  const page = usePage();
  return (
    <>
      <details class="written">
        <summary>{page.t("write.written")}</summary>
        <PromptForm prompts={prompts} perspectives={perspectives} />
      </details>
      {prompts.map((prompt) => (
        <Empty key={prompt.id} prompt={prompt} perspectives={viewsOf(prompt, perspectives)} shown />
      ))}
    </>
  );
}

function viewsOf(prompt: Prompt, perspectives: Record<string, Perspective>): Perspective[] {
  return prompt.perspectives.flatMap((id) => perspectives[id] ?? []);
}

function Single({ prompt }: { prompt: Prompt }) {
  const who = useId();
  const field = useId();
  return (
    <div class="prompt">
      <label class="question" for={field} dangerouslySetInnerHTML={{ __html: prompt.html }} />
      <Who id={who} prompt={prompt} />
      <Words id={field} cell={cellOf(prompt.id, "")} before={prompt.again && cellOf(prompt.again, "")} describedBy={who} />
    </div>
  );
}

interface SeveralProps {
  prompt: Prompt;
  perspectives: Perspective[];
}

/** One prompt from several perspectives, stacked: nothing is hidden behind a tab. */
function Several({ prompt, perspectives }: SeveralProps) {
  const who = useId();
  const [left, setLeft] = useState(false);
  return (
    <fieldset
      class="prompt"
      aria-describedby={who}
      onFocusOut={(event) => setLeft(!event.currentTarget.contains(event.relatedTarget as Node | null))}
    >
      <legend class="question" dangerouslySetInnerHTML={{ __html: prompt.html }} />
      <Who id={who} prompt={prompt} />
      {perspectives.map((view) => (
        <View key={view.id} view={view} prompt={prompt} />
      ))}
      <Empty prompt={prompt} perspectives={perspectives} shown={left} />
    </fieldset>
  );
}

/** Who will see the words, said before one types. */
function Who({ id, prompt }: { id: string; prompt: Prompt }) {
  const page = usePage();
  return (
    <p id={id} class="who">
      {prompt.who || page.content.who}
    </p>
  );
}

function View({ view, prompt }: { view: Perspective; prompt: Prompt }) {
  const page = usePage();
  const field = useId();
  const question = useId();
  return (
    <div class="view" data-sign={view.sign}>
      <label for={field}>
        <Sign of={view} />
        <span lang={page.lang(`perspectives/${view.id}/name`)}>{view.name}</span>
      </label>
      {view.question && (
        <p id={question} class="guide" lang={page.lang(`perspectives/${view.id}/question`)}>
          {view.question}
        </p>
      )}
      <Words
        id={field}
        cell={cellOf(prompt.id, view.id)}
        before={prompt.again && cellOf(prompt.again, view.id)}
        describedBy={view.question ? question : ""}
      />
    </div>
  );
}

interface WordsProps {
  id: string;
  cell: string;
  /** The cell of the earlier words that this one asks again about. */
  before: string | null;
  describedBy: string;
}

/** A field that grows with its words, with the first words above it where it asks again. */
export function Words({ id, cell, before, describedBy }: WordsProps) {
  const { writing, responses } = useWriting();
  const first = before ? writing.text(before) || responses[before]?.text : "";
  const text = writing.text(cell);
  const over = overLimit(text);
  const quote = first ? `${id}-first` : "";
  const limit = over > -1000 ? `${id}-limit` : "";
  return (
    <>
      {first && <First id={quote} text={first} />}
      {/* The wrapper repeats the words invisibly: the field is as tall as they are, without measuring or jumping. */}
      <div class="grow" data-words={`${text}\n`}>
        <textarea
          id={id}
          rows={3}
          value={text}
          aria-describedby={[describedBy, quote, limit].filter(Boolean).join(" ") || undefined}
          aria-invalid={over > 0 || undefined}
          onInput={(event) => writing.type(cell, event.currentTarget.value)}
          onBlur={writing.flush}
        />
      </div>
      {limit && <Limit id={limit} over={over} />}
      <Leftover cell={cell} />
    </>
  );
}

function useWriting() {
  const page = usePage();
  return { writing: page.writing, responses: page.responses() };
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
  const text = page.writing.leftover(cell);
  if (!text) return null;
  return (
    <div class="leftover">
      <p class="small">{page.t("write.leftover")}</p>
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

/** Names, gently, a perspective nobody wrote from while another has words. */
function Empty({ prompt, perspectives, shown }: SeveralProps & { shown: boolean }) {
  const page = usePage();
  const empty = perspectives.filter(({ id }) => !page.writing.text(cellOf(prompt.id, id)).trim());
  if (!empty.length || empty.length === perspectives.length) return null;
  const names = new Intl.ListFormat(page.content.language).format(empty.map(({ name }) => name));
  // Its place is kept while it is hidden: a button below must not move away from under the press that leaves the field.
  return <p class={shown ? "gentle" : "gentle hidden"}>{page.t("write.empty", { names })}</p>;
}
