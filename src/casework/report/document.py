"""A report before it is a page, a Word document or a spreadsheet: sentences, pictures, words, and tables at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from casework.report.drawings import Drawing


@dataclass(frozen=True, slots=True)
class Board:
    """Words that people gave: a question, and what was written to it, first and later side by side."""

    question: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """A line for each person whose two answers may be put together; the others stand in the last, below each other."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report."""

    title: str
    says: tuple[str, ...] = ()
    """Plain sentences; the first ones stand at the top of the report, too."""
    drawings: tuple[Drawing, ...] = ()
    boards: tuple[Board, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    """Pairs of a question and what one person answered."""
    picture: str = ""
    """A drawing of one's own to stand above them, as a ``data:`` address."""
    picture_says: str = ""
    """The same in words."""
    tables: tuple[tuple[str, pd.DataFrame], ...] = ()
    """Tables that belong to no picture, with what they are called."""
    first: int = 1
    """How many of the sentences stand at the top of the report."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report, in one language."""

    title: str
    subtitle: str
    language: str
    says: tuple[str, ...]
    """What it is, and what it holds."""
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    """What one has to know to read it."""

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield all tables with what they are called, in the order in which they are numbered from 1."""
        for section in self.sections:
            yield from ((drawing.table_title or drawing.title, drawing.table) for drawing in section.drawings)
            yield from section.tables

    def pictures(self, section: Section) -> Iterator[tuple[int, int, Drawing]]:
        """Yield the pictures of a section, with their numbers and those of their tables."""
        pictures, tables = 0, 0
        for each in self.sections:
            for drawing in each.drawings:
                pictures, tables = pictures + 1, tables + 1
                if each is section:
                    yield pictures, tables, drawing
            tables += len(each.tables)

    def top(self) -> tuple[str, ...]:
        """Return what the report says in short."""
        return tuple(line for section in self.sections for line in section.says[: section.first])
