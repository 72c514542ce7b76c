// Prompts: what asks for words, from one or several perspectives.

import type { FunctionComponent } from "preact";
import { useId, useState } from "preact/hooks";
import { cellOf } from "./contract.ts";
import type { Perspective, Prompt } from "./contract.ts";
import { Earlier } from "./earlier.tsx";
import { Invitation } from "./invitation.tsx";
import { usePage } from "./page.ts";
import { ShareBar, whoMaySee } from "./share.tsx";
import { Stacked } from "./views.tsx";
import type { ViewsProps } from "./views.tsx";
import { Words } from "./words.tsx";

interface FormProps {
  prompts: Prompt[];
  perspectives: Record<string, Perspective>;
  /** How the perspectives of a prompt stand. */
  Views?: FunctionComponent<ViewsProps>;
}

/** All prompts of one pause, one below the other. */
export function PromptForm({ prompts, perspectives, Views = Stacked }: FormProps) {
  return (
    <div class="prompts">
      {prompts.map((prompt) =>
        prompt.perspectives.length ? (
          <Several key={prompt.id} prompt={prompt} perspectives={viewsOf(prompt, perspectives)} Views={Views} />
        ) : (
          <Single key={prompt.id} prompt={prompt} />
        ),
      )}
    </div>
  );
}

/** The same prompts after the pause: folded away, still open to change, with what was left empty named. */
export function Written({ prompts, perspectives, open = false }: FormProps & { open?: boolean }) {
  const page = usePage();
  return (
    <>
      <details class="written" open={open}>
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
      <Words id={field} cell={cellOf(prompt.id, "")} before={prompt.again && cellOf(prompt.again, "")} describedBy={who}>
        <Earlier cell={cellOf(prompt.id, "")} />
      </Words>
      <Sharing prompt={prompt} />
    </div>
  );
}

/** One prompt from several perspectives. */
function Several({ prompt, perspectives, Views }: Required<Pick<FormProps, "Views">> & ViewsProps) {
  const who = useId();
  const [left, setLeft] = useState(true);
  return (
    <fieldset
      class="prompt"
      aria-describedby={who}
      onFocusIn={() => setLeft(false)}
      onFocusOut={(event) => setLeft(!event.currentTarget.contains(event.relatedTarget as Node | null))}
    >
      <legend class="question" dangerouslySetInnerHTML={{ __html: prompt.html }} />
      <Who id={who} prompt={prompt} />
      <Invitation prompt={prompt} perspectives={perspectives} />
      <Views prompt={prompt} perspectives={perspectives} />
      <Empty prompt={prompt} perspectives={perspectives} shown={left} />
      <Sharing prompt={prompt} />
    </fieldset>
  );
}

/** Who will see the words, said before one types. */
function Who({ id, prompt }: { id: string; prompt: Prompt }) {
  const page = usePage();
  const told = page.sharing?.forms[prompt.id];
  return (
    <p id={id} class="who">
      {told ? whoMaySee(page, told) : prompt.who || page.content.who}
    </p>
  );
}

function Sharing({ prompt }: { prompt: Prompt }) {
  const { sharing, writing } = usePage();
  const cells = (prompt.perspectives.length ? prompt.perspectives : [""]).map((view) => cellOf(prompt.id, view));
  const found = (look: (cell: string) => string | null): string[] => cells.map(look).filter((id) => id !== null);
  return (
    <ShareBar
      form={prompt.id}
      sharing={sharing}
      events={found((cell) => writing.eventOf(cell))}
      settle={() => found((cell) => writing.settle(cell))}
      said
    />
  );
}

/** Names, gently, a perspective nobody wrote from while another has words. */
function Empty({ prompt, perspectives, shown }: ViewsProps & { shown: boolean }) {
  const page = usePage();
  const empty = perspectives.filter(({ id }) => !page.writing.text(cellOf(prompt.id, id)).trim());
  if (!empty.length || empty.length === perspectives.length) return null;
  // Its place is kept while it is hidden: a button below must not move away from under the press that leaves the field.
  const [before, after] = page.t("write.empty").split("{names}");
  return (
    <p class={shown ? "gentle" : "gentle hidden"}>
      {before}
      <Names of={empty} />
      {after}
    </p>
  );
}

/** Some perspectives as a list in a sentence, each in its language. */
function Names({ of: found }: { of: Perspective[] }) {
  const page = usePage();
  const parts = new Intl.ListFormat(page.content.language).formatToParts(found.map(({ id }) => id));
  return (
    <>
      {parts.map(({ type, value }) =>
        type === "element" ? (
          <span key={value} lang={page.lang(`perspectives/${value}/name`)}>
            {found.find(({ id }) => id === value)?.name}
          </span>
        ) : (
          value
        ),
      )}
    </>
  );
}
