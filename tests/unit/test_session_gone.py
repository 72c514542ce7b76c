"""A page whose person has left the device, or was erased, answers nothing any more; and says so."""

from __future__ import annotations

import pytest

from casework.errors import StoreError
from casework.session import Session
from casework.store import open_store
from seat import Page

WORDS = {"prompt": "notice", "perspective": "child", "text": "Small hands."}
GONE = {"gone": True, "buffers": None}


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    store = open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def visit(store, monkeypatch):
    visit = store.record_visit(store.register_device().learner_id)
    monkeypatch.setenv("CASEWORK_VISIT", visit.id)
    return visit


@pytest.fixture
def session(workbooks, store, visit):
    session = Session("a-workbook", folder=workbooks, store=store)
    assert session._visit == visit
    return session


@pytest.fixture
def walk(session):
    page = Page(session.case("small").walk())
    page.do("start")
    page.do("go_on", scene="arrival", step="read")
    return page


def test_a_page_that_was_left_is_told_and_stores_nothing(walk, store, visit, session):
    before = len(store.events(visit, session._ledger.run))
    store.end_visits([visit.id])

    assert walk.do("write", **WORDS) == GONE
    assert walk.send(ping=1) == GONE
    assert len(store.events(visit, session._ledger.run)) == before


def test_the_report_of_a_page_that_was_left_is_not_drawn(session, store, visit):
    page = Page(session.report())
    store.end_visits([visit.id])

    assert page.do("take") == GONE


def test_a_page_whose_person_was_erased_is_told(walk, store, visit):
    store.delete_everything_of(visit)

    assert walk.do("write", **WORDS) == GONE
    assert walk.send(ping=1) == GONE


def test_another_page_of_the_same_person_goes_on(walk, store, visit, workbooks, monkeypatch):
    elsewhere = store.record_visit(visit.learner_id)
    monkeypatch.setenv("CASEWORK_VISIT", elsewhere.id)
    other = Page(Session("a-workbook", folder=workbooks, store=store).case("small").walk())
    store.end_visits([visit.id])

    assert other.send(ping=1) == {"pong": 1, "buffers": None}
    assert walk.send(ping=1) == GONE


def test_a_notebook_of_ones_own_is_told_once_its_owner_was_erased(workbooks, store, monkeypatch):
    monkeypatch.delenv("CASEWORK_VISIT", raising=False)
    session = Session("a-workbook", folder=workbooks, store=store)
    page = Page(session.case("small").walk())
    assert page.send(ping=1) == {"pong": 1, "buffers": None}

    store.erase_learner(session._visit.learner_id)

    assert page.send(ping=2) == GONE


def test_a_store_that_does_not_answer_sends_nobody_away(walk, store, monkeypatch):
    def broken(*_):
        raise StoreError("The store could not be used.")

    monkeypatch.setattr(type(store), "stands", broken)

    assert walk.send(ping=1) == {"pong": 1, "buffers": None}
