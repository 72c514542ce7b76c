// A small drawn sign for each perspective. Colour and sign help; the word beside them says it.

import type { Perspective } from "./contract.ts";

const DRAWINGS: Record<string, string> = {
  // A small one, with a curl.
  child: "M12 12.4a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 4.4c-.1-1.7 1.2-2.7 2.5-2.1M5.8 20.5c.5-3.7 2.7-5.7 6.2-5.7s5.7 2 6.2 5.7",
  // A grown one, a small one close by.
  parent:
    "M9.5 10.3a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4M2.8 20.8c.4-5 2.7-7.8 6.7-7.8 1.7 0 3.1.5 4.2 1.5M17.5 17a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M13.6 21c.5-1.7 1.9-2.6 3.9-2.6s3.4.9 3.9 2.6",
  // Someone with a bag who came to the door.
  practitioner:
    "M9 9.8a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2M2.5 20.8c.4-5 2.6-8 6.5-8 1.3 0 2.4.3 3.3 1M13.5 16h7.5v5h-7.5zM15.5 16v-1.2c0-1.5 3.5-1.5 3.5 0V16",
  // Two rounds that hold each other.
  relationship: "M9 17.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M15 17.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11",
  // A round with a point of its own.
  other: "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14M12 13.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4",
};

export function Sign({ of }: { of: Perspective }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false">
      <path
        d={DRAWINGS[of.sign] ?? DRAWINGS["other"] ?? ""}
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
