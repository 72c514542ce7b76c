// Lets the front end of an activity work in a room: it sees the model that it knows from a notebook.

import type { Earlier, Intent, Model, Reply } from "../kit/contract.ts";
import type { Told } from "./protocol.ts";

type Callback = (...args: never[]) => void;

/** What a room knows of an activity beside the activity's own state. */
export interface Together {
  /** Whether the trainer takes the whole group from step to step. */
  led: boolean;
  convener: string;
  /** The vote that is being taken where the group is. */
  vote: { scene: string; choices: string[]; own: string | null } | null;
}

/** What an activity shows now: its state, and what this person wrote in earlier sessions. */
export interface Shown {
  state: Record<string, unknown> | null;
  earlier?: Earlier | undefined;
}

export class Shim implements Model {
  private readonly callbacks = new Map<string, Set<Callback>>();
  private state: Record<string, unknown> = {};

  constructor(
    readonly place: string,
    private readonly content: Record<string, unknown>,
    private readonly post: (message: unknown) => boolean,
  ) {}

  get(name: string): unknown {
    return name === "content" ? this.content : this.state;
  }

  on(event: string, callback: Callback): void {
    const known = this.callbacks.get(event) ?? new Set();
    this.callbacks.set(event, known.add(callback));
  }

  off(event: string, callback: Callback): void {
    this.callbacks.get(event)?.delete(callback);
  }

  /** Throws while there is no line: then the activity knows that it was not sent, and keeps it. */
  send(message: unknown): void {
    const { ping } = message as { ping?: number };
    const sent = this.post(ping === undefined ? this.wrapped(message as Intent) : { ping });
    if (!sent) throw new Error("there is no line to the room");
  }

  /** A vote is the room's; everything else is the activity's own. */
  private wrapped(intent: Intent): unknown {
    return intent.do === "cast" ? { ...intent, place: this.place } : { place: this.place, intent };
  }

  show({ state, earlier }: Shown, together: Together): void {
    const now = { ...state, earlier, together };
    if (JSON.stringify(now) === JSON.stringify(this.state)) return;
    this.state = now;
    this.say("change:state");
  }

  /** Hands on what answers an intent, or the heartbeat. */
  hear({ ack, refused, unsaved, why, pong }: Told): void {
    const reply: Reply = { ...(ack && { ack }), ...(refused && { refused }), ...(unsaved && { unsaved }) };
    this.say("msg:custom", { ...reply, ...(why && { why }), ...(pong !== undefined && { pong }) });
  }

  private say(event: string, ...args: unknown[]): void {
    for (const callback of [...(this.callbacks.get(event) ?? [])]) callback(...(args as never[]));
  }
}
