"""How much a phone loads that comes for the first time: pages, scripts, words, letters, and every activity."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from group import Phone
from playwright.sync_api import expect
from story import AGENDA, Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Server

pytestmark = pytest.mark.browser

MOST = 150_000
"""Bytes, as they come over the line."""


def test_a_phone_that_comes_to_everything_loads_less_than_150_kb(
    group_server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(390, has_touch=True, cold=True)
    asked: dict[str, str] = {}
    loaded: dict[str, float] = {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told["request"]["url"]}))

    def arrived(told: dict[str, Any]) -> None:
        loaded[told["requestId"]] = told["encodedDataLength"]

    network.on("Network.loadingFinished", arrived)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": False})
    with ExitStack() as leaving:
        story = Story(group_server, leaving)
        Phone(page, group_server).join(story.code)
        story.leads("plan", agenda=AGENDA)
        story.leads("start")
        for item in AGENDA:
            story.leads("open", str(item["place"]))
            expect(page.locator(f'[data-place="{item["place"]}"] [data-activity]')).to_be_visible()

    assert all(url.startswith(group_server.url) for url in asked.values() if not url.startswith(("data:", "blob:")))
    assert 30_000 < sum(loaded.values()) < MOST, {asked[one]: size for one, size in loaded.items()}
