"""The strings of a file as rows, the way a spreadsheet or a PO file carries them to a translator and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from casework.content.nearest import suggest
from casework.content.problem import name_element, quote
from casework.content.translation import source_mark
from casework.content.yaml_tree import UNPRINTABLE
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from casework.content.translation import Entry, TranslatedString
    from casework.content.translation_files import Base


_GONE = "No longer in the file"


class Row(NamedTuple):
    """One string on its way to a translator or back."""

    key: str
    """How translations name it."""
    context: str
    """Where it stands and what it is, for people."""
    source: str
    """In the base language."""
    text: str
    """In the other one; empty if it is not translated."""
    state: str
    """``done``, ``stale``, ``missing``, ``kept`` for a name that stays as it is, or ``gone`` from the file."""
    place: str = ""
    """Where the row stands in the file it was read from, such as ``row 12``."""


@dataclass(frozen=True)
class Table:
    """All strings of one file in two languages."""

    name: str
    """The file, as seen from its folder of workbooks, without its ending: ``cases/first-goodbye``."""
    language: str
    """The language of the translations."""
    rows: tuple[Row, ...]
    """In the order of the file."""


class Change(NamedTuple):
    """What a string of a translation is to say from now on."""

    of: str | None
    """Which wording it translates."""
    text: str
    """What it says."""


def to_rows(value: Mapping[str, Any], entries: Iterable[Entry]) -> tuple[Row, ...]:
    """Return strings as rows, each with the place where it stands in words.

    Parameters
    ----------
    value : mapping
        What stands in the file.
    entries : iterable of Entry
        Its strings in both languages.
    """
    return tuple(
        Row(entry.source.key, _context(value, entry), entry.source.text, entry.text, entry.state) for entry in entries
    )


def gone_rows(base: Base, translated: Mapping[str, TranslatedString]) -> tuple[Row, ...]:
    """Return the strings of a translation that the file no longer has, behind which a renamed part may stand.

    Parameters
    ----------
    base : Base
        The file that is translated, as it is now.
    translated : mapping of str to TranslatedString
        What the translation says now.
    """
    return tuple(Row(key, _GONE, "", said.text, "gone") for key, said in translated.items() if key not in base.strings)


def find_gone(table: Table, base: Base, translated: Mapping[str, TranslatedString]) -> frozenset[str]:
    """Return the keys that a table says are gone, and are; what they say is to be dropped from the translation."""
    told = {row.key for row in table.rows if row.state == "gone"}
    return frozenset(told - base.strings.keys()) & translated.keys()


def find_changes(table: Table, base: Base, translated: Mapping[str, TranslatedString], shown: str) -> dict[str, Change]:
    """Return what a table changes in a translation; a row without a translation changes nothing.

    Parameters
    ----------
    table : Table
        As it came back.
    base : Base
        The file that is translated, as it is now.
    translated : mapping of str to TranslatedString
        What the translation says now.
    shown : str
        What problems call the table's file.

    Raises
    ------
    ContentError
        If a row has an unknown key, stands there twice or translates a wording that the file no longer has; with
        a line for each. Nothing is to be imported then.
    """
    rows = [row for row in table.rows if row.state != "gone" or row.key in base.strings]
    problems = [f"{shown}: {row.place}: {said}" for row, said in _find_faults(rows, base)]
    if problems:
        raise ContentError("\n".join(problems))
    changes: dict[str, Change] = {}
    for row in rows:
        text, before = row.text.strip(), translated.get(row.key)
        mark = source_mark(base.strings[row.key].text)
        if before and before.text == text and (row.state == "stale" or before.of == mark):
            continue
        if text:
            changes[row.key] = Change(mark, text)
    return changes


def _find_faults(rows: Iterable[Row], base: Base) -> Iterator[tuple[Row, str]]:
    seen: dict[str, Row] = {}
    for row in rows:
        if row.key not in base.strings:
            yield row, f"the file has no string {quote(row.key)}; {suggest(row.key, base.strings)}"
            continue
        now = base.strings[row.key].text
        if row.source.strip() != now:
            yield (
                row,
                (
                    f"the source of '{row.key}' is not what the file says now ({quote(now)}); "
                    "export again, and carry your translations over"
                ),
            )
        if row.key in seen:
            yield row, f"'{row.key}' stands in {seen[row.key].place} already; keep one of the two"
        seen.setdefault(row.key, row)
        if UNPRINTABLE.search(row.text):
            yield row, "the translation holds a character that cannot be printed; take it out"


def _context(value: Mapping[str, Any], entry: Entry) -> str:
    where = name_element(value, entry.source.place)
    about = entry.source.about.split(";", maxsplit=1)[0].rstrip(".").replace("`", "")
    return f"{where}: {about[:1].lower()}{about[1:]}" if where else about
