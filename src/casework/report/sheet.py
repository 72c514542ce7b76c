"""Frames as a spreadsheet: a sheet for each, one that explains the columns, and never a formula."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from casework.content.words import words
from casework.report.frames import COLUMNS
from casework.report.series import series_frame
from casework.store.exports import write_line

if TYPE_CHECKING:
    import pandas as pd

    from casework.report.frames import Frames
    from casework.report.series import Series

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WIDE = {"text": 70, "note": 70, "other": 30, "topics": 40, "session": 35, "moment": 30, "at": 26, "joined_at": 26}
_LINE = 14
"""How tall a line is, in points."""
_WRAPPED = 40
"""How wide a column is whose words go on below each other."""


def as_sheets(
    frames: Frames, language: str = "en", *, leave_out: frozenset[str] = frozenset(), series: Series | None = None
) -> bytes:
    """Return frames as the bytes of an ``.xlsx`` file.

    Parameters
    ----------
    frames : Frames
        What to write; a frame without rows gets no sheet.
    language : str, optional
        In which sheets and columns are explained.
    leave_out : frozenset of str, optional
        Columns that may not be in it.
    series : Series, optional
        The session with those that it goes on from: how many answered what each time, on a sheet of its own.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  not needed until then

    said, book = words(language), Workbook()
    legend: Any = book.active
    legend.title = said["frames.columns"]
    lines: list[tuple[str, ...]] = [tuple(said[f"frames.{head}"] for head in ("sheet", "column", "means"))]
    found = {name: getattr(frames, name).drop(columns=leave_out, errors="ignore") for name in COLUMNS}
    found |= {"earlier": series_frame(series)} if series and series.goes_on else {}
    for name, frame in found.items():
        if frame.empty:
            continue
        title = said[f"frames.{name}"]
        _fill(book.create_sheet(title), frame)
        lines.append((title, "", said[f"frames.about_{name}"]))
        lines += [(title, column, said[f"frames.column.{column}"]) for column in frame.columns]
    for number, line in enumerate(lines, 1):
        write_line(legend, number, line)
    _dress(legend, (16, 16, 110))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame) -> None:  # noqa: ANN401  openpyxl has no types
    write_line(sheet, 1, frame.columns)
    for number, row in enumerate(frame.itertuples(index=False), 2):
        write_line(sheet, number, (_told(value) for value in row))
    _dress(sheet, [_WIDE.get(str(column), 19) for column in frame.columns])


def _told(value: Any) -> Any:  # noqa: ANN401  whatever a cell holds
    import pandas as pd  # noqa: PLC0415  knows every way in which something can be missing

    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") if value.tzinfo else value.date()
    return value.item() if hasattr(value, "item") else value


def _dress(sheet: Any, widths: Any) -> None:  # noqa: ANN401  as above
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        deep = 1
        for cell, width in zip(row, widths, strict=True):
            cell.alignment = Alignment(vertical="top", wrap_text=width >= _WRAPPED)
            deep = max(deep, sum(-(-len(line) // width) for line in str(cell.value or "").splitlines()))
        sheet.row_dimensions[row[0].row].height = _LINE * deep
