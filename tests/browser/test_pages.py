"""How the pages look and whom they reach: accessibility, themes, sizes, and what a browser asks for."""

from __future__ import annotations

import pytest
from learner import CHOSEN, PAUSE, TO_FIRST_TURN, TO_SECOND_TURN, TO_THREE_NOTES, Learner
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAPER = {"light": "rgb(251, 248, 243)", "dark": "rgb(22, 32, 42)"}
LONGEST_LINE = """(block) => {
  const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const lines = new Map();
  for (let node = text.nextNode(); node; node = text.nextNode()) {
    for (let i = 0; i < node.length; i++) {
      const range = document.createRange();
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const { bottom } = range.getBoundingClientRect();
      lines.set(Math.round(bottom / 8), (lines.get(Math.round(bottom / 8)) ?? 0) + 1);
    }
  }
  return Math.max(...lines.values());
}"""
SMALL = """(frame) => [...frame.querySelectorAll("button, summary")]
  .map((one) => [one.innerText, one.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < 44)"""
MOVING = """(frame) => [frame, ...frame.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  const long = (value) => value.split(",").some((part) => parseFloat(part) > 0);
  return long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration));
}).length"""

BORDERS = """(buttons) => buttons.map((one) => {
  const { borderBlockStartStyle, borderBlockStartWidth } = getComputedStyle(one);
  return [borderBlockStartStyle, parseFloat(borderBlockStartWidth)];
})"""


def small_buttons(learner: Learner) -> list[list[object]]:
    """Return the buttons on the page that are less than 44 pixels high."""
    frames = learner.page.locator("[data-activity]")
    return [one for index in range(frames.count()) for one in frames.nth(index).evaluate(SMALL)]


def of(learner: Learner, selector: str, name: str) -> str:
    """Return the computed value of a property."""
    return learner.page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_it_can_be_walked_by_everyone(server, new_page, axe, width, theme):
    learner = Learner(new_page(width, theme), server.url).open()
    page = learner.page
    axe(page)  # the start
    learner.to_pause()
    learner.field("wonder", "child").fill("She holds on.")
    learner.field("wonder", "parent").click()
    axe(page)
    assert small_buttons(learner) == []
    learner.take(TO_FIRST_TURN[-1:])
    axe(page, ".casework")
    learner.take([("Stay down on the mat", CHOSEN)])
    axe(page, ".casework")
    learner.take([*TO_SECOND_TURN[1:], *TO_THREE_NOTES])
    axe(page, ".casework")  # the end
    assert small_buttons(learner) == []
    learner.take([("Step out", "You have stepped out")])
    axe(page, ".casework")


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_it_can_be_observed_and_reported_by_everyone(server, new_page, axe, width, theme):
    learner = Learner(new_page(width, theme), server.url).open().to_pause()
    page = learner.page
    learner.field("wonder", "child", "reflect").fill("She holds on.")
    axe(page, ".casework")
    learner.button("Begin", "observe").click()
    learner.activity("observe").locator("button.item").first.click()
    learner.activity("observe").locator("summary").first.click()
    axe(page, ".casework")
    assert small_buttons(learner) == []
    for beat in range(2, 17):
        learner.button("Next moment", "observe").click()
        expect(learner.heading(f"Moment {beat} of 16", "observe")).to_be_visible()
    learner.button("Finish", "observe").click()
    expect(learner.heading("What you saw", "observe")).to_be_visible()
    axe(page, ".casework")
    learner.button("Show how my seeing changed", "report").click()
    expect(learner.activity("report").locator("table").first).to_be_visible(timeout=60_000)
    axe(page)
    assert learner.sideways() <= 0


@pytest.mark.looks
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_set_like_a_book_in_the_theme_of_the_device(server, new_page, theme):
    learner = Learner(new_page(1280, theme), server.url).open().take(TO_FIRST_TURN[:1])
    assert of(learner, "body", "backgroundColor") == PAPER[theme]
    assert of(learner, "[data-activity=walk]", "backgroundColor") == PAPER[theme]
    story = "[data-activity=walk] .scene .story"
    assert 19 <= float(of(learner, story, "fontSize").removesuffix("px")) <= 21.5
    assert "Casework Serif" in of(learner, story, "fontFamily")
    longest = learner.page.locator(f"{story} p").nth(1).evaluate(LONGEST_LINE)
    assert 45 <= longest <= 66
    learner.page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    other = PAPER["dark" if theme == "light" else "light"]
    expect(learner.walk).to_have_css("background-color", other)  # and it follows at once


def test_it_reads_well_on_a_phone(server, new_page):
    learner = Learner(new_page(390), server.url).open().take(TO_FIRST_TURN[:1])
    story = "[data-activity=walk] .scene .story"
    assert float(of(learner, story, "fontSize").removesuffix("px")) >= 19
    assert learner.page.locator(story).first.evaluate("one => one.getBoundingClientRect().width") > 300


def test_it_moves_nothing_for_those_who_want_no_motion_and_keeps_its_borders_in_forced_colors(server, new_page):
    learner = Learner(new_page(1280, reduced_motion="reduce", forced_colors="active"), server.url).open()
    learner.to_pause()
    for name in ("walk", "reflect", "observe", "report"):
        assert learner.activity(name).evaluate(MOVING) == 0
        for style, width in learner.activity(name).locator("button").evaluate_all(BORDERS):
            assert (style, width >= 1) == ("solid", True)
    learner.page.emulate_media(reduced_motion="no-preference")
    assert learner.walk.evaluate(MOVING) > 0  # so the measure can tell


def test_it_needs_no_scrolling_sideways_at_twice_the_size(server, new_page):
    learner = Learner(new_page(640, device_scale_factor=2), server.url).open()
    assert learner.sideways() <= 0
    learner.to_pause()
    expect(learner.heading(PAUSE)).to_be_visible()
    assert learner.sideways() <= 0
    learner.button("Begin", "observe").click()
    expect(learner.heading("Moment 1 of 16", "observe")).to_be_visible()
    assert learner.sideways() <= 0
