// A code's number in its colour, beside its name.

import type { Code } from "./content.ts";
import { toneOf } from "./shown.ts";

export function Badge({ code, named = false }: { code: Code; named?: boolean }) {
  return (
    <span class="code" {...toneOf(code)}>
      <b class="badge" aria-hidden="true">
        {code.number}
      </b>
      {named && <span>{code.name}</span>}
    </span>
  );
}
