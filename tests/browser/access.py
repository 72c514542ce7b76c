"""Whether a page can be read by anyone, as far as a program can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AT_REST = """() => {
  const within = (root) => [...root.querySelectorAll("*")].filter((one) => one.shadowRoot).map((one) => one.shadowRoot);
  const all = (root) => [root, ...within(root).flatMap(all)];
  const moving = all(document).flatMap((root) => root.getAnimations())
    .filter((one) => one.playState === "running" && Number.isFinite(one.effect.getComputedTiming().endTime));
  return Promise.allSettled(moving.map((one) => one.finished)).then(() => moving.length);
}"""
"""Waits until what moves or changes its color has done so: a color on its way to another is read by nobody."""
BROKEN = """([within, options]) =>
  axe.run(within ?? document, options).then(({ violations }) => ({ violations }))"""
"""Runs every rule and brings back what breaks one; what keeps them all would be megabytes."""


def break_no_rule(page: Page, within: str | None = None) -> None:
    """Assert that a page, or the part of it that a selector names, breaks no rule of WCAG 2.2 AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(AT_REST)
    results = page.evaluate(BROKEN, [within, {"runOnly": WCAG, "resultTypes": ["violations"]}])
    broken = [
        (one["id"], node["target"], node["failureSummary"]) for one in results["violations"] for node in one["nodes"]
    ]
    assert broken == [], broken
