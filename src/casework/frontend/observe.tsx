// Observe: a moment in beats, a recording, or life itself, and a checklist to mark what one sees.

import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import { Action, Heading, Panel, Prose } from "./kit/parts.tsx";
import type { ObserveContent, ObserveState } from "./observe/content.ts";
import { Finished } from "./observe/finished.tsx";
import { Live } from "./observe/live.tsx";
import { begin, subject } from "./observe/marks.ts";
import { Media } from "./observe/media.tsx";
import { Moment } from "./observe/moment.tsx";
import { notePrompt } from "./observe/notes.tsx";
import styles from "./observe/observe.css";
import { clockOf } from "./observe/time.ts";

function Observe() {
  const page = usePage<ObserveContent, ObserveState>();
  const { content, state } = page;
  if (state.finished) return <Finished />;
  if (content.ground === "live" && clockOf(page)) return <Live />;
  if (state.beat < 0) return <Introduction />;
  return content.ground === "media" ? <Media /> : <Moment />;
}

function Introduction() {
  const page = usePage<ObserveContent, ObserveState>();
  const { title, moment, checklist, ground, pace } = page.content;
  const said = ground !== "beats" ? `observe.${ground}` : pace === "told" ? "observe.told" : "";
  return (
    <>
      {title !== moment.title && <p class="eyebrow">{title}</p>}
      <Heading level={3} arrive class="title" lang={page.lang(`moments/${moment.id}/title`)}>
        {moment.title}
      </Heading>
      {moment.introduction && <Prose html={moment.introduction} class="story lead" />}
      {moment.contentNote && (
        <Panel title={page.t("observe.before_start")}>
          <Prose html={moment.contentNote} class="aside" />
        </Panel>
      )}
      {said && <p>{page.t(said)}</p>}
      <Panel title={checklist.title}>
        <p lang={page.lang("summary")}>{checklist.summary}</p>
        <ul class="plain-list">
          {checklist.items.map(({ id, text, definition }) => (
            <li key={id}>
              <b lang={page.lang(`items/${id}/text`)}>{text}</b>
              {definition && (
                <span class="small" lang={page.lang(`items/${id}/definition`)}>
                  {definition}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <div class="row">
        <Action pending={page.connection.isWaitingFor("begin")} onClick={() => begin(page)}>
          {page.t(ground === "live" ? "observe.start_clock" : "observe.begin")}
        </Action>
      </div>
    </>
  );
}

export default activity<ObserveContent, ObserveState>(
  {
    prompt: (content, _state, id) => notePrompt(content, id),
    responses: (state) => state.responses,
    subject,
    place: ({ beat, finished }) => `${beat} ${finished}`,
  },
  Observe,
  styles,
);
