// The end: what was answered, drawn and in words; beside it the first round, where there is one.

import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { ShareBar } from "../kit/share.tsx";
import { asked } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import type { Answer, Item } from "./content.ts";
import { Drawn, Key, linesOf, lineOfItem, Profile } from "./profile.tsx";

export function End() {
  const page: SurveyPage = usePage();
  const { sharing, events, earlier } = page.state;
  const lines = linesOf(page);
  return (
    <div class="survey">
      <p class="eyebrow" lang={page.lang("title")}>
        {page.content.title}
      </p>
      <Heading level={3} arrive class="title">
        {page.t("survey.ended")}
      </Heading>
      <p class="story">{page.t(earlier ? "survey.ended_twice" : "survey.ended_care")}</p>
      <ShareBar form="survey" sharing={sharing} events={events} />
      {lines.length > 0 && <Profile lines={lines} />}
      <EveryAnswer key_={lines.length === 0} />
      <div class="row">
        <Action look="plain" pending={page.connection.isWaitingFor("reopen")} onClick={() => page.act({ do: "reopen" })}>
          {page.t("survey.reopen")}
        </Action>
      </div>
      <p class="small rights" lang={page.lang("rights")}>
        {page.content.rights}
      </p>
    </div>
  );
}

function EveryAnswer({ key_ }: { key_: boolean }) {
  const page: SurveyPage = usePage();
  return (
    <section class="every">
      <Heading level={4}>{page.t("survey.every")}</Heading>
      {key_ && <Key />}
      <dl>
        {asked(page).map((item) => (
          <Given key={item.id} item={item} />
        ))}
      </dl>
    </section>
  );
}

function Given({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  const { answers, earlier } = page.state;
  const line = lineOfItem(page, item);
  return (
    <div class="given">
      <dt dangerouslySetInnerHTML={{ __html: item.html }} />
      {line && (
        <dd class="drawing">
          <Drawn line={line} />
        </dd>
      )}
      {earlier && <Told item={item} label={page.t("survey.first")} answer={earlier.answers[item.id]} />}
      <Told item={item} label={earlier ? page.t("survey.later") : ""} answer={answers[item.id]} />
    </div>
  );
}

function Told({ item, label, answer }: { item: Item; label: string; answer: Answer | undefined }) {
  const page: SurveyPage = usePage();
  const day = (at: string): string =>
    new Intl.DateTimeFormat(page.content.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(at));
  return (
    <dd data-empty={!answer}>
      {label && <span class="round">{label} </span>}
      {answer ? (item.kind === "date" ? day(answer.text) : answer.text) : page.t("survey.none")}
    </dd>
  );
}
