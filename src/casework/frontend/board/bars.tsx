// Numbers of people as bars: a table, whose bars are there for the eye alone.

import type { Voice } from "./voice.ts";
import { sayCount } from "../room/speech.ts";

export interface Bar {
  key: string;
  text: string;
  people: number;
  /** Whether the group went this way. */
  taken?: boolean;
}

/** Characters of an answer that, on a phone, is set above its bar. */
const LONG = 32;

interface BarsProps extends Voice {
  title: string;
  bars: Bar[];
  /** What is said beneath: how many people there were. */
  note?: string;
  takenSaid?: string;
}

export function Bars({ title, bars, note, takenSaid = "", say }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ people }) => people));
  return (
    <table class="bars" data-long={bars.some(({ text }) => text.length > LONG) || undefined}>
      <caption>
        <span>{title}</span>
        {note && <span class="small">{note}</span>}
      </caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{say("group.bar_answer")}</th>
          <th scope="col">{say("group.bar_people")}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, text, people, taken }) => (
          <tr key={key} data-taken={taken || undefined}>
            <th scope="row">
              {text}
              {taken && <span class="tag">{takenSaid}</span>}
            </th>
            <td>
              <span class="bar-track" aria-hidden="true">
                <span class="bar-line" style={{ inlineSize: `${(100 * people) / most}%` }} />
              </span>
              <span class="number">{people}</span>
              <span class="unseen"> {sayCount(say, "group.people", people)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
