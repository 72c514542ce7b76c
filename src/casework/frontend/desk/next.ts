// The one next thing to do: what a trainer who looks up from the group finds first.

import type { Deed } from "../kit/contract.ts";
import type { FormBoard, Stop } from "../room/protocol.ts";
import { sayCount } from "../room/speech.ts";
import type { Lead, Walked } from "./lead.ts";

export interface Step {
  /** What it is, as a button says it. */
  label: string;
  /** Where the group is, said above it. */
  about: string;
  deeds: Deed[];
  /** Other ways to go on from here, of the same weight. */
  others?: { label: string; note?: string; deeds: Deed[] }[];
  /** Whether it opens an activity, so that a time can be set. */
  opens?: string;
}

export function nextStep(lead: Lead): Step | null {
  const { say, known, phase } = lead;
  if (phase === "ended") return null;
  if (phase === "waiting") {
    return {
      about: say(known.desk?.people ? "group.desk_when" : "group.desk_wait"),
      label: say("group.desk_start"),
      deeds: [lead.plan, { do: "start" }],
    };
  }
  if (known.where?.pace === "self") return together(lead);
  if (!known.here) return open(lead) ?? end(lead);
  const { walk } = lead;
  return (walk && !atEnd(walk) ? walkOn(lead, walk) : null) ?? reveal(lead) ?? open(lead) ?? end(lead);
}

function together({ say }: Lead): Step {
  return { about: say("group.desk_alone"), label: say("group.desk_together"), deeds: [{ do: "pace", pace: "led" }] };
}

function open(lead: Lead): Step | null {
  const { next, say } = lead;
  if (!next) return null;
  const plan = lead.differs ? [lead.plan] : [];
  return {
    about: say("group.desk_next", { kind: say(`group.${next.activity}`) }),
    label: say("group.desk_open", { title: nameOf(next, lead) }),
    deeds: [...plan, { do: "open", place: next.place }],
    opens: next.place,
  };
}

/** What an activity is called: with its kind, where another has the same title, as a case and what is reflected on in it. */
function nameOf({ activity, title }: Stop, { stops, say }: Lead): string {
  const same = stops.filter((one) => one.title === title);
  return same.length > 1 && activity !== same[0]?.activity ? `${say(`group.${activity}`)}: ${title}` : title;
}

function end({ say }: Lead): Step {
  return { about: say("group.desk_all_done"), label: say("group.desk_end"), deeds: [{ do: "end" }] };
}

/** Shows what the group has shared here, once there is something to show. */
function reveal(lead: Lead): Step | null {
  const { here } = lead.known;
  const ready = here && lead.formsHere.find((form) => isReady(form));
  if (!here || !ready) return null;
  return {
    about: lead.say("group.desk_ready"),
    label: lead.say("group.desk_reveal"),
    deeds: [{ do: "reveal", place: here.place, form: ready.form }],
  };
}

export function isReady({ revealed, cards, spreads, timeline }: FormBoard): boolean {
  const toGroup = cards.some(({ audience }) => audience !== "trainer");
  return !revealed && (toGroup || Object.keys(spreads).length > 0 || timeline !== null);
}

// -- in a walk -----------------------------------------------------------------------------------------

function atEnd({ content, state }: Walked): boolean {
  return state.step === "turn" && (content.scenes[state.scene ?? ""]?.end ?? false);
}

function walkOn(lead: Lead, walk: Walked): Step | null {
  const { say } = lead;
  const { place, content, state } = walk;
  const scene = content.scenes[state.scene ?? ""];
  const move = (deed: Deed): Deed => ({ do: "move", place, deed });
  if (!scene || state.step === "start") {
    return { about: content.title, label: say("group.desk_begin"), deeds: [move({ do: "start" })] };
  }
  const title = scene.title ?? say("group.desk_scene", { at: state.progress.at });
  const go = move({ do: "go_on", scene: scene.id, step: state.step });
  if (state.step === "turn" && scene.choices.length) return turn(lead, walk, title, move);
  if (state.step === "read") return { about: title, label: say("group.desk_pause"), deeds: [go] };
  const on = { label: say(scene.choices.length ? "group.desk_turn" : "group.desk_on"), deeds: past(state.step, scene, go, move) };
  const shown = state.step === "pause" ? reveal(lead) : null;
  return shown ? { ...shown, about: `${title} · ${shown.about}`, others: [on] } : { about: title, ...on };
}

/** After a pause that has no turn to take, one press leads to the next scene, as it does for someone alone. */
function past(step: string, scene: Walked["content"]["scenes"][string], go: Deed, move: (deed: Deed) => Deed): Deed[] {
  return step === "pause" && scene.next ? [go, move({ do: "go_on", scene: scene.id, step: "turn" })] : [go];
}

/** At a turn: let the group vote, count, show it, and take a way. */
function turn(lead: Lead, { place, content, state }: Walked, title: string, move: (deed: Deed) => Deed): Step {
  const { say, known } = lead;
  const scene = state.scene ?? "";
  const vote = lead.board(place)?.votes.find((one) => one.scene === scene);
  const choices = (content.scenes[scene]?.choices ?? []).filter(({ id }) => state.choices.includes(id));
  const counts = vote?.counts ?? {};
  const ways = choices
    .map(({ id, text }) => ({
      label: say("group.desk_take", { way: text }),
      ...(vote?.counts && { note: sayCount(say, "group.desk_votes", counts[id] ?? 0) }),
      deeds: [move({ do: "choose", scene, choice: id })],
      count: counts[id] ?? 0,
    }))
    .sort((one, other) => other.count - one.count);
  if (!vote) return { about: title, label: say("group.desk_vote"), deeds: [{ do: "vote", place }], others: ways };
  if (vote.taking) {
    const told = say("group.desk_voting", { count: vote.voted ?? 0, people: known.desk?.people ?? 0 });
    return { about: `${title} · ${told}`, label: say("group.desk_count"), deeds: [{ do: "count", place, scene }], others: ways };
  }
  const [first, ...others] = ways;
  if (vote.revealed || !vote.counts) {
    return first ? { about: `${title} · ${say("group.desk_which")}`, label: first.label, deeds: first.deeds, others } : end(lead);
  }
  const show = { do: "reveal", place, form: `vote/${scene}` };
  return { about: `${title} · ${say("group.desk_counted")}`, label: say("group.desk_show_votes"), deeds: [show], others: ways };
}
