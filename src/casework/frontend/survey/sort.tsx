// Cards to sort into piles, or into an order: with native fields and buttons, so that no one has to drag.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { give, valueOf } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import type { Item, Option } from "./content.ts";
import { Asked } from "./item.tsx";

export function Sort({ item }: { item: Item }) {
  return item.piles ? <Piles item={item} piles={item.piles} /> : <Order item={item} />;
}

function Piles({ item, piles }: { item: Item; piles: Option[] }) {
  const page: SurveyPage = usePage();
  const cards = item.options ?? [];
  const placed = (valueOf(page, item) ?? {}) as Record<string, string>;
  const put = (card: string, pile: string): void => {
    const { [card]: _, ...others } = placed;
    give(page, item, pile ? { ...others, [card]: pile } : others);
  };
  return (
    <Asked item={item} clear={() => give(page, item, null)}>
      <ul class="cards">
        {cards.map((card) => (
          <Card key={card.id} item={item} card={card} piles={piles} pile={placed[card.id] ?? ""} put={put} />
        ))}
      </ul>
      <div class="piles">
        {piles.map((pile) => (
          <Pile key={pile.id} item={item} pile={pile} cards={cards.filter(({ id }) => placed[id] === pile.id)} />
        ))}
      </div>
    </Asked>
  );
}

interface CardProps {
  item: Item;
  card: Option;
  piles: Option[];
  pile: string;
  put(card: string, pile: string): void;
}

function Card({ item, card, piles, pile, put }: CardProps) {
  const page: SurveyPage = usePage();
  const id = useId();
  return (
    <li class="card" data-placed={pile !== ""}>
      <label for={id} lang={page.lang(`items/${item.id}/options/${card.id}`)}>
        {card.text}
      </label>
      <select id={id} value={pile} onChange={(event) => put(card.id, event.currentTarget.value)}>
        <option value="">{page.t("survey.unsorted")}</option>
        {piles.map(({ id: name, text }) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </li>
  );
}

function Pile({ item, pile, cards }: { item: Item; pile: Option; cards: Option[] }) {
  const page: SurveyPage = usePage();
  const title = useId();
  return (
    <section class="pile" aria-labelledby={title}>
      <h5 id={title} lang={page.lang(`items/${item.id}/piles/${pile.id}`)}>
        {pile.text}
      </h5>
      {cards.length ? (
        <ul>
          {cards.map(({ id, text }) => (
            <li key={id} lang={page.lang(`items/${item.id}/options/${id}`)}>
              {text}
            </li>
          ))}
        </ul>
      ) : (
        <p class="small">{page.t("survey.pile_empty")}</p>
      )}
    </section>
  );
}

function Order({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  const options = new Map((item.options ?? []).map((option) => [option.id, option]));
  const given = valueOf(page, item) as string[] | null;
  const order = given ?? [...options.keys()];
  const [said, say] = useState("");
  const [list, hold] = useMoved();
  const move = (card: string, by: -1 | 1): void => {
    const from = order.indexOf(card);
    const next = order.filter((one) => one !== card);
    next.splice(from + by, 0, card);
    hold(card, by);
    give(page, item, next);
    say(page.t("survey.moved", { card: options.get(card)?.text ?? card, at: from + by + 1, of: order.length }));
  };
  return (
    <Asked item={item} clear={() => give(page, item, null)}>
      <ol class="cards order" ref={list} data-given={given !== null}>
        {order.map((id, index) => (
          <li class="card" key={id}>
            <span class="place" aria-hidden="true">
              {index + 1}
            </span>
            <span class="says" lang={page.lang(`items/${item.id}/options/${id}`)}>
              {options.get(id)?.text}
            </span>
            <Move card={options.get(id)} by={-1} disabled={index === 0} move={move} />
            <Move card={options.get(id)} by={1} disabled={index === order.length - 1} move={move} />
          </li>
        ))}
      </ol>
      {!given && (
        <button type="button" class="quiet" onClick={() => give(page, item, order)}>
          {page.t("survey.in_order")}
        </button>
      )}
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </Asked>
  );
}

interface MoveProps {
  card: Option | undefined;
  by: -1 | 1;
  disabled: boolean;
  move(card: string, by: -1 | 1): void;
}

/** One at an end stays where it is, and keeps the focus: it is no longer pressed, rather than gone. */
function Move({ card, by, disabled, move }: MoveProps) {
  const page: SurveyPage = usePage();
  if (!card) return null;
  const way = by < 0 ? "up" : "down";
  return (
    <button
      type="button"
      class="plain move"
      data-move={`${card.id} ${by}`}
      aria-label={page.t(`survey.${way}_one`, { card: card.text })}
      aria-disabled={disabled}
      onClick={() => !disabled && move(card.id, by)}
    >
      {by < 0 ? "↑" : "↓"}
    </button>
  );
}

/** A card that is moved takes the focus along: the browser drops it when the button changes its place. */
function useMoved() {
  const list = useRef<HTMLOListElement>(null);
  const held = useRef("");
  useLayoutEffect(() => {
    if (!held.current) return;
    list.current?.querySelector<HTMLElement>(`[data-move="${held.current}"]`)?.focus();
    held.current = "";
  });
  return [list, (card: string, by: number) => (held.current = `${card} ${by}`)] as const;
}
