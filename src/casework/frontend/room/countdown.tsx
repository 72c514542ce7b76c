// The time that is left: in minutes while there is plenty, to the second at the end. Nothing happens when it is over.

import { useEffect, useState } from "preact/hooks";
import type { Say } from "./speech.ts";
import { sayCount } from "./speech.ts";

const MINUTE = 60;

interface CountdownProps {
  until: string;
  say: Say;
  /** Whether someone who listens to the page is told when a minute is left, and when time is up. */
  told?: boolean;
}

export function Countdown({ until, say, told = false }: CountdownProps) {
  const left = useLeft(until);
  const said = !told ? "" : left <= 0 ? say("group.time_up") : left <= MINUTE ? say("group.time_last") : "";
  return (
    <>
      <p class="countdown" data-soon={left <= MINUTE || undefined}>
        <Clock />
        <span>{inWords(left, say)}</span>
      </p>
      {told && (
        <p class="unseen" role="status">
          {said}
        </p>
      )}
    </>
  );
}

function inWords(left: number, say: Say): string {
  if (left <= 0) return say("group.time_up");
  if (left > 2 * MINUTE) return sayCount(say, "group.minutes_left", Math.ceil(left / MINUTE));
  return say("group.time_left", { time: clock(left) });
}

/** Seconds as a clock shows them. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / MINUTE)}:${String(whole % MINUTE).padStart(2, "0")}`;
}

/** Seconds until a moment; changes each second at the end, and seldom before. */
export function useLeft(until: string): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const ticking = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(ticking);
  }, [until]);
  return (Date.parse(until) - now) / 1000;
}

function Clock() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
      <path d="M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16M10 5.5V10l3 2" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
    </svg>
  );
}
