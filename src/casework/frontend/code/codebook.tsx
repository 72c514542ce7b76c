// The codebook beside the answers: what each code stands for, and how one changes it.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Action, Heading } from "../kit/parts.tsx";
import { Badge } from "./badge.tsx";
import { NewCode } from "./chooser.tsx";
import { useCoding } from "./content.ts";
import type { Code } from "./content.ts";
import { part, shortened } from "./text.ts";

/** How many passages are offered when a code is split. */
const MOST_SPLIT = 200;
const WIDE = 860;

type Doing = "" | "reword" | "merge" | "split";

export function Codebook({ say }: { say(words: string): void }) {
  const page = useCoding();
  const details = useRef<HTMLDetailsElement>(null);
  // Beside the answers where there is room; above them, and folded, on a phone.
  useEffect(() => {
    const frame = details.current?.closest<HTMLElement>(".frame");
    if (details.current && frame) details.current.open = frame.clientWidth >= WIDE;
  }, []);
  return (
    <aside class="codebook" aria-label={page.t("code.codebook")}>
      <details ref={details}>
        <summary>
          <Heading level={4}>{page.t("code.codebook")}</Heading>
        </summary>
        <ol class="codes-told">
          {page.state.codes.map((code) => (
            <OneCode key={code.code} code={code} say={say} />
          ))}
        </ol>
        <NewCode label={page.t("code.add")} put={page.t("code.add_put")} say={say} />
        <History />
      </details>
    </aside>
  );
}

function OneCode({ code, say }: { code: Code; say(words: string): void }) {
  const page = useCoding();
  const [doing, begin] = useState<Doing>("");
  const line = useRef<HTMLLIElement>(null);
  const done = (): void => {
    begin("");
    requestAnimationFrame(() => line.current?.querySelector<HTMLElement>("summary")?.focus());
  };
  const { answers, excerpts, name } = code;
  const lang = (key: string): string | undefined => (code.own || code.reworded ? undefined : page.lang(`codes/${code.code}/${key}`));
  const others = page.state.codes.length > 1;
  return (
    <li ref={line}>
      <p class="named">
        <Badge code={code} />
        <b lang={lang("name")}>{name}</b>
        {code.own && <span class="small"> {page.t("code.own")}</span>}
      </p>
      {code.definition && <p lang={lang("definition")}>{code.definition}</p>}
      {(page.content.guide[code.code] ?? []).map(({ key, label, text }) => (
        <p key={key} class="small" data-guide={key}>
          {page.t(label)}: <span lang={page.lang(`codes/${code.code}/${key}`)}>{text}</span>
        </p>
      ))}
      <p class="small count">{excerpts ? page.t("code.counts", { answers, excerpts }) : page.t("code.unused")}</p>
      <details>
        <summary aria-label={`${page.t("code.edit")}: ${name}`}>{page.t("code.edit")}</summary>
        {doing === "" && (
          <div class="row tight">
            <Action look="plain" onClick={() => begin("reword")}>
              {page.t("code.reword")}
            </Action>
            {others && (
              <Action look="plain" onClick={() => begin("merge")}>
                {page.t("code.merge")}
              </Action>
            )}
            {excerpts > 0 && (
              <Action look="plain" onClick={() => begin("split")}>
                {page.t("code.split")}
              </Action>
            )}
          </div>
        )}
        {doing === "reword" && <Reword code={code} done={done} />}
        {doing === "merge" && <Merge code={code} done={done} say={say} />}
        {doing === "split" && <Split code={code} done={done} say={say} />}
      </details>
    </li>
  );
}

interface FormProps {
  code: Code;
  done(): void;
}

/** Takes the focus when it appears. */
function focusOnce(element: HTMLElement | null): void {
  if (element && !element.dataset["met"]) {
    element.dataset["met"] = "yes";
    element.focus();
  }
}

function Ends({ put, done }: { put: string; done(): void }) {
  const page = useCoding();
  return (
    <div class="row tight">
      <button type="submit" class="plain">
        {put}
      </button>
      <Action look="quiet" onClick={done}>
        {page.t("code.cancel")}
      </Action>
    </div>
  );
}

