// Map: all the relationships around one child, drawn and said in words.

import { useRef, useState } from "preact/hooks";
import type { Prompt } from "./kit/contract.ts";
import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import { Action, Heading } from "./kit/parts.tsx";
import { Between } from "./map/between.tsx";
import type { MapContent, MapPage, MapState } from "./map/content.ts";
import { nameIn, peopleOf, subject, tiesOf } from "./map/drawn.ts";
import { Differs, Finished, Take } from "./map/finished.tsx";
import { InWords } from "./map/in-words.tsx";
import { Key } from "./map/key.tsx";
import { People } from "./map/people.tsx";
import { Picture, Stage } from "./map/stage.tsx";
import styles from "./map/styles.css";

function RelationshipMap() {
  const page: MapPage = usePage();
  const waiting = page.connection.waiting.filter(({ do: deed }) => deed === "finish" || deed === "reopen").at(-1);
  const finished = waiting ? waiting.do === "finish" : page.state.finished;
  return finished ? <Finished /> : <Drawing />;
}

function Drawing() {
  const page: MapPage = usePage();
  const { heading, eyebrow } = page.content;
  const [said, say] = useState("");
  const [beside, setBeside] = useState(false);
  const { chosen, choose, press, letGo, panel } = useChosen(page, say);
  return (
    <>
      {eyebrow && <p class="eyebrow">{eyebrow}</p>}
      <Heading level={3} arrive class="title">
        {heading}
      </Heading>
      <p class="lead-line">{page.t("map.lead")}</p>
      <p class="small">
        {page.t("map.how")} {page.t("map.how_move")}
      </p>
      <div role="group" aria-label={page.t("map.drawing")}>
        <Stage chosen={chosen} press={press} letGo={letGo} choose={choose} say={say} />
      </div>
      <Key ties={tiesOf(page)} />
      <p class="unseen" role="status">
        {said}
      </p>
      <div ref={panel}>
        <Between chosen={chosen} choose={choose} letGo={letGo} say={say} />
      </div>
      <InWords choose={choose} />
      <People say={say} />
      {beside && <First />}
      <div class="row">
        <Action pending={page.connection.isWaitingFor("finish")} onClick={() => page.act({ do: "finish" })}>
          {page.t("map.finish")}
        </Action>
        {page.state.beside && (
          <Action look="plain" aria-expanded={beside} onClick={() => setBeside(!beside)}>
            {page.t(beside ? "map.beside_close" : "map.beside")}
          </Action>
        )}
        <Take />
      </div>
    </>
  );
}

/** The first round, asked for while one still draws. */
function First() {
  const page: MapPage = usePage();
  if (!page.state.beside) return null;
  return (
    <>
      <Heading level={4}>{page.t("map.first")}</Heading>
      <Picture drawing={page.state.beside} label={page.t("map.first")} />
      <Key ties={page.state.beside.ties} />
      <Differs />
    </>
  );
}

/** The two whom one looks at: pressed on the drawing, or chosen below it. */
function useChosen(page: MapPage, say: (words: string) => void) {
  const [chosen, set] = useState<string[]>([]);
  const panel = useRef<HTMLDivElement>(null);
  const from = useRef<HTMLElement | null>(null);
  /** Brings the question about the two into view, and the reading position to it. */
  const ask = (): void => {
    requestAnimationFrame(() => {
      const question = panel.current?.querySelector<HTMLElement>("legend");
      question?.focus({ preventScroll: true });
      panel.current?.scrollIntoView({ block: "nearest" });
    });
  };
  const focused = (): HTMLElement | null => (panel.current?.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  const choose = (one: string, other: string): void => {
    const before = focused();
    page.writing.flush();
    set([one, other]);
    if (before?.tagName === "SELECT" || !one || !other || one === other) return; // who chooses there stays there
    from.current = before;
    ask();
  };
  const letGo = (): void => {
    page.writing.flush();
    set([]);
    say(page.t("map.let_go"));
    if (from.current?.isConnected) from.current.focus();
  };
  const press = (id: string): void => {
    const [one = "", other = ""] = chosen;
    if (one && !other) return one === id ? letGo() : choose(one, id);
    set([id, ""]);
    from.current = focused();
    return say(page.t("map.chosen", { name: nameIn({ people: peopleOf(page) }, id) }));
  };
  return { chosen, choose, press, letGo, panel };
}

/** A note about two people is written as an answer is: the pair is its cell. */
function notes({ child }: MapContent, state: MapState, id: string): Prompt | undefined {
  if (!state.people.some((one) => one.id === id)) return undefined;
  return { id, html: "", perspectives: [child], again: null, share: "group_unnamed", who: "" };
}

export default activity<MapContent, MapState>(
  {
    prompt: notes,
    responses: (state) => state.responses,
    subject,
    place: ({ finished }) => String(finished),
  },
  RelationshipMap,
  styles,
);
