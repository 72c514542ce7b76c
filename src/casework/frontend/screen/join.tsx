// How one comes in: the address, the code and the QR code, as large as they go.

import type { View } from "./view.ts";

export function Join({ view }: { view: View }) {
  const { say, el, known } = view;
  return (
    <div class="join">
      <div>
        <p class="eyebrow">{say("group.with", { name: known.welcome?.convener ?? "" })}</p>
        <h1>{say("group.screen_join")}</h1>
        <p class="how">{say("group.screen_address")}</p>
        <Address view={view} />
        <p class="how">{say("group.screen_code")}</p>
        <p class="code" aria-label={[...codeOf(view)].join(" ")}>
          {codeOf(view)}
        </p>
      </div>
      <Code el={el} />
    </div>
  );
}

/** As large as it fits on one line; a very long one breaks before its last part. */
function Address({ view }: { view: View }) {
  const address = addressOf(view);
  const at = address.lastIndexOf("/");
  return (
    <p class="address" style={{ "--letters": address.length }}>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </p>
  );
}

/** Drawn by the server, dark on light in every theme, since many cameras read no other. */
function Code({ el }: { el: HTMLElement }) {
  const drawn = waysOf(el)[0]?.qr;
  return drawn ? <div class="qr-frame" dangerouslySetInnerHTML={{ __html: drawn }} /> : null;
}

/** How phones come in, the likeliest address first; the server wrote it on the page. */
function waysOf(el: HTMLElement): { short: string; qr: string }[] {
  return JSON.parse(el.dataset["joins"] ?? "[]") as { short: string; qr: string }[];
}

export function codeOf({ el }: View): string {
  return el.dataset["code"] ?? "";
}

/** The address without the code, as one writes it on a board. */
export function addressOf({ el }: View): string {
  return waysOf(el)[0]?.short ?? "";
}
