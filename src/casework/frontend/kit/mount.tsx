// Puts an activity into the element that a host gives: an anywidget front-end module.

import { Component, render } from "preact";
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import type { Content, Model } from "./contract.ts";
import { Page, PageContext } from "./page.ts";
import type { Kind } from "./page.ts";
import { SavedLine } from "./saved-line.tsx";
import styles from "./styles.css";
import { followTheme } from "./theme.ts";

interface Host {
  model: Model;
  el: HTMLElement;
}

/** The module a host loads: `export default activity({...})`. */
export function activity<C extends Content, S>(
  kind: Kind<C, S>,
  View: FunctionComponent,
  /** What this activity alone needs, on top of the stylesheet that all share. */
  ownStyles = "",
): { render(host: Host): () => void } {
  return {
    render({ model, el }) {
      keepKeys(el);
      const host = document.createElement("div");
      host.className = "casework";
      host.toggleAttribute("data-wide", (model.get("content") as Content).wide === true);
      el.append(host);
      const root = host.attachShadow({ mode: "open" });
      dress(root, styles + ownStyles);
      const stopFollowing = followTheme(host);
      paint(host, (model.get("content") as Content).theme);
      let refresh = (): void => undefined;
      const page = new Page<C, S>(model, kind, () => refresh());
      render(<Frame page={page as unknown as Page} View={View} ready={(callback) => (refresh = callback)} />, root);
      return () => {
        render(null, root);
        page.dispose();
        stopFollowing();
        host.remove();
      };
    },
  };
}

/** JupyterLab takes keys for its commands, even those typed into a shadow root: only both of these together stop it. */
export function keepKeys(el: HTMLElement): void {
  el.dataset["lmSuppressShortcuts"] = "true";
  el.addEventListener("keydown", (event) => event.stopPropagation());
}

/** A constructed sheet needs no `unsafe-inline` in a Content-Security-Policy. */
export function dress(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement("style");
    element.textContent = css;
    root.append(element);
  }
}

/** An organisation's own colours lie over ours; a browser without light-dark() would lose both, and keeps ours. */
export function paint(host: HTMLElement, theme: Record<string, string> = {}): void {
  if (!CSS.supports("color", "light-dark(red, red)")) return;
  for (const [name, value] of Object.entries(theme)) host.style.setProperty(name, value);
}

interface FrameProps {
  page: Page;
  View: FunctionComponent;
  ready(refresh: () => void): void;
}

function Frame({ page, View, ready }: FrameProps) {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => ready(() => refresh(undefined)), []);
  useEffect(() => page.open(), []);
  useArrival(page, frame);
  return (
    <PageContext.Provider value={page}>
      <div class="frame" lang={page.content.language} ref={frame} data-activity={page.content.activity} data-about={page.content.about}>
        {page.connection.gone ? (
          <Gone page={page} />
        ) : (
          <>
            <Guard page={page}>
              <View />
            </Guard>
            <SavedLine />
          </>
        )}
      </div>
    </PageContext.Provider>
  );
}

/** Shown in the place of everything once the page is nobody's any more: the next one at this device sees no words. */
function Gone({ page }: { page: Page }) {
  return (
    <div class="note" role="alert">
      <p>{page.t("page.gone")}</p>
      <button type="button" class="quiet" onClick={() => location.reload()}>
        {page.t("page.gone_open")}
      </button>
    </div>
  );
}

/** After the person has moved on, focus goes to the new heading; never on first sight, never away from typing. */
function useArrival(page: Page, frame: { current: HTMLDivElement | null }): void {
  const place = page.kind.place(page.state);
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    const heading = frame.current?.querySelector<HTMLElement>("[data-arrive]");
    const moving = page.moving;
    if (heading) page.moving = false; // a place without one is only passed through
    const root = frame.current?.getRootNode() as ShadowRoot;
    const elsewhere = document.activeElement !== document.body && document.activeElement !== root.host;
    const typing = root.activeElement?.tagName === "TEXTAREA";
    if (!moving || elsewhere || typing) return;
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  }, [place]);
}

/** An error of ours must not take the words on the page with it. */
class Guard extends Component<{ page: Page; children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(error: unknown): void {
    console.error("casework:", error);
    this.setState({ broken: true });
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <p class="note">{this.props.page.t("page.broken")}</p>;
  }
}
