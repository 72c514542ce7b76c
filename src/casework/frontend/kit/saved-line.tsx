// The one line that says whether everything is saved, always in the same place.

import { useRef } from "preact/hooks";
import { usePage } from "./page.ts";
import type { Page } from "./page.ts";

export function SavedLine() {
  const page = usePage();
  const { saved } = page;
  // Someone who listens to the page hears the first "Saved" and every trouble, not each pause in typing.
  const before = useRef("");
  const calm = saved === "going" || (saved === "saved" && before.current === "saved");
  if (saved !== "going") before.current = saved;
  return (
    <div class="saved" data-saved={saved}>
      <p role="status" aria-live={calm ? "off" : "polite"}>
        {page.connection.refusal && <span class="refusal">{page.connection.refusal} </span>}
        {sentence(page)}
      </p>
      {saved === "lost" && (
        <button type="button" class="quiet" onClick={() => location.reload()}>
          {page.t("saved.reload")}
        </button>
      )}
      {!page.keep.durable && <p class="small">{page.t("saved.memory")}</p>}
    </div>
  );
}

function sentence(page: Page): string {
  const here = page.keep.durable ? "" : "_here";
  const { who } = page;
  switch (page.saved) {
    case "lost":
      return page.t(page.unsaved ? `saved.lost${here}` : "saved.lost_all");
    case "late":
      return `${page.connection.trouble.trim()} ${page.t(`saved.late${here}`)}`.trim();
    case "going":
      return page.t("saved.going");
    case "saved":
      return page.t("saved.yes", { who });
    default:
      return page.t("saved.empty", { who });
  }
}
