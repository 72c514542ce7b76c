// What the group looks at: where it is on its way, a card, a board, how it voted, or that it is over.

import type { ComponentChildren } from "preact";
import { Answers, firstOf, isEmpty, PileView, pilesOf, Question, Quiet, VoteView } from "../board/board.tsx";
import { CardView, Words } from "../board/cards.tsx";
import { Holder } from "../board/content.ts";
import { Timeline } from "../board/timeline.tsx";
import { Prose } from "../kit/parts.tsx";
import { Sign } from "../kit/signs.tsx";
import type { Board, Card, FormBoard } from "../room/protocol.ts";
import type { WalkContent, WalkState } from "../walk/content.ts";
import { Sheets } from "./sheets.tsx";
import type { View } from "./view.ts";

/** Seconds for a sheet to be read aloud, and for one of cards. */
const STORY = 45;
const CARDS = 20;

/** Characters that a card has room for in one of two columns; a longer one would be broken in the middle. */
const NARROW = 150;

export function Scene({ view }: { view: View }) {
  const { known, say, look } = view;
  const { where } = known;
  if (!where) return null;
  if (view.line.bye === "erased") return <Said title={say("group.screen_end")}>{say("group.screen_erased")}</Said>;
  if (where.where === "ended" || view.line.bye === "ended") return <Said title={say("group.screen_end")}>{say("group.screen_end_lead")}</Said>;
  if (where.spotlight) return <Lit view={view} />;
  if (where.pace === "self") return <Alone view={view} />;
  if (look.at !== "way") return <Shown view={view} />;
  if (!where.here) return <Said title={say("group.screen_soon")}>{say("group.with", { name: known.welcome?.convener ?? "" })}</Said>;
  return <Way view={view} place={where.here} />;
}

function Said({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="said">
      <h1>{title}</h1>
      {children && <p class="story">{children}</p>}
    </div>
  );
}

