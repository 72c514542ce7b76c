// Report: what changed in one's own words, drawn when asked for.

import { useEffect, useState } from "preact/hooks";
import type { Content } from "./kit/contract.ts";
import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import type { Page } from "./kit/page.ts";
import { Action, Heading, Prose } from "./kit/parts.tsx";
import { save } from "./kit/save.ts";

interface ReportContent extends Content {
  title: string;
}

interface ReportState {
  html: string | null;
  at: string | null;
  waiting: boolean;
}

/** Drawing imports pandas: the first time takes a while. */
const PATIENCE = 60_000;

function Report() {
  const page = usePage<ReportContent, ReportState>();
  const { html, at, waiting } = page.state;
  const [asked, ask] = useAsking(`${at} ${html?.length}`);
  return (
    <>
      <Heading level={3}>{page.content.title}</Heading>
      <p>{page.t("report.introduction")}</p>
      <div class="row">
        <Action pending={waiting || asked === "draw"} onClick={() => ask("draw")}>
          {page.t(html === null ? "report.draw" : "report.draw_again")}
        </Action>
        <Action look="plain" pending={asked === "take"} onClick={() => ask("take")}>
          {page.t("report.take")}
        </Action>
      </div>
      <p class="small" aria-live="polite">
        {asked === "late" ? page.t("report.late") : asked || waiting ? page.t("report.waiting") : drawn(page, at)}
      </p>
      {html !== null && (
        <div class="sheet" role="region" tabIndex={0} aria-label={page.content.title}>
          <Prose html={html} class="report" />
        </div>
      )}
    </>
  );
}

/** Asks for one thing at a time. Nothing is stored, so nothing is sent again by itself. */
function useAsking(drawn: string): ["" | "draw" | "take" | "late", (what: "draw" | "take") => void] {
  const page = usePage<ReportContent, ReportState>();
  const [asked, setAsked] = useState<"" | "draw" | "take" | "late">("");
  useEffect(() => setAsked((now) => (now === "draw" ? "" : now)), [drawn]);
  useEffect(() => {
    page.answered = (reply, bytes) => {
      setAsked("");
      if (reply.file && bytes) save(reply, bytes);
    };
  }, []);
  useEffect(() => {
    if (asked !== "draw" && asked !== "take") return undefined;
    const timer = setTimeout(() => setAsked("late"), PATIENCE);
    return () => clearTimeout(timer);
  }, [asked]);
  const ask = (what: "draw" | "take"): void => {
    if (asked === "draw" || asked === "take") return;
    setAsked(what);
    page.connection.ask({ do: what });
  };
  return [asked, ask];
}

function drawn(page: Page<ReportContent, ReportState>, at: string | null): string {
  if (!at) return "";
  const time = new Intl.DateTimeFormat(page.content.language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
  return page.t("report.at", { time });
}

export default activity<ReportContent, ReportState>({ place: () => "" }, Report);
