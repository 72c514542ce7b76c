"""Your work here: coming back, taking along, clearing and erasing, as a person meets them in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from learner import PAUSE, Learner
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Server

pytestmark = pytest.mark.browser

WROTE = "a zipper, halfway up"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('casework:'))"
FITS = "document.documentElement.scrollWidth <= innerWidth"
SMALL = """[...document.querySelectorAll("button, input:not([type=hidden]), a.cw-button")]
  .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.innerText)"""


def write(page: Page, server: Server, text: str = WROTE) -> Learner:
    """Write in a workbook, until it is saved."""
    learner = Learner(page, server.url).open().to_pause()
    learner.field("wonder", "child").fill(text)
    return learner.saved()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def code_for(page: Page, server: Server) -> str:
    page.goto(f"{server.url}/mine")
    press(page, "Show me a code")
    return page.locator(".cw-code strong").inner_text()


def come_back(page: Page, server: Server, code: str) -> None:
    page.goto(f"{server.url}/come-back")
    page.get_by_label("Your code").fill(code.lower())
    press(page, "Bring my work here")


def words_in(server: Server, text: str) -> bool:
    """Tell whether words are anywhere in the files of the store."""
    file = Path(server.store.removeprefix("sqlite:///"))
    return any(text.encode() in each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


@pytest.mark.looks
@pytest.mark.parametrize(
    ("width", "theme", "language"), [(320, "light", "es"), (390, "dark", "en"), (1280, "light", "en")]
)
def test_its_pages_can_be_read_by_anyone(server, new_page, axe, width, theme, language):
    page = new_page(width, theme, locale=language)
    page.goto(f"{server.url}/mine?language={language}")
    axe(page)
    page.goto(f"{server.url}/welcome-back?language={language}")
    axe(page)
    page.locator("button[value=other]").click()
    for path in ("mine", "come-back", "mine/clear", "mine/delete"):
        page.goto(f"{server.url}/{path}?language={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        assert page.evaluate(FITS)
        assert page.evaluate(SMALL) == []
    page.goto(f"{server.url}/come-back?language={language}")
    page.locator("#code").fill("AAAA-AAAA")
    page.locator("form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#code")).to_be_focused()
    axe(page)
    page.goto(f"{server.url}/mine")
    page.locator("form[action$='mine/code'] button").click()
    axe(page)
    assert page.evaluate(FITS)
    page.locator("form[action$='shared-computer'] button").click()
    axe(page)
    assert page.evaluate(FITS)


def test_the_words_are_there_on_another_device(server, new_page):
    one = new_page()
    write(one, server)
    code = code_for(one, server)
    other = new_page(390, "dark")
    come_back(other, server, code)
    expect(other.get_by_role("status")).to_contain_text("Welcome back")
    other.get_by_role("link", name="The first goodbye").click()
    other.locator("#loading").wait_for(state="detached")
    learner = Learner(other, server.url)
    expect(learner.heading(PAUSE)).to_be_visible()
    expect(learner.field("wonder", "child")).to_have_value(WROTE)


def test_one_can_come_back_without_javascript_and_by_keyboard_alone(server, new_page):
    one = new_page()
    write(one, server, "a coat on one arm")
    code = code_for(one, server)
    other = new_page(java_script_enabled=False)
    other.goto(f"{server.url}/come-back")
    for _ in range(2):
        other.keyboard.press("Tab")
    other.keyboard.type(code)
    other.keyboard.press("Enter")
    expect(other.get_by_role("status")).to_contain_text("Welcome back")
    with other.expect_download() as taken:
        other.get_by_role("link", name="Download as a page").click()
    assert "a coat on one arm" in Path(taken.value.path()).read_text(encoding="utf-8")


def test_what_is_deleted_is_gone_from_the_store_and_the_device(own_server, new_page):
    server = own_server()
    page = new_page()
    write(page, server)
    page.evaluate("localStorage.setItem('casework:draft', 'unsaved'); localStorage.setItem('other', 'theirs')")
    assert words_in(server, WROTE)
    page.goto(f"{server.url}/mine")
    page.get_by_role("link", name="Delete all my work").click()
    press(page, "Delete it for good")
    expect(page.get_by_role("heading", name="Your work is deleted")).to_be_visible()
    assert not words_in(server, WROTE)
    assert page.evaluate(KEPT) == []
    page.goto(f"{server.url}/mine")
    expect(page.get_by_text("Nothing of yours is known on this device yet")).to_be_visible()


def test_a_page_in_another_window_shows_and_keeps_nothing_once_its_person_has_left(server, new_page, axe, watch):
    watch.allow(r"api/shutdown/", "the page tells its kernel goodbye, which is nobody's any more and ends by itself")
    page = new_page()
    learner = write(page, server, "a mitten under the bench")
    other = page.context.new_page()
    other.goto(f"{server.url}/mine/clear")
    press(other, "Clear this device")
    expect(other.get_by_role("heading", name="This device is cleared")).to_be_visible()
    learner.field("wonder", "child").fill("a mitten that came too late")
    expect(page.get_by_role("alert").first).to_contain_text("open for someone who has left this device")
    expect(page.get_by_text("mitten")).to_have_count(0)
    expect(page.locator("textarea")).to_have_count(0)
    assert page.evaluate(KEPT) == []
    axe(page)
    page.get_by_role("button", name="Open it anew").first.click()
    page.locator("#loading").wait_for(state="detached")
    expect(page.get_by_text("mitten")).to_have_count(0)


def test_a_cleared_device_is_led_back_by_its_code_alone(server, new_page):
    page = new_page()
    write(page, server, "clothespins in a row")
    code = code_for(page, server)
    page.get_by_role("link", name="Clear this device").click()
    press(page, "Clear this device")
    expect(page.get_by_role("heading", name="This device is cleared")).to_be_visible()
    assert page.evaluate(KEPT) == []
    assert not [one for one in page.context.cookies() if one["name"].startswith("casework-")]
    come_back(page, server, code)
    expect(page.get_by_role("link", name="The first goodbye")).to_be_visible()


def test_on_a_shared_computer_the_next_one_is_somebody_new_and_finds_nothing(server, new_page):
    page = new_page()
    page.goto(f"{server.url}/welcome-back")
    press(page, "This is a shared computer")
    expect(page.get_by_role("heading", name="Nothing of you will stay here")).to_be_visible()
    learner = write(page, server, "whose spoon it was")
    expect(page.get_by_text("only on this page").first).to_be_visible()
    learner.field("wonder", "parent").fill("not sent yet")
    assert page.evaluate(KEPT) == []
    cookies = page.context.cookies()
    assert {one["expires"] for one in cookies if one["name"].startswith("casework-")} == {-1}
    # A browser that closes keeps its storage, and the cookies that have a date.
    storage = page.context.storage_state()
    kept = [one for one in storage["cookies"] if one["expires"] != -1]
    following = new_page(storage_state={"cookies": kept, "origins": storage["origins"]})
    Learner(following, server.url).open()
    expect(following.get_by_role("button", name="Begin", exact=True).first).to_be_visible()
    assert following.get_by_text("whose spoon it was").count() == 0
