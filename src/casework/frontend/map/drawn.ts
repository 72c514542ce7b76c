// The map as the page shows it: what is stored, with what is under way on top, so that nothing waits for the network.

import type { Intent } from "../kit/contract.ts";
import { pairOf } from "./content.ts";
import type { Box, Drawing, Layout, MapPage, Pair, Person, Quality, Sheet, Tie } from "./content.ts";

export interface ShownTie extends Tie {
  pending: boolean;
}

/** The same things are set by a newer intent again: only the newer one is sent. */
export function subject(intent: Intent): string {
  const { do: deed, one, other, person, on, prompt, perspective } = intent as Intent & Record<string, string>;
  switch (deed) {
    case "tie":
    case "untie":
      return `tie ${pairOf(one ?? "", other ?? "").join("/")}`;
    case "write":
      return `write ${prompt}/${perspective}`;
    case "remove":
    case "bring":
      return `there ${person}`;
    case "rename":
      return `rename ${person}`;
    case "move":
      return `move ${on} ${person}`;
    case "finish":
    case "reopen":
      return "finished";
    default:
      return "";
  }
}

/** Everybody on the map, the child first. */
export function peopleOf(page: MapPage): Person[] {
  let people = [...page.state.people];
  for (const intent of page.connection.waiting) {
    const { do: deed, id, person, name, place } = intent as Intent & Record<string, string>;
    if (deed === "add" && !people.some((one) => one.id === id)) {
      people.push({ id, name: name ?? "", role: "", place: place as Person["place"], own: true, named: true });
    } else if (deed === "rename") {
      people = people.map((one) => (one.id === person ? { ...one, name: name ?? one.name } : one));
    } else if (deed === "remove") {
      people = people.filter((one) => one.id !== person);
    } else if (deed === "bring" && !people.some((one) => one.id === person)) {
      const offered = page.state.offered.find((one) => one.id === person);
      const stands = person === "0-consultant" ? "consultant" : person === "0-me" ? "practitioner" : "family";
      if (offered) people.push({ ...offered, role: "", place: stands, own: true, named: false });
    }
  }
  return people;
}

/** Every tie, in the order of the map; a new one comes last until it is stored. */
export function tiesOf(page: MapPage): ShownTie[] {
  const there = new Set(peopleOf(page).map(({ id }) => id));
  let ties: ShownTie[] = page.state.ties.map((tie) => ({ ...tie, pending: false }));
  for (const intent of page.connection.waiting) {
    if (intent.do !== "tie" && intent.do !== "untie") continue;
    const [one, other] = pairOf(String(intent["one"]), String(intent["other"]));
    const found = ties.find((tie) => tie.one === one && tie.other === other);
    const quality = intent.do === "tie" ? (intent["quality"] as Quality) : null;
    const pending = true;
    if (!found && quality) ties.push({ one, other, quality, given: null, known: false, note: "", pending });
    else if (found && !quality && !found.known) ties = ties.filter((tie) => tie !== found);
    else ties = ties.map((tie) => (tie === found ? { ...tie, quality, pending } : tie));
  }
  return ties.filter(({ one, other }) => there.has(one) && there.has(other));
}

export function tieOf(page: MapPage, [one, other]: Pair): ShownTie | undefined {
  return tiesOf(page).find((tie) => tie.one === one && tie.other === other);
}

/** Where everybody stands: the kernel's places, with moves under way, and a place for somebody just put there. */
export function layoutOf(page: MapPage, sheet: Sheet): Layout {
  const layout = page.state.layouts[sheet];
  const boxes = { ...layout.boxes };
  peopleOf(page).forEach(({ id, name }, index) => {
    boxes[id] ??= newcomer(name, index, layout);
  });
  for (const intent of page.connection.waiting) {
    const { do: deed, on, person, x, y } = intent;
    const box = boxes[String(person)];
    if (deed === "move" && on === sheet && box) {
      boxes[String(person)] = { ...box, x: Number(x) * layout.width, y: Number(y) * layout.height };
    }
  }
  return { ...layout, boxes };
}

function newcomer(name: string, index: number, { width, height }: Layout): Box {
  const side = Math.min(120, width / 3);
  return { x: side / 2 + 8 + (index % 2) * (width - side - 16), y: height - 30, width: side, height: 48, lines: [name] };
}

/** The line between two people: out to the side by as much as the kernel found, so that it runs behind nobody. */
export function pathOf({ boxes, bends }: Layout, { one, other }: Tie): string {
  const [start, end] = [boxes[one], boxes[other]];
  if (!start || !end) return "";
  const bend = bends[`${one}/${other}`] ?? 0;
  const x = (start.x + end.x) / 2 - (end.y - start.y) * bend;
  const y = (start.y + end.y) / 2 + (end.x - start.x) * bend;
  return `M${start.x} ${start.y}Q${x} ${y} ${end.x} ${end.y}`;
}

export function nameIn({ people }: Pick<Drawing, "people">, id: string): string {
  return people.find((one) => one.id === id)?.name ?? "";
}

/** Two people as one says it, in the order of the map. */
export function pairName(page: MapPage, people: Person[], [one, other]: Pair): string {
  const at = (id: string): number => people.findIndex((person) => person.id === id);
  const [first, second] = at(one) <= at(other) ? [one, other] : [other, one];
  return page.t("map.pair", { one: nameIn({ people }, first), other: nameIn({ people }, second) });
}

export function qualityName(page: MapPage, quality: Quality | null): string {
  return page.t(`map.quality_${quality ?? "given"}`);
}
