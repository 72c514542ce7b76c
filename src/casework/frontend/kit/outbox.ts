// What was done and is not yet acknowledged, in order; it outlives a reload.

import type { Intent } from "./contract.ts";
import type { Keep } from "./keep.ts";

/**
 * Intents on the device. Every change reads the stored list first: two tabs may share it.
 *
 * A newer `write` of a cell (or whatever else sets the same thing) replaces an older one that is still here. The older text may be stored or not; the newer one
 * carries all of it that still counts, and nothing is called saved before the newer one is acknowledged. So a long time
 * without the kernel keeps one write per cell, and a late repeat can never put old words over new ones.
 */
export class Outbox {
  private readonly name: string;

  constructor(
    private readonly keep: Keep,
    run: string,
    key: string,
    readonly subject: Subject,
    private readonly mine: (intent: Intent) => boolean = () => true,
  ) {
    this.name = `casework:${run}:${key}:outbox`;
  }

  all(): Intent[] {
    const found = this.keep.read<Intent[]>(this.name);
    return Array.isArray(found) ? found : [];
  }

  /** What an earlier page left for this activity to send; of a place that several share, each takes its own. */
  left(): Intent[] {
    return this.all().filter(this.mine);
  }

  add(intent: Intent): void {
    this.store([...this.all().filter((older) => !replaces(this.subject, intent, older)), intent]);
  }

  remove(id: string): void {
    this.store(this.all().filter((intent) => intent.id !== id));
  }

  private store(intents: Intent[]): void {
    if (intents.length) this.keep.set(this.name, JSON.stringify(intents));
    else this.keep.remove(this.name);
  }
}

/** What an intent sets, so that a newer one takes the place of an older one; "" where each counts. */
export type Subject = (intent: Intent) => string;

/** Words set their field; sharing, a vote, and what one makes of a dealt perspective set what was said of it last. */
export function subjectOfWrite(intent: Intent): string {
  const { do: kind, prompt, perspective, form, scene } = intent as Record<string, unknown>;
  if (kind === "write") return `write ${String(prompt)}/${String(perspective)}`;
  if (kind === "share") return `share ${String(form)}`;
  if (kind === "cast") return `cast ${String(scene)}`;
  return kind === "take" || kind === "decline" ? `deal ${String(prompt)}` : "";
}

export function replaces(subject: Subject, newer: Intent, older: Intent): boolean {
  const one = subject(newer);
  return one !== "" && one === subject(older);
}
