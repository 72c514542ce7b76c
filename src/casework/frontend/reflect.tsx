// Reflect: the prompts of one or more pauses, on their own.

import type { Content, Perspective, Prompt, Responses } from "./kit/contract.ts";
import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import { Heading } from "./kit/parts.tsx";
import { PromptForm } from "./kit/prompt-form.tsx";

interface ReflectContent extends Content {
  title: string;
  perspectives: Record<string, Perspective>;
  prompts: Prompt[];
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
      {open.length > 0 && <PromptForm prompts={open} perspectives={content.perspectives} />}
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
);
