"""A room that is closed and then erased: what everybody sees then, and that nothing of its words is left anywhere."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from group import WALK, Leader, Phone, Somebody
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from conftest import Server, Watch

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("CASEWORK_PICTURES")
CELLS = (
    (
        'import casework as cw\n\nsession = cw.Session("to-purge")\ncase = session.case("first-goodbye")\n'
        "session.group()"
    ),
    "case.walk()",
    "session.report()",
)
WORDS = [f"A sentence to be erased, number {number}." for number in range(4)]
OWN = "Only mine, and to be erased with the rest."
KEPT = """async () => {
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const asked = indexedDB.open(name);
    const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    for (const store of base.objectStoreNames) {
      const all = base.transaction(store).objectStore(store).getAll();
      kept.push(JSON.stringify(await new Promise((done) => { all.onsuccess = () => done(all.result); })));
    }
  }
  return kept.join();
}"""


@pytest.fixture
def leader(group_server: Server) -> Iterator[Leader]:
    """Lead a workbook that ends in a report."""
    book = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python"}})
    book.cells = [nbformat.v4.new_markdown_cell("# To be erased"), *map(nbformat.v4.new_code_cell, CELLS)]
    nbformat.write(book, group_server.folder / "en" / "to-purge.ipynb")
    with ExitStack() as leaving:
        one = Leader(group_server, leaving)
        one.open_room(workbook="to-purge")
        yield one


def in_the_store(server: Server, words: list[str]) -> list[str]:
    """Return which words stand in any file of the store, as bytes."""
    folder = Path(server.store.removeprefix("sqlite:///")).parent
    bytes_ = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.suffix != ".log")
    return [word for word in words if word.encode() in bytes_]


def keep(page: Page, name: str) -> None:
    """Picture a page, if pictures are wanted."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/purge-{name}.png", full_page="desk" not in name, animations="disabled")


def press(desk: Page, label: str) -> None:
    """Press a button on the desk, and say that one is sure."""
    desk.get_by_role("button", name=label).click()
    desk.get_by_role("group", name=label).get_by_role("button", name=label).click()


def test_a_room_that_is_closed_and_erased_leaves_nothing_but_what_people_took_along(
    leader: Leader, group_server: Server, new_page: Callable[..., Page], watch: Watch
) -> None:
    watch.allow("404|410|WebSocket", "the room is gone")
    code = str(leader.info["code"])
    phone = Phone(new_page(390, has_touch=True), group_server).join(code, "Marisol")
    screen, desk = new_page(1024, height=768), new_page(1280, height=720)
    screen.goto(f"{group_server.url}/screen/{code}")
    people = [Somebody(group_server, leader.leaving).join(code, f"Number {number}") for number in range(3)]
    leader.to_first_pause()
    for one, words in zip(people, WORDS[1:], strict=True):
        one.gives("notice", words)
    phone.write("notice/", WORDS[0])
    phone.button("Share").first.click()
    phone.write("missing/", OWN)
    leader.leads("reveal", place=WALK, form="notice")
    expect(screen.locator(".card")).to_have_count(3)
    leader.leads("end")
    desk.goto(leader.info["link"], wait_until="commit")
    expect(desk.get_by_role("button", name="Close the room")).to_be_visible(timeout=60_000)
    expect(desk.get_by_text(WORDS[1]).first).to_be_visible(timeout=60_000)
    keep(desk, "desk-over")
    taken = phone.page.request.get(f"{group_server.url}/room/{code}/mine").text()
    assert WORDS[0] in taken
    assert OWN in taken
    assert sorted(in_the_store(group_server, [*WORDS, OWN])) == sorted([*WORDS, OWN])

    press(desk, "Close the room")
    phone.sees("The session is closed. What you wrote stays yours, and is kept.")
    keep(phone.page, "phone-closed")
    expect(screen.get_by_role("heading")).to_have_text("Until next time")
    keep(screen, "screen-closed")
    expect(desk.get_by_text("The room is closed.")).to_be_visible(timeout=60_000)
    desk.get_by_role("button", name="Show what was shared").click(timeout=60_000)
    expect(desk.get_by_text(WORDS[1]).first).to_be_visible(timeout=60_000)
    keep(desk, "desk-closed")
    assert WORDS[0] in phone.page.request.get(f"{group_server.url}/mine/everything.html").text()

    press(desk, "Erase the room")
    expect(desk.get_by_text("The room was erased, with everything in it.")).to_be_visible(timeout=60_000)
    expect(desk.locator("#loading")).to_have_count(0, timeout=60_000)
    keep(desk, "desk-erased")
    assert in_the_store(group_server, [*WORDS, OWN]) == []
    assert [words for words in [*WORDS, OWN] if words in desk.content()] == []
    for page, name, address in (
        (phone.page, "phone", f"room/{code}"),
        (phone.page, "mine", "mine"),
        (phone.page, "join", f"join/{code}"),
        (screen, "screen", f"screen/{code}"),
    ):
        page.goto(f"{group_server.url}/{address}")
        keep(page, f"{name}-erased")
        assert [words for words in [*WORDS, OWN] if words in page.content()] == [], name
    assert [words for words in [*WORDS, OWN] if words in phone.page.evaluate(KEPT)] == []


def test_a_room_that_is_erased_in_the_middle_is_gone_from_the_pages_that_show_it(
    leader: Leader, group_server: Server, new_page: Callable[..., Page], watch: Watch
) -> None:
    watch.allow("WebSocket", "the room is gone")
    code = str(leader.info["code"])
    phone = Phone(new_page(390, has_touch=True), group_server).join(code)
    screen = new_page(1024, height=768)
    screen.goto(f"{group_server.url}/screen/{code}")
    people = [Somebody(group_server, leader.leaving).join(code) for _ in range(3)]
    leader.to_first_pause()
    for one, words in zip(people, WORDS[1:], strict=True):
        one.gives("notice", words)
    leader.leads("reveal", place=WALK, form="notice")
    expect(screen.locator(".card")).to_have_count(3)
    phone.write("notice/", OWN)

    leader.get(f"group/desk?room={leader.room}")
    leader.post(f"rooms/{leader.room}/purge", page="/")

    phone.sees("Your work here was erased. Nothing of it is left.")
    expect(screen.get_by_text("This session was erased. Nothing of it is left.")).to_be_visible()
    keep(phone.page, "phone-erased-at-once")
    keep(screen, "screen-erased-at-once")
    assert [words for words in [*WORDS, OWN] if words in phone.page.content() + screen.content()] == []
    assert OWN not in phone.page.evaluate(KEPT)
    assert in_the_store(group_server, [*WORDS, OWN]) == []
