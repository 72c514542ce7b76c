// What a board needs to know of an activity to name what stands on it, whichever activity it is.

import type { Perspective } from "../kit/contract.ts";

/** Whatever the front end of an activity is given, as far as a board looks into it. */
interface Given {
  language?: string;
  perspectives?: Record<string, Perspective>;
  prompts?: Record<string, Asked> | Asked[];
  scenes?: Record<string, { title: string | null; choices: { id: string; text: string }[] }>;
  checklist?: { title: string; items: Item[]; scales: Record<string, CheckScale> };
  moment?: { title: string; beats: { at: number; html: string }[] };
  items?: Item[];
  scales?: Record<string, SurveyScale>;
  title?: string;
}

interface Asked {
  id: string;
  html: string;
  perspectives: string[];
  again: string | null;
  share: string;
}

interface Item {
  id: string;
  text: string;
  seconds?: number | null;
  scale?: string | null;
  options?: { id: string; text: string }[];
}

interface CheckScale {
  lowest: number;
  highest: number;
  labels: Record<string, string>;
}

interface SurveyScale {
  lowest: number;
  highest: number;
  labels: { at: number; text: string }[];
}

/** One of the answers that an item can have. */
export interface Step {
  value: string;
  text: string;
}

export class Holder {
  private readonly given: Given;

  constructor(content: Record<string, unknown> | undefined) {
    this.given = (content ?? {}) as Given;
  }

  get title(): string {
    return this.given.moment?.title ?? this.given.title ?? "";
  }

  perspective(id: string): Perspective {
    return this.given.perspectives?.[id] ?? { id, name: id, question: "", sign: "other" };
  }

  /** The forms of words, in the order of the content. */
  get prompts(): Asked[] {
    const { prompts } = this.given;
    return Array.isArray(prompts) ? prompts : Object.values(prompts ?? {});
  }

  prompt(form: string): Asked | undefined {
    return this.prompts.find(({ id }) => id === form);
  }

  /** What a form is called where it is no prompt: the checklist, or the survey. */
  formTitle(): string {
    return this.given.checklist?.title ?? this.given.title ?? "";
  }

  item(id: string): Item | undefined {
    return (this.given.checklist?.items ?? this.given.items ?? []).find((one) => one.id === id);
  }

  itemText(id: string): string {
    return this.item(id)?.text ?? id;
  }

  /** Every answer that an item can have, in order; those that were given where it has no scale and no options. */
  steps(item: string, given: string[]): Step[] {
    const found = this.item(item);
    if (found?.options) return found.options.map(({ id, text }) => ({ value: id, text }));
    const scale = found?.scale ? (this.given.checklist?.scales ?? this.given.scales)?.[found.scale] : undefined;
    if (!scale) return given.map((value) => ({ value, text: value }));
    const values = Array.from({ length: scale.highest - scale.lowest + 1 }, (_, at) => scale.lowest + at);
    return values.map((value) => ({ value: String(value), text: labelOf(scale, value) }));
  }

  beat(at: number): string {
    return this.given.moment?.beats[at]?.html ?? "";
  }

  scene(id: string): { title: string | null; choices: { id: string; text: string }[] } | undefined {
    return this.given.scenes?.[id];
  }

  choice(scene: string, id: string): string {
    return this.scene(scene)?.choices.find((one) => one.id === id)?.text ?? id;
  }
}

function labelOf({ labels }: CheckScale | SurveyScale, value: number): string {
  const text = Array.isArray(labels) ? labels.find(({ at }) => at === value)?.text : labels[String(value)];
  return text ? `${value} · ${text}` : String(value);
}
