// The perspectives of one prompt, one below the other.

import { useId } from "preact/hooks";
import { cellOf } from "./contract.ts";
import type { Perspective, Prompt } from "./contract.ts";
import { Earlier } from "./earlier.tsx";
import { usePage } from "./page.ts";
import { Sign } from "./signs.tsx";
import { Words } from "./words.tsx";

export interface ViewsProps {
  prompt: Prompt;
  perspectives: Perspective[];
}

/** All of them, one below the other: nothing is hidden behind a tab. */
export function Stacked({ prompt, perspectives }: ViewsProps) {
  return (
    <div class="views">
      {perspectives.map((view) => (
        <View key={view.id} view={view} prompt={prompt} />
      ))}
    </div>
  );
}

/** Brings a view into sight, where only one is shown, and its field into focus. */
export function lookFrom(page: ReturnType<typeof usePage>, prompt: string, view: string, root: Node): void {
  page.remember(`view:${prompt}`, view);
  page.changed();
  // The field may have to be drawn first.
  requestAnimationFrame(() => {
    const field = (root as ShadowRoot).querySelector<HTMLElement>(`[data-cell="${cellOf(prompt, view)}"]`);
    field?.focus();
  });
}

/** One perspective: its name, its guiding question, its field. */
export function View({ view, prompt }: { view: Perspective; prompt: Prompt }) {
  const page = usePage();
  const field = useId();
  const question = useId();
  return (
    <div class="view" data-sign={view.sign} data-own={page.dealt[prompt.id]?.taken === view.id || undefined}>
      <label for={field}>
        <Sign of={view} />
        <span lang={page.lang(`perspectives/${view.id}/name`)}>{view.name}</span>
      </label>
      <p id={question} class="guide" lang={page.lang(`perspectives/${view.id}/question`)}>
        {view.question}
      </p>
      <Words
        id={field}
        cell={cellOf(prompt.id, view.id)}
        before={prompt.again && cellOf(prompt.again, view.id)}
        describedBy={view.question ? question : ""}
      >
        <Earlier cell={cellOf(prompt.id, view.id)} />
      </Words>
    </div>
  );
}
