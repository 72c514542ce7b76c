// Sends what the person does until it is acknowledged, and notices when nobody listens any more.

import { newId } from "./contract.ts";
import type { Deed, Intent, Model, Reply, Timing } from "./contract.ts";
import { replaces } from "./outbox.ts";
import type { Outbox } from "./outbox.ts";

/** Said on the page once one of its activities has learned that nobody is there any more, so that all of them know. */
const LEFT = "casework-left";

interface Pending {
  intent: Intent;
  /** When it was done, or loaded. */
  since: number;
  /** When it was last sent; 0 = never. */
  sent: number;
  /** The store's trouble, in the kernel's words. */
  why: string;
}

export interface Listener {
  changed(): void;
  acknowledged(intent: Intent): void;
  /** The page is nobody's any more. */
  left(): void;
  /** The answer to an `ask`. */
  answered(reply: Reply, bytes: ArrayBufferView | undefined): void;
}

export class Connection {
  /** No answer to a heartbeat: a dead kernel looks healthy to the page otherwise. */
  lost = false;
  /** Whoever this page was for left the device, or was erased. Nothing is sent or kept any more. */
  gone = false;
  /** Why the kernel refused the last thing, until the next one is done. */
  refusal = "";
  private readonly pending = new Map<string, Pending>();
  private readonly asks = new Set<string>();
  private pings = 0;
  private nextPing = 0;
  private awaited = 0;
  private ticking = 0;

  constructor(
    private readonly model: Model,
    private readonly outbox: Outbox,
    private readonly timing: Timing,
    private readonly listener: Listener,
  ) {
    model.on("msg:custom", this.heard);
    document.addEventListener("visibilitychange", this.looked);
    window.addEventListener("pageshow", this.looked);
    window.addEventListener(LEFT, this.leave);
  }

  /** Sends again what an earlier page left, and takes the first pulse. */
  open(): void {
    for (const intent of this.outbox.left()) this.enqueue(intent);
    this.ping();
  }

  dispose(): void {
    this.model.off("msg:custom", this.heard);
    document.removeEventListener("visibilitychange", this.looked);
    window.removeEventListener("pageshow", this.looked);
    window.removeEventListener(LEFT, this.leave);
    clearTimeout(this.nextPing);
    clearTimeout(this.awaited);
    clearInterval(this.ticking);
  }

  /** Something to be stored: kept on the device until it is acknowledged. */
  do(deed: Deed, id = newId()): Intent {
    const intent: Intent = { ...deed, id };
    this.refusal = "";
    if (this.gone) return intent;
    this.outbox.add(intent);
    this.enqueue(intent);
    this.listener.changed();
    return intent;
  }

  /** Something to be done now or not at all; the answer carries the id. */
  ask(deed: Deed): string {
    const id = newId();
    this.refusal = "";
    this.asks.add(id);
    this.post({ ...deed, id });
    return id;
  }

  /** Takes back a write that newer words have replaced elsewhere on this page. */
  withdraw(unwanted: (intent: Intent) => boolean): void {
    for (const { intent } of [...this.pending.values()]) if (unwanted(intent)) this.forget(intent.id);
  }

  /** What is not acknowledged yet, in order. */
  get waiting(): Intent[] {
    return [...this.pending.values()].map(({ intent }) => intent);
  }

  isWaitingFor(kind: string): boolean {
    return this.waiting.some((intent) => intent.do === kind);
  }

  /** Whether an acknowledgement is late or the store said that it has trouble. */
  get late(): boolean {
    const now = Date.now();
    return [...this.pending.values()].some(({ since, why }) => why !== "" || now - since >= this.timing.late);
  }

  get trouble(): string {
    return [...this.pending.values()].find(({ why }) => why)?.why ?? "";
  }

  private enqueue(intent: Intent): void {
    for (const older of this.waiting) if (replaces(this.outbox.subject, intent, older)) this.pending.delete(older.id);
    const entry: Pending = { intent, since: Date.now(), sent: 0, why: "" };
    this.pending.set(intent.id, entry);
    this.dispatch(entry);
    this.ticking ||= window.setInterval(() => this.tick(), Math.min(500, this.timing.late / 4));
  }

  private dispatch(entry: Pending): void {
    if (this.post(entry.intent)) entry.sent = Date.now();
  }

  /** Sends in order what has waited too long. While nobody listens only heartbeats go out, so that nothing piles up. */
  private tick(): void {
    const now = Date.now();
    const entries = [...this.pending.values()];
    if (!entries.length) {
      clearInterval(this.ticking);
      this.ticking = 0;
    } else if (!this.lost && entries.some(({ sent }) => now - sent >= this.timing.resend)) {
      for (const entry of entries) this.dispatch(entry);
    }
    if (this.late && !this.awaited) this.ping();
    this.listener.changed();
  }

  private ping(): void {
    clearTimeout(this.nextPing);
    this.post({ ping: ++this.pings });
    this.nextPing = window.setTimeout(() => this.ping(), this.lost ? this.timing.resend : this.timing.ping);
    this.awaited ||= window.setTimeout(() => this.missed(), this.timing.pong);
  }

  private missed(): void {
    this.awaited = 0;
    this.lost = true;
    this.listener.changed();
    this.ping();
  }

  /** Back in view after a while (a phone slept): ask at once. */
  private readonly looked = (): void => {
    if (document.visibilityState === "visible") this.ping();
  };

  private readonly heard = (reply: Reply, buffers?: ArrayBufferView[]): void => {
    if (reply.gone) return this.leave();
    this.alive();
    const entry = this.pending.get(reply.ack ?? reply.refused ?? reply.unsaved ?? "");
    if (entry) this.settle(entry, reply);
    else if (reply.pong === undefined) this.asked(reply, buffers?.[0]);
    this.listener.changed();
  };

  /** Any word from the kernel is a sign of life. */
  private alive(): void {
    clearTimeout(this.awaited);
    this.awaited = 0;
    if (!this.lost) return;
    this.lost = false;
    for (const entry of this.pending.values()) this.dispatch(entry);
  }

  private readonly leave = (): void => {
    this.gone = true;
    this.dispose();
    for (const { id } of [...this.waiting, ...this.outbox.all()]) this.forget(id);
    this.listener.left();
    this.listener.changed();
    window.dispatchEvent(new Event(LEFT)); // this one hears nothing any more
  };

  private settle(entry: Pending, { ack, refused, why }: Reply): void {
    const { intent } = entry;
    if (refused) this.refusal = why ?? "";
    if (ack || refused) this.forget(intent.id);
    else entry.why = why || " "; // in trouble: it stays, and is sent again
    if (ack) this.listener.acknowledged(intent);
  }

  /** The answer to an `ask`, or to something a newer write has replaced since. */
  private asked(reply: Reply, bytes: ArrayBufferView | undefined): void {
    if (!this.asks.delete(reply.ack ?? reply.refused ?? reply.unsaved ?? reply.file ?? "")) return;
    if (reply.why) this.refusal = reply.why;
    this.listener.answered(reply, bytes);
  }

  private forget(id: string): void {
    this.pending.delete(id);
    this.outbox.remove(id);
  }

  /** A closed comm throws, or drops silently: both are found by the missing acknowledgement. */
  private post(message: unknown): boolean {
    try {
      this.model.send(message);
      return true;
    } catch {
      return false;
    }
  }
}
