"""Observing a moment: by keyboard, by touch, without a network, and again after a reload."""

from __future__ import annotations

import pytest
from learner import Learner, Network, stored
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BEATS = 16
TURN, TIE = "Sets up a turn, then waits", "Tends the tie with the parent"


def item(learner: Learner, text: str):
    """Return the button of a checklist's item."""
    return learner.activity("observe").locator("button.item").filter(has_text=text)


def count(learner: Learner, text: str):
    """Return the number on the button of an item."""
    return item(learner, text).locator(".count")


def begin(learner: Learner) -> Learner:
    """Begin the observation with the mouse."""
    learner.button("Begin", "observe").click()
    expect(learner.heading(f"Moment 1 of {BEATS}", "observe")).to_be_visible()
    return learner


def row(learner: Learner, text: str) -> list[str]:
    """Return the cells of an item's row in the table, which is folded away beneath the lines of time."""
    table = learner.activity("observe").locator("details.more").filter(has=learner.page.locator("table"))
    if not table.evaluate("one => one.open"):
        table.locator("summary").click()
    found = learner.activity("observe").get_by_role("row").filter(has=learner.page.get_by_role("rowheader", name=text))
    return found.get_by_role("cell").all_inner_texts()


def test_it_is_observed_from_beginning_to_table_with_the_keyboard_alone(server, page):
    learner = Learner(page, server.url).open()
    learner.tab_to("Skip").press("Enter")
    learner.activity("observe").get_by_role("heading").first.evaluate("one => one.scrollIntoView()")
    learner.button("Begin", "observe").focus()  # whatever stands above it is walked in other tests
    learner.press("Shift+Tab", "Tab", "Enter")
    learner.arrives(f"Moment 1 of {BEATS}")
    learner.press("m", "t")  # the keys of the checklist
    learner.tab_to(TURN)
    learner.wait(0.6)  # sooner, it would be a double press
    learner.press("Space")
    expect(count(learner, TURN)).to_have_text("2")
    expect(count(learner, TIE)).to_have_text("1")
    learner.tab_to("Undo the last mark").press("Enter")
    expect(count(learner, TURN)).to_have_text("1")
    for beat in range(2, BEATS + 1):
        learner.tab_to("Next moment", key="Shift+Tab" if beat == 2 else "Tab").press("Enter")
        learner.arrives(f"Moment {beat} of {BEATS}")
    learner.press("t")
    learner.tab_to("Finish").press("Enter")
    learner.arrives("What you saw")
    learner.saved(within="observe")
    nothing = "–"
    assert row(learner, TURN) == ["1", *[nothing] * (BEATS - 1), "1"]
    assert row(learner, TIE) == ["1", *[nothing] * (BEATS - 2), "1", "2"]
    learner.reload()
    assert row(learner, TIE) == ["1", *[nothing] * (BEATS - 2), "1", "2"]


def test_it_is_observed_by_touch_on_a_phone_without_scrolling_sideways(server, new_page):
    learner = Learner(new_page(390, has_touch=True), server.url).open()
    learner.button("Begin", "observe").tap()
    expect(learner.heading(f"Moment 1 of {BEATS}", "observe")).to_be_visible()
    item(learner, TIE).tap()
    expect(count(learner, TIE)).to_have_text("1")
    assert learner.sideways() <= 0
    learner.button("Next moment", "observe").tap()
    expect(learner.heading(f"Moment 2 of {BEATS}", "observe")).to_be_visible()
    item(learner, TURN).tap()
    learner.activity("observe").get_by_role("button", name=f"Remove: {TURN}").tap()
    expect(count(learner, TURN)).to_have_text("")
    expect(count(learner, TIE)).to_have_text("1")
    assert learner.sideways() <= 0
    learner.saved(within="observe")
    learner.reload()
    expect(learner.heading(f"Moment 2 of {BEATS}", "observe")).to_be_visible()
    expect(count(learner, TIE)).to_have_text("1")
    expect(count(learner, TURN)).to_have_text("")


def test_it_counts_a_double_press_once(server, page):
    learner = begin(Learner(page, server.url).open())
    item(learner, TIE).dblclick()
    learner.press("m", "m")
    expect(count(learner, TIE)).to_have_text("1")
    expect(count(learner, TURN)).to_have_text("1")
    learner.saved(within="observe")
    expect(count(learner, TIE)).to_have_text("1")
    learner.wait(0.6)
    item(learner, TIE).click()
    expect(count(learner, TIE)).to_have_text("2")


def test_it_shows_a_mark_at_once_and_keeps_it_through_a_reload_before_the_kernel_answers(server, page, watch):
    watch.allow(r"WebSocket connection to|ERR_|Failed to|Canceled|NetworkError", "the network is cut")
    with Network(server.url) as network:
        learner = begin(Learner(page, network.url).open())
        item(learner, TIE).click()
        learner.saved(within="observe")
        before = len(stored(server, "mark"))
        network.cut()
        item(learner, TURN).click()
        expect(count(learner, TURN)).to_have_text("1")
        expect(item(learner, TURN)).to_have_attribute("data-pending", "true")
        expect(item(learner, TIE)).to_have_attribute("data-pending", "false")
        learner.saved("late", within="observe")
        assert len(stored(server, "mark")) == before
        network.mend()
        learner.reload()
        expect(count(learner, TURN)).to_have_text("1")
        expect(item(learner, TURN)).to_have_attribute("data-pending", "false")
        learner.saved(within="observe")
        assert [one["item"] for one in stored(server, "mark")[before:]] == ["makes-a-turn"]