function Alone({ view: { say, known, language } }: { view: View }) {
  const { where } = known;
  const date = where?.pace_until && new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(new Date(where.pace_until));
  return (
    <div class="said">
      <h1>{say("group.screen_alone")}</h1>
      <p>{date ? say("group.alone_until", { date }) : say("group.alone_lead")}</p>
      <ul class="titles">
        {where?.agenda.map(({ place, activity, title }) => (
          <li key={place}>
            <span class="kind">{say(`group.${activity}`)}</span> {title}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Lit({ view: { known, say, language } }: { view: View }) {
  const lit = known.where?.spotlight;
  if (!lit) return null;
  const holder = new Holder(known.places.get(lit.place)?.content);
  const { view: from, text } = holder.whence(lit.card);
  const long = lit.card.text.length > 280;
  const card = (
    <div class="lit" data-sign={from?.sign} data-long={long || undefined}>
      {text && (
        <p class="from">
          {from && <Sign of={from} />}
          <span>{text}</span>
        </p>
      )}
      <Words card={lit.card} say={say} language={language} />
    </div>
  );
  if (!long) return <div class="said">{card}</div>;
  return (
    <Sheets say={say} seconds={STORY} name={lit.card.id}>
      {card}
    </Sheets>
  );
}

// -- boards --------------------------------------------------------------------------------------------

function Shown({ view }: { view: View }) {
  const { look, known, say, language } = view;
  if (look.at === "way") return null;
  const board = known.boards.get(look.place);
  const { content, state } = known.places.get(look.place) ?? {};
  const holder = new Holder(content);
  if (look.at === "vote") {
    const vote = board?.votes.find(({ scene }) => scene === look.name);
    const way = state?.["way"] as WalkState["way"] | undefined;
    const taken = way?.find(({ scene }) => scene === look.name)?.choice ?? null;
    return vote ? (
      <Sheets say={say} seconds={CARDS} name={look.name}>
        <VoteView vote={vote} holder={holder} taken={taken} say={say} language={language} />
      </Sheets>
    ) : null;
  }
  const form = board?.forms.find((one) => one.form === look.name);
  return form && board ? <FormOnWall view={view} form={form} board={board} holder={holder} /> : null;
}

function FormOnWall({ view, form, board, holder }: { view: View; form: FormBoard; board: Board; holder: Holder }) {
  const { say, language } = view;
  const narrow = form.cards.length > 2 && form.cards.every(({ text }) => text.length <= NARROW);
  const columns = narrow && !form.pairs.length && !Object.keys(form.spreads).length ? 2 : 1;
  const draw = (card: Card) => <CardView key={card.id} card={card} first={firstOf(card, form, board)} say={say} language={language} />;
  return (
    <>
      <Question form={form} holder={holder} Title="h2" />
      <Sheets say={say} seconds={CARDS} columns={columns} name={form.form}>
        {isEmpty(form) && <p class="gentle">{say("group.board_empty")}</p>}
        {pilesOf(form, holder).map(({ perspective, cards }) => (
          <PileView key={perspective} perspective={perspective} holder={holder}>
            {cards.map(draw)}
          </PileView>
        ))}
        <Quiet form={form} holder={holder} say={say} language={language} />
        <Answers form={form} holder={holder} draw={draw} say={say} language={language} />
        {form.timeline && <Timeline told={form.timeline} holder={holder} level={4} fold={false} say={say} language={language} />}
      </Sheets>
    </>
  );
}

// -- the way -------------------------------------------------------------------------------------------

function Way({ view, place }: { view: View; place: string }) {
  const { known, say } = view;
  const { content, state } = known.places.get(place) ?? {};
  const activity = known.here?.activity ?? "";
  if (!content || !state) return <Said title={known.here?.title ?? ""} />;
  if (activity === "walk") return <Walked view={view} content={content as unknown as WalkContent} state={state as unknown as WalkState} />;
  const holder = new Holder(content);
  if (activity === "reflect") return <Asked view={view} holder={holder} prompts={holder.prompts.map(({ id }) => id)} />;
  return <Said title={holder.title}>{say(activity === "observe" ? "group.screen_observe" : "group.screen_write")}</Said>;
}

function Walked({ view, content, state }: { view: View; content: WalkContent; state: WalkState }) {
  const { say } = view;
  const scene = state.scene === null ? undefined : content.scenes[state.scene];
  if (!scene || state.step === "start") {
    return (
      <Sheets say={say} seconds={STORY} name="start">
        <h1>{content.title}</h1>
        <Prose html={content.summary} />
      </Sheets>
    );
  }
  const name = `${scene.id} ${state.step}`;
  if (state.step === "pause" && scene.pause?.steps.includes("reflect")) {
    return <Asked view={view} holder={new Holder(content as unknown as Record<string, unknown>)} prompts={scene.pause.reflect} />;
  }
  if (state.step === "turn" && scene.choices.length && scene.pause) return <Choices view={view} content={content} state={state} />;
  const chosen = state.way.at(-2)?.choice;
  const from = content.scenes[state.way.at(-2)?.scene ?? ""]?.choices.find(({ id }) => id === chosen);
  return (
    <Sheets say={say} seconds={STORY} name={name}>
      {from && <p class="chosen-way">{from.text}</p>}
      {scene.title && <h1>{scene.title}</h1>}
      <Prose html={scene.html} />
      {scene.newInformation && <Prose html={scene.newInformation} class="story news-on-wall" />}
      {state.step === "turn" && scene.choices.length > 0 && <ChoiceList content={content} state={state} />}
    </Sheets>
  );
}

/** The questions of a pause. */
function Asked({ view: { say }, holder, prompts }: { view: View; holder: Holder; prompts: string[] }) {
  return (
    <Sheets say={say} seconds={STORY} name={prompts.join()}>
      <p class="eyebrow">
        {say("group.screen_pause")} <span class="care-on-wall">{say("group.screen_write")}</span>
      </p>
      {prompts.map((id) => {
        const prompt = holder.prompt(id);
        if (!prompt) return null;
        return (
          <section key={id} class="question-on-wall">
            <h2 class="asked" dangerouslySetInnerHTML={{ __html: prompt.html }} />
            <ul class="views-on-wall">
              {prompt.perspectives.map((one) => {
                const from = holder.perspective(one);
                return (
                  <li key={one} class="from" data-sign={from.sign}>
                    <Sign of={from} />
                    <span>{from.name}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </Sheets>
  );
}

function Choices({ view: { say, known }, content, state }: { view: View; content: WalkContent; state: WalkState }) {
  const voting = known.where?.votes.some(({ scene }) => scene === state.scene);
  return (
    <Sheets say={say} seconds={STORY} name={`${state.scene} turn`}>
      <h1>{say("group.screen_vote")}</h1>
      <ChoiceList content={content} state={state} />
      {voting && <p class="care-on-wall">{say("group.screen_vote_how")}</p>}
    </Sheets>
  );
}

function ChoiceList({ content, state }: { content: WalkContent; state: WalkState }) {
  const scene = content.scenes[state.scene ?? ""];
  return (
    <ul class="choices-on-wall">
      {scene?.choices.filter(({ id }) => state.choices.includes(id)).map(({ id, text }) => <li key={id}>{text}</li>)}
    </ul>
  );
}
