// The front ends of the activities, each loaded when it is first opened.

import type { Model } from "../kit/contract.ts";

interface Module {
  default: { render(host: { model: Model; el: HTMLElement }): () => void };
}

const LOADERS: Record<string, () => Promise<Module>> = {
  walk: () => import("../walk.tsx"),
  reflect: () => import("../reflect.tsx"),
  observe: () => import("../observe.tsx"),
  survey: () => import("../survey.tsx"),
  plan: () => import("../plan.tsx"),
  map: () => import("../map.tsx"),
};

/** Loads one; a bad network is asked again and again. */
export async function load(activity: string): Promise<Module["default"] | null> {
  const loader = LOADERS[activity];
  if (!loader) return null;
  for (let attempt = 0; ; attempt++) {
    try {
      return (await loader()).default;
    } catch {
      // A browser remembers that a module could not be loaded: the page has to be loaded anew, and its words are kept.
      if (attempt === 0 && navigator.onLine) return null;
      await new Promise((after) => setTimeout(after, Math.min(8_000, 500 * 2 ** attempt)));
    }
  }
}
