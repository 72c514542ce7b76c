"""A scene that is heard, and pauses that hold more than a question."""

import pytest
from playwright.sync_api import expect
from sample import write_book, write_case

CELLS = ['import casework as cw\n\ncase = cw.Session("three-stops").case("three-stops")\ncase.walk()', "case.paths()"]


@pytest.fixture
def three_stops(server):
    """Serve a case with a recording, a conversation, a while to breathe and something to observe."""
    write_case(server, "three-stops")
    write_book(server, "three-stops", "Three stops", *CELLS)
    return f"{server.url}/voila/render/en/three-stops.ipynb"


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_a_pause_shows_all_it_holds_in_its_order(three_stops, new_page, axe, width, theme):
    page = new_page(width, theme)
    page.goto(three_stops, wait_until="commit")
    walk = page.locator("[data-activity=walk]")
    walk.get_by_role("button", name="Begin").click()
    expect(walk.locator("audio")).to_have_attribute("aria-label", "A bus hums.")
    walk.get_by_text("Read it instead").click()
    expect(walk.get_by_text("Humming.")).to_be_visible()

    walk.get_by_role("button", name="Continue").click()
    expect(walk.locator(".pause h4")).to_have_text(["A moment to stop", "To talk about", "A while to breathe"])
    axe(page, ".jp-RenderedHTMLCommon, .casework")

    walk.get_by_role("button", name="Continue").click()
    walk.get_by_role("button", name="Stay on.").click()
    walk.get_by_role("heading", name="Scene 2").wait_for()
    walk.get_by_role("button", name="Continue").click()
    expect(walk.locator(".pause h4")).to_have_text(["A moment to stop", "To observe"])
    expect(walk.locator(".pause textarea")).to_have_count(1)
    expect(page.get_by_text("The same in words")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "Wait until it is quiet." not in page.content()
