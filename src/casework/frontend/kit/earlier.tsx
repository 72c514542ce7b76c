// One's own words of an earlier session of this group, above the field that asks the same.

import type { Earlier as Told } from "./contract.ts";
import { usePage } from "./page.ts";

/** Folded, each with its day: whoever wants to write afresh need not see them. */
export function Earlier({ cell }: { cell: string }) {
  const page = usePage();
  const told = (page.state as { earlier?: Told }).earlier?.[cell] ?? [];
  const day = new Intl.DateTimeFormat(page.content.language, { dateStyle: "long" });
  return (
    <>
      {told.map(({ at, text }) => (
        <details key={at} class="first">
          <summary>{page.t("write.earlier", { date: day.format(new Date(at)) })}</summary>
          <blockquote>{text}</blockquote>
        </details>
      ))}
    </>
  );
}
