// The few pieces every activity is set with.

import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Text that the kernel rendered from Markdown and sanitised. What learners type never comes this way. */
export function Prose({ html, class: name = "story" }: { html: string; class?: string }) {
  const block = useRef<HTMLDivElement>(null);
  // A link that leaves the page would end it: Voilà stops the kernel even at a `mailto:`.
  useLayoutEffect(() => {
    for (const link of block.current?.querySelectorAll("a[href]") ?? []) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener noreferrer");
    }
  }, [html]);
  return <div class={name} ref={block} dangerouslySetInnerHTML={{ __html: html }} />;
}

interface HeadingProps {
  level: 3 | 4 | 5;
  children: ComponentChildren;
  /** Takes the focus when the person arrives here. */
  arrive?: boolean;
  class?: string;
  id?: string;
  /** Of its words, where that is not the page's. */
  lang?: string | undefined;
}

export function Heading({ level, children, arrive, ...rest }: HeadingProps) {
  const Tag = `h${level}` as "h3";
  const focus = arrive ? { tabIndex: -1, "data-arrive": true } : {};
  return (
    <Tag {...rest} {...focus}>
      {children}
    </Tag>
  );
}

interface ActionProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "class"> {
  look?: "main" | "plain" | "quiet";
  pending?: boolean;
  children: ComponentChildren;
}

/** A button. One that is under way stays enabled, so that it keeps the focus; it says `aria-busy`. */
export function Action({ look = "main", pending = false, children, ...rest }: ActionProps) {
  return (
    <button type="button" class={look} aria-busy={pending} {...rest}>
      {children}
    </button>
  );
}

interface PanelProps {
  title: string;
  level?: 3 | 4;
  arrive?: boolean;
  name?: string;
  children: ComponentChildren;
}

/** A quiet panel beside the story. */
export function Panel({ title, level = 4, arrive = false, name = "", children }: PanelProps) {
  return (
    <section class={`panel ${name}`}>
      <Heading level={level} arrive={arrive} class="eyebrow">
        {title}
      </Heading>
      {children}
    </section>
  );
}
