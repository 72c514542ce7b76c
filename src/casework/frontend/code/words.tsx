// The words of one answer, to be marked: with a finger, the mouse, or the arrow keys.

import { useRef, useState } from "preact/hooks";
import { useCoding } from "./content.ts";
import { codeOf, toneOf } from "./shown.ts";
import type { Shown } from "./shown.ts";
import { linesOf } from "./text.ts";
import type { Line, Word } from "./text.ts";

/** From which word to which. */
export interface Range {
  from: number;
  to: number;
}

interface WordsProps {
  id: string;
  label: string;
  words: Word[];
  passages: Shown[];
  /** What is marked now. */
  range: Range | null;
  mark(range: Range | null): void;
  /** Opens the codes for what is marked; with the keyboard, the focus goes there. */
  open(range: Range, focus: boolean): void;
  /** Gives a code at once, by its number. */
  press(range: Range, number: number): void;
  say(words: string): void;
}

const ordered = (one: number, other: number): Range => ({ from: Math.min(one, other), to: Math.max(one, other) });

export function MarkWords(props: WordsProps) {
  const { id, label, words, passages, range } = props;
  const page = useCoding();
  const [at, go] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const lines = linesOf(passages, (code) => codeOf(page, code));
  const lanes = Math.max(0, ...lines.map(({ lane }) => lane + 1));
  const keys = useKeys(props, at, go, list);
  const pointer = usePointer(props, go);
  return (
    <div
      id={id}
      ref={list}
      class="words"
      role="listbox"
      aria-multiselectable="true"
      aria-orientation="horizontal"
      aria-label={label}
      aria-activedescendant={`${id}-${Math.min(at, words.length - 1)}`}
      tabIndex={0}
      style={{ "--lanes": Math.min(lanes, 6) }}
      onKeyDown={keys}
      {...pointer}
    >
      {words.map((word, index) => (
        <OneWord
          key={word.start}
          id={`${id}-${index}`}
          word={word}
          index={index}
          at={index === at}
          marked={range !== null && range.from <= index && index <= range.to}
          lines={lines.filter(({ passage }) => passage.start < word.end && word.start < passage.end)}
        />
      ))}
    </div>
  );
}

interface OneWordProps {
  id: string;
  word: Word;
  index: number;
  at: boolean;
  marked: boolean;
  lines: Line[];
}

function OneWord({ id, word, index, at, marked, lines }: OneWordProps) {
  const ending = lines.filter(({ passage }) => passage.end <= word.end);
  return (
    <>
      <span id={id} role="option" aria-selected={marked} data-index={index} data-at={at || undefined}>
        {word.text}
        {ending.map(({ passage, code }) => (
          <sup key={passage.id + code.code} class="tag" aria-hidden="true" data-pending={passage.pending || undefined} {...toneOf(code)}>
            {code.number}
          </sup>
        ))}
        {!word.gap.includes("\n") && word.gap}
        {lines.map(({ passage, code, lane }) => (
          <i
            key={passage.id + code.code}
            aria-hidden="true"
            data-last={passage.end <= word.end || undefined}
            data-pending={passage.pending || undefined}
            style={{ "--lane": Math.min(lane, 5) }}
            {...toneOf(code)}
          />
        ))}
      </span>
      {word.gap.includes("\n") && word.gap}
    </>
  );
}

// -- the keyboard -----------------------------------------------------------------------------------------------------

type Go = (index: number) => void;

function useKeys(props: WordsProps, at: number, go: Go, list: { current: HTMLElement | null }) {
  const { words, range, mark, open, press, say } = props;
  const page = useCoding();
  const anchor = useRef<number | null>(null);
  const move = (to: number, extend: boolean): void => {
    const next = Math.max(0, Math.min(words.length - 1, to));
    go(next);
    list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: "nearest" });
    if (!extend) {
      anchor.current = null;
      if (range) mark(null);
      return;
    }
    anchor.current ??= at;
    const marked = ordered(anchor.current, next);
    mark(marked);
    say(page.t("code.marked", { count: marked.to - marked.from + 1 }));
  };
  return (event: KeyboardEvent): void => {
    const leap = event.ctrlKey || event.metaKey || event.altKey;
    const here = range ?? { from: at, to: at };
    const done = (): void => event.preventDefault();
    const to = target(event.key, at, words, leap, list.current);
    if (to !== null) {
      done();
      move(to, event.shiftKey);
    } else if (event.key === "Enter" || event.key === " ") {
      done();
      open(here, true);
    } else if (event.key === "Escape" && range) {
      done();
      anchor.current = null;
      mark(null);
      say(page.t("code.marked_none"));
    } else if (leap && event.key.toLowerCase() === "a") {
      done();
      mark({ from: 0, to: words.length - 1 });
      say(page.t("code.marked", { count: words.length }));
    } else if (!leap && /^[1-9]$/.test(event.key)) {
      done();
      press(range ?? { from: 0, to: words.length - 1 }, Number(event.key));
    }
  };
}

