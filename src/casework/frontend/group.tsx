// The trainer's bar: nothing for anyone else.

import type { Content, Model } from "./kit/contract.ts";

interface Host {
  model: Model;
  el: HTMLElement;
}

export default {
  render({ model, el }: Host): () => void {
    const { words } = model.get("content") as Content;
    const { role } = model.get("state") as { role: string };
    if (role === "learner") return () => undefined;
    const note = document.createElement("p");
    note.textContent = words["group.own_notebook"] ?? "";
    el.append(note);
    return () => note.remove();
  },
};
