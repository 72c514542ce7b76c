// What the coding adds up to: counts, codes that come together, and files to keep.

import { useEffect, useState } from "preact/hooks";
import { Action, Heading } from "../kit/parts.tsx";
import { save } from "../kit/save.ts";
import { Badge } from "./badge.tsx";
import { useCoding } from "./content.ts";
import { codeOf } from "./shown.ts";

const FILES = ["json", "csv"] as const;

export function AddsUp() {
  const page = useCoding();
  return (
    <details class="adds-up">
      <summary>
        <Heading level={4}>{page.t("code.themes")}</Heading>
      </summary>
      <Themes />
      <Together />
      <Files />
    </details>
  );
}

function Themes() {
  const page = useCoding();
  const codes = [...page.state.codes].sort((one, other) => other.answers - one.answers || one.number - other.number);
  const people = codes.some((code) => code.people !== null);
  return (
    <>
      <div class="sheet" role="region" tabIndex={0} aria-label={page.t("code.themes")}>
        <table>
          <caption>
            <span>{page.t("code.themes_caption")}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">{page.t("code.theme")}</th>
              <th scope="col">{page.t("code.column_answers")}</th>
              <th scope="col">{page.t("code.column_excerpts")}</th>
              {people && <th scope="col">{page.t("code.column_people")}</th>}
            </tr>
          </thead>
          <tbody>
            {codes.map((code) => (
              <tr key={code.code}>
                <th scope="row">
                  <Badge code={code} named />
                </th>
                <td>{code.answers}</td>
                <td>{code.excerpts}</td>
                {people && <td>{code.people ?? "–"}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {people && <p class="small">{page.t("code.people_care")}</p>}
    </>
  );
}

function Together() {
  const page = useCoding();
  const { together } = page.state;
  const name = (id: string): string => codeOf(page, id)?.name ?? id;
  if (!together.length) return <p class="small">{page.t("code.together_none")}</p>;
  return (
    <div class="sheet" role="region" tabIndex={0} aria-label={page.t("code.together")}>
      <table>
        <caption>
          <span>{page.t("code.together_caption")}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{page.t("code.together")}</th>
            <th scope="col">{page.t("code.column_answers")}</th>
            <th scope="col">{page.t("code.column_overlapping")}</th>
          </tr>
        </thead>
        <tbody>
          {together.slice(0, 60).map(({ one, other, answers, overlapping }) => (
            <tr key={`${one}/${other}`}>
              <th scope="row">{page.t("code.pair", { one: name(one), other: name(other) })}</th>
              <td>{answers}</td>
              <td>{overlapping}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Files() {
  const page = useCoding();
  const [asked, setAsked] = useState("");
  useEffect(() => {
    page.answered = (reply, bytes) => {
      setAsked("");
      if (reply.file && bytes) save(reply, bytes);
    };
  }, []);
  return (
    <section>
      <Heading level={5}>{page.t("code.files")}</Heading>
      <div class="row tight">
        {FILES.map((file) => (
          <Action
            key={file}
            look="plain"
            pending={asked === file}
            onClick={() => {
              setAsked(file);
              page.connection.ask({ do: file });
            }}
          >
            {page.t(`code.file_${file}`)}
          </Action>
        ))}
      </div>
      <p role="status" class="small">
        {asked && page.t("code.making")}
      </p>
      <p class="small">{page.t("code.files_care")}</p>
    </section>
  );
}
