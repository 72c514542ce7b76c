// Words of learners as cards. They are text, and never markup.

import type { ComponentChildren } from "preact";
import type { Card } from "../room/protocol.ts";
import { nameIn } from "../room/speech.ts";
import type { Voice } from "./voice.ts";

interface CardProps extends Voice {
  card: Card;
  /** The first words of the same person, laid beside these. */
  first?: Card | undefined;
  lit?: boolean;
  /** What the trainer can do with it. */
  children?: ComponentChildren;
}

export function CardView({ card, first, lit = false, children, say, language }: CardProps) {
  return (
    <li class="card" data-card={card.id} data-pair={first ? true : undefined} data-lit={lit || undefined} data-hidden={card.hidden || undefined}>
      {first && (
        <div class="before">
          <p class="when">{say("group.before")}</p>
          <Words card={first} say={say} language={language} />
        </div>
      )}
      <div>
        {first && <p class="when">{say("group.after")}</p>}
        <Words card={card} say={say} language={language} />
      </div>
      {children}
    </li>
  );
}

export function Words({ card, say, language }: { card: Card } & Voice) {
  const foreign = card.language !== language;
  return (
    <>
      <blockquote lang={card.language} dir="auto">
        {card.text}
        {card.cut && "…"}
      </blockquote>
      {(card.name || foreign || card.cut) && (
        <p class="by">
          {card.name && <span>{card.name}</span>}
          {foreign && <span class="tag">{nameIn(card.language, language)}</span>}
          {card.cut && <span>{say("group.cut")}</span>}
        </p>
      )}
    </>
  );
}
