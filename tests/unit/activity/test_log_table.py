"""An earlier log, read from a table as people have them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activity.log_table import read_table
from casework.content.words import words

TODAY = date(2026, 11, 22)


def read(text, language="en"):
    return read_table(text, words(language), TODAY)


def test_it_reads_its_own_columns_in_either_language():
    text = "\ufeffDía;Minutos;Tipo;Con quién;Temas\r\n2026-11-20;90;En grupo;M. Rivera;Proceso paralelo; otra cosa\r\n"

    [row] = read(text).rows

    assert (row.meeting.date, row.meeting.minutes, row.meeting.kind) == (date(2026, 11, 20), 90, "group")
    assert (row.meeting.provider, row.meeting.topics) == ("M. Rivera", ("parallel",))


def test_a_topic_that_it_does_not_know_is_kept_in_ones_own_words():
    [row] = read('date,minutes,topics\n2026-11-20,90,"Parallel process; the garden"\n').rows

    assert (row.meeting.topics, row.meeting.other) == (("parallel",), "the garden")


def test_a_formula_that_was_defused_is_itself_again():
    [row] = read("date,minutes,provider\n2026-11-20,90,'=1+1\n").rows

    assert row.meeting.provider == "=1+1"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "has to name the columns “Day” and “Minutes”"),
        ("name,length\nx,y\n", "has to name the columns"),
        ("date,minutes\n", "holds no meeting"),
        ("date,minutes\n11/20/2026,60\n", "Row 2: “11/20/2026” is no day up to today; write it as 2026-11-21."),
        ("date,minutes\n2027-01-01,60\n", "Row 2: “2027-01-01” is no day up to today"),
        ("date,minutes\n\n2026-01-01,2h\n", "Row 3: “2h” is no number of minutes"),
        ("date,minutes,provider\n2026-01-01,60," + "x" * 201, "under “Provider” are too long"),
        ("date,minutes\n" + "2026-01-01,60\n" * 3001, "more than 3000 rows"),
        ('date,minutes\n"2026-01-01,60', "not a table"),
    ],
)
def test_what_it_cannot_read_is_said_in_a_sentence(text, why):
    [said, *_] = read(text).faults

    assert why in said


@given(st.text())
def test_no_text_makes_it_stumble(text):
    table = read("date,minutes\n" + text)

    assert table.rows or table.faults
