// What the walk is given, and the state it shows.

import type { Content, Perspective, Prompt, Responses } from "../kit/contract.ts";

export interface Choice {
  id: string;
  text: string;
  opens: string;
  closes: string;
}

export interface Recording {
  src: string;
  alt: string;
  transcript: string;
}

/** Something that takes a while: a conversation, or nothing at all. */
export interface Held {
  html: string;
  minutes: number;
}

/** What a pause holds, in the order of `steps`. */
export interface Pause {
  steps: ("breathe" | "observe" | "reflect" | "discuss")[];
  breathe: Held | null;
  observe: { moment: string; checklist: string; title: string } | null;
  reflect: string[];
  discuss: Held | null;
}

export interface Scene {
  id: string;
  title: string | null;
  html: string;
  newInformation: string | null;
  image: { src: string; alt: string } | null;
  audio: Recording | null;
  pause: Pause | null;
  choices: Choice[];
  next: boolean;
  end: boolean;
}

export interface WalkContent extends Content {
  /** Whether the end draws one's way. */
  mapAtEnd: boolean;
  title: string;
  summary: string;
  minutes: number;
  contentNote: string;
  people: { id: string; name: string; role: string }[];
  perspectives: Record<string, Perspective>;
  prompts: Record<string, Prompt>;
  support: { name: string; contact: string }[];
  first: string;
  scenes: Record<string, Scene>;
}

/** One scene on the way, and what was chosen there. */
export interface Turn {
  scene: string;
  choice: string | null;
}

export interface WalkState {
  step: "start" | "read" | "pause" | "turn";
  scene: string | null;
  way: Turn[];
  tried: Record<string, string[]>;
  visited: string[];
  /** The choices open now; a choice may depend on what came before. */
  choices: string[];
  steppedOut: boolean;
  progress: { at: number; of: number };
  responses: Responses;
  /** Only at an end. */
  end: Ended | null;
  /** Only in a group's room. */
  together?: Together;
}

/** What a room adds: whether the trainer takes the whole group from step to step, and the vote that is being taken. */
export interface Together {
  led: boolean;
  convener: string;
  vote: { scene: string; choices: string[]; own: string | null } | null;
}

/** The way as a whole. */
export interface Ended {
  /** The way drawn with the scenes' titles; null where that is wider than a page. */
  wide: string | null;
  narrow: string;
  /** What one could do at each scene of the way. */
  offered: Record<string, string[]>;
  /** How many scenes one has not read. */
  unread: number;
}

/** A turn of the way with its scene and choice. */
export interface Trodden {
  scene: Scene;
  choice: Choice | null;
}

export function wayOf(content: WalkContent, state: WalkState): Trodden[] {
  return state.way.flatMap(({ scene: id, choice }) => {
    const scene = content.scenes[id];
    return scene ? [{ scene, choice: scene.choices.find((one) => one.id === choice) ?? null }] : [];
  });
}
