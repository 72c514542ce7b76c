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
  /** Of a map: what is drawn, where its title is that of a case. */
  heading?: string;
  /** On a map: what people are called, and what can be between them. */
  names?: Record<string, string>;
  qualities?: { id: string; word: string }[];
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
    return this.given.moment?.title ?? this.given.heading ?? this.given.title ?? "";
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
    return this.given.checklist?.title ?? this.given.heading ?? this.given.title ?? "";
  }

  item(id: string): Item | undefined {
    return (this.given.checklist?.items ?? this.given.items ?? []).find((one) => one.id === id);
  }

  /** What an item asks; of a map, which two people it is about. */
  itemText(id: string): string {
    const { names, language } = this.given;
    if (names) {
      const both = new Intl.ListFormat(language).format(id.split("/").map((one) => names[one] ?? one));
      return both.charAt(0).toLocaleUpperCase(language) + both.slice(1);
    }
    return this.item(id)?.text ?? id;
  }

  /** Whether an item has words of its own, or a tie two people with names. */
  knows(item: string): boolean {
    return this.given.names ? item.split("/").every((one) => this.given.names?.[one]) : this.item(item) !== undefined;
  }

  /** From where a card looks, if from anywhere; else what it answers, where the form is no question of its own. */
  whence(card: { prompt: string; perspective: string | null }): { view: Perspective | null; text: string } {
    const view = this.given.perspectives?.[card.perspective ?? ""] ?? null;
    const item = this.itemOf(card);
    return { view, text: view?.name ?? (this.knows(item) ? this.itemText(item) : "") };
  }

  /** What a card answers within its form. */
  itemOf({ prompt, perspective }: { prompt: string; perspective: string | null }): string {
    return this.given.names ? [prompt, perspective ?? ""].sort().join("/") : prompt;
  }

  /** Items in the order of the content; what it does not know comes last. */
  inOrder(items: string[]): string[] {
    const people = Object.keys(this.given.names ?? {});
    const known = (this.given.checklist?.items ?? this.given.items ?? []).map(({ id }) => id);
    const at = (id: string): number => {
      const places = this.given.names ? id.split("/").map((one) => people.indexOf(one)) : [known.indexOf(id)];
      const [first = 0, second = 0] = places.map((place) => (place < 0 ? items.length + known.length + people.length : place)).sort((a, b) => a - b);
      return first * (people.length + 1) + second;
    };
    return [...items].sort((one, other) => at(one) - at(other));
  }

  /** Every answer that an item can have, in order; those that were given where it has no scale and no options. */
  steps(item: string, given: string[]): Step[] {
    const found = this.item(item);
    if (this.given.qualities) return this.given.qualities.map(({ id, word }) => ({ value: id, text: word }));
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
