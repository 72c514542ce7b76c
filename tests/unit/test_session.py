"""What a notebook holds: nothing acknowledged is unsaved, and nothing saved is lost."""

from __future__ import annotations

import pytest

from casework.activity.page import walk_page
from casework.errors import ContentError, SessionError, StoreError
from casework.session import Session
from casework.store import open_store
from casework.widgets import WalkWidget
from seat import Page


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")


@pytest.fixture
def session(workbooks, store):
    return Session("a-workbook", folder=workbooks, store=store)


class Walker(Page):
    """The page of a walk."""

    def to_the_first_pause(self):
        self.do("start")
        self.do("go_on", scene="arrival", step="read")
        return self

    def texts(self):
        return {cell: response["text"] for cell, response in self.widget.state["responses"].items()}


def a_walk(session):
    return Walker(session.case("small").walk()).to_the_first_pause()


WORDS = {"prompt": "notice", "perspective": "child", "text": "Small hands."}


def test_what_is_written_is_acknowledged_and_there_again_in_a_new_kernel(session, workbooks, store):
    page = a_walk(session)

    said = page.do("write", "a" * 32, **WORDS)

    later = Walker(Session("a-workbook", folder=workbooks, store=store).case("small").walk())
    assert said["ack"] == "a" * 32
    assert later.texts() == {"notice/child": "Small hands."}
    assert (later.widget.state["scene"], later.widget.state["step"]) == ("arrival", "pause")


def test_the_state_is_there_before_the_acknowledgement(session):
    page = a_walk(session)
    seen = []
    page.widget.send = lambda _message, buffers=None: seen.append((page.texts(), buffers))

    page.widget._handle_custom_msg({"id": "a" * 32, "do": "write", **WORDS}, [])

    assert seen == [({"notice/child": "Small hands."}, None)]


def test_a_repeated_intent_is_acknowledged_again_and_stored_once(session):
    page = a_walk(session)
    page.do("write", "a" * 32, **WORDS)

    assert page.do("write", "a" * 32, **WORDS)["ack"] == "a" * 32

    kinds = [event.kind for _, event in session._store.events(session._visit, session._ledger.run)]
    assert kinds == ["start", "go_on", "write"]


def test_a_store_in_trouble_is_never_called_saved(session, monkeypatch):
    page = a_walk(session)

    def full(*_args):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(session._store, "append", full)
    said = page.do("write", "a" * 32, **WORDS)

    assert (said["unsaved"], said["why"]) == ("a" * 32, page.widget.content["words"]["saved.store"])
    assert page.texts() == {}


def test_an_error_in_the_program_is_said_calmly_and_logged(session, monkeypatch, caplog):
    page = a_walk(session)
    monkeypatch.setattr(session._ledger, "catch_up", lambda: 1 / 0)

    said = page.do("write", "a" * 32, **WORDS)

    assert said["unsaved"] == "a" * 32
    assert "ZeroDivisionError" in caplog.text
    assert "Small hands" not in caplog.text


def test_a_refused_intent_comes_with_its_sentence(session):
    said = a_walk(session).do("write", "a" * 32, **{**WORDS, "prompt": "notice-again"})

    assert said["refused"] == "a" * 32
    assert "opens when you have come to its place" in said["why"]


@pytest.mark.parametrize("message", ["text", None, 3, [], {}, {"id": []}, {"id": "x", "do": {}}, {"do": "write"}])
def test_no_message_makes_a_traceback(session, message):
    page = a_walk(session)

    page.widget._handle_custom_msg(message, [])

    assert page.texts() == {}


def test_a_ping_is_answered(session):
    page = a_walk(session)
    page.widget._handle_custom_msg({"ping": 7}, [])

    assert page.told[-1]["pong"] == 7


def test_what_a_page_writes_into_its_state_grants_nothing(session):
    page = a_walk(session)

    page.widget.set_state({"state": {"step": "turn", "scene": "home", "responses": {}}})
    said = page.do("go_on", "a" * 32, scene="home", step="turn")

    assert said["refused"] == "a" * 32
    assert page.widget.state["scene"] == "arrival"


def test_a_reflection_shares_its_words_with_the_walk(session):
    case = session.case("small")
    reflection = Walker(case.reflect("notice"))
    closed = reflection.widget.state["open"]
    walk = Walker(case.walk()).to_the_first_pause()
    walk.do("write", **WORDS)
    reflection.do("write", prompt="notice", perspective="parent", text="Her back.")

    assert not closed
    assert reflection.widget.state["open"]
    assert walk.texts() == reflection.texts() == {"notice/child": "Small hands.", "notice/parent": "Her back."}


def test_a_reflection_brings_along_the_prompt_that_asks_again(session):
    page = session.case("small").reflect("notice").content

    assert [prompt["id"] for prompt in page["prompts"]] == ["notice", "notice-again"]


def test_two_tabs_of_one_learner_see_each_others_words(session, workbooks, store):
    one = a_walk(session)
    other = Walker(Session("a-workbook", folder=workbooks, store=store).case("small").walk())
    one.do("write", **WORDS)

    other.do("write", prompt="notice", perspective="parent", text="Her back.")

    assert other.texts() == {"notice/child": "Small hands.", "notice/parent": "Her back."}


