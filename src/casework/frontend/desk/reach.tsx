// Whether each perspective would come to the floor, said before it is too late to do something about it.

import { useLead } from "./here.ts";
import type { Lead } from "./lead.ts";

interface Short {
  id: string;
  html: string;
  perspectives: number;
  fewer: number;
}

/** The prompts of an activity whose perspectives this group has too few people for. */
function shortOf(lead: Lead, place: string): Short[] {
  const { people = 0, floor = 5 } = lead.known.desk ?? {};
  return lead
    .holder(place)
    .prompts.filter(({ id, perspectives }) => perspectives.length > 1 && lead.isShareable(place, id))
    .filter(({ perspectives }) => people > 0 && Math.floor(people / perspectives.length) < floor)
    .map(({ id, html, perspectives }) => ({ id, html, perspectives: perspectives.length, fewer: Math.floor(people / floor) }));
}

/** Before an activity is opened: where its boards would stay empty, and what helps. */
export function Warnings({ place }: { place: string }) {
  const lead = useLead();
  const { say, known } = lead;
  const short = shortOf(lead, place);
  const { people = 0, floor = 5 } = known.desk ?? {};
  if (!short.length) return null;
  const fewer = short[0]?.fewer ?? 0;
  const help = fewer > 1 ? say("group.desk_reach_fewer", { count: fewer }) : fewer === 1 ? say("group.desk_reach_one") : say("group.desk_reach_named");
  return (
    <p class="warning">
      {say("group.desk_reach", { people, floor, count: short.length })} {help}
    </p>
  );
}
