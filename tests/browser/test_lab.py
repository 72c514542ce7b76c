"""The same workbook in JupyterLab, whose own keys must not reach into our fields."""

from __future__ import annotations

import pytest
from learner import PAUSE, Learner, stored_texts
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WORDS = "mm dd x ab zz oo yy hh 00 ii"
"""Each is a shortcut of the notebook's command mode."""


def menu(page, name: str, item: str) -> None:
    """Choose from JupyterLab's menu bar."""
    page.get_by_role("menubar").get_by_role("menuitem", name=name, exact=True).click()
    page.get_by_role("menu").get_by_role("menuitem", name=item).first.click()


def open_lab(page, lab) -> Learner:
    """Open the workbook in JupyterLab and wait for its kernel."""
    page.goto(f"{lab.url}/lab/tree/en/the-first-goodbye.ipynb?reset", wait_until="commit")
    expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=90_000)
    expect(page.locator("#jupyterlab-splash")).to_have_count(0, timeout=60_000)
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
    return Learner(page, lab.url)


def run_all(learner: Learner) -> Learner:
    """Run every cell, and wait for the walk."""
    menu(learner.page, "Run", "Run All Cells")
    expect(learner.walk).to_be_visible(timeout=60_000)
    return learner


def to_pause(learner: Learner) -> Learner:
    """Walk to the first pause from wherever the walk is: it is one person in every test here."""
    pause = learner.heading(PAUSE)
    for name in ("Begin", "Continue", "Continue", "Continue"):
        if not pause.is_visible():
            learner.button(name).click()
            learner.saved()
    expect(pause).to_be_visible()
    return learner


def test_it_keeps_the_notebooks_shortcuts_out_of_its_fields(lab, page, axe):
    learner = to_pause(run_all(open_lab(page, lab)))
    cells = page.locator(".jp-Notebook .jp-Cell")
    source = page.locator(".jp-Notebook .jp-CodeCell").count()
    field = learner.field("notice")
    field.fill("")
    field.click()
    page.keyboard.type(WORDS)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dd")
    page.keyboard.press("Escape")
    page.keyboard.type("ddmx")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value(f"{WORDS}\nddddmx")
    expect(field).to_be_focused()
    assert page.locator(".jp-Notebook .jp-CodeCell").count() == source
    expect(cells.nth(0)).to_be_attached()
    expect(learner.activity("walk")).to_have_count(1)
    learner.saved()
    assert f"{WORDS}\nddddmx" in stored_texts(lab)
    axe(page, ".casework")


def test_it_has_the_words_again_after_the_kernel_is_started_anew(lab, page):
    learner = to_pause(run_all(open_lab(page, lab)))
    words = "Written before the kernel was started again."
    learner.field("notice").fill(words)
    learner.saved()
    old = learner.walk.element_handle()
    menu(page, "Kernel", "Restart Kernel and Run All Cells")
    page.get_by_role("button", name="Restart", exact=True).or_(page.get_by_role("button", name="Confirm")).first.click()
    page.wait_for_function("one => !one.isConnected", arg=old, timeout=60_000)
    expect(learner.walk).to_be_visible(timeout=60_000)
    expect(learner.field("notice")).to_have_value(words)
    learner.field("notice").fill(words + " And after.")
    learner.saved()
    assert words + " And after." in stored_texts(lab)


def test_its_menu_and_the_cell_of_a_group_lead_to_the_owners_pages(lab, page, axe):
    run_all(open_lab(page, lab))
    with page.expect_popup() as opened:
        menu(page, "Casework", "Workbooks as pages")
    gallery = opened.value
    workbook = gallery.get_by_role("listitem").filter(has=gallery.get_by_role("heading", name="The first goodbye"))
    in_lab = workbook.get_by_role("link", name="English : The first goodbye", exact=True)
    expect(in_lab).to_have_attribute("href", "/lab/tree/en/the-first-goodbye.ipynb")
    axe(gallery)
    gallery.goto(f"{lab.url}/casework/new")
    axe(gallery)
    gallery.get_by_label("What will people call it?").fill("A door of ours")
    gallery.get_by_label("Its id").fill("a-door-of-ours")
    gallery.get_by_label("Begin from").select_option("first-goodbye")
    gallery.get_by_role("button", name="Make it").click()
    gallery.get_by_role("link", name="Look at it as a page").click()
    learner = Learner(gallery, lab.url)
    expect(learner.walk).to_be_visible(timeout=60_000)
    case = lab.folder / "cases" / "a-door-of-ours.yaml"
    case.write_text(case.read_text("utf-8").replace("title: A door of ours", "title: Another door"), "utf-8")
    gallery.reload()
    expect(learner.walk.get_by_role("heading", name="Another door").first).to_be_visible(timeout=60_000)
    with page.expect_popup() as opened:
        learner_of(page).get_by_role("link", name="Rehearse it on this computer").click()
    expect(opened.value.get_by_label("Which workbook?")).to_have_value("the-first-goodbye")
    axe(opened.value)


def learner_of(page):
    """Return the trainer's bar of a notebook."""
    return page.locator("[data-activity=group]").first
