// Code: what people wrote, read with a codebook beside it; one marks words and says what they carry.

import { useId, useMemo, useRef, useState } from "preact/hooks";
import { AddsUp } from "./code/adds-up.tsx";
import { OneAnswer } from "./code/answer.tsx";
import { Codebook } from "./code/codebook.tsx";
import { memos, useCoding } from "./code/content.ts";
import type { CodeContent, CodeState } from "./code/content.ts";
import { isHere, isNothing, passagesOf, subject } from "./code/shown.ts";
import styles from "./code/code.css";
import fields from "./kit/fields.css";
import { activity } from "./kit/mount.tsx";
import { Action, Heading } from "./kit/parts.tsx";

/** Answers on one page. */
const AT_ONCE = 20;

function Coding() {
  const page = useCoding();
  const { answers, coder, title, summary } = page.content;
  const [said, say] = useState("");
  return (
    <>
      <p class="eyebrow">{coder ? page.t("code.eyebrow_coder", { coder }) : page.t("code.eyebrow")}</p>
      <Heading level={3} arrive class="title" lang={page.lang("title")}>
        {title}
      </Heading>
      <p class="lead-line" lang={page.lang("summary")}>
        {summary}
      </p>
      {answers.length === 0 ? (
        <p>{page.t("code.empty")}</p>
      ) : (
        <>
          <p class="lead-line">
            {page.t("code.lead")} {page.t("code.how")}
          </p>
          <details class="how">
            <summary>{page.t("code.how_open")}</summary>
            <p class="small">{page.t("code.how_keys")}</p>
          </details>
        </>
      )}
      <p class="unseen" role="status">
        {said}
      </p>
      <div class="coding">
        <Codebook say={say} />
        {answers.length > 0 && <Answers say={say} />}
      </div>
      <AddsUp />
    </>
  );
}

function Answers({ say }: { say(words: string): void }) {
  const page = useCoding();
  const top = useRef<HTMLHeadingElement>(null);
  const { answers } = page.content;
  const [show, choose] = useState("");
  const [from, go] = useState(0);
  const isRead = (id: string): boolean => passagesOf(page, id).length > 0 || isNothing(page, id);
  // What one works at does not vanish under one's hands: who is shown is settled when one chooses.
  const shown = useMemo(() => {
    const told = answers.map(([id, text], index) => ({ id, text, number: index + 1 }));
    if (show === "") return told;
    const carries = (id: string): boolean => passagesOf(page, id).some(({ codes }) => codes.includes(show));
    return told.filter(({ id }) => (show === "open" ? !isRead(id) : carries(id)));
  }, [answers, show]);
  const turn = (to: number): void => {
    page.writing.flush();
    go(to);
    requestAnimationFrame(() => {
      const heading = top.current?.querySelector<HTMLElement>("h4");
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: "start" });
    });
  };
  const read = answers.filter(([id]) => isRead(id)).length;
  return (
    <div class="answers" ref={top as unknown as { current: HTMLDivElement | null }}>
      <Heading level={4} arrive>
        {page.t("code.answers")}
      </Heading>
      <div class="row tight bar">
        <Show show={show} choose={(wanted) => (choose(wanted), go(0))} />
        <p class="small">{page.t("code.read", { read, all: answers.length })}</p>
        <Back say={say} />
      </div>
      {shown.length === 0 && <p class="small">{page.t("code.show_none")}</p>}
      {shown.slice(from, from + AT_ONCE).map((one) => (
        <OneAnswer key={one.id} {...one} say={say} />
      ))}
      {shown.length > AT_ONCE && (
        <nav class="row" aria-label={page.t("code.answers")}>
          {from > 0 && (
            <Action look="plain" onClick={() => turn(from - AT_ONCE)}>
              {page.t("code.earlier")}
            </Action>
          )}
          <span class="small">
            {page.t("code.range", { first: from + 1, last: Math.min(from + AT_ONCE, shown.length), all: shown.length })}
          </span>
          {from + AT_ONCE < shown.length && (
            <Action look="plain" onClick={() => turn(from + AT_ONCE)}>
              {page.t("code.later")}
            </Action>
          )}
        </nav>
      )}
    </div>
  );
}

function Show({ show, choose }: { show: string; choose(wanted: string): void }) {
  const page = useCoding();
  const field = useId();
  return (
    <div class="show">
      <label for={field}>{page.t("code.show")}</label>
      <select id={field} value={show} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{page.t("code.show_all")}</option>
        <option value="open">{page.t("code.show_open")}</option>
        {page.state.codes.map((code) => (
          <option key={code.code} value={code.code}>
            {page.t("code.show_code", { name: code.name })}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Takes the last step back, once it is stored. */
function Back({ say }: { say(words: string): void }) {
  const page = useCoding();
  const { step } = page.state;
  if (!step) return null;
  const back = (): void => {
    if (page.connection.waiting.some((intent) => intent.do !== "write")) return;
    page.connection.do({ do: "step_back", step: step.id });
    say(page.t("code.backed"));
  };
  return (
    <Action look="quiet" pending={page.connection.isWaitingFor("step_back")} onClick={back}>
      {page.t("code.back")}
    </Action>
  );
}

export default activity<CodeContent, CodeState>(
  { prompt: memos, responses: (state) => state.responses, subject, mine: isHere, place: () => "" },
  Coding,
  fields + styles,
);