def test_another_learner_sees_nothing_of_it(session, workbooks, store, monkeypatch):
    a_walk(session).do("write", **WORDS)
    visit = store.record_visit(store.register_device().learner_id)
    monkeypatch.setenv("CASEWORK_VISIT", visit.id)

    other = Session("a-workbook", folder=workbooks, store=store)

    assert Walker(other.case("small").walk()).texts() == {}
    assert other._ledger.run != session._ledger.run


def test_a_page_of_a_server_without_a_visit_is_refused(workbooks, store, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")

    with pytest.raises(SessionError, match="casework serve"):
        Session("a-workbook", folder=workbooks, store=store)

    monkeypatch.setenv("CASEWORK_OWNER", "1")
    assert Session("a-workbook", folder=workbooks, store=store)


def test_a_forged_visit_is_refused(workbooks, store, monkeypatch):
    monkeypatch.setenv("CASEWORK_VISIT", "0" * 32)

    with pytest.raises(StoreError, match="not known here"):
        Session("a-workbook", folder=workbooks, store=store)


def test_an_observation_is_kept(session, workbooks, store):
    page = Walker(session.checklist("small-list").observe(session.case("small"), "at-the-door"))
    page.do("begin")
    page.do("mark", "b" * 32, item="waits", beat=0, clock=2)

    again = Session("a-workbook", folder=workbooks, store=store)
    [mark] = again.checklist("small-list").observe(again.case("small"), "at-the-door").state["marks"]
    assert (mark["id"], mark["item"], mark["beat"], mark["clock"]) == ("b" * 32, "waits", 0, 2.0)


def to_the_second_writing(page):
    page.do("write", **WORDS)
    page.do("go_on", scene="arrival", step="pause")
    page.do("choose", scene="arrival", choice="sit")
    page.do("go_on", scene="floor", step="read")
    page.do("write", prompt="notice-again", perspective="parent", text="<b>Her</b> mother left.")


def test_the_report_is_drawn_on_demand_and_then_follows(session):
    walk = a_walk(session)
    report = Walker(session.report())
    before = report.widget.state["html"]
    report.do("draw", "c" * 32)
    empty = report.widget.state["html"]
    to_the_second_writing(walk)

    html = report.widget.state["html"]

    assert before is None
    assert "<table" not in empty
    assert "Small hands." in html
    assert "&lt;b&gt;Her&lt;/b&gt; mother left." in html
    assert "The parent" in html


def test_nothing_is_drawn_that_was_not_asked_for(session):
    report = session.report()
    to_the_second_writing(a_walk(session))

    assert report.state["html"] is None


def test_ones_pages_hold_every_word_and_need_nothing_else(session):
    walk = a_walk(session)
    to_the_second_writing(walk)
    observation = Walker(session.checklist("small-list").observe(session.case("small"), "at-the-door"))
    observation.do("begin")
    observation.do("mark", item="names", beat=0, clock=2)

    said = Walker(session.report()).do("take", "d" * 32)
    [document] = said["buffers"]

    text = document.decode()
    assert (said["file"], said["name"], said["type"]) == ("d" * 32, "a-workbook.html", "text/html")
    for words in ("Small hands.", "&lt;b&gt;Her&lt;/b&gt; mother left.", "Sit down.", "Names.", "She rises."):
        assert words in text
    assert "http" not in text
    assert "SECRET" not in text


def test_an_unknown_case_is_a_sentence_with_the_nearest_one(session):
    with pytest.raises(ContentError, match="small"):
        session.case("smal")


def test_an_error_shows_a_notebook_its_sentence_alone():
    assert SessionError("One sentence.")._render_traceback_() == ["One sentence."]


def test_an_unknown_option_is_refused_with_the_nearest_right_one(session):
    with pytest.raises(SessionError, match=r"observe\(\) has no option 'moment'; perhaps 'moment_id' is meant"):
        session.checklist("small-list").observe(session.case("small"), moment="at-the-door")


def test_a_folder_can_be_named_in_a_string(workbooks, store):
    assert Session("a-workbook", folder=str(workbooks), store=store).folder.path == workbooks


@pytest.mark.parametrize("folder", [7, b"workbooks", ["workbooks"], False])
def test_a_folder_that_is_no_path_is_refused_in_one_sentence(store, folder):
    with pytest.raises(SessionError, match=r"^folder cannot be .+; write where the workbooks lie"):
        Session("a-workbook", folder=folder, store=store)


def test_someone_alone_can_share_nothing(session):
    page = a_walk(session)
    page.do("write", "a" * 32, **WORDS)

    said = page.do("share", form="notice", audience="trainer", events=["a" * 32])

    assert said["why"] == "There is no group here to share this with. Only you can see it."
    assert page.widget.state["sharing"] is None


def test_what_belongs_to_the_learner_is_there_in_another_workbook(session, workbooks, store):
    walk = session.case("small")._walk
    page = Walker(session.seat(WalkWidget, walk, walk_page(walk.case), "own", own=True)).to_the_first_pause()
    page.do("write", **WORDS)

    other = Session("another-workbook", folder=workbooks, store=store)
    later = other.seat(WalkWidget, walk, walk_page(walk.case), "own", own=True)

    assert [response["text"] for response in later.state["responses"].values()] == ["Small hands."]
    assert other.case("small").walk().state["responses"] == {}
