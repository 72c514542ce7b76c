// What the room has told this page so far. Each message is the whole of what it tells, and replaces what came before.

import type { Earlier } from "../kit/contract.ts";
import type { Board, Card, Desk, FormBoard, Person, Stop, Told, Welcome, Where } from "./protocol.ts";

/** What the front end of one activity is given. */
export interface Place {
  about: string;
  content: Record<string, unknown>;
  state: Record<string, unknown> | null;
  /** What this person wrote in earlier sessions, by cell. */
  earlier?: Earlier | undefined;
}

/** The cards that a form has now, in the order of their ids. */
function joined(had: Card[], fresh: Card[], gone: string[]): Card[] {
  const out = new Set([...gone, ...fresh.map(({ id }) => id)]);
  return [...had.filter(({ id }) => !out.has(id)), ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1));
}

export class Known {
  welcome: Welcome | null = null;
  where: Where | null = null;
  roster: Person[] = [];
  desk: Desk | null = null;
  readonly places = new Map<string, Place>();
  readonly boards = new Map<string, Board>();

  take(told: Told): void {
    if (told.welcome !== undefined) this.welcome = told as unknown as Welcome;
    else if (told.where !== undefined) this.where = told as unknown as Where;
    else if (told.roster !== undefined) this.roster = told.roster;
    else if (told.desk !== undefined) this.desk = told.desk;
    else if (told.place !== undefined) this.takeAt(told.place, told);
  }

  get here(): Stop | null {
    return this.stop(this.where?.here);
  }

  stop(place: string | undefined): Stop | null {
    return this.where?.agenda.find((one) => one.place === place) ?? null;
  }

  /** The board of an activity that is still open to see. */
  board(place: string): Board | null {
    const found = this.boards.get(place);
    return found && this.stop(place) && (found.forms.length || found.votes.length) ? found : null;
  }

  private takeAt(place: string, told: Told): void {
    const known = this.places.get(place);
    if (told.content) {
      // The same once more, after the line was gone: the page is not drawn anew for it.
      const same = known && JSON.stringify(known.content) === JSON.stringify(told.content);
      const { content } = same ? known : told;
      this.places.set(place, { about: told.about ?? String(told.content["about"] ?? place), content: content as Record<string, unknown>, state: known?.state ?? null, earlier: known?.earlier });
    } else if (told.state && known) {
      this.places.set(place, { ...known, state: told.state });
    } else if (told.earlier && known) {
      this.places.set(place, { ...known, earlier: told.earlier });
    } else if (told.board) {
      this.boards.set(place, told.board);
    } else if (told.form) {
      this.change(place, told.form, told.gone ?? []);
    }
  }

  private change(place: string, form: FormBoard, gone: string[]): void {
    const board = this.boards.get(place);
    if (!board) return;
    const forms = board.forms.map((had) => (had.form === form.form ? { ...form, cards: joined(had.cards, form.cards, gone) } : had));
    this.boards.set(place, { ...board, forms });
  }
}
