// The perspectives of one prompt, one at a time.

import { useRef } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import type { Perspective } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import { Action } from "../kit/parts.tsx";
import { Sign } from "../kit/signs.tsx";
import { View } from "../kit/views.tsx";
import type { ViewsProps } from "../kit/views.tsx";

/** One view at a time, with all of them named above; a dot says which have words. */
export function OneByOne({ prompt, perspectives }: ViewsProps) {
  const page = usePage();
  const place = useRef<HTMLParagraphElement>(null);
  const found = perspectives.findIndex(({ id }) => id === page.recall(`view:${prompt.id}`));
  const at = Math.max(0, found);
  const view = perspectives[at];
  const go = (to: Perspective) => () => {
    page.writing.flush();
    page.remember(`view:${prompt.id}`, to.id);
    page.changed();
    place.current?.focus({ preventScroll: true });
  };
  const [before, after] = [perspectives[at - 1], perspectives[at + 1]];
  return (
    <div class="views">
      <Names prompt={prompt} perspectives={perspectives} at={at} go={go} />
      <p ref={place} tabIndex={-1} class="small place">
        {page.t("reflect.at", { at: at + 1, of: perspectives.length })}
      </p>
      {view && <View key={view.id} view={view} prompt={prompt} />}
      <div class="row turn-over">
        {before && (
          <Action look="quiet" onClick={go(before)}>
            {page.t("reflect.back")} <span lang={page.lang(`perspectives/${before.id}/name`)}>{before.name}</span>
          </Action>
        )}
        {after && (
          <Action look="plain" onClick={go(after)}>
            {page.t("reflect.next")} <span lang={page.lang(`perspectives/${after.id}/name`)}>{after.name}</span>
          </Action>
        )}
      </div>
    </div>
  );
}

interface NamesProps extends ViewsProps {
  at: number;
  go: (to: Perspective) => () => void;
}

function Names({ prompt, perspectives, at, go }: NamesProps) {
  const page = usePage();
  return (
    <ul class="names" aria-label={page.t("reflect.views")}>
      {perspectives.map((view, index) => (
        <li key={view.id}>
          <button
            type="button"
            class="name"
            data-sign={view.sign}
            data-written={page.writing.text(cellOf(prompt.id, view.id)).trim() !== ""}
            aria-current={index === at ? "step" : undefined}
            onClick={go(view)}
          >
            <Sign of={view} />
            <span lang={page.lang(`perspectives/${view.id}/name`)}>{view.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
