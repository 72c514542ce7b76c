// Before there is a room: open one, or go on with one of one's own. After it: what stays, close and purge.

import { useId } from "preact/hooks";
import { sayCount } from "../room/speech.ts";
import { Sure } from "./agenda.tsx";
import { useLead } from "./here.ts";
import type { Lead } from "./lead.ts";
import type { Listed } from "./rooms.ts";
import { useView } from "./view.ts";

export function Rooms() {
  const lead = useLead();
  const { say, info, barred, room } = lead;
  const erased = new URLSearchParams(location.search).has("erased");
  const view = useView(erased || room?.closed);
  if (barred) return <p class="story">{say("group.desk_barred")}</p>;
  if (!info) return <p role="status">{say("group.line_coming")}</p>;
  const own = info.rooms.filter(({ workbook }) => workbook === lead.workbook);
  const open = own.filter(({ closed }) => !closed);
  const closed = own.filter((one) => one.closed && one.id !== room?.id);
  return (
    <div class="rooms" ref={view}>
      <h3 class="title">{say("group.title")}</h3>
      {room?.trouble && (
        <section>
          <p class="trouble">{say("group.desk_unread")}</p>
          <blockquote lang="en">{room.trouble}</blockquote>
        </section>
      )}
      {room?.closed && <ClosedRoom room={room} />}
      {erased && <p role="status">{say("group.desk_bye_erased")}</p>}
      {open.length > 0 && (
        <section>
          <h4>{say("group.desk_go_on")}</h4>
          <RoomList rooms={open} />
        </section>
      )}
      {info.mayOpen ? <OpenForm own={own} /> : own.length === 0 && !erased && <p class="story">{say("group.desk_barred")}</p>}
      {closed.length > 0 && (
        <details>
          <summary>{say("group.desk_closed_rooms")}</summary>
          <RoomList rooms={closed} />
        </details>
      )}
    </div>
  );
}

/** A room that is closed: what stays of it, and how to be rid of that, too. */
function ClosedRoom({ room }: { room: Listed }) {
  const lead = useLead();
  const { say } = lead;
  return (
    <section class="next">
      <p class="eyebrow">{named(lead, room)}</p>
      <p>{say("group.desk_bye_ended")}</p>
      <RoomPost to="purge" label={say("group.desk_purge")} sure={say("group.desk_purge_sure")} />
    </section>
  );
}

function RoomList({ rooms }: { rooms: Listed[] }) {
  const lead = useLead();
  return (
    <ul class="room-list">
      {rooms.map((one) => (
        <li key={one.id}>
          <a href={`?room=${one.id}`}>{named(lead, one)}</a>
          <span class="small">{sayCount(lead.say, one.closed ? "group.desk_were_here" : "group.desk_here", one.people)}</span>
        </li>
      ))}
    </ul>
  );
}

function named({ language }: Lead, { openedAt, convener }: Listed): string {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }).format(new Date(openedAt));
  return `${date} · ${convener}`;
}

function OpenForm({ own }: { own: Listed[] }) {
  const lead = useLead();
  const { say, info, base, workbook } = lead;
  const convener = useId();
  const hint = useId();
  const floor = useId();
  const floorHint = useId();
  const days = useId();
  const before = useId();
  const beforeHint = useId();
  return (
    <form class="open-room" method="post" action={`${base}rooms`}>
      <h4>{say("group.desk_new")}</h4>
      <input type="hidden" name="_xsrf" value={info?.xsrf} />
      <input type="hidden" name="workbook" value={workbook} />
      <input type="hidden" name="page" value={location.pathname} />
      <p class="field">
        <label for={convener}>{say("group.desk_convener")}</label>
        <input id={convener} name="convener" type="text" required maxLength={80} defaultValue={own[0]?.convener ?? ""} aria-describedby={hint} />
      </p>
      <p id={hint} class="small">
        {say("group.desk_convener_hint")}
      </p>
      <details>
        <summary>{say("group.desk_terms")}</summary>
        <p class="field">
          <label for={floor}>{say("group.desk_floor")}</label>
          <input id={floor} name="floor" type="number" min={info?.lowestFloor} max={50} defaultValue={String(info?.floor)} aria-describedby={floorHint} />
        </p>
        <p id={floorHint} class="small">
          {say("group.desk_floor_hint")}
        </p>
        <p class="field">
          <label for={days}>{say("group.desk_days")}</label>
          <input id={days} name="keep_days" type="number" min={1} max={3650} />
        </p>
        {own.length > 0 && (
          <>
            <p class="field">
              <label for={before}>{say("group.desk_continues")}</label>
              <select id={before} name="continues" aria-describedby={beforeHint}>
                <option value="">{say("group.desk_continues_none")}</option>
                {own.map((one) => (
                  <option key={one.id} value={one.id}>
                    {named(lead, one)}
                  </option>
                ))}
              </select>
            </p>
            <p id={beforeHint} class="small">
              {say("group.desk_continues_hint")}
            </p>
          </>
        )}
      </details>
      <div class="row">
        <button type="submit" class="main">
          {say("group.desk_open_room")}
        </button>
      </div>
    </form>
  );
}

/** The session is over: the report is in the notebook; the room can be closed, or erased with all that is in it. */
export function Over() {
  const lead = useLead();
  const { say, room } = lead;
  return (
    <section class="next">
      <h3>{say("group.end")}</h3>
      <p>{say("group.desk_over")}</p>
      {room && <RoomPost to="close" label={say("group.desk_close_room")} sure={say("group.desk_close_sure")} />}
      {room && <RoomPost to="purge" label={say("group.desk_purge")} sure={say("group.desk_purge_sure")} />}
    </section>
  );
}

function RoomPost({ to, label, sure }: { to: "close" | "purge"; label: string; sure: string }) {
  const { info, base, room } = useLead();
  const id = useId();
  const post = (): void => {
    const root = document.createElement("form");
    root.method = "post";
    root.action = `${base}rooms/${room?.id}/${to}`;
    root.id = id;
    for (const [name, value] of Object.entries({ _xsrf: info?.xsrf ?? "", page: location.pathname })) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      root.append(field);
    }
    document.body.append(root); // a form inside a shadow root would do, but must outlive the question that asks for it
    root.submit();
  };
  return <Sure label={label} sure={sure} does={post} />;
}
