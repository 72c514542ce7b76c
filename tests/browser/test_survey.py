"""Answering a survey: by keyboard, by touch, without a network, and again after a reload; a plan that grows from it."""

from __future__ import annotations

import re

import nbformat
import pytest
from learner import Learner, Network, held, kernels, stored
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SURVEY = """\
schema: 1
id: kinds
language: en
title: What we need
summary: A few questions about how things are here.
minutes: 6
sources: [{id: own, cite: Written for these tests.}]
rights: Made up for these tests.
scales:
  - {id: often, lowest: 1, highest: 5, labels: [{at: 1, text: Never}, {at: 3, text: Sometimes}, {at: 5, text: Always}]}
  - {id: ten, lowest: 0, highest: 10, labels: [{at: 0, text: Not at all}, {at: 10, text: Entirely}]}
items:
  - {id: heard, text: I am heard here., kind: rated, scale: often}
  - {id: alone, text: I am alone with it., kind: rated, scale: often, reverse: true}
  - {id: ready, text: How ready are you?, kind: rated, scale: ten}
  - {id: meets, text: Do you meet?, kind: single, options: [{id: often, text: We do}, {id: not-yet, text: Not yet}]}
  - {id: why, text: What is in the way?, kind: open, relevant: {item: meets, is: not-yet}}
  - {id: helps, text: What helps?, kind: multiple, options: [{id: time, text: Time}, {id: tea, text: A cup of tea}]}
  - id: barriers
    text: Which could we change?
    kind: sort
    options: [{id: room, text: A quiet room}, {id: trust, text: Trust}]
    piles: [{id: ours, text: Ours}, {id: others, text: Not ours}]
  - id: first
    text: What should come first?
    kind: sort
    options: [{id: room, text: Room}, {id: trust, text: Trust}, {id: time, text: Time}]
  - {id: steps, text: What comes next?, kind: plan, columns: [{id: what, text: What}, {id: whom, text: With whom}]}
  - {id: start, text: When could we begin?, kind: date}
  - {id: who, text: Who will you tell?, kind: person}
pages:
  - {id: now, title: How it is, begins: heard}
  - {id: then, title: What comes, begins: barriers}
subscales:
  - {id: support, name: Feeling supported, items: [heard, alone]}
"""

TRANSLATION = """\
schema: 1
translates: kinds
language: es
strings:
  title: {of: "00000000", text: Lo que necesitamos}
"""

WORKBOOKS = {
    "survey-alone": ["kinds').answer()"],
    "survey-rounds": ["kinds').answer('before')", "kinds').answer('after')"],
    "survey-single": ["kinds').answer(one_by_one=True)"],
    "survey-plan": ["kinds').answer()", "kinds').plan()"],
    "survey-later": ["kinds').plan()"],
}

ENDED = "What you answered"


@pytest.fixture(scope="module")
def surveys(server):
    """Add a survey and workbooks that show it to what the server serves."""
    (server.folder / "surveys").mkdir(exist_ok=True)
    (server.folder / "surveys" / "kinds.yaml").write_text(SURVEY, "utf-8")
    (server.folder / "surveys" / "kinds.es.yaml").write_text(TRANSLATION, "utf-8")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for language in ("en", "es"):
        for name, cells in WORKBOOKS.items():
            begin = f"import casework as cw\nsession = cw.Session({name!r}, language={language!r})"
            code = [begin, *(f"session.survey('{cell}" for cell in cells)]
            book = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(one) for one in code],
                metadata={"kernelspec": kernel, "language_info": {"name": "python"}},
            )
            nbformat.write(book, server.folder / language / f"{name}.ipynb")
    return server


class Answerer(Learner):
    """One person at a page with surveys."""

    def at(self, workbook, language="en", count=1, kind="survey"):
        self.count, self.kind = count, kind
        self.page.goto(f"{self.url}/voila/render/{language}/{workbook}.ipynb", wait_until="commit")
        return self.arrived()

    def arrived(self):
        expect(self.activity(self.kind)).to_have_count(self.count, timeout=60_000)
        return self

    @property
    def form(self):
        return self.activity("survey").first

    def group(self, name):
        return self.form.get_by_role("group", name=name)

    def radio(self, group, at):
        return self.group(group).get_by_role("radio").nth(at)

    def press_radio(self, group, at):
        """Press a radio button as people do: on its label."""
        self.radio(group, at).locator("xpath=..").click()
        return self

    def on(self, name="Continue", heading="What comes"):
        self.form.get_by_role("button", name=name, exact=True).click()
        expect(self.form.get_by_role("heading", name=heading)).to_be_focused()
        return self

    def end(self, name="Finish as it is"):
        self.form.get_by_role("button", name="Finish", exact=True).click()
        self.form.get_by_role("button", name=name).click()
        expect(self.form.get_by_role("heading", name=ENDED)).to_be_visible()
        return self

    def line(self, name):
        """Return what the drawn line of a profile says."""
        return self.form.get_by_role("img", name=re.compile(rf"^{re.escape(name)}:")).first.get_attribute("aria-label")


