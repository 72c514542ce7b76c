"""Two tabs of one person, and clocks that jump: the later words win, and the earlier stay readable to their author."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from casework.activity.events import Event
from casework.content.folder import shipped_folder
from casework.serve.pages import Site
from casework.serve.takeaway import drawn_for
from casework.session import Session, desk
from casework.store import Visit, open_store
from casework.store.exports import own_visit


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    with open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}") as store:
        yield store


@pytest.fixture
def set_clock(monkeypatch):
    """Set the clock of this computer to some days from now."""

    def set_to(days):
        moment = datetime.now(UTC) + timedelta(days=days)
        monkeypatch.setattr(desk, "datetime", SimpleNamespace(now=lambda _zone: moment))

    return set_to


class Tab:
    """A tab with a kernel of its own."""

    def __init__(self, workbooks, store):
        self.widget = (
            Session("the-first-goodbye", folder=workbooks, store=store).case("first-goodbye").reflect("notice")
        )
        self.told = []
        self.widget.send = lambda message, **_: self.told.append(message)

    def write(self, intent_id, text):
        body = {"prompt": "notice", "perspective": "", "text": text}
        self.widget._handle_custom_msg({"id": intent_id * 32, "do": "write", **body}, [])
        return self.told[-1]

    def reads(self):
        return [response["text"] for response in self.widget.state["responses"].values()]


@pytest.fixture
def tabs(shipped, store):
    walk = Session("the-first-goodbye", folder=shipped, store=store).case("first-goodbye").walk()
    to_the_pause(walk)
    return Tab(shipped, store), Tab(shipped, store)


@pytest.fixture
def shipped():
    return shipped_folder()


def to_the_pause(walk):
    walk.send = lambda *_, **__: None
    walk._handle_custom_msg({"id": "0" * 32, "do": "start"}, [])
    for number in range(1, 10):
        if walk.state["step"] == "pause":
            return
        scene, step = walk.state["scene"], walk.state["step"]
        walk._handle_custom_msg({"id": f"{number}" * 32, "do": "go_on", "scene": scene, "step": step}, [])


def everything(store, shipped):
    visit = own_visit(store)
    site = Site(shipped, store, "/", None)
    return drawn_for(site, store.everything_of(Visit("", visit.learner_id)), "en")


def versions(store, shipped):
    written = everything(store, shipped)[0].about[0].written
    return [text for text, _ in written[0].versions]


def test_the_later_words_win_when_the_clock_jumps_back(tabs, store, shipped, set_clock):
    one, _ = tabs
    assert "ack" in one.write("a", "written first")
    set_clock(-400)
    assert "ack" in one.write("b", "written later")
    assert one.reads() == ["written later"]
    assert Tab(shipped, store).reads() == ["written later"]
    assert versions(store, shipped) == ["written later", "written first"]


def test_the_later_words_win_over_a_clock_that_had_run_ahead(tabs, store, shipped, set_clock):
    one, other = tabs
    set_clock(400)
    one.write("a", "written in a year to come")
    set_clock(0)
    other.write("b", "written today")
    assert Tab(shipped, store).reads() == ["written today"]
    assert versions(store, shipped) == ["written today", "written in a year to come"]


def test_of_two_tabs_the_one_that_wrote_last_wins_and_nothing_is_lost(tabs, store, shipped):
    one, other = tabs
    one.write("a", "in this tab")
    other.write("b", "in that tab")
    one.write("a", "in this tab")  # sent again, since its answer was lost
    assert one.reads() == other.reads() == ["in that tab"]
    assert versions(store, shipped) == ["in that tab", "in this tab"]


def test_the_questions_stand_with_the_words(tabs, store, shipped):
    tabs[0].write("a", "what I saw")
    work = everything(store, shipped)[0]
    assert work.title == "The first goodbye"
    assert work.about[0].written[0].question.startswith("Stay at the door")
    assert work.about[0].steps


def test_words_stay_readable_when_their_case_is_gone(store, shipped):
    visit = own_visit(store)
    body = {"prompt": "notice", "perspective": "", "text": "what I saw"}
    run = store.open_run(visit, "a-workbook-of-old")
    store.append(visit, run, Event("a" * 32, "write", "a-case-of-old", datetime.now(UTC), body))
    assert versions(store, shipped) == ["what I saw"]
    work = everything(store, shipped)[0]
    assert (work.title, work.about[0].title) == ("a-workbook-of-old", "a-case-of-old")
    assert work.about[0].written[0].question == "notice"


def test_only_a_shared_computer_keeps_no_drafts(shipped, store, monkeypatch):
    assert Tab(shipped, store).widget.content["durable"] is True
    monkeypatch.setenv("CASEWORK_SHARED_COMPUTER", "1")
    assert Tab(shipped, store).widget.content["durable"] is False
