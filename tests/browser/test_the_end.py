"""The end of a walk: one's way drawn and told, and nothing given away of what one has not read."""

from __future__ import annotations

import re

import pytest
from learner import TO_DOWN_THE_STAIRS, TO_FIRST_TURN, TO_SECOND_TURN, TO_THREE_NOTES, TURN, Learner
from playwright.sync_api import expect
from sample import write_book, write_case

pytestmark = pytest.mark.browser

LOOKS = [(320, "light", "en"), (390, "dark", "es"), (1280, "light", "es"), (1280, "dark", "en")]
BEATS = "beats: [{at: 0, text: A bus.}, {at: 5, text: A bridge.}]"
OBSERVE = 'session.checklist("table").observe(case, "on-the-bridge")'
BUS = 'import casework as cw\n\nsession = cw.Session("bus")\ncase = session.case("by-bus")\ncase.walk({})'


SCENE = "frame => frame.querySelector('.scene')?.innerText ?? ''"


def step(page, walk, button):
    """Press a button, and wait until it has led on: a second press of the same one would be taken for a slip."""
    expect(button).to_be_visible(timeout=60_000)
    before = walk.evaluate(SCENE)
    button.click()
    page.wait_for_function(f"([frame, before]) => ({SCENE})(frame) !== before", arg=[walk.element_handle(), before])


def hurry(page, walk):
    """Walk on by whatever leads on, to an end."""
    while not walk.locator(".end").count():
        step(page, walk, walk.locator(".choices button, .row > button.main").first)


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_it_is_drawn_and_told_at_every_width_and_in_both_languages(server, new_page, axe, width, theme, language):
    page = new_page(width, theme)
    page.goto(f"{server.url}/voila/render/{language}/the-first-goodbye.ipynb", wait_until="commit")
    walk = page.locator("[data-activity=walk]")
    expect(walk.locator("button.main")).to_be_visible(timeout=60_000)
    hurry(page, walk)
    drawn = walk.locator(".chart svg[role=img]:visible")
    expect(drawn).to_have_count(1)
    expect(drawn).to_have_attribute("aria-label", re.compile("The way you took|El camino que tomó"))
    stops = walk.locator(".way.whole > li")
    shown = drawn.locator("text").all_text_contents()
    assert [one for one in shown if one.isdigit()] == [str(number + 1) for number in range(stops.count())]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    axe(page, ".casework")


def test_it_gives_away_no_scene_that_was_not_read(server, page):
    learner = Learner(page, server.url).open().take([*TO_FIRST_TURN, *TO_SECOND_TURN, *TO_DOWN_THE_STAIRS])
    said = learner.walk.locator(".end").inner_text()
    for title in ("A yellow bird", "Under the stairs", "Three notes", "Pink slippers"):
        assert title not in said
    expect(learner.walk.get_by_text("There are 4 scenes you have not read.")).to_be_visible()


def test_it_shows_another_way_that_was_taken_before(server, page):
    learner = Learner(page, server.url).open().take([*TO_FIRST_TURN, *TO_SECOND_TURN, *TO_THREE_NOTES])
    learner.take([("Go back and try another: Whispering", TURN), *TO_DOWN_THE_STAIRS])
    expect(learner.walk.locator(".chart")).to_contain_text("Three notes")
    expect(learner.walk.locator(".key")).to_contain_text("another way you have been")
    others = learner.walk.locator(".way.whole > li").filter(has_text="Whispering").locator("details")
    others.locator("summary").click()
    expect(others.locator("li").filter(has_text="Put the pen away")).to_contain_text("You went this way before")


@pytest.fixture(scope="module")
def bus(server):
    """Serve a short case whose second pause asks one to observe, on a page with the observation and on one without."""
    write_case(server, "by-bus", media=BEATS)
    write_book(server, "bus-with", "A bus", BUS.format(""), OBSERVE)
    write_book(server, "bus-without", "A bus", BUS.format("map_at_end=False"))
    return server


def to_the_observation(page, bus, name):
    page.goto(f"{bus.url}/voila/render/en/{name}.ipynb", wait_until="commit")
    walk = page.locator("[data-activity=walk]")
    for button in ("Begin", "Continue", "Continue", "Stay on.", "Continue"):
        step(page, walk, walk.get_by_role("button", name=button))
    walk.get_by_role("button", name="Go to the observation").click()
    return walk


def test_a_pause_leads_to_the_observation_on_the_page(bus, page):
    to_the_observation(page, bus, "bus-with")
    heading = page.locator("[data-activity=observe]").get_by_role("heading", name="On the bridge").first
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_a_pause_says_plainly_that_the_page_has_no_observation(bus, page):
    walk = to_the_observation(page, bus, "bus-without")
    expect(walk.get_by_text("This page has no place to observe it. You can go on without.")).to_be_visible()
    walk.get_by_role("button", name="Continue").click()
    walk.get_by_role("button", name="Ride on.").click()
    expect(walk.get_by_role("heading", name="The way you took")).to_be_visible()
    expect(walk.locator(".chart")).to_have_count(0)
    expect(walk.locator(".way.whole > li")).to_have_count(3)


def test_the_page_keeps_the_time_of_a_while_to_breathe(bus, page):
    page.clock.install()
    page.goto(f"{bus.url}/voila/render/en/bus-with.ipynb", wait_until="commit")
    walk = page.locator("[data-activity=walk]")
    for button in ("Begin", "Continue"):
        step(page, walk, walk.get_by_role("button", name=button))
    walk.get_by_role("button", name="Keep the time for me").click()
    expect(walk.get_by_text("The page keeps the time.")).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(walk.get_by_text("The time has passed. Stay as long as you like.")).to_be_visible()
