"""Every page of a group in every look: read by axe, come through by keyboard, and on a narrow phone."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from group import WALK, Desk, Leader, Phone, Somebody
from hands import FITS, Keyboard
from looks import LOOKS, Look
from playwright.sync_api import expect

from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from conftest import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.parametrize("look", LOOKS, ids=str),
]

VIEWS = ("child", "parent", "practitioner", "relationship")


@pytest.fixture(scope="module")
def leader(group_server: Server) -> Iterator[Leader]:
    """Lead a group that has come to its first pause, has shared, and was shown it."""
    with ExitStack() as leaving:
        yield lead(group_server, leaving)


def lead(group_server: Server, leaving: ExitStack) -> Leader:
    """Lead six people to the first pause, where they share, and show it to them."""
    one = Leader(group_server, leaving)
    code = one.open_room()
    people = [
        Somebody(group_server, leaving).join(code, f"Number {number}", "es" if number == 3 else "en")
        for number in range(6)
    ]
    one.to_first_pause()
    for number, each in enumerate(people):
        each.gives("notice", f"The shoes stand on the mat, toes to the wall, and number {number} sees them.")
        each.gives("wonder", "The door is very tall from down here.", VIEWS[number % 2])
    for form in ("notice", "wonder"):
        one.leads("reveal", place=WALK, form=form)
    return one


@pytest.fixture
def readable(axe: Callable[..., None]) -> Callable[[Page], None]:
    """Assert that anyone can read a page, and that nothing of it lies off the side."""

    def check(page: Page) -> None:
        axe(page)
        assert page.evaluate(FITS)

    return check


def code_of(leader: Leader) -> str:
    """Return the code of the room."""
    code: Any = leader.info["code"]
    return str(code)


def test_a_learner_joins_writes_shares_and_looks_by_keyboard(leader, group_server, new_page, look: Look, readable):
    said = words(look.language)
    page = new_page(look.width, look.theme, locale=look.language)
    page.goto(f"{group_server.url}/join/{code_of(leader)}?language={look.language}")
    hand = Keyboard(page)
    readable(page)
    hand.press(page.locator("form .cw-first"))
    phone = Phone(page, group_server)
    expect(phone.line()).to_have_attribute("data-line", "open", timeout=30_000)
    hand.write(phone.field("notice/"), "I read this by keyboard alone.")
    hand.press(page.get_by_role("button", name=said["share.keep"], exact=True).first)
    phone.saved()
    expect(phone.cards().first).to_be_visible()
    readable(page)


def test_the_desk_is_read_and_worked_by_keyboard(leader, group_server, new_page, look: Look, readable):
    said = words(look.language)
    desk = Desk(new_page(look.width, look.theme, locale=look.language), group_server).come(look.language)
    page = desk.page
    expect(page.get_by_role("button", name=said["group.desk_open_room"])).to_be_visible(timeout=60_000)
    readable(page)
    page.goto(leader.info["link"], wait_until="commit")
    expect(page.locator("[data-next]")).to_be_visible(timeout=60_000)
    page.locator("#loading").wait_for(state="detached", timeout=60_000)
    hand = Keyboard(page)
    hand.press(page.locator(".join-panel > summary"))
    expect(page.locator(".join-panel .code")).to_be_visible()
    hand.press(page.locator(".keys > summary"))
    hand.press(desk.form("notice").get_by_role("button", name=said["group.desk_light"]).first)
    expect(page.locator(".card[data-lit]")).to_have_count(1)
    page.keyboard.press("l")
    expect(page.locator(".card[data-lit]")).to_have_count(0)
    readable(page)


def test_the_screen_is_read_from_the_last_row(leader, group_server, new_page, look: Look, readable):
    page = new_page(look.width, look.theme, locale=look.language)
    page.goto(f"{group_server.url}/screen/{code_of(leader)}?language={look.language}")
    expect(page.locator(".card").first).to_be_visible()
    readable(page)
    page.set_viewport_size({"width": 1920, "height": 1080})
    sizes = page.evaluate(
        """() => {
          const root = document.querySelector(".casework-room").shadowRoot;
          const said = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
          const texts = [...root.querySelectorAll("*")].filter((one) => said(one) && !one.closest(".unseen"));
          return texts.map((one) => [parseFloat(getComputedStyle(one).fontSize), one.className, one.textContent]);
        }"""
    )
    assert min(sizes)[0] >= 1080 / 25, min(sizes)
