"""Every state of a room on a learner's phone, on the screen and on the trainer's page, in every look.

A plain run takes one look for each page, and looks closely at some of the states; ``make browser-all`` takes them all.
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
from states import STATES, State
from story import AGENDA, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page, Route

    from conftest import Server, Watch

WHOLE = os.environ.get("CASEWORK_LOOKS") == "all"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.parametrize("look", LOOKS, ids=str),
    pytest.mark.timeout(600 if WHOLE else 180),
]

SOME = 3
"""Of so many states a plain run looks at one as closely as it can; it comes to each of them."""
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


def closely(state: State) -> bool:
    """Tell whether a state is one of those at which this run looks closely."""
    return WHOLE or STATES.index(state) % SOME == 0


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


def with_several_addresses(route: Route) -> None:
    """Let a computer be on three networks at once."""
    answer = route.fetch()
    told = answer.json()
    for host in ("192.168.178.63:8866", "workshop-laptop.example.org:8866"):
        [way, *_] = told["room"]["joins"]
        told["room"]["joins"].append({**way, "address": f"http://{host}/join", "short": f"{host}/join"})
    route.fulfill(response=answer, json=told)


def keep(page: Page, name: str) -> None:
    """Picture a page, with all that moves on it at its end."""
    page.evaluate("scrollTo(0, 0)")
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
            assert off_the_page(page) == [], state.name
            assert too_small(page) == [], state.name
            if closely(state):
                axe(page)
                assert come_through(page) == [], state.name


def test_the_screen_shows_every_state_in_large_type(
    group_server: Server, story: Story, new_page: Callable[..., Page], axe: Callable[..., None], look: Look
) -> None:
    page = new_page(look.width, look.theme, locale=look.language)
    page.goto(f"{group_server.url}/screen/{story.code}?language={look.language}")
    least = 800 * FROM_THE_LAST_ROW if look.width >= WALL else 18
    for state in STATES:
        if come_to(page, "screen", state, story, look):
            if closely(state):
                axe(page)
            assert off_the_page(page) == [], state.name
            assert smallest_letters(page) >= (least, ""), state.name


def test_the_desk_shows_every_state_so_that_anyone_can_read_and_work_it(
    story: Story, new_page: Callable[..., Page], axe: Callable[..., None], look: Look
) -> None:
    page = new_page(look.width, look.theme, locale=look.language)
    page.route("**/group/desk*", with_several_addresses)
    page.goto(story.leader.info["link"], wait_until="commit")
    expect(page.locator("[data-next]")).to_be_visible(timeout=60_000)
    page.locator("#loading").wait_for(state="detached", timeout=60_000)
    page.locator("[data-activity=group]").evaluate("(frame) => { frame.getRootNode().host.id = 'desk'; }")
    for state in STATES:
        if come_to(page, "desk", state, story, look):
            assert off_the_page(page, "#desk") == [], state.name
            if closely(state):
                axe(page, "#desk")
                assert come_through(page, "#desk") == [], state.name


def test_the_ways_into_a_room_can_be_read_and_worked(
    group_server: Server,
    story: Story,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    look: Look,
    watch: Watch,
) -> None:
    watch.allow("404|410", "a code is wrong, and a session is over")
    page = new_page(look.width, look.theme, locale=look.language)

    def can_be_worked(name: str) -> None:
        if PICTURES:
            keep(page, f"way-{look}-{name}")
        axe(page)
        assert off_the_page(page) + too_small(page) + come_through(page) == [], name

    page.goto(f"{group_server.url}/join?language={look.language}")
    can_be_worked("asked-for-a-code")
    page.locator("#code").fill("ABCDEF")
    page.locator("form .cw-first").click()
    expect(page.locator("#problem")).to_be_visible()
    can_be_worked("a-wrong-code")
    page.locator("#code").fill(story.code.lower())
    page.locator("form .cw-first").click()
    expect(page.locator("#name")).to_be_visible()
    can_be_worked("asked-for-a-name")
    page.locator("form .cw-first").click()
    expect(page.locator(".waiting")).to_be_visible()
    page.context.clear_cookies(name="casework-here")
    page.goto(f"{group_server.url}/join/{story.code}?language={look.language}")
    expect(page.locator("button[value=other]")).to_be_visible()
    can_be_worked("asked-who-it-is")
    story.leads("plan", agenda=AGENDA)
    story.leads("start")
    story.leads("end")
    newcomer = new_page(look.width, look.theme, locale=look.language)
    newcomer.goto(f"{group_server.url}/join/{story.code}?language={look.language}")
    page = newcomer
    can_be_worked("too-late")
