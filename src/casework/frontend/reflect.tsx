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
  responses: Responses;
}

function Reflect() {
  const { content, state } = usePage<ReflectContent, ReflectState>();
  return (
    <>
      <Heading level={3}>{content.title}</Heading>
      {state.open ? (
        <PromptForm prompts={content.prompts} perspectives={content.perspectives} />
      ) : (
        <p class="story">{content.closed}</p>
      )}
    </>
  );
}

export default activity<ReflectContent, ReflectState>(
  {
    prompt: (content, state, id) => (state.open ? content.prompts.find((prompt) => prompt.id === id) : undefined),
    responses: (state) => state.responses,
    place: () => "",
  },
  Reflect,
);
