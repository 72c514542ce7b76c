// What a choice opens and what it closes; both are true of every choice.

import { usePage } from "../kit/page.ts";
import type { Choice } from "./content.ts";

export function OpensCloses({ choice }: { choice: Choice }) {
  const page = usePage();
  return (
    <dl class="opens">
      <div>
        <dt>{page.t("walk.opens")}</dt>
        <dd lang={page.lang(`choices/${choice.id}/opens`)}>{choice.opens}</dd>
      </div>
      <div>
        <dt>{page.t("walk.closes")}</dt>
        <dd lang={page.lang(`choices/${choice.id}/closes`)}>{choice.closes}</dd>
      </div>
    </dl>
  );
}
