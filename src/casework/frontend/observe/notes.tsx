// A note at a moment: a few words tied to a beat or to a second. It is kept as every other word that one types.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { cellOf } from "../kit/contract.ts";
import type { Prompt } from "../kit/contract.ts";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { Words } from "../kit/words.tsx";
import type { ObserveContent } from "./content.ts";
import type { ObservePage } from "./marks.ts";
import { placeNow, timeOf } from "./time.ts";

const NAME = /^(beat|second)-(\d+)$/;

function timeOfNote(content: ObserveContent, name: string): string {
  const [, what, number] = NAME.exec(name) ?? [];
  return timeOf(what === "beat" ? (content.moment.beats[Number(number)]?.at ?? 0) : Number(number));
}

/** A note is written as a prompt is, so that its words are drafts on the device until they are stored. */
export function notePrompt(content: ObserveContent, id: string): Prompt | undefined {
  if (!NAME.test(id)) return undefined;
  return { id, html: "", perspectives: [], again: null, share: "private", who: content.who };
}

/** The note here. While time goes by, it stays at the time at which one began it. */
export function Notes() {
  const page: ObservePage = usePage();
  const { beat, seconds } = placeNow(page);
  const here = beat === null ? `second-${Math.floor(seconds ?? 0)}` : `beat-${beat}`;
  const steps = page.content.pace === "steps" && page.content.ground === "beats";
  const [begun, beginAt] = useState("");
  const pressed = useRef(false);
  const written = steps && page.writing.text(cellOf(here, "")) ? here : "";
  const at = steps && begun !== here ? written : begun;
  const prompt = notePrompt(page.content, at);
  return (
    <div class="notes">
      {prompt && <Note key={at} name={at} pressed={pressed} />}
      {(at !== here || !steps) && (
        <Action
          look="quiet"
          onClick={() => {
            pressed.current = at !== here;
            beginAt(here);
          }}
        >
          {page.t(beat === null || !steps ? "observe.note_here" : "observe.note")}
        </Action>
      )}
    </div>
  );
}

/** One that was just begun takes the focus; one that is only there again does not. */
function Note({ name, pressed }: { name: string; pressed: { current: boolean } }) {
  const page: ObservePage = usePage();
  const field = useId();
  const who = useId();
  const block = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pressed.current) block.current?.querySelector("textarea")?.focus();
    pressed.current = false;
  }, []);
  return (
    <div class="prompt" ref={block}>
      <label for={field}>{page.t("observe.note_at", { time: timeOfNote(page.content, name) })}</label>
      <p id={who} class="who">
        {page.content.who}
      </p>
      <Words id={field} cell={cellOf(name, "")} before={null} describedBy={who} />
    </div>
  );
}

/** What was noted, afterwards. */
export function AllNotes() {
  const page: ObservePage = usePage();
  const names = Object.keys(page.responses()).filter((cell) => page.responses()[cell]?.text.trim());
  if (!names.length) return null;
  const second = (cell: string): number => Number(NAME.exec(cell.slice(0, -1))?.[2]);
  return (
    <>
      <Heading level={4}>{page.t("observe.notes")}</Heading>
      <dl class="noted">
        {names
          .sort((one, other) => second(one) - second(other))
          .map((cell) => (
            <div key={cell}>
              <dt class="time">{timeOfNote(page.content, cell.slice(0, -1))}</dt>
              <dd>{page.responses()[cell]?.text}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
