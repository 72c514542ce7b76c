"""Whether a page can be read by anyone, as far as a program can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BROKEN = """([within, options]) =>
  axe.run(within ?? document, options).then(({ violations }) => ({ violations }))"""
"""Runs every rule and brings back what breaks one; what keeps them all would be megabytes."""


def break_no_rule(page: Page, within: str | None = None) -> None:
    """Assert that a page, or the part of it that a selector names, breaks no rule of WCAG 2.2 AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results = page.evaluate(BROKEN, [within, {"runOnly": WCAG, "resultTypes": ["violations"]}])
    broken = [
        (one["id"], node["target"], node["failureSummary"]) for one in results["violations"] for node in one["nodes"]
    ]
    assert broken == []
