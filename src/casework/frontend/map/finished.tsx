// The map to look at: the drawing, the words, the first round beside it, the picture to keep.

import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { save } from "../kit/save.ts";
import { ShareBar } from "../kit/share.tsx";
import type { MapPage } from "./content.ts";
import { InWords } from "./in-words.tsx";
import { Key } from "./key.tsx";
import { Picture } from "./stage.tsx";

const PATIENCE = 20_000;

export function Finished() {
  const page: MapPage = usePage();
  const { heading, eyebrow } = page.content;
  return (
    <>
      {eyebrow && <p class="eyebrow">{eyebrow}</p>}
      <Heading level={3} arrive class="title">
        {heading}
      </Heading>
      <p class="lead-line">{page.t("map.finished_care")}</p>
      <Beside>
        <Picture drawing={page.state} label={heading} />
      </Beside>
      <Key ties={page.state.ties} />
      <InWords />
      <div class="row">
        <Action look="plain" pending={page.connection.isWaitingFor("reopen")} onClick={() => page.act({ do: "reopen" })}>
          {page.t("map.reopen")}
        </Action>
        <Take />
      </div>
      <ShareBar form="map" sharing={page.state.sharing} events={page.state.events.slice(0, 500)} />
    </>
  );
}

/** This map with the first round's beside it, where there is one, and what differs, in words. */
export function Beside({ children }: { children: preact.ComponentChildren }) {
  const page: MapPage = usePage();
  const { beside } = page.state;
  if (!beside) return <>{children}</>;
  return (
    <>
      <div class="rounds">
        <figure>
          <figcaption>{page.t("map.first")}</figcaption>
          <Picture drawing={beside} label={page.t("map.first")} />
        </figure>
        <figure>
          <figcaption>{page.t("map.second")}</figcaption>
          {children}
        </figure>
      </div>
      <Differs />
    </>
  );
}

export function Differs() {
  const page: MapPage = usePage();
  return (
    <section class="panel">
      <Heading level={4} class="eyebrow">
        {page.t("map.differs")}
      </Heading>
      <ul class="plain-list">
        {page.state.beside?.differs.map((sentence) => <li key={sentence}>{sentence}</li>)}
      </ul>
    </section>
  );
}

/** The picture, made by the kernel from what is saved. */
export function Take() {
  const page: MapPage = usePage();
  const [asked, setAsked] = useState<"" | "asked" | "late">("");
  useEffect(() => {
    page.answered = (reply, bytes) => {
      setAsked("");
      if (reply.file && bytes) save(reply, bytes);
    };
  }, []);
  useEffect(() => {
    if (asked !== "asked") return undefined;
    const timer = setTimeout(() => setAsked("late"), PATIENCE);
    return () => clearTimeout(timer);
  }, [asked]);
  const here = useRef<HTMLParagraphElement>(null);
  const ask = (): void => {
    setAsked("asked");
    const stage = here.current?.closest(".frame")?.querySelector<HTMLElement>(".stage");
    page.connection.ask({ do: "take", on: stage?.dataset["sheet"] ?? "wide" });
  };
  return (
    <>
      <Action look="plain" pending={asked === "asked"} onClick={ask}>
        {page.t("map.take")}
      </Action>
      <p class="small" aria-live="polite" ref={here}>
        {asked === "asked" ? page.t("map.taking") : asked === "late" ? page.t("map.late") : page.t("map.take_care")}
      </p>
    </>
  );
}
