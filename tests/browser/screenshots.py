"""Makes the pictures that the docs show, into ``docs/images/activities``: ``make screenshots``.

Each is taken from the activity gallery, on a server of its own with an empty store, after somebody did a little there.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from hands import Finger
from playwright.sync_api import expect, sync_playwright
from test_every_look import GALLERY, Place, answer_page, mark_words, onward

from casework.content.words import words
from conftest import CHROMIUM_FLAGS, ROOT, a_server, chromium, running

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PICTURES = ROOT / "docs" / "images" / "activities"
BOX = """(one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return { x: x + scrollX, y: y + scrollY, width, height };
}"""
"""Where something is on the whole page."""

TALLEST = 1100
"""Pixels: a longer activity is cut, for a picture shows how it begins."""


SAID = {
    "en": ("Her whole weight hangs on one bootlace.", "Begin each meeting with the visit that stayed with us."),
    "es": (
        "Todo su peso cuelga de un solo cordón.",
        "Empezar cada reunión con la visita que se quedó con nosotras.",
    ),
}
"""What is written, in each language."""


def walk(place: Place, hand: Finger) -> None:
    """Walk to the first pause and write there."""
    hand.press(place.button("walk.begin"))
    for _ in range(4):
        if place.frame.locator(".pause textarea").count():
            break
        onward(place, hand)
    hand.write(place.frame.locator(".pause textarea").first, said(place)[0])


def said(place: Place) -> tuple[str, str]:
    """Return what is written in the language of the page."""
    return SAID[place.page.locator("html").get_attribute("lang") or "en"]


def reflect(place: Place, hand: Finger) -> None:
    """Walk on until the question has come, and answer it from the first perspective."""
    walking = Place(place.page, "walk", place.told)
    field = place.frame.locator("textarea").first
    for _ in range(60):
        if field.count():
            break
        onward(walking, hand)
    hand.write(field, said(place)[0])


def observe(place: Place, hand: Finger) -> None:
    """Begin, go on to the second beat, mark two things."""
    hand.press(place.button("observe.begin"))
    hand.press(place.button("observe.next"))
    for number in (0, 3):
        hand.press(place.frame.locator("button.item").nth(number))


def survey(place: Place, hand: Finger) -> None:
    """Answer the first page."""
    answer_page(place, hand)


def plan(place: Place, hand: Finger) -> None:
    """Write one step."""
    hand.press(place.button("plan.add"))
    hand.write(place.frame.locator("textarea").first, said(place)[1])


def draw(place: Place, hand: Finger) -> None:
    """Say what is between two pairs."""
    people = place.frame.locator(".stage").get_by_role("button")
    for other, quality in ((1, "map.quality_close"), (2, "map.quality_both")):
        hand.press(people.nth(0))
        hand.press(people.nth(other))
        hand.pick(place.frame.get_by_role("radio", name=place.named(quality)).first)
        hand.press(place.button("map.done"))


def log(place: Place, hand: Finger) -> None:
    """Log one meeting."""
    hand.press(place.button("log.add"))
    hand.write(place.frame.get_by_label(place.named("log.provider")).first, "M. Rivera")
    hand.press(place.button("log.keep"))


def code(place: Place, hand: Finger) -> None:
    """Mark a few words, and give them a code."""
    answer = place.frame.locator(".answer").first
    mark_words(place, hand, answer.get_by_role("listbox"))
    hand.pick(answer.get_by_role("checkbox").first)


SHOTS: dict[str, Callable[[Place, Finger], None]] = {
    "walk": walk,
    "reflect": reflect,
    "observe": observe,
    "survey": survey,
    "plan": plan,
    "map": draw,
    "code": code,
    "log": log,
}


def take(page: Page, name: str, act: Callable[[Place, Finger], None], language: str) -> Path:
    """Do a little in one activity, and keep its picture."""
    place = Place(page, name, words(language))
    expect(place.frame).to_be_visible(timeout=60_000)
    act(place, Finger(page))
    place.saved()
    page.evaluate("() => document.activeElement?.shadowRoot?.activeElement?.blur()")
    target = PICTURES / f"{name}-{language}.png"
    box = place.frame.evaluate(BOX)
    clip = {**box, "height": min(box["height"], TALLEST)}
    page.screenshot(path=target, full_page=True, clip=clip, animations="disabled")
    return target


def main() -> None:
    """Take every picture in both languages, on a phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(a_server(folder)))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium(), args=CHROMIUM_FLAGS
        )
        for language in ("en", "es"):
            context = browser.new_context(viewport={"width": 430, "height": 900}, has_touch=True, color_scheme="light")
            page = context.new_page()
            page.goto(f"{server.url}/voila/render/{language}/{GALLERY}.ipynb", wait_until="commit")
            page.locator("[data-activity=report]").wait_for(timeout=60_000)
            for name, act in SHOTS.items():
                sys.stdout.write(f"{take(page, name, act, language).relative_to(ROOT)}\n")
        browser.close()


if __name__ == "__main__":
    main()
