// The drawing: everybody in rings around the child. One presses two people, and says below what is between them.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import type { Drawing, Layout, MapPage, Person, Sheet, Tie } from "./content.ts";
import { layoutOf, pathOf, peopleOf, tiesOf } from "./drawn.ts";
import { Strokes } from "./lines.tsx";

interface StageProps {
  /** Who is pressed: nobody, one, or two. */
  chosen: string[];
  press(id: string): void;
  letGo(): void;
  choose(one: string, other: string): void;
  say(words: string): void;
}

/** From this width on, in letters' sizes, there is room for the wide drawing. */
const WIDE = 30.5;
const STEP = 12;
const STRIDE = 48;
/** How far a pointer travels before a press is a drag. */
const SLIP = 6;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Which of the two drawings fits the page. */
export function useSheet(): [{ current: HTMLDivElement | null }, Sheet] {
  const box = useRef<HTMLDivElement>(null);
  const [sheet, setSheet] = useState<Sheet>("wide");
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const letter = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const look = (): void => setSheet(element.clientWidth >= WIDE * letter ? "wide" : "narrow");
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);
  return [box, sheet];
}

export function Stage(props: StageProps) {
  const page: MapPage = usePage();
  const [box, sheet] = useSheet();
  const [held, hold, rest] = useHeld(page, sheet);
  const layout = layoutOf(page, sheet);
  for (const [id, { x, y }] of Object.entries(held)) {
    const at = layout.boxes[id];
    if (at) layout.boxes[id] = { ...at, x, y };
  }
  const people = peopleOf(page);
  return (
    <div class="stage-box" ref={box}>
      <div class="stage" data-sheet={sheet} style={sizeOf(layout)}>
        <Lines layout={layout} ties={tiesOf(page)} choose={props.choose} />
        {people.map((person) => (
          <Somebody key={person.id} {...props} person={person} layout={layout} move={(x, y) => hold(person.id, x, y)} rest={rest} />
        ))}
      </div>
    </div>
  );
}

