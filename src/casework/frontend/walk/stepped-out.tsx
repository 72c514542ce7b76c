// Stepping out is a way of taking part: a calm page, and the way back.

import { usePage } from "../kit/page.ts";
import { Action, Heading } from "../kit/parts.tsx";
import type { WalkContent, WalkState } from "./content.ts";

export function SteppedOut() {
  const page = usePage<WalkContent, WalkState>();
  const { support } = page.content;
  return (
    <section class="out">
      <Heading level={3} arrive class="title">
        {page.t("walk.out")}
      </Heading>
      <div class="story">
        <p>{page.t("walk.out_care")}</p>
        <p>{page.t("walk.out_kept")}</p>
      </div>
      {support.length > 0 && <Support contacts={support} />}
      <div class="row">
        <Action pending={page.connection.isWaitingFor("come_back")} onClick={() => page.act({ do: "come_back" })}>
          {page.t("walk.come_back")}
        </Action>
      </div>
    </section>
  );
}

function Support({ contacts }: { contacts: WalkContent["support"] }) {
  const page = usePage();
  return (
    <section>
      <Heading level={4}>{page.t("walk.support")}</Heading>
      <dl class="people">
        {contacts.map(({ name, contact }, index) => (
          <div key={name}>
            <dt lang={page.lang(`support/${index + 1}/name`)}>{name}</dt>
            <dd>
              <Contact text={contact} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A number, an address of a mailbox or a page becomes a link; anything else stays text. */
function Contact({ text }: { text: string }) {
  const href = /^\+?[\d\s().-]{3,}$/.test(text)
    ? `tel:${text.replace(/[^\d+]/g, "")}`
    : /^\S+@\S+\.\S+$/.test(text)
      ? `mailto:${text}`
      : /^https?:\/\/\S+$/.test(text)
        ? text
        : null;
  if (!href) return <>{text}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
