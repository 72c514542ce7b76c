// A board: what a group shared of one form, as far as this page may see it.

import { Fragment } from "preact";
import type { ComponentChildren } from "preact";
import { Sign } from "../kit/signs.tsx";
import type { Board, Card, FormBoard, Spread, VoteBoard } from "../room/protocol.ts";
import { sayCount } from "../room/speech.ts";
import { Bars } from "./bars.tsx";
import { CardView } from "./cards.tsx";
import type { Holder } from "./content.ts";
import { Timeline } from "./timeline.tsx";
import type { Voice } from "./voice.ts";

export interface FormProps extends Voice {
  form: FormBoard;
  board: Board;
  holder: Holder;
  level?: 3 | 4;
  spotlight?: string | undefined;
  /** What the trainer can do with a card. */
  tools?: (card: Card) => ComponentChildren;
  /** Whether it is said that there is nothing to show. */
  empty?: boolean;
}

/** Cards that answer the same: of one perspective, or all of them where there are none. */
export interface Pile {
  perspective: string | null;
  cards: Card[];
}

/** The cards of a prompt by perspective, in the order in which it asks. */
export function pilesOf(form: FormBoard, holder: Holder): Pile[] {
  const prompt = holder.prompt(form.form);
  if (!prompt) return [];
  const known = [...new Set([...prompt.perspectives, ...form.cards.map(({ perspective }) => perspective ?? "")])];
  const piles = known.map((perspective) => ({
    perspective: perspective || null,
    cards: form.cards.filter((card) => (card.perspective ?? "") === perspective),
  }));
  return piles.filter(({ cards }) => cards.length);
}

/** The items of a survey, a checklist or a map to which something was answered, in the order of the content. */
export function itemsOf({ form, cards, spreads }: FormBoard, holder: Holder): string[] {
  const written = holder.prompt(form) ? [] : cards.map((card) => holder.itemOf(card));
  return holder.inOrder([...new Set([...Object.keys(spreads), ...written])]);
}

/** The card that holds the first words of whoever wrote another one. */
export function firstOf(card: Card, form: FormBoard, board: Board): Card | undefined {
  const pair = form.pairs.find(({ later }) => later === card.id);
  return pair && board.forms.flatMap(({ cards }) => cards).find(({ id }) => id === pair.first);
}

export function isEmpty({ cards, spreads, timeline }: FormBoard): boolean {
  return !cards.length && !Object.keys(spreads).length && !timeline;
}

export function FormView({ form, board, holder, level = 3, spotlight, tools, empty = true, ...voice }: FormProps) {
  const { say, language } = voice;
  const Title = `h${level}` as "h3";
  const piles = pilesOf(form, holder);
  const draw = (card: Card) => (
    <CardView key={card.id} card={card} first={firstOf(card, form, board)} lit={card.id === spotlight} {...voice}>
      {tools?.(card)}
    </CardView>
  );
  return (
    <section class="board" data-form={form.form}>
      <Question form={form} holder={holder} Title={Title} />
      {empty && isEmpty(form) && <p class="gentle">{say("group.board_empty")}</p>}
      {piles.length > 0 && (
        <div class="piles" data-count={piles.length}>
          {piles.map(({ perspective, cards }) => (
            <PileView key={perspective} perspective={perspective} holder={holder}>
              {cards.map(draw)}
            </PileView>
          ))}
        </div>
      )}
      <Quiet form={form} holder={holder} say={say} language={language} />
      <Answers form={form} holder={holder} draw={draw} {...voice} />
      {form.timeline && <Timeline told={form.timeline} holder={holder} level={level === 3 ? 4 : 5} {...voice} />}
    </section>
  );
}

/** What was asked; for a checklist or a survey its title. */
export function Question({ form, holder, Title }: { form: FormBoard; holder: Holder; Title: "h2" | "h3" | "h4" }) {
  const prompt = holder.prompt(form.form);
  return prompt ? (
    <Title class="asked" dangerouslySetInnerHTML={{ __html: prompt.html }} />
  ) : (
    <Title class="asked">{holder.formTitle()}</Title>
  );
}

interface PileProps {
  perspective: string | null;
  holder: Holder;
  children: ComponentChildren;
}

export function PileView({ perspective, holder, children }: PileProps) {
  const view = perspective ? holder.perspective(perspective) : null;
  return (
    <div class="pile" data-sign={view?.sign}>
      {view && (
        <p class="from">
          <Sign of={view} />
          <span>{view.name}</span>
        </p>
      )}
      <ul class="cards">{children}</ul>
    </div>
  );
}

/** The perspectives from which there is nothing to show, gently named. */
export function Quiet({ form, holder, say, language }: { form: FormBoard; holder: Holder } & Voice) {
  if (!form.quiet.length) return null;
  const names = form.quiet.map((id) => holder.perspective(id).name);
  return <p class="gentle">{sayCount(say, "group.quiet", names.length, { names: new Intl.ListFormat(language).format(names) })}</p>;
}

interface AnswersProps extends Voice {
  form: FormBoard;
  holder: Holder;
  draw: (card: Card) => ComponentChildren;
}

/** Item by item, how many gave which answer, and what was written. */
export function Answers({ form, holder, draw, ...voice }: AnswersProps) {
  const items = itemsOf(form, holder);
  if (!items.length) return null;
  return (
    <div class="spreads">
      {items.map((item) => (
        <Fragment key={item}>
          {form.spreads[item] && <SpreadView item={item} told={form.spreads[item]} holder={holder} {...voice} />}
          {form.cards.some((card) => holder.itemOf(card) === item) && (
            <div class="written">
              {!form.spreads[item] && holder.knows(item) && <p class="item">{holder.itemText(item)}</p>}
              <ul class="cards">{form.cards.filter((card) => holder.itemOf(card) === item).map(draw)}</ul>
            </div>
          )}
        </Fragment>
      ))}
    </div>
  );
}

function SpreadView({ item, told: { people, values }, holder, ...voice }: { item: string; told: Spread; holder: Holder } & Voice) {
  return (
    <Bars
      title={holder.itemText(item)}
      note={sayCount(voice.say, "group.people_answered", people)}
      bars={holder.steps(item, Object.keys(values)).map(({ value, text }) => ({ key: value, text, people: values[value] ?? 0 }))}
      {...voice}
    />
  );
}

/** How the group voted; `taken` is the way that it then took. */
export function VoteView({ vote, holder, taken, level = 3, ...voice }: { vote: VoteBoard; holder: Holder; taken?: string | null; level?: 3 | 4 } & Voice) {
  const { say } = voice;
  const Title = `h${level}` as "h3";
  const scene = holder.scene(vote.scene);
  return (
    <section class="board" data-vote={vote.scene}>
      <Title class="asked">{say("group.voted")}</Title>
      {vote.counts ? (
        <Bars
          title={scene?.title ?? ""}
          bars={Object.entries(vote.counts).map(([choice, people]) => ({
            key: choice,
            text: holder.choice(vote.scene, choice),
            people,
            taken: choice === taken,
          }))}
          takenSaid={say("group.way_taken")}
          {...voice}
        />
      ) : (
        <p class="gentle">{say("group.voted_few")}</p>
      )}
    </section>
  );
}
