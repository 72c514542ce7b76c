"""Every activity, worked through by keyboard alone and by touch, in every look a page can have.

A plain run takes a sample of the looks, another one for each activity; ``make browser-all`` takes them all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from hands import FITS, Finger, Keyboard
from looks import LOOKS, Look
from playwright.sync_api import Locator, Page, expect

from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Server

HANDS = {"keyboard": Keyboard, "finger": Finger}
PAIRS = [(look, hand) for look in LOOKS for hand in HANDS]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.parametrize(("look", "hand"), PAIRS, ids=[f"{look}-{hand}" for look, hand in PAIRS]),
]


class Place:
    """One activity on a page, with the words that it speaks."""

    def __init__(self, page: Page, name: str, told: Mapping[str, str], nth: int = 0) -> None:
        self.page, self.told = page, told
        self.frame = page.locator(f"[data-activity={name}]").nth(nth)

    def button(self, key: str, **values: object) -> Locator:
        """Return a button by the key of its words."""
        return self.frame.get_by_role("button", name=self.named(key, **values)).first

    def heading(self, key: str, **values: object) -> Locator:
        """Return a heading by the key of its words."""
        return self.frame.get_by_role("heading", name=self.named(key, **values)).first

    def named(self, key: str, **values: object) -> re.Pattern[str]:
        """Return what finds words by their key; what is filled into them may be anything."""
        parts = re.split(r"\{(\w+)\}", self.told[key])
        filled = [re.escape(str(values[part])) if part in values else ".*" for part in parts[1::2]]
        plain = [re.escape(part) for part in parts[::2]]
        return re.compile("".join(a + b for a, b in zip(plain, [*filled, ""], strict=True)))

    def saved(self) -> None:
        """Wait until everything is on disk."""
        expect(self.frame.locator(".saved")).to_have_attribute("data-saved", "saved", timeout=20_000)


@pytest.fixture
def open_page(server: Server, new_page: Callable[..., Page], look: Look) -> Callable[..., Page]:
    """Open a workbook as it looks to somebody."""

    def open_one(workbook: str, **options: object) -> Page:
        page = new_page(look.width, look.theme, **options)
        page.goto(f"{server.url}/voila/render/{look.language}/{workbook}.ipynb", wait_until="commit")
        page.locator("[data-activity]").last.wait_for(timeout=60_000)
        page.locator("#loading").wait_for(state="detached", timeout=60_000)
        return page

    return open_one


@pytest.fixture
def at(
    server: Server, open_page: Callable[..., Page], look: Look, hand: str
) -> Callable[..., tuple[Place, Keyboard | Finger]]:
    """Come to an activity of the gallery with a hand to work with it: to the first of those that a page shows."""

    def come(*cells: str) -> tuple[Place, Keyboard | Finger]:
        page = open_page(alone(server, look.language, cells) if cells else GALLERY, has_touch=HANDS[hand].touch)
        place = Place(page, cells[0].split("-")[0] if cells else "report", words(look.language))
        expect(place.frame).to_be_visible(timeout=60_000)
        return place, HANDS[hand](page)

    return come


def alone(server: Server, language: str, cells: tuple[str, ...]) -> str:
    """Write some cells of the gallery into a workbook that a hand comes through sooner, and return its name."""
    folder = server.folder / language
    name = "-".join(("only", *cells))
    if not (folder / f"{name}.ipynb").exists():
        notebook = nbformat.read(folder / f"{GALLERY}.ipynb", as_version=4)
        wanted = {"title", "open", *(f"{cell}-cell" for cell in cells)}
        notebook.cells = [cell for cell in notebook.cells if cell.id in wanted]
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return name


@pytest.fixture
def readable(axe: Callable[..., None]) -> Callable[[Place], None]:
    """Assert that what stands there now can be read by anyone, and that nothing of it is off the page."""

    def check(place: Place) -> None:
        axe(place.page)
        assert place.page.evaluate(FITS)

    return check


GALLERY = "activity-gallery"


def test_walk_is_walked_to_its_end(at, readable):
    place, hand = at("walk")
    readable(place)
    hand.press(place.button("walk.begin"))
    for _ in range(60):
        if place.heading("walk.end").is_visible():
            break
        onward(place, hand)
    expect(place.heading("walk.end")).to_be_visible()
    place.saved()
    readable(place)


def onward(place: Place, hand: Keyboard | Finger) -> None:
    """Take one step of a walk: write where it asks, choose where it turns, else go on."""
    field = place.frame.locator(".pause textarea").first
    if field.is_visible() and not field.input_value():
        hand.write(field, "Her shoes are still on.")
    choice = place.frame.locator(".choices button").first
    before = place.frame.locator("[data-arrive]").first.inner_text()
    hand.press(choice if choice.is_visible() else place.button("walk.go_on"))
    expect(place.frame.locator("[data-arrive]").first).not_to_have_text(before)
    place.saved()


def test_reflect_is_written_in_from_every_perspective(at, readable, look):
    walk, hand = at("walk", "reflect")
    place = Place(walk.page, "reflect", words(look.language))
    hand.press(walk.button("walk.begin"))
    for _ in range(60):
        if place.frame.locator("textarea").count():
            break
        onward(walk, hand)
    fields = place.frame.locator("textarea")
    for number in range(fields.count()):
        hand.write(fields.nth(number), "Two hands, one knee.")
    place.saved()
    expect(fields.first).to_have_value("Two hands, one knee.")
    readable(place)


def test_observe_is_stepped_and_ended(at, readable):
    place, hand = at("observe")
    mark_something(place, hand, readable)
    go_to_the_last_beat(place, hand)
    has_finished(place, readable)


def test_observe_is_done_live_and_ended(at, readable):
    place, hand = at("observe-live")
    mark_something(place, hand, readable)
    hand.press(place.button("observe.end"))
    has_finished(place, readable)


def mark_something(place: Place, hand: Keyboard | Finger, readable: Callable[[Place], None]) -> None:
    """Begin, and mark the first thing there is to mark."""
    hand.press(place.frame.get_by_role("button").first)
    hand.press(place.frame.locator("button.item").first)
    place.saved()
    readable(place)


def go_to_the_last_beat(place: Place, hand: Keyboard | Finger) -> None:
    """Go on as far as it goes, and finish."""
    for _ in range(60):
        finish = place.button("observe.finish")
        if finish.is_visible():
            hand.press(finish)
            break
        before = place.frame.locator("[data-arrive]").first.inner_text()
        hand.press(place.button("observe.next"))
        expect(place.frame.locator("[data-arrive]").first).not_to_have_text(before)
        place.saved()


def has_finished(place: Place, readable: Callable[[Place], None]) -> None:
    """Assert that the observation ended in what was seen."""
    expect(place.heading("observe.finished")).to_be_visible()
    place.saved()
    readable(place)


def test_observe_is_told_and_paused(at, readable):
    place, hand = at("observe-told")
    hand.press(place.button("observe.begin"))
    hand.press(place.button("observe.play"))
    hand.press(place.frame.locator("button.item").first)
    hand.press(place.button("observe.pause"))
    expect(place.button("observe.play")).to_be_visible()
    place.saved()
    readable(place)


def test_survey_is_answered_to_its_profile(at, readable):
    place, hand = at("survey")
    readable(place)
    for _ in range(20):
        answer_page(place, hand)
        following = place.button("survey.next")
        if not following.is_visible():
            break
        before = place.frame.locator("[data-arrive]").first.inner_text()
        hand.press(following)
        expect(place.frame.locator("[data-arrive]").first).not_to_have_text(before)
    hand.press(place.button("survey.finish"))
    if place.button("survey.finish_anyway").is_visible():
        hand.press(place.button("survey.finish_anyway"))
    expect(place.heading("survey.ended")).to_be_visible()
    place.saved()
    readable(place)


def answer_page(place: Place, hand: Keyboard | Finger) -> None:
    """Answer each question that one sees: pick the second of several, write a few words."""
    groups = place.frame.get_by_role("group").filter(has=place.page.get_by_role("radio"))
    for number in range(groups.count()):
        hand.pick(groups.nth(number).get_by_role("radio").nth(1))
    fields = place.frame.locator("textarea")
    for number in range(fields.count()):
        hand.write(fields.nth(number), "A door that closes.")


def test_plan_gets_a_step(at, readable):
    place, hand = at("plan")
    readable(place)
    hand.press(place.button("plan.add"))
    hand.write(place.frame.locator("textarea").first, "Begin with the visit that stayed with us.")
    place.saved()
    readable(place)


def test_map_gets_a_line_between_two_people(at, readable):
    place, hand = at("map")
    readable(place)
    people = place.frame.locator(".stage").get_by_role("button")
    hand.press(people.nth(0))
    hand.press(people.nth(1))
    hand.pick(place.frame.get_by_role("radio", name=place.named("map.quality_close")).first)
    place.saved()
    readable(place)
    hand.press(place.button("map.finish"))
    expect(place.frame.get_by_role("img").first).to_be_visible()
    place.saved()
    readable(place)


def test_code_is_given_to_words_and_taken_back(at, readable):
    place, hand = at("code")
    readable(place)
    answer = place.frame.locator(".answer").first
    mark_words(place, hand, answer.get_by_role("listbox"))
    codes = answer.get_by_role("checkbox")
    hand.pick(codes.nth(0))
    hand.pick(codes.nth(1))
    place.saved()
    readable(place)
    hand.press(answer.get_by_role("button", name=place.named("code.done"), exact=True).first)
    expect(answer.get_by_role("listitem")).to_have_count(1)
    expect(answer.locator(".carries .code")).to_have_count(2)
    hand.press(place.button("code.back"))
    expect(answer.locator(".carries .code")).to_have_count(1)
    place.saved()
    readable(place)


def mark_words(place: Place, hand: Keyboard | Finger, words: Locator) -> None:
    """Mark the second to the fourth word of an answer, and come to their codes."""
    if isinstance(hand, Keyboard):
        hand.reach(words)
        for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
            place.page.keyboard.press(key)
    else:
        words.get_by_role("option").nth(1).tap()
        words.get_by_role("option").nth(3).tap()
    expect(words.get_by_role("option", selected=True)).to_have_count(3)
    if isinstance(hand, Keyboard):
        place.page.keyboard.press("Enter")


def test_log_gets_a_meeting(at, readable):
    place, hand = at("log")
    readable(place)
    hand.press(place.button("log.add"))
    hand.write(place.frame.get_by_label(place.named("log.provider")).first, "M. Rivera")
    hand.press(place.button("log.keep"))
    expect(place.frame.get_by_text("M. Rivera").first).to_be_visible()
    place.saved()
    readable(place)


def test_report_is_drawn_on_the_same_page(at, readable):
    place, hand = at()
    hand.press(place.frame.get_by_role("button").first)
    expect(place.button("report.draw_again")).to_be_visible()
    readable(place)
