// What one wants to be called here, if anything, and the language that one reads.

import { useId, useState } from "preact/hooks";
import { nameOf } from "./speech.ts";
import type { Visit } from "./visit.ts";

const LONGEST = 80;

export function Introduce({ visit, folded = false }: { visit: Visit; folded?: boolean }) {
  if (!folded) return <Form visit={visit} />;
  return (
    <details class="introduce-fold">
      <summary>{visit.say("group.you", { name: visit.name || visit.say("group.nameless"), language: nameOf(visit.language) })}</summary>
      <Form visit={visit} />
    </details>
  );
}

function Form({ visit }: { visit: Visit }) {
  const { say, speech } = visit;
  const [name, setName] = useState(visit.name);
  const [kept, keep] = useState(false);
  const nameField = useId();
  const hint = useId();
  const languageField = useId();
  const introduce = (language = visit.language): void => {
    keep(true);
    visit.introduce(name, language);
  };
  return (
    <form
      class="introduce"
      onSubmit={(event) => {
        event.preventDefault();
        introduce();
      }}
    >
      <p class="field">
        <label for={nameField}>{say("group.name")}</label>
        <input
          id={nameField}
          type="text"
          autocomplete="off"
          maxLength={LONGEST}
          value={name}
          aria-describedby={hint}
          onInput={(event) => {
            keep(false);
            setName(event.currentTarget.value);
          }}
        />
      </p>
      <p id={hint} class="small">
        {say("group.name_hint")}
      </p>
      <p class="field">
        <label for={languageField}>{say("group.language")}</label>
        <select id={languageField} value={visit.language} onChange={(event) => introduce(event.currentTarget.value)}>
          {(speech?.languages ?? []).map((one) => (
            <option key={one} value={one} lang={one}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </p>
      <div class="row">
        <button type="submit" class="plain">
          {say("group.name_keep")}
        </button>
        <p class="small" role="status">
          {kept && (visit.name ? say("group.name_kept", { name: visit.name }) : say("group.nameless_kept"))}
        </p>
      </div>
    </form>
  );
}
