// What the group has been shown: the card that is talked about now, and the boards.

import { useRef } from "preact/hooks";
import { FormView, VoteView } from "../board/board.tsx";
import { Words } from "../board/cards.tsx";
import { Holder } from "../board/content.ts";
import { Action } from "../kit/parts.tsx";
import { Sign } from "../kit/signs.tsx";
import type { Board } from "./protocol.ts";
import type { Visit } from "./visit.ts";

/** The group is being shown something, and this page stands elsewhere: one press leads there. */
export function Look({ visit }: { visit: Visit }) {
  const go = (): void => {
    const root = visit.stage.root;
    const found = root.querySelector<HTMLElement>(visit.known.where?.spotlight ? ".spotlight h2" : ".boards h2, .boards summary");
    found?.setAttribute("tabindex", "-1");
    found?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: "start" });
    visit.looked();
  };
  return (
    <p class="look">
      <Action look="plain" onClick={go}>
        {visit.say("group.look")}
      </Action>
    </p>
  );
}

/** One card, large, while the group talks about it. */
export function Spotlight({ visit }: { visit: Visit }) {
  const { say, language, known } = visit;
  const lit = known.where?.spotlight;
  if (!lit) return null;
  const holder = new Holder(known.places.get(lit.place)?.content);
  const { view, text } = holder.whence(lit.card);
  return (
    <section class="spotlight" data-sign={view?.sign}>
      <h2 class="eyebrow">{say("group.spotlight")}</h2>
      {text && (
        <p class="from">
          {view && <Sign of={view} />}
          <span>{text}</span>
        </p>
      )}
      <Words card={lit.card} say={say} language={language} />
    </section>
  );
}

/** The boards: of where the group is first, and those from before folded away. */
export function Boards({ visit }: { visit: Visit }) {
  const { say, known, shown } = visit;
  const places = (known.where?.agenda ?? []).map(({ place }) => place).filter((place) => known.board(place));
  const here = places.filter((place) => place === shown);
  const before = places.filter((place) => place !== shown);
  const fresh = useFresh(new Map(before.map((place) => [place, sizeOf(known.board(place))])), shown);
  if (!places.length) return null;
  return (
    <section class="boards">
      {here.length > 0 && <h2>{say("group.boards")}</h2>}
      {here.map((place) => (
        <Of key={place} place={place} visit={visit} />
      ))}
      {before.length > 0 && (
        <details open={fresh}>
          <summary>{say("group.boards_before")}</summary>
          {before.map((place) => (
            <Of key={place} place={place} visit={visit} />
          ))}
        </details>
      )}
    </section>
  );
}

function sizeOf(board: Board | null): number {
  return board ? board.forms.length + board.votes.length : 0;
}

/** Whether something was shown of where the group was before, since it came to where it is now. */
function useFresh(now: Map<string, number>, shown: string | null): boolean {
  const since = useRef({ shown, sizes: new Map<string, number>(), fresh: false });
  if (since.current.shown !== shown) since.current = { shown, sizes: new Map(), fresh: false };
  const { sizes } = since.current;
  for (const [place, size] of now) {
    if (size > (sizes.get(place) ?? size)) since.current.fresh = true;
    sizes.set(place, size);
  }
  return since.current.fresh;
}

function Of({ place, visit }: { place: string; visit: Visit }) {
  const { say, language, known } = visit;
  const board = known.board(place) as Board;
  const holder = new Holder(known.places.get(place)?.content);
  const lit = known.where?.spotlight?.card.id;
  return (
    <>
      {board.forms.map((form) => (
        <FormView key={form.form} form={form} board={board} holder={holder} spotlight={lit} say={say} language={language} />
      ))}
      {board.votes.map((vote) => (
        <VoteView key={vote.scene} vote={vote} holder={holder} taken={takenAt(visit, place, vote.scene)} say={say} language={language} />
      ))}
    </>
  );
}

/** The choice that the way went on with. */
function takenAt({ known }: Visit, place: string, scene: string): string | null {
  const way = known.places.get(place)?.state?.["way"] as { scene: string; choice: string | null }[] | undefined;
  return way?.find((turn) => turn.scene === scene)?.choice ?? null;
}
