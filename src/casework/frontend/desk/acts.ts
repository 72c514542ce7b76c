// What the trainer does: sent at once, and again with the same id until the room has answered.

import { newId } from "../kit/contract.ts";
import type { Deed, Intent } from "../kit/contract.ts";
import type { Told } from "../room/protocol.ts";

const AGAIN = 4_000;

export class Acts {
  /** Why the room refused the last act, or cannot store it now. */
  trouble = "";
  private readonly waiting = new Map<string, Intent>();
  private timer = 0;

  constructor(
    private readonly post: (message: unknown) => boolean,
    private readonly changed: () => void,
  ) {}

  /** Several that belong together are sent in order. */
  do(...deeds: Deed[]): void {
    this.trouble = "";
    for (const deed of deeds) {
      const intent: Intent = { ...deed, id: newId() };
      this.waiting.set(intent.id, intent);
      this.post(intent);
    }
    this.tick();
    this.changed();
  }

  /** Whether an act of a kind is under way, with the same of everything that is named. */
  isWaitingFor(deed: Deed): boolean {
    const same = (one: Intent): boolean => Object.entries(deed).every(([key, value]) => JSON.stringify(one[key]) === JSON.stringify(value));
    return [...this.waiting.values()].some(same);
  }

  readonly send = (): void => {
    for (const intent of this.waiting.values()) this.post(intent);
    this.tick();
  };

  hear({ ack, refused, unsaved, why = "" }: Told): void {
    const id = ack ?? refused ?? unsaved ?? "";
    if (!this.waiting.has(id)) return;
    if (!unsaved) this.waiting.delete(id);
    if (why) this.trouble = why;
    this.changed();
  }

  private tick(): void {
    clearTimeout(this.timer);
    if (this.waiting.size) this.timer = window.setTimeout(this.send, AGAIN);
  }
}
