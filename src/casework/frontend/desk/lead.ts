// What the desk knows and does: the notebook's agenda on one side, the room on the other.

import type { Content, Deed, Model } from "../kit/contract.ts";
import { Keep } from "../kit/keep.ts";
import { Holder } from "../board/content.ts";
import { Known } from "../room/known.ts";
import { Line } from "../room/line.ts";
import type { Board, FormBoard, Stop, Told } from "../room/protocol.ts";
import { sayer } from "../room/speech.ts";
import type { Say } from "../room/speech.ts";
import type { WalkContent, WalkState } from "../walk/content.ts";
import { Acts } from "./acts.ts";
import { askDesk } from "./rooms.ts";
import type { DeskInfo, RoomInfo } from "./rooms.ts";

/** One activity of the notebook, as its agenda names it. */
export interface Planned {
  item: Record<string, unknown> & { place: string };
  title: string;
  /** The trainer's notes, rendered: of the whole under "", of a scene under its id. */
  notes?: Record<string, string>;
}

export interface GroupState {
  role: "trainer" | "owner" | "learner";
  room: string | null;
  agenda: Planned[];
  /** Where it can be rehearsed, if the notebook is open in a Jupyter server of one's own. */
  rehearse?: string;
}

/** The walk that the group is in. */
export interface Walked {
  place: string;
  content: WalkContent;
  state: WalkState;
}

export class Lead {
  readonly known = new Known();
  readonly acts: Acts;
  readonly keep = new Keep();
  readonly content: Content;
  readonly say: Say;
  line: Line | null = null;
  /** Hears the keys that are pressed on the desk, while they are switched on. */
  keys: ((event: KeyboardEvent) => void) | null = null;
  /** What the server says of this trainer's rooms; null while it has not. */
  info: DeskInfo | null = null;
  /** Whether this browser may lead no room. */
  barred = false;
  changed: () => void = () => undefined;

  constructor(readonly model: Model) {
    this.content = model.get("content") as Content;
    this.say = sayer(this.content.words);
    this.acts = new Acts(
      (message) => this.line?.send(message) ?? false,
      () => this.changed(),
    );
    model.on("change:state", this.planned);
    if (this.state.role === "trainer") void this.begin();
  }

  dispose(): void {
    this.model.off("change:state", this.planned);
    this.line?.dispose();
  }

  get state(): GroupState {
    return this.model.get("state") as GroupState;
  }

  get language(): string {
    return this.content.language;
  }

  /** The address of the server's own pages: workbooks are shown beneath it. */
  get base(): string {
    return `${location.pathname.split("/voila/")[0]}/`.replace("//", "/");
  }

  /** The room that this page leads. */
  get room(): RoomInfo | null {
    return this.info?.room ?? null;
  }

  /** The id of the notebook. */
  get workbook(): string {
    return this.content.key.replace(/^group:/, "");
  }

  private async begin(): Promise<void> {
    this.info = await askDesk(this.base, this.state.room);
    this.barred = this.info === null;
    const { room } = this;
    if (room && !room.closed && !room.trouble) {
      const address = new URL(room.socket, location.href);
      address.protocol = address.protocol.replace("http", "ws");
      this.line = new Line(address.href, () => ({ language: this.language }), { heard: (told) => this.heard(told), changed: () => this.changed() });
    }
    this.changed();
  }

  private heard(told: Told): void {
    if (told.pong !== undefined) return;
    this.acts.hear(told);
    this.known.take(told);
    if (told.welcome !== undefined) this.acts.send();
    this.changed();
  }

  private readonly planned = (): void => this.changed();

  do(...deeds: Deed[]): void {
    this.acts.do(...deeds);
  }

  // -- what the notebook and the room say ---------------------------------------------------------------

  get phase(): "waiting" | "going" | "ended" {
    return this.known.where?.where ?? "waiting";
  }

  /** The agenda: the room's, once it has one; else the notebook's. */
  get stops(): Stop[] {
    const told = this.known.where?.agenda ?? [];
    if (told.length) return told;
    return this.state.agenda.map(({ item, title }) => ({
      place: item.place,
      activity: String(item["activity"]),
      title,
      opened: false,
      closed: false,
    }));
  }

  /** Whether the notebook shows other activities, or in another order, than the room was given. */
  get differs(): boolean {
    const ours = this.state.agenda.map(({ item }) => item.place).join();
    const theirs = (this.known.where?.agenda ?? []).map(({ place }) => place).join();
    return ours !== theirs && ours !== "";
  }

  /** The message that gives the room the notebook's agenda. */
  get plan(): Deed {
    return { do: "plan", agenda: this.state.agenda.map(({ item }) => item) };
  }

  /** The first activity that was not opened yet, after where the group is. */
  get next(): Stop | null {
    const { stops } = this;
    const here = stops.findIndex(({ place }) => place === this.known.where?.here);
    return stops.slice(here + 1).find(({ opened }) => !opened) ?? null;
  }

  holder(place: string): Holder {
    return new Holder(this.known.places.get(place)?.content);
  }

  board(place: string): Board | null {
    return this.known.boards.get(place) ?? null;
  }

  /** The walk that the group is in, if it is in one. */
  get walk(): Walked | null {
    const { here } = this.known;
    const { content, state } = (here && this.known.places.get(here.place)) ?? {};
    if (!here || here.activity !== "walk" || !content || !state) return null;
    return { place: here.place, content: content as unknown as WalkContent, state: state as unknown as WalkState };
  }

  /** The forms of where the group is now: of a walk, those of the scene; of anything else, all. */
  get formsHere(): FormBoard[] {
    const { here } = this.known;
    const forms = (here && this.board(here.place)?.forms) ?? [];
    const { walk } = this;
    if (!walk) return forms;
    const asked = walk.state.step === "read" ? [] : (walk.content.scenes[walk.state.scene ?? ""]?.pause?.reflect ?? []);
    return forms.filter(({ form }) => asked.includes(form));
  }

  /** The trainer's notes for where the group is. */
  get notes(): string[] {
    const { here } = this.known;
    const notes = this.state.agenda.find(({ item }) => item.place === here?.place)?.notes ?? {};
    const scene = this.walk?.state.scene ?? "";
    return [this.walk && scene ? "" : notes[""], scene && notes[scene]].filter((one): one is string => Boolean(one));
  }

  /** Whether a form can be shared with a group at all. */
  isShareable(place: string, form: string): boolean {
    const prompt = this.holder(place).prompt(form);
    return !prompt || !["private", "device"].includes(prompt.share);
  }
}
