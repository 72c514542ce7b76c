// Reflect: the prompts of one or more pauses, on their own.

import type { Content, Perspective, Prompt, Responses } from "./kit/contract.ts";
import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import prompts from "./kit/prompts.css";
import { Heading } from "./kit/parts.tsx";
import { PromptForm } from "./kit/prompt-form.tsx";
import { Stacked } from "./kit/views.tsx";
import type { ViewsProps } from "./kit/views.tsx";
import { OneByOne } from "./reflect/one-by-one.tsx";
import styles from "./reflect/reflect.css";

const LAYOUTS = { stacked: Stacked, "side-by-side": Abreast, "one-by-one": OneByOne };

/** Beside each other where the page is wide enough; the order in which they are read stays. */
function Abreast(props: ViewsProps) {
  return (
    <div class="abreast" style={{ "--columns": inRow(props.perspectives.length) }}>
      <Stacked {...props} />
    </div>
  );
}

/** How many stand beside each other: none is left alone in a row, and each has room for a sentence. */
function inRow(count: number): number {
  return count === 4 ? 2 : Math.min(count, 3);
}

interface ReflectContent extends Content {
  title: string;
  perspectives: Record<string, Perspective>;
  prompts: Prompt[];
  /** How the perspectives of a prompt stand. */
  layout: keyof typeof LAYOUTS;
  /** Said while the walk has not come here yet. */
  closed: string;
}

interface ReflectState {
  open: boolean;
  /** The prompts that the walk has come to. */
  prompts: string[];
  responses: Responses;
}

function Reflect() {
  const page = usePage<ReflectContent, ReflectState>();
  const { content, state } = page;
  const open = content.prompts.filter(({ id }) => state.prompts.includes(id));
  return (
    <>
      <Heading level={3} lang={page.lang("title")}>
        {content.title}
      </Heading>
      {open.length > 0 && <PromptForm prompts={open} perspectives={content.perspectives} Views={LAYOUTS[content.layout]} />}
      {/* A question asked again later says nothing of itself before. */}
      {!state.open && <p class="story">{content.closed}</p>}
    </>
  );
}

export default activity<ReflectContent, ReflectState>(
  {
    prompt: (content, state, id) => state.prompts.includes(id) ? content.prompts.find((prompt) => prompt.id === id) : undefined,
    responses: (state) => state.responses,
    place: () => "",
  },
  Reflect,
  prompts + styles,
);
