"""Reflecting beside the walk, seeing how one's seeing changed, and taking one's pages along."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from learner import TO_THREE_NOTES, TURN, Learner
from playwright.sync_api import expect

from casework.content import load_case

pytestmark = pytest.mark.browser

CASE = Path(__file__).parents[2] / "workbooks" / "cases" / "first-goodbye.yaml"
CLOSED = "This opens when you have come to its place in the case."
FIRST = "She holds on & <b>nobody</b> asks what for."
LATER = "The slippers were there all along."
OWN = "Mine went tight, too."
CHAIR = "I was in the chair by the drawer."


def test_it_opens_by_itself_when_the_walk_has_come_to_it(server, page):
    learner = Learner(page, server.url).open()
    reflect = learner.activity("reflect")
    expect(reflect).to_contain_text(CLOSED)
    expect(reflect.locator("textarea")).to_have_count(0)
    learner.to_pause()
    expect(learner.field("wonder", "child", "reflect")).to_be_visible()
    expect(reflect.locator("textarea")).to_have_count(4)  # what is asked later says nothing of itself before
    expect(reflect).not_to_contain_text("Your first words stand above")


def test_it_shares_its_words_with_the_walk_both_ways(server, page):
    learner = Learner(page, server.url).open().to_pause()
    learner.field("wonder", "child").fill(FIRST)
    expect(learner.field("wonder", "child", "reflect")).to_have_value(FIRST)
    learner.saved()
    learner.field("wonder", "parent", "reflect").fill(OWN)
    expect(learner.field("wonder", "parent")).to_have_value(OWN)
    learner.field("wonder", "child", "reflect").fill(LATER)
    expect(learner.field("wonder", "child")).to_have_value(LATER)
    learner.saved(within="reflect").saved()
    learner.reload()
    for within in ("walk", "reflect"):
        expect(learner.field("wonder", "child", within)).to_have_value(LATER)
        expect(learner.field("wonder", "parent", within)).to_have_value(OWN)


def test_it_draws_what_changed_and_gives_ones_pages_to_keep(server, page, new_page, tmp_path, watch):
    watch.allow("^request to another host: file:", "the pages are opened from where they were kept")
    learner = Learner(page, server.url).open()
    report = learner.activity("report")
    learner.to_pause()
    learner.field("notice").fill(OWN)
    learner.field("wonder", "child").fill(FIRST)
    learner.take([("Continue", TURN), ("Stay down on the mat", "What you chose"), ("Continue", "The bank drawer")])
    learner.take([("Continue", "A moment to stop")])
    learner.field("chair").fill(CHAIR)
    learner.take([("Continue", "Folded arms"), ("Continue", "Whispering"), ("Continue", "A moment to stop")])
    expect(report.locator("table")).to_have_count(0)  # drawn on demand
    learner.button("Show how my seeing changed", "report").click()
    expect(report.locator("td").filter(has_text=FIRST)).to_have_text(FIRST, timeout=60_000)
    learner.field("wonder-again", "child").fill(LATER)  # and it follows
    expect(report.get_by_role("row").filter(has_text=FIRST)).to_contain_text(LATER)
    learner.take([("Continue", TURN), *TO_THREE_NOTES])
    learner.saved()
    file = tmp_path / "pages.html"
    with page.expect_download() as download:
        learner.button("Take my pages along", "report").click()
    assert download.value.suggested_filename == "the-first-goodbye.html"
    download.value.save_as(file)
    kept = new_page()
    asked = []
    kept.on("request", lambda request: asked.append(request.url))
    kept.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import", file.read_text("utf-8"))
    for words in (OWN, FIRST, CHAIR, LATER):
        expect(kept.locator("dd").filter(has_text=words)).to_have_text(words)
    expect(kept.locator("dt").filter(has_text="Stay down on the mat")).to_have_count(1)
    expect(kept.locator("b")).to_have_count(0)


def plain(text: str) -> str:
    """Return a text without its markup, quotation marks and line breaks, however it travelled."""
    bare = re.sub(r"<[^>]+>", "", unescape(text).replace("\\n", " "))
    return " ".join(re.sub(r"""[*_`"'“”‘’\\]""", "", bare).split())


def sentences(markdown: str) -> set[str]:
    """Return the sentences of a Markdown text that are long enough to be known again."""
    return {one for one in re.split(r"(?<=[.?!])\s", plain(markdown)) if len(one) > 25}


def test_it_never_hands_the_trainers_notes_to_the_page(server, page):
    received: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(_text(frame))))
    page.on("response", lambda one: received.append(one.text()) if "render" in one.url else None)
    learner = Learner(page, server.url).open()
    learner.to_pause().to_second_pause()
    case = load_case(CASE)
    notes = sentences(case.trainer_notes or "")
    notes |= {one for scene in case.scenes for one in sentences(scene.trainer_notes or "")}
    assert len(notes) > 20
    page.wait_for_load_state("networkidle")
    everything = " ".join([*received, page.content(), learner.walk.inner_text()])
    assert not re.search(r"\\?\"trainer_?notes\\?\"", everything, re.IGNORECASE)
    told = plain(everything)
    assert {one for one in sentences(case.scenes[0].text) if one not in told} == set()  # so a note would be seen
    assert {one for one in notes if one in told} == set()


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
