"""One thing that `casework doctor` found out, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "note", "mend"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about an installation."""

    level: Level
    """Whether it is as it should be, worth knowing, or keeps casework from working as it promises."""
    about: str
    """What was looked at, such as ``Python``."""
    says: str
    """How it is, and what to do if it is not as it should be; whole sentences."""

    def __str__(self) -> str:
        return f"{self.level:<4}  {self.about}: {self.says}"


def good(about: str, says: str) -> Finding:
    """Return a finding that is as it should be."""
    return Finding("good", about, says)


def note(about: str, says: str) -> Finding:
    """Return a finding that is worth knowing, and keeps nothing from working."""
    return Finding("note", about, says)


def mend(about: str, says: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding("mend", about, says)


def listed(names: list[str], most: int = 4) -> str:
    """Return names as one reads them: a few of them, and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