function Reword({ code, done }: FormProps) {
  const page = useCoding();
  const [called, stands] = [useId(), useId()];
  const [name, setName] = useState(code.name);
  const [definition, define] = useState(code.definition);
  const keep = (event: Event): void => {
    event.preventDefault();
    if (!name.trim()) return;
    page.connection.do({ do: "reword_code", code: code.code, name: name.trim(), definition: definition.trim() });
    done();
  };
  return (
    <form onSubmit={keep}>
      <label for={called}>{page.t("code.name")}</label>
      <input id={called} ref={focusOnce} class="line" type="text" required maxLength={80} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      <label for={stands}>{page.t("code.definition")}</label>
      <textarea id={stands} rows={3} maxLength={600} value={definition} onInput={(event) => define(event.currentTarget.value)} />
      <Ends put={page.t("code.keep")} done={done} />
    </form>
  );
}

function Merge({ code, done, say }: FormProps & { say(words: string): void }) {
  const page = useCoding();
  const [field, care] = [useId(), useId()];
  const [into, choose] = useState("");
  const merge = (event: Event): void => {
    event.preventDefault();
    const other = page.state.codes.find((one) => one.code === into);
    if (!other) return;
    page.connection.do({ do: "merge_code", code: code.code, into });
    say(page.t("code.history_merge_code", { before: code.name, after: other.name }));
    done();
  };
  return (
    <form onSubmit={merge}>
      <label for={field}>{page.t("code.merge_into", { name: code.name })}</label>
      <select id={field} ref={focusOnce} required aria-describedby={care} value={into} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{page.t("code.choose")}</option>
        {page.state.codes
          .filter((one) => one.code !== code.code)
          .map((one) => (
            <option key={one.code} value={one.code}>
              {one.number} · {one.name}
            </option>
          ))}
      </select>
      <p class="small" id={care}>
        {page.t("code.merge_care")}
      </p>
      <Ends put={page.t("code.merge")} done={done} />
    </form>
  );
}

function Split({ code, done, say }: FormProps & { say(words: string): void }) {
  const page = useCoding();
  const [field, wrong] = [useId(), useId()];
  const [name, setName] = useState("");
  const [chosen, choose] = useState<string[]>([]);
  const [none, setNone] = useState(false);
  const texts = new Map(page.content.answers);
  const passages = Object.entries(page.state.excerpts)
    .flatMap(([answer, found]) => found.map((one) => ({ ...one, quote: part(texts.get(answer) ?? "", one.start, one.end) })))
    .filter(({ codes }) => codes.includes(code.code))
    .slice(0, MOST_SPLIT);
  const split = (event: Event): void => {
    event.preventDefault();
    if (!chosen.length) return setNone(true);
    page.connection.do({ do: "split_code", code: code.code, name: name.trim(), definition: "", excerpts: chosen });
    say(page.t("code.history_split_code", { before: code.name, after: name.trim() }));
    return done();
  };
  return (
    <form onSubmit={split}>
      <label for={field}>{page.t("code.split_name")}</label>
      <input id={field} ref={focusOnce} class="line" type="text" required maxLength={80} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      <fieldset aria-describedby={none ? wrong : undefined}>
        <legend>{page.t("code.split_which")}</legend>
        {passages.map(({ id, quote }) => (
          <label key={id} class="choice">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => {
                setNone(false);
                choose(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id));
              }}
            />
            <span>{shortened(quote)}</span>
          </label>
        ))}
      </fieldset>
      {none && (
        <p class="trouble" id={wrong} role="alert">
          {page.t("code.split_none")}
        </p>
      )}
      <Ends put={page.t("code.split")} done={done} />
    </form>
  );
}

function History() {
  const page = useCoding();
  const { history } = page.state;
  return (
    <details class="history">
      <summary>{page.t("code.history")}</summary>
      {history.length === 0 && <p class="small">{page.t("code.history_none")}</p>}
      <ol reversed>
        {history.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ol>
    </details>
  );
}
