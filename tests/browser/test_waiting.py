"""A server under a base URL, with room for one page, that is started again while somebody waits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Server, Watch

pytestmark = pytest.mark.browser

BASE = "/house/learning/"
WORKBOOK = "voila/render/en/the-first-goodbye.ipynb"
PICTURES = os.environ.get("CASEWORK_PICTURES")


def look(page: Page, axe: Callable[..., None], name: str) -> None:
    """See that a page can be read by anyone."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def opened(page: Page) -> None:
    page.locator("#loading").wait_for(state="detached", timeout=60_000)
    expect(page.get_by_role("button", name="Begin", exact=True).first).to_be_visible()


def test_whoever_waits_for_a_place_gets_it_by_itself(
    own_server: Callable[..., Server], new_page: Callable[..., Page], axe: Callable[..., None], watch: Watch
) -> None:
    watch.allow("503", "this is what a full server answers")
    server = own_server("--max-pages", "1", "--base-url", BASE, ready=BASE)
    address = f"{server.url}{BASE}{WORKBOOK}"
    first, second = new_page(), new_page(320, "dark")
    outside: list[str] = []
    first.on("request", lambda request: outside.append(request.url))
    first.on("websocket", lambda line: outside.append(line.url.replace("ws:", "http:")))
    first.goto(address)
    opened(first)
    outside = [url for url in outside if not url.startswith((f"{server.url}{BASE}", "data:", "blob:"))]
    assert outside == []

    second.clock.install()
    second.goto(address)
    expect(second.get_by_role("heading", level=1)).to_have_text("Many people are here just now")
    look(second, axe, "waiting-dark-320")
    with second.expect_response(lambda answer: answer.request.method == "HEAD") as again:
        second.clock.fast_forward(21_000)
    assert again.value.status == 503

    first.get_by_role("link", name="All workbooks").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Workbooks")
    with second.expect_navigation():
        for _ in range(3):
            second.clock.fast_forward(21_000)
    opened(second)
