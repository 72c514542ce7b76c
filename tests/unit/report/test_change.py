"""Before and after, by perspective."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from casework.activity.rules import Response
from casework.content import Folder
from casework.content.words import words
from casework.report import change_frame, change_html, pairs

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def wrote(**texts):
    """Return responses, by cells written with two underscores for the slash."""
    cells = {cell.replace("__", "/").replace("_", "-"): text for cell, text in texts.items()}
    return {cell: Response("0" * 32, text, NOW) for cell, text in cells.items()}


def test_each_question_asked_twice_is_paired_by_perspective(case):
    found = pairs(case, wrote(notice__child="Hands.", notice_again__child="Waiting.", notice_again__parent="Tired."))

    assert [(pair.perspective, pair.before, pair.after, pair.appeared) for pair in found] == [
        ("The child", "Hands.", "Waiting.", False),
        ("The parent", "", "Tired.", True),
    ]


def test_blank_words_are_no_words(case):
    assert not any(pair.before for pair in pairs(case, wrote(notice__child=" \n ")))


def test_the_frame_has_its_columns_even_when_nothing_was_written():
    frame = change_frame([])

    assert list(frame.columns) == ["prompt", "question", "perspective", "before", "after", "appeared"]
    assert frame["appeared"].dtype == bool


def test_a_long_answer_is_shown_whole(case):
    text = "word " * 400 + "end."

    assert text.strip() in change_html(case, wrote(notice__child=text), words("en"))


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;", "a|b\n=1+1"])
def test_what_was_written_is_never_markup(case, hostile):
    html = change_html(case, wrote(notice__child=hostile), words("en"))

    assert "<script" not in html
    assert "<img" not in html


def test_nothing_written_is_said_and_not_drawn(case):
    html = change_html(case, {}, words("en"))

    assert "<table" not in html


def test_a_perspective_that_appeared_is_named(case):
    html = change_html(case, wrote(notice__child="A.", notice_again__parent="B."), words("en"))

    assert "The parent" in html.split("<table")[0]


def test_pandas_is_not_imported_before_something_is_drawn():
    code = "import sys, casework.session, casework.report; raise SystemExit('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_question_asked_from_no_perspective_has_no_column_for_it(workbooks):
    file = workbooks / "cases" / "small.yaml"
    file.write_text(file.read_text().replace("again: notice, prompt", "again: body, prompt"))
    case = Folder(workbooks).find_case("small", "en")

    html = change_html(case, {"body/": Response("0" * 32, "Tired.", NOW)}, words("en"))

    assert html.count("<th>") == 2
    assert html.count("<td>nothing</td>") == 1
