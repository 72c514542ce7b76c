"""The files of a log, read back by the programs that they are for."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from casework.activity.events import Event
from casework.activity.log import Log
from casework.activity.log_table import read_table
from casework.activity.rules import fold
from casework.content.words import words
from casework.report.log_calendar import as_calendar
from casework.report.log_sheet import as_csv, as_sheet
from casework.report.pages import chapters

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = words("en")
A, B, C = "a" * 32, "b" * 32, "c" * 32
FORMULA = "=HYPERLINK(1)"

BODIES = [
    ("plan", {"series": B, "start": "2026-10-15", "minutes": 120, "every": "month-weekday", "weeks": 2, "months": 3,
              "kind": "group", "provider": "M. Rivera", "credential": ""}),
    ("add", {"entry": A, "date": "2026-10-15", "minutes": 90, "kind": "group", "people": 6, "provider": FORMULA,
             "credential": "@x", "topics": ["self", "bias"], "other": "-1"}),
    ("add", {"entry": C, "date": "2025-03-01", "minutes": 45, "kind": "individual", "people": None,
             "provider": "A. Osei", "credential": "", "topics": [], "other": ""}),
    ("write", {"prompt": A, "perspective": "note", "text": "+ Held my breath.\nTwice."}),
]  # fmt: skip


def log_after(*bodies):
    rules = Log(today=NOW.date)
    return fold(rules, [Event(f"{n:032x}", kind, "log", NOW, body) for n, (kind, body) in enumerate(bodies)])


@pytest.fixture
def state():
    return log_after(*BODIES)


def events_of(state):
    calendar = Calendar.from_ical(as_calendar(state, SAID, "en", NOW))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_holds_whole_days_what_was_held_and_what_is_planned(state):
    events = events_of(state)

    days = {name: (event.decoded("dtstart"), event.decoded("dtend")) for name, event in events.items()}
    assert days == {
        f"{B}-20261015@casework": (date(2026, 10, 15), date(2026, 10, 16)),
        f"{B}-20261119@casework": (date(2026, 11, 19), date(2026, 11, 20)),
        f"{B}-20261217@casework": (date(2026, 12, 17), date(2026, 12, 18)),
        f"{C}@casework": (date(2025, 3, 1), date(2025, 3, 2)),
    }


def test_a_planned_meeting_that_was_held_keeps_its_name_so_that_a_second_import_changes_it(state):
    before, after = events_of(log_after(BODIES[0])), events_of(state)
    name = f"{B}-20261015@casework"

    assert (str(before[name]["status"]), str(after[name]["status"])) == ("TENTATIVE", "CONFIRMED")
    assert int(after[name]["sequence"]) > int(before[name]["sequence"])
    assert after[name]["description"] == "90 minutes"


def test_a_meeting_that_is_called_off_is_cancelled_in_the_calendar_too():
    off = log_after(BODIES[0], ("move", {"series": B, "date": "2026-11-19", "to": None}))
    event = events_of(off)[f"{B}-20261119@casework"]

    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)


def test_the_calendar_never_holds_a_note_or_a_topic(state):
    text = as_calendar(state, SAID, "en", NOW).decode()

    assert "breath" not in text
    assert SAID["log.topic.self"] not in text


def test_the_table_opens_in_a_spreadsheet_and_starts_no_formula(state):
    data = as_csv(state, SAID, notes=True)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))

    assert data.startswith(b"\xef\xbb\xbf")
    assert [(row["Day"], row["Minutes"], row["Kind"]) for row in rows] == [
        ("2025-03-01", "45", "Individual"),
        ("2026-10-15", "90", "Group"),
    ]
    assert (rows[1]["Provider"], rows[1]["Credential"]) == (f"'{FORMULA}", "'@x")
    assert rows[1]["Note to myself"] == "'+ Held my breath.\nTwice."


def test_the_table_can_be_brought_in_again_without_loss(state):
    rows = read_table(as_csv(state, SAID, notes=True).decode(), SAID, NOW.date()).rows

    assert [(row.meeting.date, row.meeting.minutes, row.meeting.people) for row in rows] == [
        (date(2025, 3, 1), 45, None),
        (date(2026, 10, 15), 90, 6),
    ]
    assert (rows[1].meeting.provider, rows[1].meeting.topics, rows[1].note) == (
        FORMULA,
        ("self", "bias"),
        "+ Held my breath.\nTwice.",
    )


def test_notes_stay_behind_unless_they_are_asked_for(state):
    assert b"breath" not in as_csv(state, SAID, notes=False)
    book = load_workbook(io.BytesIO(as_sheet(state, SAID, NOW.date(), notes=False)))
    assert not any("breath" in str(cell.value) for row in book["Meetings"].iter_rows() for cell in row)


def test_the_spreadsheet_holds_real_days_and_numbers_and_starts_no_formula(state):
    book = load_workbook(io.BytesIO(as_sheet(state, SAID, NOW.date(), notes=True)))
    [_, first, second] = book["Meetings"].iter_rows()

    assert (first[0].value, first[0].is_date, first[1].value) == (datetime(2025, 3, 1), True, 45)  # noqa: DTZ001  as openpyxl reads a day
    assert [second[4].value, second[4].data_type, second[4].quotePrefix] == [FORMULA, "s", True]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_spreadsheets_totals_add_up(state):
    book = load_workbook(io.BytesIO(as_sheet(state, SAID, NOW.date(), notes=False)))
    lines = {str(line[0]): line[1:3] for line in book["Totals"].iter_rows(values_only=True) if line[0] is not None}

    assert lines["2026-10"] == (90, 1.5)
    assert lines["2025"] == (45, 0.75)
    assert lines["In all"] == (135, 2.25)


def test_ones_own_pages_tell_of_each_meeting_with_its_note(state):
    [chapter] = chapters(Log(), state, SAID)

    assert [when for when, _ in chapter.entries] == [
        "2025-03-01, 45 minutes, individual",
        "2026-10-15, 90 minutes, group",
    ]
    assert "+ Held my breath." in chapter.entries[1][1]


def test_an_empty_log_makes_files_too():
    empty = log_after()

    assert events_of(empty) == {}
    assert len(as_csv(empty, SAID, notes=True).decode().splitlines()) == 1
    assert load_workbook(io.BytesIO(as_sheet(empty, SAID, NOW.date(), notes=False))).sheetnames == [
        "Meetings",
        "Totals",
    ]
    assert chapters(Log(), empty, SAID) == []
