"""A log as a spreadsheet (.xlsx) and as a table (.csv): real days and numbers, and never a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

from casework.activity.log_table import FORMULA, heading, lines_of
from casework.activity.log_totals import by_month, summed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casework.activity.log_state import LogState

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (12, 9, 13, 8, 24, 20, 44, 30, 60)


def as_csv(state: LogState, words: Mapping[str, str], *, notes: bool) -> bytes:
    """Return the meetings as comma-separated values: UTF-8 with the mark by which Excel knows it.

    Parameters
    ----------
    state : LogState
        The log.
    words : Mapping[str, str]
        The interface's words.
    notes : bool
        Whether the notes to oneself go along.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(heading(words, notes=notes))
    writer.writerows([_defused(value) for value in line] for line in lines_of(state, words, notes=notes))
    return ("\ufeff" + file.getvalue()).encode()


def _defused(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_sheet(state: LogState, words: Mapping[str, str], today: date, *, notes: bool) -> bytes:
    """Return the log as a workbook of two sheets: the meetings, and what they add up to.

    Parameters
    ----------
    state : LogState
        The log.
    words : Mapping[str, str]
        The interface's words.
    today : datetime.date
        The day on which it is made.
    notes : bool
        Whether the notes to oneself go along.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  only when someone takes it along

    book = Workbook()
    meetings: Any = book.active
    meetings.title = words["log.sheet_meetings"]
    _fill(meetings, [heading(words, notes=notes), *lines_of(state, words, notes=notes)])
    meetings.freeze_panes = "A2"
    meetings.auto_filter.ref = meetings.dimensions
    _fill(book.create_sheet(words["log.sheet_totals"]), _totals(state, words, today))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, lines: Iterable[Sequence[object]]) -> None:  # noqa: ANN401  openpyxl's own
    for row, line in enumerate(lines, start=1):
        is_heading = all(isinstance(value, str) for value in line)
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(row, column)
            _set(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=column > 4)  # noqa: PLR2004  words, not numbers
            if is_heading:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


def _set(cell: Any, value: object) -> None:  # noqa: ANN401  openpyxl's own
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000]
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = value.startswith(FORMULA)
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = "0.00"


def _totals(state: LogState, words: Mapping[str, str], today: date) -> list[list[object]]:
    """Return the totals one below the other: by month, by year, by kind, by provider."""
    held = state.held()
    months: list[list[object]] = [
        [month.month, month.held, month.held / 60, month.individual, month.group, month.planned]
        for month in by_month(state, today)
    ]
    amounts = [words["log.column.minutes"], words["log.column.hours"]]
    kinds = [words["log.individual"], words["log.group"]]
    years: dict[int, int] = {}
    for meeting in reversed(held):
        years[meeting.date.year] = years.get(meeting.date.year, 0) + meeting.minutes
    total = summed(held)
    return [
        [words["log.month"], *amounts, *kinds, words["log.planned"]],
        *months,
        [],
        [words["log.year"], *amounts],
        *_with_hours(years.items()),
        [],
        [words["log.column.kind"], *amounts],
        *_with_hours([(words["log.individual"], total["individual"]), (words["log.group"], total["group"])]),
        *_with_hours([(words["log.all"], total["minutes"])]),
        [],
        [words["log.column.provider"], *amounts, words["log.column.credential"]],
        *([one["provider"], one["minutes"], one["minutes"] / 60, one["credential"]] for one in total["providers"]),
    ]


def _with_hours(lines: Iterable[tuple[object, int]]) -> Iterator[list[object]]:
    for name, minutes in lines:
        yield [name, minutes, minutes / 60]
