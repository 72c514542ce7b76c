// What does not fit on the wall at once, in sheets that are turned: by themselves, slowly, or with the keys.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Action } from "../kit/parts.tsx";
import type { Say } from "../room/speech.ts";

interface SheetsProps {
  say: Say;
  /** Seconds for each. */
  seconds: number;
  /** Columns on each. */
  columns?: 1 | 2;
  /** What is on them; another begins at the first. */
  name: string;
  children: ComponentChildren;
}

export function Sheets({ say, seconds, columns = 1, name, children }: SheetsProps) {
  const flow = useRef<HTMLDivElement>(null);
  const [at, turnTo] = useState(0);
  const [turning, turn] = useState(true);
  const of = useCount(flow, children);
  const now = Math.min(at, of - 1);
  useEffect(() => turnTo(0), [name]);
  useLayoutEffect(() => {
    const block = flow.current;
    if (block) block.scrollLeft = now * (block.clientWidth + gapOf(block));
  });
  useEffect(() => {
    if (of < 2 || !turning) return undefined;
    const next = setTimeout(() => turnTo((now + 1) % of), seconds * 1000);
    return () => clearTimeout(next);
  }, [of, turning, now, seconds]);
  useKeys((step) => {
    turn(false);
    turnTo((now + step + of) % of);
  }, of);
  return (
    <>
      <div class="sheets" ref={flow} data-columns={columns}>
        {children}
      </div>
      {of > 1 && (
        <div class="turner">
          <Action look="quiet" aria-label={say("group.screen_back")} onClick={() => turnTo((now - 1 + of) % of)}>
            ←
          </Action>
          <span>{say("group.screen_page", { at: now + 1, of })}</span>
          <Action look="quiet" aria-label={say("group.screen_next")} onClick={() => turnTo((now + 1) % of)}>
            →
          </Action>
          <Action look="quiet" aria-label={say(turning ? "group.screen_stop" : "group.screen_turn")} onClick={() => turn(!turning)}>
            <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
              <path d={turning ? "M5 4h3v12H5zM12 4h3v12h-3z" : "M5 3l12 7-12 7z"} fill="currentColor" />
            </svg>
          </Action>
        </div>
      )}
    </>
  );
}

function gapOf(block: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(block).columnGap) || 0;
}

/** How many sheets there are, counted anew whenever the wall or what is on it changes. */
function useCount(flow: { current: HTMLDivElement | null }, children: ComponentChildren): number {
  const [of, set] = useState(1);
  useLayoutEffect(() => {
    const block = flow.current;
    if (!block) return undefined;
    const count = (): void => {
      const gap = gapOf(block);
      set(Math.max(1, Math.round((block.scrollWidth + gap) / (block.clientWidth + gap))));
    };
    count();
    void document.fonts?.ready.then(count);
    const watching = new ResizeObserver(count);
    watching.observe(block);
    return () => watching.disconnect();
  }, [children]);
  return of;
}

/** Arrows and the keys of a presenter turn the sheets. */
function useKeys(step: (by: number) => void, of: number): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || of < 2) return;
      if (["ArrowRight", "PageDown"].includes(event.key)) step(1);
      else if (["ArrowLeft", "PageUp"].includes(event.key)) step(-1);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}
