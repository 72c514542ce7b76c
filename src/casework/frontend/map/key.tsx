// What the lines mean.

import { usePage } from "../kit/page.ts";
import type { MapPage, Tie } from "./content.ts";
import { qualityName } from "./drawn.ts";
import { Sample } from "./lines.tsx";

/** The qualities that are on the map now, in the order in which they are offered. */
export function Key({ ties }: { ties: Tie[] }) {
  const page: MapPage = usePage();
  const shown = [...page.content.qualities.map(({ id }) => id), null].filter((id) => ties.some(({ quality }) => quality === id));
  if (!shown.length) return null;
  return (
    <ul class="key" aria-label={page.t("map.key")}>
      {shown.map((quality) => (
        <li key={quality ?? "given"}>
          <Sample quality={quality} />
          {qualityName(page, quality)}
        </li>
      ))}
    </ul>
  );
}