def last_answers(server, since=0):
    return {one["item"]: one["value"] for one in stored(server, "answer")[since:]}


def test_a_year_that_is_half_typed_stays_while_something_else_is_saved(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-alone").on()
    field = learner.form.get_by_label("When could we begin?")
    with held(surveys):
        learner.form.get_by_label("Who will you tell?").fill("my supervisor")
        field.focus()
        page.keyboard.type("120120")
    learner.saved(within="survey")
    page.keyboard.type("26")
    expect(field).to_have_value("2026-12-01")


def test_it_is_answered_from_beginning_to_profile_with_the_keyboard_alone(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-alone")
    before = len(stored(surveys, "answer"))
    learner.tab_to("1Never")
    learner.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")  # the focus enters a group on its first point
    expect(learner.radio("I am heard", 4)).to_be_checked()
    learner.tab_to("Clear the answer: I am heard")
    learner.tab_to("1Never").press("Space")
    learner.tab_to("0Not at all").press("ArrowDown")
    expect(learner.radio("How ready", 1)).to_be_checked()
    learner.tab_to("We do").press("ArrowDown")
    learner.tab_to("What is in the way?")
    page.keyboard.type("The phones.")
    learner.tab_to("Time").press("Space")
    learner.tab_to("A cup of tea").press("Space")
    learner.tab_to("Continue").press("Enter")
    learner.arrives("What comes")
    learner.tab_to("A quiet room").press("ArrowDown")
    learner.tab_to("Trust").press("ArrowDown", "ArrowDown")
    learner.tab_to("Move up: Time").press("Enter")
    assert learner.focused() == "Move up: Time"  # the focus goes along
    learner.press("Enter", "Enter")
    assert learner.focused() == "Move up: Time"
    expect(learner.group("What should come first?").locator(".says")).to_have_text(["Time", "Room", "Trust"])
    learner.tab_to("Clear the answer: What should come first?").press("Tab")
    page.keyboard.type("Ask for a door")
    learner.tab_to("Add a step").press("Enter")
    learner.tab_to("Who will you tell?")
    page.keyboard.type("my supervisor")
    learner.tab_to("Finish").press("Enter")
    learner.arrives("Still empty")
    learner.tab_to("When could we begin?").press("Enter")
    expect(learner.form.get_by_label("When could we begin?")).to_be_focused()
    page.keyboard.type("12012026")
    learner.tab_to("Finish").press("Enter")
    learner.arrives(ENDED)
    learner.saved(within="survey")
    assert last_answers(surveys, before) == {
        "heard": 5,
        "alone": 1,
        "ready": 1,
        "meets": "not-yet",
        "helps": ["time", "tea"],
        "barriers": {"room": "ours", "trust": "others"},
        "first": ["time", "room", "trust"],
        "start": "2026-12-01",
    }
    assert learner.line("Feeling supported") == "Feeling supported: 5, on a line from 1 to 5"
    for words in ("The phones.", "What: Ask for a door", "my supervisor", "December 1, 2026"):
        expect(learner.form.get_by_role("definition").filter(has_text=words)).to_be_visible()


@pytest.mark.looks
@pytest.mark.parametrize("width", [390, 320])
def test_it_is_answered_by_touch_on_a_phone_without_scrolling_sideways(surveys, new_page, width):
    learner = Answerer(new_page(width, has_touch=True), surveys.url).at("survey-alone")
    learner.radio("I am heard", 2).locator("xpath=..").tap()
    expect(learner.radio("I am heard", 2)).to_be_checked()
    learner.radio("How ready", 10).locator("xpath=..").tap()
    assert learner.sideways() <= 0
    learner.form.get_by_role("button", name="Continue").tap()
    learner.form.get_by_label("Trust", exact=True).select_option(label="Not ours")
    learner.form.get_by_role("button", name="Move down: Room").tap()
    expect(learner.group("What should come first?").locator(".says").first).to_have_text("Trust")
    assert learner.sideways() <= 0
    small = learner.form.evaluate(
        "one => [...one.querySelectorAll('button, label.choice, select, input:not([type=radio], [type=checkbox])')]"
        ".filter((it) => it.offsetHeight < 44 || it.offsetWidth < 44).map((it) => it.outerHTML)"
    )
    assert small == []
    learner.form.get_by_role("button", name="Finish").tap()
    learner.form.get_by_role("button", name="Finish as it is").tap()
    expect(learner.form.get_by_role("heading", name=ENDED)).to_be_visible()
    assert learner.sideways() <= 0


def test_an_answer_can_be_cleared_and_what_it_asked_for_is_hidden_and_not_lost(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-alone")
    learner.press_radio("Do you meet?", 1)
    field = learner.form.get_by_label("What is in the way?")
    field.fill("The phones.")
    learner.saved(within="survey")
    learner.form.get_by_role("button", name="Clear the answer: Do you meet?").click()
    expect(field).to_have_count(0)
    expect(learner.radio("Do you meet?", 1)).not_to_be_checked()
    expect(learner.radio("Do you meet?", 0)).to_be_focused()
    learner.press_radio("Do you meet?", 1)
    expect(field).to_have_value("The phones.")


def test_it_goes_on_where_it_was_after_a_reload(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-alone")
    learner.press_radio("I am heard", 3).on()
    what = learner.form.get_by_label("What", exact=True)
    what.fill("Ask for a door")
    page.reload(wait_until="commit")  # before the words are sent
    learner.arrived()
    expect(learner.form.get_by_role("heading", name="What comes")).to_be_visible()
    expect(what).to_have_value("Ask for a door")
    learner.saved(within="survey")
    learner.on("Back", "How it is")
    expect(learner.radio("I am heard", 3)).to_be_checked()


def test_it_shows_an_answer_at_once_and_keeps_it_while_the_network_is_gone(surveys, page, watch):
    watch.allow(r"WebSocket connection to|ERR_|Failed to|Canceled|NetworkError", "the network is cut")
    with Network(surveys.url) as network:
        learner = Answerer(page, network.url).at("survey-alone")
        learner.press_radio("I am heard", 1)
        learner.saved(within="survey")
        before = len(stored(surveys, "answer"))
        network.cut()
        learner.press_radio("I am heard", 2).press_radio("I am heard", 4)
        expect(learner.radio("I am heard", 4)).to_be_checked()
        learner.on()  # turning a page waits for nobody
        learner.on("Back", "How it is")
        learner.saved("late", within="survey")
        assert len(stored(surveys, "answer")) == before
        network.mend()
        learner.reload()
        expect(learner.radio("I am heard", 4)).to_be_checked()
        learner.saved(within="survey")
        assert [one["value"] for one in stored(surveys, "answer")[before:]] == [5]


def test_it_says_that_its_kernel_is_gone_and_keeps_what_is_answered(surveys, page, watch):
    watch.allow(r"WebSocket connection to|ERR_|Failed to|Canceled|NetworkError|404|restart", "the kernel is ended")
    learner = Answerer(page, surveys.url).at("survey-alone")
    learner.press_radio("I am alone", 0)
    learner.saved(within="survey")
    for kernel in kernels(surveys):
        kernel.kill()
    learner.press_radio("I am alone", 3)
    learner.form.get_by_label("What helps?")
    expect(learner.radio("I am alone", 3)).to_be_checked()
    learner.saved("late", within="survey")
    learner.reload()
    expect(learner.radio("I am alone", 3)).to_be_checked()
    learner.saved(within="survey")


def test_a_later_round_is_answered_afresh_and_then_stands_beside_the_first(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-rounds", count=2)
    learner.press_radio("I am heard", 1).press_radio("I am alone", 4).on().end()
    later = Answerer(page, surveys.url)
    frame = page.locator("[data-activity=survey]").nth(1)
    expect(frame).to_contain_text("Answer afresh")
    expect(frame.get_by_role("radio", checked=True)).to_have_count(0)
    frame.get_by_role("group", name="I am heard").get_by_role("radio").nth(3).check()
    frame.get_by_role("button", name="Continue").click()
    frame.get_by_role("button", name="Finish", exact=True).click()
    frame.get_by_role("button", name="Finish as it is").click()
    expect(frame.get_by_role("img", name=re.compile("^I am heard here"))).to_have_attribute(
        "aria-label", "I am heard here.: 2 first, 4 later, on a line from 1 to 5"
    )
    expect(frame.get_by_role("img", name=re.compile("^Feeling supported"))).to_have_attribute(
        "aria-label", "Feeling supported: 1.5 first, 4 later, on a line from 1 to 5"
    )
    frame.get_by_text("The same as a table").click()
    row = frame.get_by_role("row").filter(has_text="Feeling supported")
    assert row.get_by_role("cell").all_inner_texts() == ["1.5", "4", "1 of 2"]
    assert later.sideways() <= 0


def test_it_can_be_answered_one_by_one(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-single")
    expect(learner.form).to_contain_text("Question 1 of 10. Answered: 0 of 10.")
    learner.press_radio("I am heard", 2)
    learner.form.get_by_role("button", name="Continue").click()
    learner.form.get_by_role("button", name="Continue").click()
    expect(learner.group("How ready")).to_be_visible()
    expect(learner.form.get_by_role("group")).to_have_count(1)
    expect(learner.form).to_contain_text("Question 3 of 10. Answered: 1 of 10.")
    learner.saved(within="survey")
    learner.reload()
    expect(learner.group("How ready")).to_be_visible()


def test_a_plan_grows_from_the_answers_and_is_reviewed_in_another_session(surveys, page):
    learner = Answerer(page, surveys.url).at("survey-plan")
    learner.press_radio("I am alone", 3)
    learner.saved(within="survey")
    plan = learner.activity("plan")
    learner.button("Grow steps", "plan").click()
    plan.get_by_role("checkbox", name="I am alone").check()
    plan.get_by_role("checkbox", name="What is in the way").check()
    learner.button("Make steps", "plan").click()
    what = plan.get_by_label("What", exact=True)
    expect(what.first).to_be_focused()
    expect(what).to_have_count(2)
    expect(plan).to_contain_text("You answered: 4")
    what.first.fill("Begin with the visit that stayed")
    learner.button("Remove step 2", "plan").click()
    expect(what).to_have_count(1)
    learner.button("Put it back", "plan").click()
    expect(what).to_have_count(2)
    learner.saved(within="plan")

    later = Answerer(page, surveys.url).at("survey-later", kind="plan")
    plan = later.activity("plan")
    expect(plan.get_by_label("What", exact=True).first).to_have_value("Begin with the visit that stayed")
    day = page.evaluate("() => { const d = new Date(Date.now() + 5 * 864e5); return d.toLocaleDateString('sv'); }")
    plan.get_by_label("By when").first.fill(day)
    plan.get_by_label("By when").first.blur()
    expect(plan).to_contain_text("Coming up: “Begin with the visit that stayed”, in 5 days")
    later.button("How did step 1 go?", "plan").click()
    later.button("Keep this review", "plan").click()
    expect(plan.get_by_role("alert")).to_have_text("Choose one of the four first.")
    plan.get_by_role("radio", name="Going on").check()
    plan.get_by_label("What do you notice?").fill("Twice out of three.")
    later.button("Keep this review", "plan").click()
    expect(plan.get_by_role("listitem").filter(has_text="Going on").last).to_contain_text("Twice out of three.")
    later.saved(within="plan")
    later.reload()
    expect(plan.get_by_role("listitem").filter(has_text="Going on").last).to_contain_text("Twice out of three.")


@pytest.mark.looks
@pytest.mark.parametrize(("width", "theme", "language"), [(1280, "light", "en"), (390, "dark", "es")])
def test_it_breaks_no_rule_of_accessibility_in_any_of_its_states(surveys, new_page, axe, width, theme, language):
    page = new_page(width, theme)
    learner = Answerer(page, surveys.url).at("survey-plan", language)
    go_on, finish, anyway = {
        "en": ("Continue", "Finish", "Finish as it is"),
        "es": ("Continuar", "Terminar", "Terminar así"),
    }[language]
    learner.press_radio("I am heard", 3).press_radio("Do you meet?", 1)
    axe(page)
    learner.form.get_by_role("button", name=go_on).click()
    learner.form.get_by_label("A quiet room").select_option(index=1)
    learner.form.get_by_role("button", name=finish, exact=True).click()
    axe(page)
    learner.form.get_by_role("button", name=anyway).click()
    learner.form.locator("summary").click()
    plan = learner.activity("plan")
    plan.get_by_role("button", name=re.compile("^(Grow|Sacar)")).click()
    axe(page)
    plan.get_by_role("checkbox").first.check()
    plan.get_by_role("button", name=re.compile("^(Make steps|Hacer pasos)")).click()
    plan.get_by_role("button", name=re.compile("^(How did step|¿Cómo resultó el paso)")).click()
    axe(page)
    assert learner.sideways() <= 0
