// The survey while it is answered: part by part, back and forth, with nothing that has to be answered.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading, Prose } from "../kit/parts.tsx";
import { asked, isAnswered, partsOf, placeOf, turnTo } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import { Day, Options, Rated } from "./choices.tsx";
import type { Item, Part } from "./content.ts";
import { Sort } from "./sort.tsx";
import { Open, Rows, Someone } from "./written.tsx";

/** As many empty items are named before the end; of more only the number is said. */
const FEW = 8;

const KINDS = {
  rated: Rated,
  single: Options,
  multiple: Options,
  open: Open,
  date: Day,
  person: Someone,
  sort: Sort,
  plan: Rows,
};

export function Form() {
  const page: SurveyPage = usePage();
  const parts = partsOf(page);
  const [ending, end] = useState(false);
  const arrival = useArrival();
  const here = placeOf(page);
  // A part that has nothing to ask any more is passed over, to the one before it.
  const order = page.content.items.map(({ id }) => id);
  const place = here === null ? 0 : order.indexOf(here);
  const at = Math.max(0, parts.filter((part) => order.indexOf(part.asked[0]?.id ?? "") <= place).length - 1);
  const part = parts[at];
  if (!part) return null;
  const turn = (item: string, to: "heading" | "item"): void => {
    end(false);
    arrival.expect(to === "item" ? item : "");
    turnTo(page, item);
  };
  return (
    <div class="survey" ref={arrival.frame}>
      <Cover short={at > 0} />
      <PartView key={part.id} part={part} at={at} of={parts.length} />
      <Turns
        back={parts[at - 1]?.asked[0]}
        on={parts[at + 1]?.asked[0]}
        turn={(item) => turn(item, "heading")}
        end={() => end(true)}
        ending={ending}
      />
      {ending && <Left turn={(item) => turn(item, "item")} />}
    </div>
  );
}

/** After the person has turned the page, focus goes to its heading; after a press on an empty item, to that. */
function useArrival() {
  const frame = useRef<HTMLDivElement>(null);
  const awaited = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (awaited.current === null) return;
    const item = awaited.current && `[data-item="${awaited.current}"] :is(input, select, textarea, button)`;
    awaited.current = null;
    const found = frame.current?.querySelector<HTMLElement>(item || "[data-turned]");
    found?.focus({ preventScroll: true });
    found?.closest(".asked, .part")?.scrollIntoView({ block: "start" });
  });
  return { frame, expect: (item: string): void => void (awaited.current = item) };
}

/** The title and what the survey is for; on later parts only its name. */
function Cover({ short }: { short: boolean }) {
  const page: SurveyPage = usePage();
  const { title, minutes, summary } = page.content;
  const told = page.state.sharing?.forms["survey"];
  if (short) {
    return (
      <p class="eyebrow" lang={page.lang("title")}>
        {title}
      </p>
    );
  }
  return (
    <>
      {minutes && <p class="eyebrow">{page.t("survey.minutes", { minutes })}</p>}
      <Heading level={3} arrive class="title" lang={page.lang("title")}>
        {title}
      </Heading>
      <Prose html={summary} class="story lead" />
      <p class="small">
        {page.t("survey.how")} {page.t("survey.care")}
      </p>
      {told && <p class="small">{page.t(told.audience ? `share.is_${told.audience}` : `share.offer_${told.widest}`)}</p>}
      {page.state.again && <p class="gentle">{page.t("survey.afresh")}</p>}
    </>
  );
}

function PartView({ part, at, of }: { part: Part & { asked: Item[] }; at: number; of: number }) {
  const page: SurveyPage = usePage();
  const items = asked(page);
  const count = items.filter((item) => isAnswered(page, item)).length;
  const turned = { tabIndex: -1, "data-turned": true, ...(at > 0 && { "data-arrive": true }) };
  const single = page.content.pages.length === page.content.items.length && !part.title;
  return (
    <section class="part">
      <p class="progress-words small">
        {of > 1 && (
          <span {...(!part.title && turned)}>
            {page.t(single ? "survey.question" : "survey.part", { at: at + 1, of })}.{" "}
          </span>
        )}
        {page.t("survey.answered", { count, of: items.length })}
      </p>
      {part.title && (
        <h4 {...turned} lang={page.lang(`pages/${part.id}/title`)}>
          {part.title}
        </h4>
      )}
      {part.introduction && <Prose html={part.introduction} class="aside" />}
      {part.asked.map((item) => {
        const Kind = KINDS[item.kind];
        return <Kind key={item.id} item={item} />;
      })}
    </section>
  );
}

interface TurnsProps {
  back: Item | undefined;
  on: Item | undefined;
  turn(item: string): void;
  /** Names first what is still empty. */
  end(): void;
  ending: boolean;
}

function Turns({ back, on, turn, end, ending }: TurnsProps) {
  const page: SurveyPage = usePage();
  const empty = asked(page).some((item) => !isAnswered(page, item));
  return (
    <div class="row">
      {on ? (
        <Action onClick={() => turn(on.id)}>{page.t("survey.next")}</Action>
      ) : (
        !ending && (
          <Action
            pending={page.connection.isWaitingFor("finish")}
            onClick={() => (empty ? end() : page.act({ do: "finish" }))}
          >
            {page.t("survey.finish")}
          </Action>
        )
      )}
      {back && (
        <Action look="quiet" onClick={() => turn(back.id)}>
          {page.t("survey.back")}
        </Action>
      )}
    </div>
  );
}

/** Names, gently, what is still empty; one may end anyway. */
function Left({ turn }: { turn(item: string): void }) {
  const page: SurveyPage = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  const items = asked(page);
  const empty = items.filter((item) => !isAnswered(page, item));
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section class="panel left">
      <h4 class="eyebrow" tabIndex={-1} ref={heading}>
        {page.t("survey.left")}
      </h4>
      <p>
        {empty.length > FEW && `${page.t("survey.answered", { count: items.length - empty.length, of: items.length })} `}
        {page.t("survey.left_care")}
      </p>
      <ul class="plain-list">
        {empty.slice(0, FEW).map((item) => (
          <li key={item.id}>
            <Action look="quiet" onClick={() => turn(item.id)}>
              {item.text}
            </Action>
          </li>
        ))}
      </ul>
      <Action pending={page.connection.isWaitingFor("finish")} onClick={() => page.act({ do: "finish" })}>
        {page.t(empty.length ? "survey.finish_anyway" : "survey.finish")}
      </Action>
    </section>
  );
}
