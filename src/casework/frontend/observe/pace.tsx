// How fast something is told or played: as it is, or slower.

import { useId } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import type { ObservePage } from "./marks.ts";

const RATES = [0.5, 0.75, 1];

export function Pace({ rate, set }: { rate: number; set(rate: number): void }) {
  const page: ObservePage = usePage();
  const name = useId();
  const shown = new Intl.NumberFormat(page.content.language);
  return (
    <fieldset class="pace">
      <legend>{page.t("observe.pace")}</legend>
      {RATES.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={rate === one} onChange={() => set(one)} />
          <span>× {shown.format(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
