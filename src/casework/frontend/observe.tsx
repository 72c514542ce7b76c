// Observe: a moment in beats, and a checklist to mark what one sees.

import { activity } from "./kit/mount.tsx";
import { usePage } from "./kit/page.ts";
import { Action, Heading, Panel, Prose } from "./kit/parts.tsx";
import type { ObserveContent, ObserveState } from "./observe/content.ts";
import { begin } from "./observe/marks.ts";
import { Moment } from "./observe/moment.tsx";
import { Finished } from "./observe/table.tsx";

function Observe() {
  const { state } = usePage<ObserveContent, ObserveState>();
  if (state.finished) return <Finished />;
  return state.beat < 0 ? <Introduction /> : <Moment />;
}

function Introduction() {
  const page = usePage<ObserveContent, ObserveState>();
  const { title, moment, checklist } = page.content;
  return (
    <>
      <p class="eyebrow">{title}</p>
      <Heading level={3} arrive class="title" lang={page.lang(`moments/${moment.id}/title`)}>
        {moment.title}
      </Heading>
      <Prose html={moment.introduction} class="story lead" />
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
          {page.t("observe.begin")}
        </Action>
      </div>
    </>
  );
}

export default activity<ObserveContent, ObserveState>(
  { place: ({ beat, finished }) => `${beat} ${finished}` },
  Observe,
);
