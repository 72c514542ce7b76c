"""What a check has to say: one problem, one place, one way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[str | int, ...]
"""The keys and positions that lead from the top of a file to one of its values."""

ELEMENTS = {
    "beats": "beat",
    "choices": "choice",
    "codes": "code",
    "columns": "column",
    "items": "item",
    "labels": "label",
    "marks": "mark",
    "moments": "moment",
    "options": "option",
    "pages": "page",
    "people": "person",
    "perspectives": "perspective",
    "piles": "pile",
    "reflect": "prompt",
    "scales": "scale",
    "scenes": "scene",
    "sources": "source",
    "subscales": "subscale",
    "support": "support contact",
    "targets": "target",
    "ties": "tie",
}
"""What an entry of a list is called, by the key of the list."""
Severity = Literal["error", "warning", "information"]
"""An error keeps a file from being used; a warning does not; information is only good to know."""
_LONGEST_QUOTE = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One thing in a file that its facilitator should know about."""

    file: str
    """The file, as the reader would name it."""
    line: int
    """Counted from one."""
    element: str
    """What the problem is in, such as ``scene 'arrival'``; empty for the file as a whole."""
    message: str
    """What is wrong, and what was found."""
    remedy: str
    """What to do."""
    severity: Severity = "error"
    """How much it matters."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: "
        what = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return place + (f"{self.element}: " if self.element else "") + what


@dataclass(frozen=True)
class Finding:
    """A problem before it is known where its element stands in the file."""

    path: Place
    """Where in the content."""
    message: str
    """What is wrong, and what was found."""
    remedy: str
    """What to do."""
    severity: Severity = "error"
    """As in `Problem`."""


def quote(text: str) -> str:
    """Return a text in quotation marks, on one line and not too long."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'}'"


def name_element(content: object, path: Sequence[str | int]) -> str:
    """Name what a path leads through, such as ``scene 'arrival', choice 'sit-down'``."""
    names: list[str] = []
    key: str | int = ""
    for part in path:
        content = _step(content, part)
        if (element := ELEMENTS.get(str(key))) and isinstance(part, int) and not isinstance(content, str):
            names.append(f"{element} {_id_of(content) or part + 1}")
        key = part
    return ", ".join(names)


def _step(content: object, part: str | int) -> object:
    if isinstance(content, dict):
        return content.get(part)
    if isinstance(content, list) and isinstance(part, int) and part < len(content):
        return content[part]
    return None


def _id_of(content: object) -> str | None:
    found = content.get("id") if isinstance(content, dict) else None
    return quote(found) if isinstance(found, str) and found.strip() else None