/** Where a key leads; null for one that leads nowhere. */
function target(key: string, at: number, words: Word[], leap: boolean, list: HTMLElement | null): number | null {
  switch (key) {
    case "ArrowRight":
      return leap ? after(words, at) : at + 1;
    case "ArrowLeft":
      return leap ? before(words, at) : at - 1;
    case "ArrowDown":
      return leap ? after(words, at) : line(list, at, 1);
    case "ArrowUp":
      return leap ? before(words, at) : line(list, at, -1);
    case "Home":
      return 0;
    case "End":
      return words.length - 1;
    default:
      return null;
  }
}

/** The last word of this sentence; from there, that of the next. */
function after(words: Word[], at: number): number {
  const next = words.findIndex(({ first }, index) => first && index > at + 1);
  return next < 0 ? words.length - 1 : next - 1;
}

function before(words: Word[], at: number): number {
  return words.reduce((found, { first }, index) => (first && index < at ? index : found), 0);
}

/** The word below or above, as the lines are broken on this page. */
function line(list: HTMLElement | null, at: number, by: 1 | -1): number {
  const all = [...(list?.querySelectorAll<HTMLElement>("[data-index]") ?? [])];
  const here = all[at];
  if (!here) return at;
  const middle = (one: HTMLElement): number => one.offsetLeft + one.offsetWidth / 2;
  const beyond = all.filter((one) => (one.offsetTop - here.offsetTop) * by > 2);
  const nearest = by > 0 ? beyond[0] : beyond.at(-1);
  if (!nearest) return by > 0 ? all.length - 1 : 0;
  const there = beyond.filter((one) => Math.abs(one.offsetTop - nearest.offsetTop) <= 2);
  const best = there.reduce((one, other) => (Math.abs(middle(other) - middle(here)) < Math.abs(middle(one) - middle(here)) ? other : one));
  return all.indexOf(best);
}

// -- finger and mouse -------------------------------------------------------------------------------------------------

/** A tap or click marks where it begins, the next where it ends; a mouse may drag. */
function usePointer({ words, range, mark, open, say }: WordsProps, go: Go) {
  const page = useCoding();
  const began = useRef<number | null>(null);
  const dragged = useRef<{ from: number; moved: boolean } | null>(null);
  const under = (event: Event): number | null => {
    const word = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    return word ? Number(word.dataset["index"]) : null;
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      const index = under(event);
      const drags = event.pointerType === "mouse" && event.button === 0 && index !== null && !event.shiftKey;
      dragged.current = drags ? { from: index, moved: false } : null;
    },
    onPointerMove: (event: PointerEvent): void => {
      const index = under(event);
      const drag = dragged.current;
      if (!drag || index === null || !(event.buttons & 1)) return;
      drag.moved ||= index !== drag.from;
      if (!drag.moved) return;
      go(index);
      mark(ordered(drag.from, index));
    },
    onClick: (event: MouseEvent): void => {
      const drag = dragged.current;
      dragged.current = null;
      const index = under(event);
      if (drag?.moved && range) {
        began.current = null;
        return open(range, false);
      }
      if (index === null) return undefined;
      go(index);
      const from = range && (event.shiftKey || range.from === range.to) ? (began.current ?? range.from) : null;
      if (from !== null) {
        began.current = null;
        const marked = ordered(from, index);
        mark(marked);
        return open(marked, false);
      }
      began.current = index;
      mark({ from: index, to: index });
      return say(page.t("code.began", { word: words[index]?.text ?? "" }));
    },
  };
}
