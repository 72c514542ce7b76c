"""The log in a session: one for each learner, whichever workbook shows it."""

from __future__ import annotations

import pandas as pd
import pytest

from casework.activity.group import Group
from casework.errors import ContentError, SessionError
from casework.session import Session
from casework.store import open_store

A, B = "a" * 32, "b" * 32
MEETING = {"entry": A, "date": "2026-01-20", "minutes": 90, "kind": "group", "people": 6, "provider": "M. <b>R</b>"}


@pytest.fixture
def store(tmp_path, monkeypatch):
    for name in ("CASEWORK_VISIT", "CASEWORK_OWNER", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return open_store(f"sqlite:///{tmp_path / 'casework.sqlite'}")


@pytest.fixture
def session(workbooks, store):
    return Session("a-workbook", folder=workbooks, store=store)


def send(widget, do, number=1, **body):
    """Send what a page sends, and return what it is told."""
    told = []
    widget.send = lambda message, buffers=None: told.append({**message, "buffers": buffers})
    widget._handle_custom_msg({"id": f"{number:032x}", "do": do, **body}, [])
    return told[-1]


def test_one_log_is_seen_in_every_workbook(session, workbooks, store):
    send(session.log(), "add", **MEETING)

    other = Session("another-workbook", folder=workbooks, store=store).log()

    assert [entry["minutes"] for entry in other.entries] == [90]


def test_another_learner_has_a_log_of_their_own(session, workbooks, store, monkeypatch):
    send(session.log(), "add", **MEETING)
    monkeypatch.setenv("CASEWORK_VISIT", store.record_visit(store.register_device().learner_id).id)

    assert Session("a-workbook", folder=workbooks, store=store).log().entries == []


def test_a_notebook_can_follow_the_meetings_and_cannot_change_them(session):
    widget = session.log()
    seen = []
    widget.observe(lambda change: seen.append(change.new), "minutes")

    send(widget, "add", **MEETING)

    assert (seen, widget.minutes) == ([90], 90)
    with pytest.raises(Exception, match="read-only"):
        widget.entries = []


def test_it_becomes_a_frame_with_a_row_for_each_meeting(session):
    widget = session.log()
    send(widget, "add", **MEETING, topics=["self", "bias"])
    send(widget, "add", 2, entry=B, date="2025-12-01", minutes=45, kind="individual")
    send(widget, "write", 3, prompt=A, perspective="note", text="Held my breath.")

    frame = widget.to_frame()

    assert list(frame["date"]) == [pd.Timestamp("2025-12-01"), pd.Timestamp("2026-01-20")]
    assert list(frame["minutes"]) == [45, 90]
    assert list(frame["topics"]) == ["", "self; bias"]
    assert list(frame["note"]) == ["", "Held my breath."]
    assert frame["people"].isna().tolist() == [True, False]


def test_an_empty_log_is_an_empty_frame(session):
    assert session.log().to_frame().empty
    assert session.log().totals("provider").empty


def test_it_adds_up_by_month_year_provider_and_kind(session):
    widget = session.log()
    send(widget, "add", **MEETING)
    send(widget, "add", 2, entry=B, date="2025-12-01", minutes=45, kind="individual")

    assert widget.totals("month")["held"].to_dict() == {"2025-12": 45, "2026-01": 90}
    assert widget.totals("year")["minutes"].to_dict() == {2025: 45, 2026: 90}
    assert widget.totals("provider")["minutes"].to_dict() == {"M. <b>R</b>": 90, "": 45}
    assert widget.totals("kind")["minutes"].to_dict() == {"individual": 45, "group": 90}
    with pytest.raises(ValueError, match="cannot add up by 'week'; choose one of 'month'"):
        widget.totals("week")


def test_a_file_of_targets_is_followed_until_one_chooses(session):
    widget = session.log("mi-aimh")
    before = [aim["hours"] for aim in widget.state["aims"]]
    send(widget, "follow", targets=["mi-aimh/renewal"])

    assert before == [24, 50, 50, 12]
    assert [aim["hours"] for aim in widget.state["aims"]] == [12]
    assert widget.state["aims"][0]["checked"] == "2026-11-22"


def test_without_a_file_all_are_offered_and_none_is_followed(session):
    widget = session.log()

    assert {file["id"] for file in widget.content["targets"]} >= {"mi-aimh", "wa-aimh", "example-program"}
    assert widget.state["aims"] == []


def test_a_file_that_cannot_be_used_is_not_offered(session, workbooks):
    folder = workbooks / "targets"
    folder.mkdir()
    (folder / "broken.yaml").write_text("schema: 1\nid: broken\n", encoding="utf-8")

    assert "broken" not in {file["id"] for file in session.log().content["targets"]}


def test_what_it_does_not_know_is_refused_with_the_nearest_right_one(session):
    with pytest.raises(ContentError, match="perhaps 'mi-aimh' is meant"):
        session.log("mi-aihm")
    with pytest.raises(SessionError, match="log\\(\\) has no option 'target'; perhaps 'targets' is meant"):
        session.log(target="mi-aimh")
    with pytest.raises(SessionError, match="has no 'minute'; perhaps 'minutes' is meant"):
        session.log(series={"minute": 60})
    with pytest.raises(SessionError, match="'months' cannot be 0"):
        session.log(series={"months": 0})


def test_the_form_for_a_series_begins_as_the_notebook_says(session):
    page = session.log(series={"minutes": 90, "every": "weeks"}).content

    assert page["suggested"] == {"minutes": 90, "months": 24, "every": "weeks", "weeks": 2, "kind": "group"}


@pytest.mark.parametrize(
    ("do", "name", "start"),
    [
        ("calendar", "reflective-supervision-log.ics", b"BEGIN:VCALENDAR"),
        ("sheet", "reflective-supervision-log.xlsx", b"PK"),
        ("table", "reflective-supervision-log.csv", b"\xef\xbb\xbfDay"),
    ],
)
def test_it_gives_its_files_and_stores_nothing_for_them(session, do, name, start):
    widget = session.log()
    send(widget, "add", **MEETING)
    before = session._papers._number

    said = send(widget, do, 2, notes=True)

    assert (said["name"], said["buffers"][0][: len(start)]) == (name, start)
    assert session._papers._number == before


def test_nobody_can_be_shown_a_log_even_in_a_group(session):
    session._group = Group("Ana")
    widget = session.log()
    send(widget, "add", **MEETING)

    assert "refused" in send(widget, "share", 2, form="log", audience="trainer", events=[f"{1:032x}"])
    assert "sharing" not in widget.state


def test_its_fallback_tells_nothing_of_what_is_in_it(session):
    widget = session.log()
    send(widget, "add", **MEETING)
    data, _ = widget._repr_mimebundle_()

    assert repr(widget) == "LogWidget('log:log')"
    assert "Reflective supervision log" in data["text/html"]
    assert "<b>R</b>" not in data["text/html"]
    assert "M. " not in data["text/html"]


def test_ones_own_pages_hold_the_log(session):
    send(session.log(), "add", **MEETING)
    report = session.report()

    [document] = send(report, "take", 2)["buffers"]

    assert "Reflective supervision log" in document.decode()
    assert "M. &lt;b&gt;R&lt;/b&gt;" in document.decode()
