// How a line looks, by what is said about it; the same strokes as on the picture that one keeps.

import type { Quality } from "./content.ts";

/** Each quality has its own strokes, so that nobody needs its colour. */
export function Strokes({ quality, path }: { quality: Quality | null; path: string }) {
  return (
    <g class={`tie tie-${quality ?? "given"}`}>
      <path d={path} />
      <path class="ticks" d={path} />
    </g>
  );
}

/** A piece of such a line beside its word. */
export function Sample({ quality }: { quality: Quality | null }) {
  return (
    <svg class="sample" viewBox="0 0 56 20" width="56" height="20" aria-hidden="true" focusable="false">
      <Strokes quality={quality} path="M4 10H52" />
    </svg>
  );
}
