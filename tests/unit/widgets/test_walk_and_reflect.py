"""What a notebook does with a walk and a reflection: follow them, choose how they look, take what was written."""

from __future__ import annotations

import pytest
from traitlets import TraitError

from casework.activity.group import Group
from casework.errors import SessionError
from casework.session import Session
from casework.store import open_store

WORDS = {"prompt": "notice", "perspective": "child", "text": "Small hands."}


@pytest.fixture
def session(workbooks, tmp_path, monkeypatch):
    monkeypatch.delenv("CASEWORK_VISIT", raising=False)
    return Session("a-workbook", folder=workbooks, store=open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}"))


class Learner:
    """Someone at the walk's page."""

    def __init__(self, case):
        self.widget, self.number = case.walk(), 0

    def do(self, kind, **body):
        self.number += 1
        self.widget._handle_custom_msg({"id": f"{self.number:032x}", "do": kind, **body}, [])

    def to_the_first_pause(self):
        self.do("start")
        self.do("go_on", scene="arrival", step="read")
        return self

    def to_the_second_writing(self):
        self.to_the_first_pause().do("write", **WORDS)
        self.do("go_on", scene="arrival", step="pause")
        self.do("choose", scene="arrival", choice="sit")
        self.do("go_on", scene="floor", step="read")
        self.do("write", prompt="notice-again", perspective="parent", text="<b>Her</b> mother left.")
        return self

    def to_the_street(self):
        self.do("go_on", scene="arrival", step="pause")
        self.do("choose", scene="arrival", choice="leave")


@pytest.fixture
def learner(session):
    return Learner(session.case("small"))


def test_a_walk_lets_a_notebook_follow_it(learner):
    page = learner.to_the_first_pause()
    seen = []
    page.widget.observe(lambda change: seen.append((change["name"], change["new"])), ["scene", "step", "finished"])

    page.do("write", **WORDS)
    page.to_the_street()

    assert seen == [("step", "turn"), ("scene", "street"), ("finished", True)]
    assert page.widget.way == ["arrival", "street"]
    assert page.widget.responses == {"notice/child": "Small hands."}


@pytest.mark.parametrize("trait", ["scene", "step", "way", "responses", "finished", "stepped_out"])
def test_what_a_walk_lets_one_follow_cannot_be_set(session, trait):
    with pytest.raises(TraitError, match="read-only"):
        setattr(session.case("small").walk(), trait, None)


def test_a_reflection_lets_a_notebook_follow_its_own_prompts_alone(session):
    case = session.case("small")
    reflection = case.reflect("notice")
    walk = Learner(case).to_the_first_pause()
    walk.do("write", **WORDS)
    walk.do("write", prompt="body", perspective="", text="Tired.")

    assert reflection.prompts == ["notice"]
    assert reflection.responses == {"notice/child": "Small hands."}


def test_what_was_written_is_a_frame_with_a_row_for_each_field(learner):
    page = learner.to_the_second_writing()

    frame = page.widget.to_frame()

    assert list(frame.columns) == ["prompt", "perspective", "round", "text", "at"]
    assert frame[["prompt", "perspective", "round", "text"]].to_numpy().tolist() == [
        ["notice", "child", 1, "Small hands."],
        ["notice", "parent", 1, ""],
        ["body", "", 1, ""],
        ["notice-again", "child", 2, ""],
        ["notice-again", "parent", 2, "<b>Her</b> mother left."],
    ]
    assert str(frame["at"].dt.tz) == "UTC"
    assert frame["at"].notna().tolist() == [True, False, False, False, True]


def test_a_reflection_gives_a_frame_of_its_own_prompts(session):
    case = session.case("small")
    Learner(case).to_the_second_writing()

    assert case.reflect("notice").to_frame()["prompt"].unique().tolist() == ["notice", "notice-again"]


def test_a_frame_before_anything_was_written_has_its_columns_and_types(session):
    frame = session.case("small").reflect("body").to_frame()

    assert frame[["prompt", "text"]].to_numpy().tolist() == [["body", ""]]
    assert str(frame["at"].dt.tz) == "UTC"


def test_the_way_is_a_frame_with_a_row_for_each_scene(learner):
    page = learner.to_the_first_pause()
    page.to_the_street()

    frame = page.widget.to_frame("way")

    assert frame.to_dict("records") == [
        {
            "stop": 1,
            "scene": "arrival",
            "title": "",
            "choice": "leave",
            "text": "Leave.",
            "opens": "Air.",
            "closes": "The room.",
        },
        {"stop": 2, "scene": "street", "title": "", "choice": "", "text": "", "opens": "", "closes": ""},
    ]


def test_a_frame_that_a_walk_cannot_give_is_named(session):
    with pytest.raises(ValueError, match="'words' or 'way', and not 'marks'"):
        session.case("small").walk().to_frame("marks")


def test_a_layout_that_is_not_there_is_refused_with_the_nearest_one(session):
    with pytest.raises(SessionError, match="has no layout 'side-by-sid'; perhaps 'side-by-side' is meant"):
        session.case("small").reflect("notice", layout="side-by-sid")


def test_the_map_can_be_left_out_at_the_end(session):
    case = session.case("small")

    assert (case.walk().content["mapAtEnd"], case.walk(map_at_end=False).content["mapAtEnd"]) == (True, False)


def test_a_group_that_a_session_has_reaches_every_activity(session):
    session._group = Group("Ana Ruiz", dealt={("small", "notice"): "parent"})
    case = session.case("small")
    reflection = case.reflect("notice")
    walk = Learner(case).to_the_first_pause()
    walk.do("take", prompt="notice", perspective="child")

    assert (
        reflection.state["dealt"]
        == walk.widget.state["dealt"]
        == {"notice": {"perspective": "parent", "taken": "child"}}
    )
    stored = session._store.events(session._visit, session._ledger.run)
    assert [event.share for _, event in stored if event.kind == "take"] == ["private"]
