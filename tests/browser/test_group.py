"""A group's pages at work: what the trainer holds back, shows large, takes back; words typed without a network."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from group import OBSERVE, WALK, Desk, Leader, Phone, Somebody
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page, Route

    from conftest import Server, Watch

pytestmark = pytest.mark.browser

KEYS = [
    ("N", "The next thing"),
    ("R", "Show the group what is ready here"),
    ("T", "One minute more"),
    ("L", "Take the large card off"),
    ("U", "Take back the last step"),
]
TYPED = "The rain is on her bag, and she does not put it down."


@pytest.fixture
def leader(group_server: Server) -> Iterator[tuple[Leader, list[Somebody]]]:
    """Lead three people to the first pause of a case."""
    with ExitStack() as leaving:
        one = Leader(group_server, leaving)
        code = one.open_room()
        people = [Somebody(group_server, leaving).join(code, f"Number {number}") for number in range(3)]
        one.to_first_pause()
        yield one, people


def test_what_is_held_back_comes_one_by_one_and_is_hidden_lit_and_taken_back(
    leader: tuple[Leader, list[Somebody]], group_server: Server, new_page: Callable[..., Page]
) -> None:
    one, people = leader
    phone = Phone(new_page(390, has_touch=True), group_server).join(str(one.info["code"]))
    desk = Desk(new_page(), group_server)
    desk.page.goto(one.info["link"], wait_until="commit")
    form = desk.form("notice")
    form.get_by_role("button", name="Look through it first").click(timeout=60_000)
    expect(form.get_by_role("button", name="Let everything through")).to_be_visible()
    for number, each in enumerate(people):
        each.gives("notice", f"Seen by {number}.")
    form.get_by_role("button", name="Show to the group").click()
    expect(phone.page.locator(".board[data-form=notice]")).to_contain_text("Nothing can be shown here yet")
    form.get_by_role("button", name="Let through", exact=True).first.click()
    expect(phone.cards()).to_have_count(1)
    form.get_by_role("button", name="Let everything through").click()
    expect(phone.cards()).to_have_count(3)
    expect(phone.button("Look at what the group is shown")).to_be_visible()

    card = form.locator(".card").first
    text = card.locator("blockquote").inner_text()
    card.get_by_role("button", name="Show large").click()
    expect(phone.page.locator(".spotlight blockquote")).to_have_text(text)
    card.get_by_role("button", name="Hide").click()
    expect(phone.cards()).to_have_count(2)
    expect(phone.page.locator(".spotlight")).to_have_count(0)
    desk.page.get_by_role("button", name="Take back: hiding a card, or putting it back").click()
    expect(phone.cards()).to_have_count(3)


def test_each_key_of_the_desk_does_what_the_page_says_of_it(
    leader: tuple[Leader, list[Somebody]], group_server: Server, new_page: Callable[..., Page]
) -> None:
    one, people = leader
    page = new_page()
    desk, key = Desk(page, group_server), page.keyboard
    page.goto(one.info["link"], wait_until="commit")
    form = desk.form("notice")
    expect(form).to_be_visible(timeout=60_000)
    for number, each in enumerate(people):
        each.gives("notice", f"Seen by {number}.")
    expect(form.locator(".card")).to_have_count(3)
    page.locator(".keys > summary").click()
    told = zip(page.locator(".keys dt").all_inner_texts(), page.locator(".keys dd").all_inner_texts(), strict=True)
    assert [(letter.strip(), says.strip()) for letter, says in told] == KEYS

    key.press("r")
    expect(form.locator(".tag").first).to_have_text("The group sees it")
    key.press("t")
    expect(page.locator(".top .countdown")).to_be_visible()
    form.get_by_role("button", name="Show large").first.click()
    expect(form.locator(".card[data-lit]")).to_have_count(1)
    key.press("l")
    expect(form.locator(".card[data-lit]")).to_have_count(0)
    key.press("n")
    expect(page.locator("[data-next]")).to_have_text("Let the group vote")
    key.press("u")
    expect(page.locator("[data-next]")).to_have_text("Go on to the choices")

    page.locator(".keys input").uncheck()
    key.press("n")
    page.locator(".keys input").check()
    page.locator(".quiet-half details", has_text="Let each go on").locator("summary").click()
    page.locator("input[type=datetime-local]").press("n")
    expect(page.locator("[data-next]")).to_have_text("Go on to the choices")


def test_the_desk_of_a_room_that_cannot_go_on_tells_what_is_to_be_mended(
    leader: tuple[Leader, list[Somebody]], new_page: Callable[..., Page]
) -> None:
    why = "cases/small.yaml, line 3: “scenas” is no part of a case."

    def with_trouble(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        route.fulfill(response=answer, json={**told, "room": {**told["rooms"][0], "trouble": why}})

    page = new_page(390, "dark")
    page.route("**/group/desk*", with_trouble)
    page.goto(leader[0].info["link"], wait_until="commit")
    desk = page.locator("[data-activity=group]")
    expect(desk).to_contain_text("This room cannot go on as its workbook and case are now.", timeout=60_000)
    expect(desk.locator("blockquote[lang=en]")).to_have_text(why)


def test_words_typed_without_a_network_are_kept_though_the_group_went_on(
    leader: tuple[Leader, list[Somebody]], group_server: Server, new_page: Callable[..., Page], watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED", "the phone is taken off the network")
    one, _ = leader
    phone = Phone(new_page(390, has_touch=True), group_server).join(str(one.info["code"]))
    expect(phone.field("notice/")).to_be_visible()
    phone.page.context.set_offline(True)
    phone.field("notice/").press_sequentially(TYPED)
    one.leads("open", place=OBSERVE)
    one.leads("pace", pace="self")
    expect(phone.line()).to_have_attribute("data-line", "lost", timeout=40_000)
    phone.page.context.set_offline(False)
    expect(phone.line()).to_have_attribute("data-line", "open", timeout=40_000)
    phone.page.reload()
    phone.button("The first goodbye").click()
    expect(phone.field("notice/")).to_have_value(TYPED)
    phone.saved()
    one.leads("pace", pace="led")
    expect(phone.page.get_by_role("heading", name="Three minutes at the door")).to_be_visible()
    one.leads("open", place=WALK)
    phone.sees("A moment to stop")


def test_ones_own_words_of_an_earlier_session_are_folded_above_the_same_question(
    leader: tuple[Leader, list[Somebody]],
    group_server: Server,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
) -> None:
    one, _ = leader
    phone = Phone(new_page(390, has_touch=True), group_server).join(str(one.info["code"]))
    phone.write("notice/", TYPED)

    code = one.open_room(continues=one.room)
    phone.join(code)
    one.to_first_pause()

    above = phone.field("notice/").locator("xpath=ancestor::div[@class='grow']/preceding-sibling::details")
    expect(above).to_have_count(1)
    expect(above.locator("summary")).to_contain_text("What you wrote on")
    expect(above.locator("blockquote")).to_be_hidden()
    expect(phone.field("notice/")).to_have_value("")
    above.locator("summary").press("Enter")
    expect(above.locator("blockquote")).to_have_text(TYPED)
    axe(phone.page)
