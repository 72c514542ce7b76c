// Sends what was done in an activity that is no longer on the page: the group went on while the network was gone.

import type { Keep } from "../kit/keep.ts";
import { Outbox, subjectOfWrite } from "../kit/outbox.ts";
import type { Told } from "./protocol.ts";

const AGAIN = 5_000;

export class Stragglers {
  private timer = 0;

  constructor(
    private readonly keep: Keep,
    private readonly post: (message: unknown) => boolean,
    /** The places that may have left something, and this person's run. */
    private readonly left: () => { run: string; places: string[] },
  ) {}

  /** Sends what there is, and again until all of it is answered. */
  readonly send = (): void => {
    clearTimeout(this.timer);
    let waiting = 0;
    for (const { place, box } of this.boxes()) {
      for (const intent of box.all()) {
        waiting++;
        this.post(intent.do === "cast" ? { ...intent, place } : { place, intent });
      }
    }
    if (waiting) this.timer = window.setTimeout(this.send, AGAIN);
  };

  hear({ ack, refused }: Told): void {
    const id = ack ?? refused;
    if (id) for (const { box } of this.boxes()) if (box.all().some((intent) => intent.id === id)) box.remove(id);
  }

  private boxes(): { place: string; box: Outbox }[] {
    const { run, places } = this.left();
    return run ? places.map((place) => ({ place, box: new Outbox(this.keep, run, place, subjectOfWrite) })) : [];
  }
}
