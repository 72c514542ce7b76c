"""A part of one's own pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the document: its title, and pairs of a question and what was answered."""

    title: str
    entries: tuple[tuple[str, str], ...]
