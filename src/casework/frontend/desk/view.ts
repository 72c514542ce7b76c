// Brings the desk into view once its page has opened: whoever leads a room came for it, and not for what stands above.

import { useEffect, useRef } from "preact/hooks";

/** Returns what goes on the element that is to be seen; where there is nothing to lead, the page stays as it is. */
export function useView(wanted = true): { current: HTMLDivElement | null } {
  const desk = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const looking = setInterval(() => {
      if (document.getElementById("loading")) return;
      clearInterval(looking);
      const top = desk.current?.getBoundingClientRect().top ?? 0;
      if (wanted && top > innerHeight / 4) desk.current?.scrollIntoView({ block: "start" });
    }, 100);
    return () => clearInterval(looking);
  }, [wanted]);
  return desk;
}
