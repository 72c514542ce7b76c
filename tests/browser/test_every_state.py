"""Every state of a room on a learner's phone, on the screen and on the trainer's page, in every look.

A plain run takes one look for each page; ``make browser-all`` takes them all.
With a folder in ``CASEWORK_PICTURES`` each state is pictured there.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from eyes import come_through, off_the_page, smallest_letters, too_small
from looks import LOOKS, Look
from playwright.sync_api import expect
from story import STATES, State, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from conftest import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.parametrize("look", LOOKS, ids=str),
]

PICTURES = os.environ.get("CASEWORK_PICTURES")
FROM_THE_LAST_ROW = 1 / 25
"""Of the height of a wall: letters that are read from the last row."""
WALL = 700
"""Pixels: what is less wide is a small window, in which the trainer looks at the screen."""


@pytest.fixture
def story(group_server: Server, look: Look) -> Iterator[Story]:
    """Bring people together, who then come through every state."""
    with ExitStack() as leaving:
        yield Story(group_server, leaving, look.language)


def come_to(page: Page, kind: str, state: State, story: Story, look: Look) -> bool:
    """Come to a state; return whether the page has something new to show."""
    story.listens()
    state.come(story)
    if kind not in state.shown:
        return False
    for what in state.pressed.get(kind, ()):
        page.locator(what).first.click()
    expect(page.locator(state.shown[kind]).first, state.name).to_be_visible()
    if PICTURES:
        keep(page, f"{kind}-{look}-{STATES.index(state):02}-{state.name.replace('_', '-')}")
    return True


def keep(page: Page, name: str) -> None:
    """Picture a page, once nothing on it moves."""
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True, animations="disabled")


def test_a_phone_shows_every_state_so_that_anyone_can_read_and_work_it(
    group_server: Server, story: Story, new_page: Callable[..., Page], axe: Callable[..., None], look: Look
) -> None:
    page = new_page(look.width, look.theme, locale=look.language)
    cookies = [{"name": one.name, "value": one.value or "", "url": group_server.url} for one in story.me.cookies]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(f"{group_server.url}/room/{story.code}")
    for state in STATES:
        if come_to(page, "phone", state, story, look):
            axe(page)
            assert off_the_page(page) == [], state.name
            assert too_small(page) == [], state.name
            assert come_through(page) == [], state.name


def test_the_screen_shows_every_state_in_large_type(
    group_server: Server, story: Story, new_page: Callable[..., Page], axe: Callable[..., None], look: Look
) -> None:
    page = new_page(look.width, look.theme, locale=look.language)
    page.goto(f"{group_server.url}/screen/{story.code}?language={look.language}")
    least = 800 * FROM_THE_LAST_ROW if look.width >= WALL else 18
    for state in STATES:
        if come_to(page, "screen", state, story, look):
            axe(page)
            assert off_the_page(page) == [], state.name
            assert smallest_letters(page) >= (least, ""), state.name


def test_the_desk_shows_every_state_so_that_anyone_can_read_and_work_it(
    story: Story, new_page: Callable[..., Page], axe: Callable[..., None], look: Look
) -> None:
    page = new_page(look.width, look.theme, locale=look.language)
    page.goto(story.leader.info["link"], wait_until="commit")
    expect(page.locator("[data-next]")).to_be_visible(timeout=60_000)
    page.locator("#loading").wait_for(state="detached", timeout=60_000)
    page.locator("[data-activity=group]").evaluate("(frame) => { frame.getRootNode().host.id = 'desk'; }")
    for state in STATES:
        if come_to(page, "desk", state, story, look):
            axe(page, "#desk")
            assert off_the_page(page, "#desk") == [], state.name
            assert come_through(page, "#desk") == [], state.name
