// How a group coded a moment: first where its people differed, which is what there is to talk about; then where they agreed.

import { Prose } from "../kit/parts.tsx";
import type { FormBoard, Mark } from "../room/protocol.ts";
import { sayCount } from "../room/speech.ts";
import { clock } from "../room/countdown.tsx";
import type { Holder } from "./content.ts";
import type { Voice } from "./voice.ts";

const AT_FIRST = 6;

interface TimelineProps extends Voice {
  told: NonNullable<FormBoard["timeline"]>;
  holder: Holder;
  level: 4 | 5;
  /** At most so many places of each kind; the rest is folded away, or left out on a screen. */
  most?: number;
  fold?: boolean;
}

export function Timeline({ told, holder, level, most = AT_FIRST, fold = true, ...voice }: TimelineProps) {
  const { say } = voice;
  const differed = told.marks.filter(({ differ }) => differ > 0);
  const agreed = told.marks.filter(({ differ }) => differ === 0);
  const Title = `h${level}` as "h4";
  const rows = (marks: Mark[]) => (
    <ul class="spots">
      {marks.map((mark) => (
        <Spot key={`${mark.item} ${mark.beat} ${mark.second} ${mark.interval}`} mark={mark} coders={told.coders} holder={holder} {...voice} />
      ))}
    </ul>
  );
  const rest = differed.slice(most);
  return (
    <div class="coded">
      <Title>{say("group.differed")}</Title>
      {differed.length ? rows(differed.slice(0, most)) : <p class="gentle">{say("group.differed_nowhere")}</p>}
      {fold && rest.length > 0 && (
        <details>
          <summary>{sayCount(say, "group.differed_more", rest.length)}</summary>
          {rows(rest)}
        </details>
      )}
      <Title>{say("group.agreed")}</Title>
      {agreed.length ? rows(fold ? agreed : agreed.slice(0, most)) : <p class="gentle">{say("group.agreed_nowhere")}</p>}
    </div>
  );
}

function Spot({ mark, coders, holder, say }: { mark: Mark; coders: number; holder: Holder } & Voice) {
  const beat = mark.beat === null ? "" : holder.beat(mark.beat);
  return (
    <li class="spot">
      <p class="spot-at">
        <b>{holder.itemText(mark.item)}</b> <span class="small">{whereOf(mark, holder, say)}</span>
      </p>
      {beat && <Prose html={beat} class="beat" />}
      <p class="spot-people">
        <span class="dots" aria-hidden="true">
          {Array.from({ length: Math.min(coders, 40) }, (_, at) => (
            <span key={at} data-on={at < mark.people || undefined} />
          ))}
        </span>
        <span>{say("group.marked", { people: mark.people, coders })}</span>
      </p>
    </li>
  );
}

function whereOf({ item, beat, second, interval }: Mark, holder: Holder, say: Voice["say"]): string {
  if (beat !== null) return say("group.at_beat", { at: beat + 1 });
  if (second !== null) return say("group.at_second", { time: clock(second) });
  const length = holder.item(item)?.seconds;
  if (interval === null) return "";
  return length ? say("group.at_second", { time: clock(interval * length) }) : say("group.at_part", { at: interval + 1 });
}
