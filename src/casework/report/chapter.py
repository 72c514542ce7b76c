"""A part of one's own pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the document: its title, and pairs of a question and what was answered."""

    title: str
    entries: tuple[tuple[str, str], ...]
    picture: str = ""
    """A drawing to stand above the entries, as a ``data:`` address."""
    picture_says: str = ""
    """The same in words, for those who do not see it."""
