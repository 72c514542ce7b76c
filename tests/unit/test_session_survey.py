"""A survey and its plan in a session: rounds side by side, a plan that stays with its learner, frames, fallbacks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from casework.activity.group import Group
from casework.errors import ContentError, SessionError
from casework.session import Session
from casework.store import open_store
from seat import Page

SAMPLE = Path(__file__).parent / "content" / "sample" / "surveys" / "needs.yaml"


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")


@pytest.fixture
def folder(workbooks):
    (workbooks / "surveys").mkdir()
    shutil.copy(SAMPLE, workbooks / "surveys")
    return workbooks


@pytest.fixture
def session(folder, store):
    return Session("a-workbook", folder=folder, store=store)


class Answering(Page):
    """The page of a survey."""

    def gives(self, item, value):
        return self.do("answer", item=item, value=value)


def a_round(session, round_id, heard):
    page = Answering(session.survey("needs").answer(round_id))
    page.gives("heard", heard)
    page.do("finish")
    return page


def test_answers_are_there_again_in_a_new_kernel(session, folder, store):
    page = Answering(session.survey("needs").answer())
    page.gives("heard", 4)
    page.writes("who/", "R. T.")
    page.do("go", item="cards")

    later = Session("a-workbook", folder=folder, store=store).survey("needs").answer()
    assert later.answers == {"heard": 4, "who": "R. T."}
    assert later.state["at"] == "cards"
    assert later.content["about"] == "needs"


def test_a_notebook_can_watch_the_answers(session):
    page, seen = Answering(session.survey("needs").answer()), []
    page.widget.observe(lambda change: seen.append((change["name"], change["new"])), ["answers", "finished"])
    page.gives("meet", "meeting")
    page.do("finish")

    assert seen == [("answers", {"meet": "meeting"}), ("finished", True)]


def test_the_same_survey_can_be_shown_one_by_one(session):
    pages = session.survey("needs").answer().content["pages"]
    single = session.survey("needs").answer(one_by_one=True).content["pages"]

    assert [page["id"] for page in pages] == ["first", "second"]
    assert [len(page["items"]) for page in single] == [1] * 9


def test_a_later_round_stands_beside_the_first_once_it_is_ended(session):
    a_round(session, "before", 2)
    after = Answering(session.survey("needs").answer("after"))
    after.gives("heard", 4)
    before_the_end = after.widget.state["earlier"]
    after.do("finish")

    assert after.widget.state["again"]
    assert before_the_end is None
    assert after.widget.state["earlier"]["answers"]["heard"]["value"] == 2


def test_a_later_round_follows_what_is_changed_in_the_first(session):
    after = a_round(session, "after", 4)
    alone = after.widget.state["again"]
    before = Answering(session.survey("needs").answer("before"))
    third = Answering(session.survey("needs").answer("a-year-later"))
    before.gives("heard", 1)
    third.do("finish")
    before.gives("heard", 3)

    assert not alone
    assert not before.widget.state["again"]
    assert third.widget.state["earlier"]["answers"]["heard"]["value"] == 3


@pytest.mark.parametrize("name", ["Before", "", "a b", "-x", "a--b"])
def test_a_round_that_is_no_name_is_refused_in_a_sentence(session, name):
    with pytest.raises(SessionError, match="small letters, digits and hyphens"):
        session.survey("needs").answer(name)


def test_an_unknown_option_is_refused_with_the_nearest_right_one(session):
    with pytest.raises(SessionError, match="perhaps 'one_by_one' is meant"):
        session.survey("needs").answer(one_by_on=True)


def test_an_unknown_survey_is_refused_with_the_nearest_one(session):
    with pytest.raises(ContentError, match="needs"):
        session.survey("need")


def test_a_survey_that_stays_on_the_device_is_refused_with_what_to_do(session, folder):
    file = folder / "surveys" / "needs.yaml"
    file.write_text(file.read_text("utf-8").replace("sources:", "share: device\nsources:"), "utf-8")

    with pytest.raises(SessionError, match="write 'share: private'"):
        session.survey("needs")


def test_the_answers_become_a_frame(session):
    page = Answering(session.survey("needs").answer("before"))
    page.gives("heard", 5)
    page.gives("cards", {"time": "ours"})
    page.writes("next/1-what", "Meet")
    frame = page.widget.to_frame().set_index("item")

    assert list(frame.index) == ["heard", "alone", "meet", "why", "cards", "next", "low", "when", "who"]
    assert frame.loc["heard", ["round", "kind", "question", "value", "text"]].tolist() == [
        *("before", "rated", "I am heard.", 5, "5: Always")
    ]
    assert frame.loc["cards", "value"] == {"time": "ours"}
    assert frame.loc["next", "value"] == [{"what": "Meet"}]
    assert list(frame.index[~frame["asked"]]) == ["why", "low"]
    assert frame["answered_at"].notna().tolist() == [True, False, False, False, True, True, False, False, False]
    assert isinstance(frame["answered_at"].dtype, pd.DatetimeTZDtype)


def test_an_empty_plan_is_an_empty_frame(session):
    frame = session.survey("needs").plan().to_frame()

    assert len(frame) == 0
    assert {"what", "who", "by", "sign", "how", "note"} <= set(frame.columns)


def test_a_plan_grows_in_one_workbook_and_is_reviewed_in_another(session, folder, store):
    a_round(session, None, 2)
    page = Answering(session.survey("needs").plan())
    page.do("add", item="heard")
    step = page.widget.steps[0]["step"]
    page.writes(f"{step}/what", "Begin with how everyone is.")
    page.do("by", step=step, day="2026-12-01")

    later = Answering(Session("another", folder=folder, store=store).survey("needs").plan())
    later.writes(f"{step}/note-0", "Twice out of three.")
    later.do("review", step=step, number=0, how="going-on")
    [row] = later.widget.to_frame().to_dict("records")

    assert page.widget.state["answered"] == {"heard": "2"}
    assert (row["question"], row["what"], row["how"]) == ("I am heard.", "Begin with how everyone is.", "going-on")
    assert (row["note"], row["open"], row["reviews"]) == ("Twice out of three.", True, 1)
    assert row["by"] == pd.Timestamp("2026-12-01")


def test_a_plan_follows_what_is_answered_on_the_same_page(session):
    plan = session.survey("needs").plan()
    a_round(session, "before", 1)

    assert plan.state["answered"] == {"heard": "1: Never"}


def test_a_removed_step_is_no_longer_told(session):
    page = Answering(session.survey("needs").plan())
    page.do("add", item=None)
    page.do("remove", step=page.widget.steps[0]["step"])

    assert page.widget.steps == []


def test_in_a_group_the_answers_are_shared_as_one_form(folder, store):
    file = folder / "surveys" / "needs.yaml"
    file.write_text(file.read_text("utf-8").replace("sources:", "share: group_named\nsources:"), "utf-8")
    session = Session("a-workbook", folder=folder, store=store)
    session._group = Group("Ana Ruiz", widest="group_unnamed")
    page = Answering(session.survey("needs").answer())
    page.gives("heard", 4)
    events = page.widget.state["events"]
    page.do("share", form="survey", audience="group_unnamed", events=events)

    form = page.widget.state["sharing"]["forms"]["survey"]
    assert (form["audience"], form["events"], form["widest"]) == ("group_unnamed", events, "group_unnamed")
    assert len(events) == 1


def test_ones_pages_hold_the_answers_of_each_round_and_the_plan(session):
    a_round(session, "before", 2)
    a_round(session, "after", 4)
    a_round(session, "a-year-later", 5)
    plan = Answering(session.survey("needs").plan())
    plan.do("add", item="heard")
    step = plan.widget.steps[0]["step"]
    plan.writes(f"{step}/what", "<b>Meet</b>")
    plan.writes(f"{step}/note-0", "We did.")
    plan.do("review", step=step, number=0, how="done")
    text = session._report.page()

    for told in ("What we need (first)", "What we need (later)", "5: Always", "Step 1. &lt;b&gt;Meet&lt;/b&gt;"):
        assert told in text
    assert "Grown from: I am heard." in text
    assert ": Done. We did." in text
    assert "a-year-later" not in text  # ids are never shown


@pytest.mark.parametrize("said", ["1 Never · 5 Always", "Ours to change", "I am alone with it."])
def test_a_survey_reads_well_where_no_widget_can_run(session, said):
    data, _ = session.survey("needs").answer()._repr_mimebundle_()

    assert said in data["text/html"]


def test_where_no_widget_can_run_each_page_begins_with_its_title_and_introduction(session, folder):
    path = folder / "surveys/needs.yaml"
    path.write_text(path.read_text().replace("title: Plans,", "title: Plans <now>, introduction: Take *time*.,"))

    told = session.survey("needs").answer().fallback()

    assert "<h4>Plans &lt;now&gt;</h4><p>Take <em>time</em>.</p><ul><li>" in told
    assert told.count("<ul>") == 2
    assert told.index("I am heard.") < told.index("<h4>") < told.index("Ours to change")


def test_one_by_one_the_items_stand_in_one_list_where_no_widget_can_run(session):
    told = session.survey("needs").answer(one_by_one=True).fallback()

    assert told.count("<ul>") == 1
    assert told.count("<li>") == 9


def test_a_plan_reads_well_where_no_widget_can_run(session):
    data, _ = session.survey("needs").plan()._repr_mimebundle_()

    assert "How we will know" in data["text/html"]
    assert "I am heard." in data["text/html"]


def test_each_has_a_repr_without_an_address(session):
    survey = session.survey("needs")

    assert repr(survey) == "SessionSurvey('needs')"
    assert repr(survey.answer("before")) == "SurveyWidget('survey:needs/before')"
    assert repr(survey.plan()) == "PlanWidget('plan:needs/plan')"
