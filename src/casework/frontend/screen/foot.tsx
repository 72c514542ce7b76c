// The last line of the screen: the code for those who come late, the time that is left, and whether the line holds.

import { Countdown } from "../room/countdown.tsx";
import { addressOf, codeOf } from "./join.tsx";
import type { View } from "./view.ts";

export function Foot({ view }: { view: View }) {
  const { say, known, line } = view;
  const { where } = known;
  const going = where?.where === "going" && line.state !== "ended";
  return (
    <footer class="foot">
      {line.state === "lost" ? (
        <p role="status">{say("group.screen_lost")}</p>
      ) : (
        going && (
          <p class="late">
            {addressOf(view)} <b>{codeOf(view)}</b>
          </p>
        )
      )}
      {going && where.pace === "led" && where.until && <Countdown until={where.until} say={say} told />}
    </footer>
  );
}
