// The small script of a workbook's page: its theme, and its opening. Voilà calls the functions `voila_...`.
"use strict";

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Tell widgets, which read these attributes, what is shown. */
  function showTheme() {
    const light = root.dataset.theme ? root.dataset.theme === "light" : !dark.matches;
    document.body.dataset.jpThemeLight = String(light);
    document.body.dataset.jpThemeName = light ? "JupyterLab Light" : "JupyterLab Dark";
  }

  function say(words) {
    const line = document.getElementById("loading");
    if (line && !line.hidden) {
      line.textContent = line.dataset[words];
    }
  }

  function lost() {
    say("lost");
    document.getElementById("loading")?.classList.add("cw-lost");
  }

  function finish() {
    if (!window.themeLoaded) {
      window.cellLoaded = true; // Voilà calls again
      return;
    }
    clearTimeout(slow);
    clearTimeout(tooSlow);
    document.getElementById("loading")?.remove();
    document.getElementById("rendered_cells")?.classList.remove("cw-still");
    letScroll();
  }

  /** Voilà's JupyterLab shell takes the cells into a box of its own at the end of the page; bring it back. */
  function adopt() {
    const shell = document.querySelector("body > .jp-LabShell");
    if (shell) {
      shell.id = "cells-shell"; // it calls itself "main", which is the name of the page's own
      document.getElementById("main").append(shell);
    }
  }

  // anywidget gives up on a widget that is not there after two seconds. On a busy computer it is only late.
  const patience = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => patience(Math.max(milliseconds, 120_000));
  // The widget manager gives up on hearing from its kernel after four, and then may miss a widget.
  const later = window.setTimeout.bind(window);
  window.setTimeout = (run, wait, ...rest) => later(run, wait === 4_000 ? 120_000 : wait, ...rest);

  // It looks for a widget for two seconds, and gives up on it for good if they all came just then. Let it look again:
  // what waits for a widget does so until the manager says that it has them.
  function lookAgain(manager) {
    let patient = true;
    Object.defineProperty(manager, "restoredStatus", { get: () => !patient });
    const often = setInterval(() => manager._restoredStatus && manager._restored.emit(), 500);
    later(() => {
      clearInterval(often);
      patient = false;
      manager._restored.emit();
    }, 120_000);
  }

  let app;
  Object.defineProperty(window, "jupyterapp", {
    get: () => app,
    set: (voila) => {
      app = voila;
      voila.widgetManagerPromise.promise.then(lookAgain);
    },
  });

  const slow = setTimeout(() => say("long"), 8_000);
  const tooSlow = setTimeout(lost, 120_000);

  /** A link that replaced this page would end its kernel, even one to an e-mail program. */
  function openBeside(event) {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement && each.href);
    const local = link?.getAttribute("href").startsWith("#");
    if (!link || local || link.target || link.hasAttribute("download") || !link.closest("#rendered_cells")) {
      return;
    }
    link.target = "_blank";
    link.rel = "noopener";
  }

  const SENTENCE = 40;

  /** A table that scrolls sideways can be reached by keyboard; one that fits is no stop. Sentences keep some width. */
  function letScroll() {
    for (const table of document.querySelectorAll("#rendered_cells :is(.jp-RenderedMarkdown, .jp-RenderedHTML) table")) {
      for (const cell of table.querySelectorAll("th, td")) {
        cell.classList.toggle("cw-sentence", cell.textContent.length > SENTENCE);
      }
      if (table.scrollWidth > table.clientWidth) {
        table.tabIndex = 0;
      } else {
        table.removeAttribute("tabindex");
      }
    }
  }

  const fetched = {};

  async function fetchScript(address) {
    for (const [again, pause] of [500, 2_000, 5_000, 10_000, 20_000].entries()) {
      try {
        return await import(`${address}${again ? `#${again}` : ""}`); // by the same name it would fail again
      } catch (error) {
        if (error instanceof SyntaxError) {
          throw error;
        }
        await new Promise((done) => later(done, pause)); // the network was gone for a moment
      }
    }
    return import(`${address}#last`);
  }

  /** The front end of an activity, fetched once however many widgets ask for it. */
  function script(name) {
    const addresses = JSON.parse(document.getElementById("scripts").textContent);
    return (fetched[name] ??= fetchScript(new URL(addresses[name], location.href).href));
  }

  document.addEventListener("click", openBeside, true);
  addEventListener("resize", letScroll);
  dark.addEventListener("change", showTheme);
  // A page brought back by the browser's Back button has lost its kernel.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  new MutationObserver(adopt).observe(root, { childList: true, subtree: true });

  window.casework = { script, showTheme, lost };
  window.voila_process = () => {};
  window.voila_heartbeat = () => {};
  window.update_loading_text = () => {};
  window.voila_finish = finish;
  window.display_cells = finish;
})();
