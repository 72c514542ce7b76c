// Who is here and who has lost the connection: never who wrote, shared, or stepped out.

import { sayCount } from "../room/speech.ts";
import { useLead } from "./here.ts";

export function Roster() {
  const { say, known, language } = useLead();
  const named = known.roster.filter(({ name }) => name).sort((one, other) => (one.name ?? "").localeCompare(other.name ?? "", language));
  const nameless = known.roster.filter(({ name }) => !name);
  const gone = nameless.filter(({ connected }) => !connected).length;
  return (
    <details class="roster" open={known.roster.length <= 12}>
      <summary>{say("group.desk_people")}</summary>
      {known.roster.length === 0 && <p class="small">{say("group.desk_nobody")}</p>}
      <ul>
        {named.map(({ id, name, connected }) => (
          <li key={id} data-connected={connected}>
            <span class="dot" aria-hidden="true" />
            <span>{name}</span>
            {!connected && <span class="small">{say("group.desk_gone")}</span>}
          </li>
        ))}
      </ul>
      {nameless.length > 0 && (
        <p class="small">
          {sayCount(say, named.length ? "group.desk_nameless" : "group.desk_all_nameless", nameless.length)}{" "}
          {gone > 0 && say("group.desk_nameless_gone", { count: gone })}
        </p>
      )}
    </details>
  );
}
