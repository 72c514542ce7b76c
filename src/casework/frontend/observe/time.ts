// Where one is in what one observes: at a beat, at a second of a recording, at a second of a clock that runs along.

import { useEffect, useRef, useState } from "preact/hooks";
import type { ObserveState, Place } from "./content.ts";
import type { ObservePage } from "./marks.ts";

/** Where a press falls now. */
export function placeNow(page: ObservePage): Place {
  const { ground, pace } = page.content;
  if (ground !== "beats") return { beat: null, seconds: tenths(secondsNow(page)) };
  if (pace !== "told") return { beat: page.state.beat, seconds: null };
  const teller = tellerOf(page);
  return { beat: teller.beat, seconds: tenths(teller.position) };
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;

/** Seconds of the recording, or of the live clock. */
export function secondsNow(page: ObservePage): number {
  if (page.content.ground === "media") return players.get(page)?.currentTime ?? Number(page.recall("at"));
  const clock = clockOf(page);
  if (!clock) return 0;
  return clock.seconds + (clock.running ? Math.max(0, Date.now() - clock.since) / 1000 : 0);
}

/** The live clock: what is stored, with what is under way on top. It goes on without a network, and after a reload. */
export function clockOf(page: ObservePage): ObserveState["clock"] {
  let { clock } = page.state;
  for (const intent of page.connection.waiting) {
    const { when = 0, seconds = 0 } = intent as unknown as { when?: number; seconds?: number };
    if (intent.do === "begin" && page.content.ground === "live") clock ??= { running: true, seconds: 0, since: when };
    if (!clock) continue;
    if (intent.do === "pause" || intent.do === "finish") clock = { ...clock, running: false, seconds: Math.max(clock.seconds, seconds) };
    if (intent.do === "go_on") clock = { ...clock, running: true, since: when };
  }
  return clock;
}

/** The element that plays the recording of a page. */
export const players = new WeakMap<ObservePage, HTMLMediaElement>();

/** What is read from a clock, read again while time goes by; draws anew only when it has changed. */
export function useTick<T extends string | number>(read: () => T): T {
  const [, set] = useState<T>(read);
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const timer = setInterval(() => set(latest.current()), 100);
    return () => clearInterval(timer);
  }, []);
  return read();
}

/** Seconds as a clock shows them: 0:06, 1:02:03. */
export function timeOf(seconds: number): string {
  const whole = Math.floor(seconds + 0.001);
  const two = (part: number): string => String(part).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** The second of a place. */
export function secondOf(page: ObservePage, { beat, seconds }: Place): number {
  return beat === null ? (seconds ?? 0) : (page.content.moment.beats[beat]?.at ?? 0);
}

/** The second that a beat ends at. */
export function endOf(page: ObservePage, beat: number): number {
  const { beats, ends } = page.content.moment;
  return beats[beat + 1]?.at ?? ends;
}

/** A moment told at its own pace, or slower: the beat follows the seconds. It never begins by itself. */
export class Teller {
  position: number;
  playing = false;
  rate = 1;
  private last = 0;
  private timer = 0;

  constructor(private readonly page: ObservePage) {
    this.position = page.content.moment.beats[Math.max(0, page.state.beat)]?.at ?? 0;
  }

  get beat(): number {
    return Math.max(0, this.page.content.moment.beats.filter(({ at }) => at <= this.position).length - 1);
  }

  get ended(): boolean {
    return this.position >= this.page.content.moment.ends;
  }

  play(): void {
    if (this.ended) this.position = 0;
    this.last = performance.now();
    this.timer ||= window.setInterval(() => this.tick(), 50);
    this.playing = true;
    this.arrive();
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.playing = false;
    this.page.changed();
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.page.changed();
  }

  /** A page that slept does not race through what it missed. */
  private tick(): void {
    const now = performance.now();
    const before = this.beat;
    this.position = Math.min(this.page.content.moment.ends, this.position + (Math.min(1000, now - this.last) / 1000) * this.rate);
    this.last = now;
    if (this.ended) this.pause();
    else if (this.beat !== before) this.arrive();
  }

  private arrive(): void {
    if (this.beat !== this.page.state.beat) this.page.connection.do({ do: "at_beat", beat: this.beat });
    this.page.changed();
  }
}

const tellers = new WeakMap<ObservePage, Teller>();

export function tellerOf(page: ObservePage): Teller {
  const known = tellers.get(page) ?? new Teller(page);
  tellers.set(page, known);
  return known;
}
