// How people come in: a code and an address to say aloud, a QR code to hold up, and links to copy.

import { useRef, useState } from "preact/hooks";
import { Action } from "../kit/parts.tsx";
import { useLead } from "./here.ts";

export function JoinPanel({ open = false }: { open?: boolean }) {
  const { say } = useLead();
  if (open) {
    return (
      <section class="join-panel">
        <h4>{say("group.desk_join")}</h4>
        <Inside />
      </section>
    );
  }
  return (
    <details class="join-panel">
      <summary>{say("group.desk_join")}</summary>
      <Inside />
    </details>
  );
}

function Inside() {
  const { say, room, keep } = useLead();
  const [chosen, choose] = useState(Number(keep.get("casework:join-way") ?? 0));
  if (!room?.code) return null;
  const way = room.joins[chosen] ?? room.joins[0];
  return (
    <>
      <div class="way-in">
        <div>
          <p class="code" aria-label={[...room.code].join(" ")}>
            {room.code}
          </p>
          {way && <p class="address">{way.short}</p>}
        </div>
        {way && <div class="qr-frame" dangerouslySetInnerHTML={{ __html: way.qr }} />}
      </div>
      {room.joins.length > 1 && (
        <fieldset class="ways">
          <legend>{say("group.desk_which_address")}</legend>
          {room.joins.map(({ address, short }, at) => (
            <label key={address}>
              <input
                type="radio"
                name="way"
                checked={at === chosen}
                onChange={() => {
                  keep.set("casework:join-way", String(at));
                  choose(at);
                }}
              />
              {short}
            </label>
          ))}
        </fieldset>
      )}
      <div class="row">
        {way && <Copy text={way.address} label={say("group.desk_copy")} />}
        <a class="button" href={room.screen ?? ""} target="_blank" rel="noopener" data-screen>
          {say("group.desk_screen")}
        </a>
      </div>
      {room.link && (
        <details>
          <summary>{say("group.desk_elsewhere")}</summary>
          <p class="small">{say("group.desk_elsewhere_care")}</p>
          <Copy text={room.link} label={say("group.desk_copy_trainer")} />
        </details>
      )}
    </>
  );
}

/** Copies a link; where the browser does not let us (plain HTTP), the link is there, chosen, to copy by hand. */
function Copy({ text, label }: { text: string; label: string }) {
  const { say } = useLead();
  const [how, set] = useState<"" | "copied" | "by-hand">("");
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    set((await copied(text)) ? "copied" : "by-hand");
    requestAnimationFrame(() => field.current?.select());
  };
  return (
    <div class="copy">
      <Action look="plain" onClick={() => void copy()}>
        {label}
      </Action>
      <span class="small" role="status">
        {how && say(how === "copied" ? "group.desk_copied" : "group.desk_by_hand")}
      </span>
      {how === "by-hand" && <input ref={field} type="text" readOnly value={text} aria-label={label} />}
    </div>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text);
  }
}

/** The way of old, which needs no secure context. */
function copiedByHand(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