/** The drawing to look at: one picture, said in words. */
export function Picture({ drawing, label }: { drawing: Drawing; label: string }) {
  const [box, sheet] = useSheet();
  const layout = drawing.layouts[sheet];
  return (
    <div class="stage-box" ref={box}>
      <div class="stage" data-sheet={sheet} style={sizeOf(layout)} role="img" aria-label={`${label}. ${drawing.told.join(" ")}`}>
        <Lines layout={layout} ties={drawing.ties} />
        {drawing.people.map((person) => (
          <span key={person.id} class="somebody" data-place={person.place} style={placeOf(layout, person.id)}>
            {linesOf(layout, person)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** As high as it was laid out; a wider page only spreads it. */
function sizeOf({ height }: Layout) {
  return { blockSize: `${height / 16}rem` };
}

function placeOf({ boxes, width, height }: Layout, id: string) {
  const { x = 0, y = 0, width: w = 0, height: h = 0 } = boxes[id] ?? {};
  return {
    insetInlineStart: `${(100 * x) / width}%`,
    insetBlockStart: `${(100 * y) / height}%`,
    minInlineSize: `${w / 16}rem`,
    minBlockSize: `${h / 16}rem`,
  };
}

function linesOf({ boxes }: Layout, { id, name }: Person) {
  const lines = boxes[id]?.lines ?? [name];
  return lines.map((line, index) => (
    <span key={index} class="line">
      {line}{" "}
    </span>
  ));
}

interface LinesProps {
  layout: Layout;
  ties: (Tie & { pending?: boolean })[];
  choose?: (one: string, other: string) => void;
}

/** Rings and lines. A line can be pressed too; whoever uses the keyboard finds it below, in words. */
function Lines({ layout, ties, choose }: LinesProps) {
  const { width, height, centre, rings } = layout;
  return (
    <svg class="lines" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {rings.map(([across, along]) => (
        <ellipse key={across} class="ring" cx={centre[0]} cy={centre[1]} rx={across} ry={along} />
      ))}
      {ties.map((tie) => {
        const path = pathOf(layout, tie);
        return (
          <g key={`${tie.one}/${tie.other}`} data-tie={`${tie.one}/${tie.other}`} data-pending={tie.pending}>
            <Strokes quality={tie.quality} path={path} />
            {choose && <path class="reach" d={path} onClick={() => choose(tie.one, tie.other)} />}
          </g>
        );
      })}
    </svg>
  );
}

interface SomebodyProps extends StageProps {
  person: Person;
  layout: Layout;
  move(x: number, y: number): void;
  /** They were let go of. */
  rest(): void;
}

function Somebody({ person, layout, move, rest, chosen, press, letGo, say }: SomebodyProps) {
  const page: MapPage = usePage();
  const { id, place, role } = person;
  const grip = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const at = layout.boxes[id];
  const to = (x: number, y: number): void => {
    if (!at || place === "child") return;
    move(within(x, at.width, layout.width), within(y, at.height, layout.height));
  };
  const heard = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key];
    if (event.key === "Escape" && chosen.length) {
      letGo();
      say(page.t("map.let_go"));
    } else if (way && at && chosen.includes(id) && place !== "child") {
      event.preventDefault();
      const step = event.shiftKey ? STRIDE : STEP;
      to(at.x + way[0] * step, at.y + way[1] * step);
      say(page.t("map.moved", { name: person.name }));
    }
  };
  const dragged = (event: PointerEvent): void => {
    const from = grip.current;
    const stage = (event.currentTarget as HTMLElement).parentElement;
    if (!from || !stage) return;
    if (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLIP) return;
    from.moved = true;
    const frame = stage.getBoundingClientRect();
    to(((event.clientX - frame.left) / frame.width) * layout.width, ((event.clientY - frame.top) / frame.height) * layout.height);
  };
  return (
    <button
      type="button"
      class="somebody"
      data-place={place}
      data-person={id}
      aria-label={person.name}
      aria-pressed={chosen.includes(id)}
      title={role || undefined}
      style={placeOf(layout, id)}
      onKeyDown={heard}
      onPointerDown={(event) => {
        grip.current = event.button ? null : { x: event.clientX, y: event.clientY, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={dragged}
      onPointerCancel={() => (grip.current = null)}
      onPointerUp={rest}
      onBlur={rest}
      onClick={() => {
        const moved = grip.current?.moved;
        grip.current = null;
        if (!moved) press(id);
      }}
    >
      {linesOf(layout, person)}
    </button>
  );
}

const within = (at: number, size: number, whole: number): number => Math.min(Math.max(at, size / 2 + 6), whole - size / 2 - 6);

type Held = Record<string, { x: number; y: number }>;

/** Where somebody is being moved to: shown at once, sent when they come to rest. */
function useHeld(page: MapPage, sheet: Sheet): [Held, (id: string, x: number, y: number) => void, () => void] {
  const [held, set] = useState<Held>({});
  const latest = useRef(held);
  latest.current = held;
  const timer = useRef(0);
  const send = (): void => {
    if (!timer.current) return;
    clearTimeout(timer.current);
    timer.current = 0;
    const { width, height } = page.state.layouts[sheet];
    for (const [person, { x, y }] of Object.entries(latest.current)) {
      page.connection.do({ do: "move", person, on: sheet, x: fraction(x / width), y: fraction(y / height) });
    }
    latest.current = {};
    set({});
  };
  useEffect(() => {
    window.addEventListener("pagehide", send);
    return () => {
      window.removeEventListener("pagehide", send);
      send();
    };
  }, [sheet]);
  const move = (id: string, x: number, y: number): void => {
    latest.current = { ...latest.current, [id]: { x, y } };
    set(latest.current);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(send, page.timing.write);
  };
  return [held, move, send];
}

const fraction = (part: number): number => Math.round(Math.min(Math.max(part, 0), 1) * 10_000) / 10_000;

