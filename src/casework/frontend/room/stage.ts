// Where a page of a room is drawn: a shadow root of its own, with the activities' front ends in slots of it.

import { dress, paint } from "../kit/mount.tsx";
import { followTheme } from "../kit/theme.ts";

export interface Stage {
  host: HTMLElement;
  root: ShadowRoot;
}

export function stage(el: HTMLElement, css: string): Stage {
  const host = document.createElement("div");
  host.className = "casework-room";
  host.setAttribute("role", "main");
  el.replaceChildren(host);
  const root = host.attachShadow({ mode: "open" });
  dress(root, css);
  followTheme(host);
  return { host, root };
}

/** The language and the colours that the page has just learned of. */
export function speakOn({ host }: Stage, language: string, theme: Record<string, string>): void {
  document.documentElement.lang = language;
  host.lang = language;
  paint(host, theme);
}

/** What the server wrote on the element that the page is drawn into. */
export function socketOf(el: HTMLElement): string {
  const address = new URL(el.dataset["socket"] ?? "", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}
