// Who may see a form: said before one writes, and two equal buttons, one to share and one to keep.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Audience, SharedForm, Sharing } from "./contract.ts";
import { usePage } from "./page.ts";
import type { Page } from "./page.ts";
import { Action } from "./parts.tsx";

interface ShareProps {
  /** What is shared as one: a prompt, a survey, a coding run. */
  form: string;
  sharing: Sharing;
  /** The events that make what one sees now, "" for one that is not sent yet; none means that there is nothing to share. */
  events: string[];
  /** Sends what is not on its way yet, and returns the events; "" for one that cannot be sent. */
  settle?: () => string[];
  /** Whether the page has said above, before one writes, who may see it. */
  said?: boolean;
}

/** Nothing for someone alone: the saved line says already that only they can see it. */
export function ShareBar(props: ShareProps) {
  const told = props.sharing?.forms[props.form];
  return told ? <Bar {...props} told={told} /> : null;
}

function Bar({ form, events, settle, said = false, told }: ShareProps & { told: SharedForm }) {
  const page = usePage();
  const title = useId();
  const [refused, setRefused] = useState("");
  const sentence = useArrivalAt(told);
  const changed = isGiven(told) && differs(events, told.events);
  const pending = page.connection.waiting.some((intent) => intent.do === "share" && intent["form"] === form);
  const give = (audience: Audience) => (): void => {
    page.writing.flush();
    const given = audience === "private" ? [] : (settle?.() ?? events);
    const whole = !given.includes("");
    setRefused(whole ? "" : page.t("share.too_long"));
    if (whole) page.connection.do({ do: "share", form, audience, events: given });
  };
  const before = [said && late(page, told), !events.length && page.t("share.nothing")];
  return (
    <div class="share" role="group" aria-labelledby={title} data-audience={told.audience ?? ""}>
      <p id={title} ref={sentence} tabIndex={-1} class={said && told.audience === null ? "unseen" : "is"}>
        {told.audience === null ? offer(page, told) : page.t(`share.is_${told.audience}`)}{" "}
        {isShown(told) && page.t("share.revealed")}
      </p>
      {changed && <p>{page.t("share.changed")}</p>}
      <Buttons told={told} changed={changed} empty={!events.length} pending={pending} give={give} />
      <p class="small" role="status">
        {refused || (pending ? page.t("share.going") : told.audience === null && before.filter(Boolean).join(" "))}
      </p>
    </div>
  );
}

interface ButtonsProps {
  told: SharedForm;
  changed: boolean;
  empty: boolean;
  pending: boolean;
  give: (audience: Audience) => () => void;
}

function Buttons({ told, changed, empty, pending, give }: ButtonsProps) {
  const page = usePage();
  const { audience, widest } = told;
  const button = (key: string, to: Audience, look: "plain" | "quiet", needsWords = true) => (
    <Action key={key} look={look} pending={pending} disabled={needsWords && empty} onClick={give(to)}>
      {page.t(key)}
    </Action>
  );
  const shown = isShown(told);
  const first = audience === null;
  return (
    <div class={first ? "row equal" : "row"}>
      {first && button("share.share", widest, "plain")}
      {first && button("share.keep", "private", "plain", false)}
      {changed && audience && button("share.again", audience, "plain")}
      {audience === "private" && button("share.after_all", widest, "quiet")}
      {audience === "trainer" && widest !== "trainer" && button("share.with_group", widest, "quiet")}
      {isGiven(told) && !shown && button("share.withdraw", "private", "quiet", false)}
      {audience !== "trainer" && widest !== "trainer" && !shown && !empty && button("share.only_trainer", "trainer", "quiet")}
    </div>
  );
}

/** Who may see a form, or be given it, as sentences that hold before one writes another word. */
export function whoMaySee(page: Page, told: SharedForm): string {
  if (told.audience === null) return page.t(`share.offer_${told.widest}`);
  if (told.audience === "private") return page.t("who.private");
  return `${page.t(`share.is_${told.audience}`)} ${page.t("share.then")}`;
}

function offer(page: Page, told: SharedForm): string {
  return [page.t(`share.offer_${told.widest}`), late(page, told)].filter(Boolean).join(" ");
}

/** What is shared from now on is seen at once: said beneath the buttons, so that nothing moves under whoever writes. */
function late(page: Page, { widest, revealed }: SharedForm): string {
  return revealed && widest !== "trainer" ? page.t("share.late") : "";
}

function isGiven({ audience }: SharedForm): boolean {
  return audience !== null && audience !== "private";
}

/** Whether the group has seen what this person gave. What the trainer alone was given, a reveal does not show. */
function isShown(told: SharedForm): boolean {
  return told.revealed && isGiven(told) && told.audience !== "trainer";
}

function differs(now: string[], given: string[]): boolean {
  return now.length !== given.length || now.some((id) => !given.includes(id));
}

/** The buttons change with what was said: after a press the focus goes to the sentence that says it. */
function useArrivalAt({ audience, events }: SharedForm) {
  const sentence = useRef<HTMLParagraphElement>(null);
  const before = useRef("");
  const now = [audience, ...events].join();
  const within = sentence.current?.parentElement?.contains((sentence.current.getRootNode() as ShadowRoot).activeElement);
  useLayoutEffect(() => {
    if (before.current && before.current !== now && within) sentence.current?.focus({ preventScroll: true });
    before.current = now || "none";
  }, [now]);
  return sentence;
}
