// The line to the room: one WebSocket, which says hello, keeps its pulse, and comes back by itself.

import { PROTOCOL } from "./protocol.ts";
import type { Told } from "./protocol.ts";

/** How the line stands: it is opened for the first time, open, gone, or ended by the room. */
export type LineState = "coming" | "open" | "lost" | "ended";

export interface Caller {
  heard(message: Told): void;
  changed(): void;
}

/** Waiting times in milliseconds. */
export const TIMES = {
  ping: 20_000,
  /** From a heartbeat until the line counts as gone. */
  pong: 8_000,
  /** The same, when someone has just come back to the page. */
  glance: 3_000,
  /** From opening a socket until it has to be open. */
  opening: 10_000,
  /** Between attempts: each time twice as long. */
  first: 400,
  longest: 12_000,
};

export class Line {
  state: LineState = "coming";
  /** Why the room ended it. */
  bye = "";
  byeWhy = "";
  private socket: WebSocket | null = null;
  private pings = 0;
  private attempts = 0;
  private pulse = 0;
  private awaited = 0;
  private next = 0;

  constructor(
    private readonly address: string,
    private readonly hello: () => Record<string, unknown>,
    private readonly caller: Caller,
  ) {
    addEventListener("online", this.wake);
    addEventListener("pageshow", this.wake);
    document.addEventListener("visibilitychange", this.looked);
    this.open();
  }

  dispose(): void {
    removeEventListener("online", this.wake);
    removeEventListener("pageshow", this.wake);
    document.removeEventListener("visibilitychange", this.looked);
    this.drop();
    clearTimeout(this.next);
  }

  /** Sends a message if the line is open, and says whether it did. */
  send(message: unknown): boolean {
    if (this.state !== "open" || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Says hello again: the name or the language is another one. */
  greet(): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ hello: PROTOCOL, ...this.hello() }));
  }

  /** Comes back after the room had ended it, because the person asked for it. */
  again(): void {
    this.bye = "";
    this.attempts = 0;
    this.set("coming");
    this.open();
  }

  private open(): void {
    this.drop();
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.address);
    } catch {
      return this.gone();
    }
    this.socket = socket;
    socket.onopen = () => this.greet();
    socket.onmessage = ({ data }) => this.heard(data);
    socket.onclose = () => socket === this.socket && this.gone();
    this.awaited = window.setTimeout(() => this.gone(), TIMES.opening);
  }

  /** Lets go of a socket, so that nothing of it is heard any more: a dead one may take minutes to say so. */
  private drop(): void {
    clearTimeout(this.awaited);
    clearTimeout(this.pulse);
    this.awaited = 0;
    const old = this.socket;
    this.socket = null;
    if (!old) return;
    old.onopen = old.onmessage = old.onclose = null;
    old.close();
  }

  private gone(): void {
    this.drop();
    if (this.state === "ended") return;
    this.set(this.state === "coming" ? "coming" : "lost");
    const wait = Math.min(TIMES.longest, TIMES.first * 2 ** this.attempts++);
    clearTimeout(this.next);
    // Thirty phones that lost the same Wi-Fi do not come back in the same moment.
    this.next = window.setTimeout(() => this.open(), wait * (0.7 + 0.6 * Math.random()));
  }

  private heard(data: unknown): void {
    let told: Told | Told[];
    try {
      told = JSON.parse(String(data)) as Told | Told[];
    } catch {
      return;
    }
    clearTimeout(this.awaited);
    this.awaited = 0;
    for (const message of Array.isArray(told) ? told : [told]) {
      if (message.welcome !== undefined) this.opened();
      if (message.bye !== undefined) this.ended(message);
      this.caller.heard(message);
    }
  }

  private opened(): void {
    this.attempts = 0;
    this.set("open");
    this.beat();
  }

  private ended({ bye = "", why = "" }: Told): void {
    this.bye = bye;
    this.byeWhy = why;
    this.set("ended");
    this.drop();
  }

  private beat(patience = TIMES.pong): void {
    clearTimeout(this.pulse);
    if (!this.send({ ping: ++this.pings })) return;
    this.pulse = window.setTimeout(() => this.beat(), TIMES.ping);
    this.awaited ||= window.setTimeout(() => this.gone(), patience);
  }

  private set(state: LineState): void {
    if (this.state === state) return;
    this.state = state;
    this.caller.changed();
  }

  /** The network is back, or the page is: ask at once whether the line still holds. */
  private readonly wake = (): void => {
    if (this.state === "ended") return;
    if (this.state === "open") {
      clearTimeout(this.awaited);
      this.awaited = 0;
      this.beat(TIMES.glance);
    } else if (!this.socket) {
      clearTimeout(this.next);
      this.attempts = 0;
      this.open();
    }
  };

  private readonly looked = (): void => {
    if (document.visibilityState === "visible") this.wake();
  };
}
