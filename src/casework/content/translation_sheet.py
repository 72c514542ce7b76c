"""Strings to a spreadsheet and back (.xlsx, as Excel and LibreOffice write it).

The first row says which file it is of; the second names the columns. Every cell holds text: what begins with ``=``
is kept from being taken for a formula.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

from casework.content.translation_table import Row, Table
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

COLUMNS = ("key", "where it stands", "source", "translation", "state")
"""The headings; the columns may come back in another order, and among others."""
_ABOUT = "strings of"
_WIDTHS = (24, 34, 62, 62, 10)
_LONGEST_CELL = 32_767
_LARGEST_FILE = 20_000_000
_MOST_ROWS = 20_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\r\ufffe\uffff]")


def write_sheet(table: Table, path: Path) -> None:
    """Write strings as a spreadsheet.

    Raises
    ------
    ContentError
        If a string is longer than a cell can hold.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  not needed until then
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]  # noqa: PLC0415  as above

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "strings"
    lines = [(_ABOUT, table.name, "", table.language, ""), COLUMNS, *(row[:5] for row in table.rows)]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            cell.value = _to_cell(text, line[0])
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.number_format = "@"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}2"].font = Font(bold=True)
    sheet.freeze_panes = "A3"
    book.save(path)


def read_sheet(path: Path, shown: str) -> Table:
    """Read a spreadsheet that came back.

    Raises
    ------
    ContentError
        If it is no spreadsheet, or not one that came from here.
    """
    lines = _lines(path, shown)
    about = next((number for number, line in enumerate(lines) if line and line[0].strip() == _ABOUT), None)
    names = next((number for number, line in enumerate(lines) if _is_heading(line)), None)
    if about is None or names is None:
        raise ContentError(
            f"{shown}: this is no sheet of strings; it needs the row '{_ABOUT}' and the headings "
            f"{', '.join(COLUMNS)}. Export it again, and leave its first two rows as they are."
        )
    told = [text.strip() for text in lines[about][1:] if text.strip()]
    if len(told) < 2:  # noqa: PLR2004  the file and the language
        raise ContentError(f"{shown}: row {about + 1}: it does not say which file and language it is of; export again.")
    places = [_place(lines[names], heading) for heading in COLUMNS]
    rows = (_row(line, places, number) for number, line in enumerate(lines, start=1) if number > names + 1)
    return Table(told[0], told[1], tuple(row for row in rows if row.key))


def _lines(path: Path, shown: str) -> list[list[str]]:
    """Return the texts of the first sheet that has any of ours, row by row."""
    from openpyxl import load_workbook  # noqa: PLC0415  not needed until then

    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        book = load_workbook(path) if size <= _LARGEST_FILE else None
    except Exception as error:  # openpyxl raises whatever its parts do
        raise ContentError(f"{shown}: this cannot be opened as a spreadsheet; save it as .xlsx.") from error
    if book is None:
        raise ContentError(f"{shown}: the file is too large to be a sheet of strings.")
    found = [[[_from_cell(value) for value in line] for line in _values(sheet)] for sheet in book.worksheets]
    return next((lines for lines in found if any(_is_heading(line) for line in lines)), found[0] if found else [])


def _values(sheet: Any) -> Iterable[Sequence[Any]]:  # noqa: ANN401  openpyxl's own
    rows: Iterable[Sequence[Any]] = sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS), values_only=True)
    return rows


def _is_heading(line: Sequence[str]) -> bool:
    return {"key", "source", "translation"} <= {text.strip().lower() for text in line}


def _place(heading: Sequence[str], name: str) -> int | None:
    return next((index for index, text in enumerate(heading) if text.strip().lower() == name), None)


def _row(line: Sequence[str], places: Sequence[int | None], number: int) -> Row:
    key, context, source, text, state = ("" if place is None else line[place] for place in places)
    return Row(key.strip(), context, source, text, state.strip().lower(), f"row {number}")


def _to_cell(text: str, key: str) -> str:
    """Write a text so that Excel's own format keeps it; it has a sign for what its files cannot hold."""
    cell = _TO_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    if len(cell) > _LONGEST_CELL:
        raise ContentError(
            f"The string '{key}' is longer than a cell of a spreadsheet can be ({_LONGEST_CELL} characters). "
            "Export a .po file instead."
        )
    return cell


def _from_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
