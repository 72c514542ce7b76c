// One answer: its words, what is marked in it, and the codes for what one marks now.

import { useId, useMemo, useRef, useState } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { Chooser } from "./chooser.tsx";
import { useCoding } from "./content.ts";
import { Badge } from "./badge.tsx";
import { codeOf, give, isNothing, passagesOf } from "./shown.ts";
import type { Shown } from "./shown.ts";
import { part, shortened, wordsOf } from "./text.ts";
import { MarkWords } from "./words.tsx";
import type { Range } from "./words.tsx";

/** Characters beyond which an answer is folded. */
const FOLD = 1_500;

export interface Place {
  start: number;
  end: number;
}

interface AnswerProps {
  id: string;
  text: string;
  number: number;
  say(words: string): void;
}

export function OneAnswer({ id, text, number, say }: AnswerProps) {
  const page = useCoding();
  const field = useId();
  const here = useRef<HTMLElement>(null);
  const all = useMemo(() => wordsOf(text), [text]);
  const [unfolded, unfold] = useState(text.length <= FOLD);
  const words = unfolded ? all : all.filter(({ end }) => end <= FOLD * 0.8);
  const [range, mark] = useState<Range | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const passages = passagesOf(page, id);
  const quote = (one: Place): string => part(text, one.start, one.end);
  const placeOf = ({ from, to }: Range): Place => ({ start: all[from]?.start ?? 0, end: all[to]?.end ?? 0 });
  const open = (found: Place, focus: boolean): void => {
    setPlace(found);
    requestAnimationFrame(() => {
      const chooser = here.current?.querySelector<HTMLElement>(".chooser");
      if (focus) chooser?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
      chooser?.scrollIntoView({ block: "nearest" });
    });
  };
  const close = (): void => {
    page.writing.flush();
    setPlace(null);
    mark(null);
    here.current?.querySelector<HTMLElement>(".words")?.focus();
  };
  /** Gives a code to words, or takes it off again, without opening anything. */
  const press = (found: Range, wanted: number): void => {
    const code = page.state.codes.find((one) => one.number === wanted);
    if (!code) return;
    const { start, end } = placeOf(found);
    const codes = passages.find((one) => one.start === start && one.end === end)?.codes ?? [];
    const carries = codes.includes(code.code);
    give(page, id, start, end, carries ? codes.filter((one) => one !== code.code) : [...codes, code.code]);
    say(page.t(carries ? "code.took" : "code.gave", { name: code.name }));
    mark(null);
  };
  const nothing = isNothing(page, id);
  return (
    <section class="answer" aria-labelledby={`${field}-title`} ref={here} data-answer={id} data-read={nothing || passages.length > 0}>
      <Heading level={4} id={`${field}-title`} class="eyebrow">
        {page.t("code.answer", { number })}
      </Heading>
      <p class="unseen">{text}</p>
      <MarkWords
        id={`${field}-words`}
        label={page.t("code.words", { number })}
        words={words}
        passages={passages}
        range={range}
        mark={(marked) => {
          mark(marked);
          setPlace(null);
        }}
        open={(marked, focus) => {
          mark(marked);
          open(placeOf(marked), focus);
        }}
        press={press}
        say={say}
      />
      {!unfolded && (
        <Action look="quiet" onClick={() => unfold(true)}>
          {page.t("code.unfold")}
        </Action>
      )}
      {place && <Chooser answer={id} place={place} quote={quote(place)} done={close} say={say} />}
      {passages.length > 0 && (
        <ul class="marked" aria-label={page.t("code.passages")}>
          {passages.map((one) => (
            <Marked key={one.id} passage={one} quote={quote(one)} open={() => open(one, true)} />
          ))}
        </ul>
      )}
      {!place && (
        <div class="deeds">
          <Action
            look="quiet"
            onClick={() => {
              mark({ from: 0, to: words.length - 1 });
              open({ start: all[0]?.start ?? 0, end: all.at(-1)?.end ?? 0 }, true);
            }}
          >
            {page.t("code.whole")}
          </Action>
          {passages.length === 0 && (
            <label class="choice">
              <input
                type="checkbox"
                checked={nothing}
                onChange={(event) => page.connection.do({ do: "nothing", answer: id, nothing: event.currentTarget.checked })}
              />
              <span>{page.t("code.nothing")}</span>
            </label>
          )}
        </div>
      )}
    </section>
  );
}

/** What is marked, in words: its codes, the quotation, the memo, and the way to change it. */
function Marked({ passage, quote, open }: { passage: Shown; quote: string; open(): void }) {
  const page = useCoding();
  const memo = page.writing.text(cellOf(passage.id, "")).trim() || page.responses()[cellOf(passage.id, "")]?.text.trim();
  return (
    <li data-pending={passage.pending || undefined}>
      <p class="carries">
        {passage.codes.map((id) => {
          const code = codeOf(page, id);
          return code && <Badge key={id} code={code} named />;
        })}
      </p>
      <p class="quoted">{page.t("code.quote", { quote: shortened(quote) })}</p>
      {memo && (
        <p class="small memo">
          <span class="unseen">{page.t("code.memo_of")}: </span>
          {memo}
        </p>
      )}
      <Action look="quiet" aria-label={page.t("code.change_one", { quote: shortened(quote, 40) })} onClick={open}>
        {page.t("code.change")}
      </Action>
    </li>
  );
}
