"""What a notebook gives to a group: its agenda, in the order of its cells, and no right to anybody."""

from __future__ import annotations

import pytest
import yaml

from casework.content import Folder
from casework.live.agenda import FolderResolve, Item, check_agenda
from casework.session import Session
from casework.store import open_store

LABELS = [{"at": 1, "text": "hard"}, {"at": 4, "text": "easy"}]
SURVEY = {
    "schema": 1,
    "id": "needs",
    "language": "en",
    "title": "Needs",
    "summary": "What people need.",
    "minutes": 3,
    "sources": [{"id": "own", "cite": "Ours."}],
    "rights": "Ours.",
    "scales": [{"id": "ease", "lowest": 1, "highest": 4, "labels": LABELS}],
    "items": [{"id": "calm", "kind": "rated", "text": "To stay calm?", "scale": "ease"}],
}


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")


@pytest.fixture
def folder(workbooks):
    (workbooks / "surveys").mkdir()
    (workbooks / "surveys/needs.yaml").write_text(yaml.safe_dump(SURVEY), "utf-8")
    return workbooks


def visiting(role, store, folder, monkeypatch, room=None):
    """Open the workbook as somebody whom the server names."""
    learner = store.register_device().learner_id
    visit = store.record_visit(learner, role, room.id if room else None)
    monkeypatch.setenv("CASEWORK_VISIT", visit.id)
    return Session("a-workbook", folder=folder, store=store)


def places(bar):
    return [item["place"] for item in bar.agenda]


def test_the_agenda_is_what_the_cells_show_in_their_order(store, folder):
    session = Session("a-workbook", folder=folder, store=store)
    case = session.case("small")

    case.walk()
    case.reflect("notice")
    session.checklist("small-list").observe(case, "at-the-door", pace="told")
    case.map("before")
    session.survey("needs").answer("before")
    session.log()
    session.report()

    assert places(session.group()) == [
        "walk:small",
        "reflect:small:notice:notice-again",
        "observe:small/at-the-door/small-list:told",
        "map:small/map/before",
        "survey:needs/before",
    ]


def test_the_room_can_play_every_item_of_the_agenda_and_knows_its_version(store, folder):
    session = Session("a-workbook", folder=folder, store=store)
    case = session.case("small")
    widgets = [
        case.walk(map_at_end=False),
        case.reflect("notice", layout="one-by-one"),
        session.checklist("small-list").observe(case, "at-the-door", pace="told"),
        case.map("before"),
        session.survey("needs").answer(one_by_one=True),
    ]
    items = [Item.model_validate(item) for item in session.group().agenda]
    resolve = FolderResolve(Folder(folder))

    check_agenda(items, resolve)

    for widget, item in zip(widgets, items, strict=True):
        found = resolve(item, "en")
        assert found.rules.content_hash == item.content_hash
        assert found.rules.about == widget.content["about"]
        told = found.page()
        assert told == {key: widget.content[key] for key in told}


def test_a_cell_that_runs_after_the_bar_comes_to_the_agenda_and_one_that_runs_again_stays(store, folder):
    session = Session("a-workbook", folder=folder, store=store)
    bar = session.group()
    case = session.case("small")

    case.walk()
    case.reflect("notice")
    case.walk()

    assert places(bar) == ["walk:small", "reflect:small:notice:notice-again"]


def test_whose_page_it_is_comes_from_the_visit_alone(store, folder, monkeypatch):
    room = store.open_group_run("a-workbook", convener="Ana")
    told = {}
    for role, led in (("learner", None), ("trainer", None), ("trainer", room)):
        bar = visiting(role, store, folder, monkeypatch, led).group()
        bar.set_state({"state": bar.state})  # what a page could send
        told[role, led and led.id] = bar.role, bar.room

    assert told == {
        ("learner", None): ("learner", None),
        ("trainer", None): ("trainer", None),
        ("trainer", room.id): ("trainer", room.id),
    }


def test_a_page_cannot_set_what_the_bar_says(store, folder, monkeypatch):
    bar = visiting("learner", store, folder, monkeypatch).group()

    bar.set_state({"role": "trainer", "room": "x", "agenda": []})

    assert (bar.role, bar.room) == ("learner", None)


def test_a_learner_is_told_nothing_of_the_agenda(store, folder, monkeypatch):
    session = visiting("learner", store, folder, monkeypatch)
    session.case("small").walk()

    assert session.group().state["agenda"] == []


def test_what_a_trainer_tries_out_stays_out_of_the_room(store, folder, monkeypatch):
    room = store.open_group_run("a-workbook", convener="Ana")
    session = visiting("trainer", store, folder, monkeypatch, room)
    walk = session.case("small").walk()
    walk.send = lambda *_, **__: None

    walk._handle_custom_msg({"id": "1" * 32, "do": "start"}, [])

    assert store.events(session._visit, room) == []
    assert walk.state["step"] == "read"


def test_the_bar_reads_well_where_no_widget_can_run(store, folder):
    session = Session("a-workbook", folder=folder, store=store)
    session.case("small").walk()

    bar = session.group()

    assert "Walk through the case: A small case" in bar.fallback()
    assert repr(bar) == "GroupWidget('group:a-workbook')"


def test_the_notes_for_whoever_leads_are_on_the_trainers_desk_and_nowhere_else(store, folder, monkeypatch):
    session = visiting("trainer", store, folder, monkeypatch)
    case = session.case("small")
    widgets = [case.walk(), case.reflect("notice"), session.survey("needs").answer("before")]

    stops = session.group().state["agenda"]

    assert stops[0]["notes"] == {"": "<p>A SECRET FOR THE TRAINER.</p>"}
    assert [stop["notes"] for stop in stops[1:]] == [{}, {}]
    assert not any("SECRET" in str(each.content) for each in widgets)
    assert not any("SECRET" in str(item) for item in session.group().agenda)
