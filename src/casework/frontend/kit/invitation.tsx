// A perspective that was dealt: a quiet invitation, which one takes, swaps for another, or declines, unremarked.

import { useId, useRef, useState } from "preact/hooks";
import type { Dealt, Perspective, Prompt } from "./contract.ts";
import { usePage } from "./page.ts";
import type { Page } from "./page.ts";
import { Action } from "./parts.tsx";
import { Sign } from "./signs.tsx";
import { lookFrom } from "./views.tsx";

interface InvitationProps {
  prompt: Prompt;
  perspectives: Perspective[];
}

export function Invitation({ prompt, perspectives }: InvitationProps) {
  const page = usePage();
  const [choosing, setChoosing] = useState(false);
  const block = useRef<HTMLDivElement>(null);
  const told = answerOf(page, prompt.id);
  const dealt = perspectives.find(({ id }) => id === told?.perspective);
  if (!told || !dealt) return null;
  const root = (): Node => block.current?.getRootNode() ?? document;
  const take = (view: string): void => {
    setChoosing(false);
    page.connection.do({ do: "take", prompt: prompt.id, perspective: view });
    lookFrom(page, prompt.id, view, root());
  };
  const decline = (): void => {
    const first = perspectives.find(({ id }) => id === page.recall(`view:${prompt.id}`)) ?? perspectives[0];
    const here = root();
    page.connection.do({ do: "decline", prompt: prompt.id });
    if (first) lookFrom(page, prompt.id, first.id, here);
  };
  const taken = perspectives.find(({ id }) => id === told.taken);
  const swap = (): void => setChoosing(true);
  return (
    <div class="invitation" ref={block}>
      {choosing ? (
        <Swap perspectives={perspectives} take={take} />
      ) : taken ? (
        <Taken view={taken} swap={swap} />
      ) : (
        <Invited view={dealt} take={() => take(dealt.id)} swap={swap} decline={decline} />
      )}
    </div>
  );
}

/** What was dealt and what one made of it, with what is under way on top: a press shows at once. */
function answerOf(page: Page, prompt: string): Dealt | undefined {
  const told = page.dealt[prompt];
  const under = page.connection.waiting.find((one) => (one.do === "take" || one.do === "decline") && one["prompt"] === prompt);
  if (!told || under?.do === "decline") return undefined;
  return under ? { ...told, taken: String(under["perspective"]) } : told;
}

interface InvitedProps {
  view: Perspective;
  take: () => void;
  swap: () => void;
  decline: () => void;
}

function Invited({ view, take, swap, decline }: InvitedProps) {
  const page = usePage();
  const title = useId();
  return (
    <section class="invited" data-sign={view.sign} aria-labelledby={title}>
      <p class="eyebrow" id={title}>
        {page.t("deal.invited")}
      </p>
      <p class="dealt">
        <Sign of={view} />
        <span lang={page.lang(`perspectives/${view.id}/name`)}>{view.name}</span>
      </p>
      <p class="guide" lang={page.lang(`perspectives/${view.id}/question`)}>
        {view.question}
      </p>
      <div class="row">
        <Action look="plain" onClick={take}>
          {page.t("deal.take")}
        </Action>
        <Action look="plain" onClick={swap}>
          {page.t("deal.swap")}
        </Action>
        <Action look="plain" onClick={decline}>
          {page.t("deal.decline")}
        </Action>
      </div>
      <p class="small">{page.t("deal.quiet")}</p>
    </section>
  );
}

function Swap({ perspectives, take }: { perspectives: Perspective[]; take: (view: string) => void }) {
  const page = usePage();
  return (
    <fieldset class="swap">
      <legend>{page.t("deal.choose")}</legend>
      <div class="row">
        {perspectives.map((view, index) => (
          <button
            key={view.id}
            type="button"
            class="name"
            data-sign={view.sign}
            ref={index ? null : focusOnce}
            onClick={() => take(view.id)}
          >
            <Sign of={view} />
            <span lang={page.lang(`perspectives/${view.id}/name`)}>{view.name}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true });
}

function Taken({ view, swap }: { view: Perspective; swap: () => void }) {
  const page = usePage();
  return (
    <p class="taken">
      <span>
        {page.t("deal.taken")} <b lang={page.lang(`perspectives/${view.id}/name`)}>{view.name}</b>
      </span>
      <Action look="quiet" onClick={swap}>
        {page.t("deal.swap")}
      </Action>
    </p>
  );
}
