// The log as files to keep, and an earlier log brought in from one.

import { useEffect, useId, useState } from "preact/hooks";
import { save } from "../kit/save.ts";
import { Action, Heading } from "../kit/parts.tsx";
import { useLog } from "./shown.ts";

const FILES = ["calendar", "sheet", "table"] as const;
type File = (typeof FILES)[number];

export function Files() {
  const page = useLog();
  const notes = useId();
  const [asked, setAsked] = useState<File | "">("");
  const [withNotes, setWithNotes] = useState(false);
  useEffect(() => {
    page.answered = (reply, bytes) => {
      setAsked("");
      if (reply.file && bytes) save(reply, bytes);
    };
  }, []);
  const ask = (file: File): void => {
    setAsked(file);
    page.connection.ask({ do: file, notes: withNotes });
  };
  return (
    <section class="files">
      <Heading level={4}>{page.t("log.files")}</Heading>
      <div class="row tight">
        {FILES.map((file) => (
          <Action key={file} look="plain" pending={asked === file} onClick={() => ask(file)}>
            {page.t(`log.${file}`)}
          </Action>
        ))}
      </div>
      <p role="status" class="small">
        {asked && page.t("log.making")}
      </p>
      <label class="pill plain">
        <input type="checkbox" id={notes} checked={withNotes} onChange={() => setWithNotes(!withNotes)} />
        <span>{page.t("log.with_notes")}</span>
      </label>
      <p class="small">{page.t("log.files_care")}</p>
      <Bring />
    </section>
  );
}

function Bring() {
  const page = useLog();
  const id = useId();
  const [sent, setSent] = useState("");
  const waiting = page.connection.waiting.some((intent) => intent.id === sent);
  const bring = async (input: HTMLInputElement): Promise<void> => {
    const text = await input.files?.[0]?.text();
    input.value = "";
    if (text) setSent(page.connection.do({ do: "bring", text: text.slice(0, 400_000) }).id);
  };
  return (
    <details>
      <summary>{page.t("log.bring")}</summary>
      <div class="field">
        <label for={id}>{page.t("log.bring")}</label>
        <p id={`${id}-hint`} class="small">
          {page.t("log.bring_hint", { date: page.t("log.column.date"), minutes: page.t("log.column.minutes") })}
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          aria-describedby={`${id}-hint`}
          onChange={(event) => void bring(event.currentTarget)}
        />
      </div>
      <p role="status" class={page.connection.refusal ? "trouble" : "small"}>
        {sent && !waiting && (page.connection.refusal || page.t("log.brought"))}
      </p>
    </details>
  );
}
