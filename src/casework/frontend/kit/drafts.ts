// Words that are typed and not yet acknowledged, by cell; the activities of a run that are about the same share them.

import { Keep } from "./keep.ts";

export interface Draft {
  text: string;
  /** When it was typed, by the device's clock (ISO). */
  at: string;
  /** The id of the response that these words continue; "" where there was none. */
  base: string;
  /** Of the event that holds exactly these words, once they were sent: whoever sends them again sends the same. */
  id?: string;
}

/** Said on `window`, because storage events never reach the page that caused them. */
const SAID = "casework:draft";

interface Said {
  place: string;
  cell: string;
  by: Drafts;
}

export class Drafts {
  private readonly place: string;
  private readonly prefix: string;
  private heard: (event: Event) => void = () => undefined;

  constructor(
    run: string,
    about: string,
    readonly keep: Keep,
  ) {
    this.place = `${run}:${about}`;
    this.prefix = `casework:${this.place}:draft:`;
  }

  read(cell: string): Draft | null {
    return this.keep.read<Draft>(this.prefix + cell);
  }

  write(cell: string, draft: Draft): void {
    this.keep.set(this.prefix + cell, JSON.stringify(draft));
    this.say(cell);
  }

  drop(cell: string): void {
    this.keep.remove(this.prefix + cell);
    this.say(cell);
  }

  cells(): string[] {
    return this.keep.names(this.prefix).map((name) => name.slice(this.prefix.length));
  }

  /** Calls back when another activity on this page writes or drops a draft about the same. */
  listen(callback: (cell: string) => void): void {
    this.heard = (event) => {
      const said = (event as CustomEvent<Said>).detail;
      if (said.place === this.place && said.by !== this) callback(said.cell);
    };
    window.addEventListener(SAID, this.heard);
  }

  dispose(): void {
    window.removeEventListener(SAID, this.heard);
  }

  private say(cell: string): void {
    const detail: Said = { place: this.place, cell, by: this };
    window.dispatchEvent(new CustomEvent(SAID, { detail }));
  }
}
