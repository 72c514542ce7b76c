// Light or dark, as the page around us is.

/** JupyterLab and Voilà, then VS Code, write their theme on the body; anywhere else the device decides. */
function scheme(): string {
  const { jpThemeLight, vscodeThemeKind } = document.body.dataset;
  if (jpThemeLight) return jpThemeLight === "true" ? "light" : "dark";
  if (vscodeThemeKind) return vscodeThemeKind.includes("light") ? "light" : "dark";
  return "light dark";
}

/** Keeps `color-scheme` on the host in step with the page's theme; returns the clean-up. */
export function followTheme(host: HTMLElement): () => void {
  const follow = (): void => {
    host.style.colorScheme = scheme();
  };
  const observer = new MutationObserver(follow);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"] });
  follow();
  return () => observer.disconnect();
}
