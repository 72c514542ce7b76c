// Before the first scene: what comes, who is in it, and how to step out.

import { usePage } from "../kit/page.ts";
import { Action, Heading, Panel, Prose } from "../kit/parts.tsx";
import type { WalkContent, WalkState } from "./content.ts";
import { isLed } from "./together.tsx";

export function Start() {
  const page = usePage<WalkContent, WalkState>();
  const { title, summary, minutes } = page.content;
  const led = isLed(page);
  return (
    <>
      <p class="eyebrow">{page.t("walk.minutes", { minutes })}</p>
      <Heading level={3} arrive class="title" lang={page.lang("title")}>
        {title}
      </Heading>
      <Prose html={summary} class="story lead" />
      <People />
      <Note />
      {led && <p class="group-waits">{page.t("group.walk_begin", { name: page.state.together?.convener ?? "" })}</p>}
      <div class="row">
        {!led && (
          <Action pending={page.connection.isWaitingFor("start")} onClick={() => page.act({ do: "start" })}>
            {page.t("walk.begin")}
          </Action>
        )}
        <Action look="quiet" onClick={() => page.act({ do: "step_out" })}>
          {page.t("walk.step_out")}
        </Action>
      </div>
      <p class="small">{page.t("walk.note_step_out")}</p>
    </>
  );
}

function People() {
  const page = usePage<WalkContent, WalkState>();
  const { people } = page.content;
  if (!people.length) return null;
  return (
    <section>
      <Heading level={4}>{page.t("walk.people")}</Heading>
      <dl class="people">
        {people.map(({ id, name, role }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd lang={page.lang(`people/${id}/role`)}>{role}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Note() {
  const page = usePage<WalkContent, WalkState>();
  return (
    <Panel title={page.t("walk.note")}>
      <Prose html={page.content.contentNote} class="aside" />
      <p class="small">{page.t("walk.care")}</p>
    </Panel>
  );
}
