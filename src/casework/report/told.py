"""What sections of a report have at hand: the rows, the files that were asked from, and the words of the interface."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casework.content.markdown import to_plain
from casework.content.words import words
from casework.report.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.report.asked import Asked
    from casework.report.frames import Frames

NONE = "\N{EN DASH}"
_VIEWS = ("child", "parent", "practitioner", "relationship")


@dataclass(frozen=True)
class Telling:
    """What sections are made of."""

    frames: Frames
    asked: Asked
    language: str
    floor: int
    quoting: bool
    """Whether words that people wrote may stand in the report."""
    series: Series = field(default_factory=Series)
    """The session with those that it goes on from."""

    def says(self, key: str, **filled: object) -> str:
        """Return one of the interface's sentences."""
        text = words(self.language)[f"reports.{key}"]
        return text.format(**filled) if filled else text

    def number(self, value: float, digits: int = 1) -> str:
        """Return a number as people write it; a dash where it says nothing."""
        from babel.numbers import format_decimal  # noqa: PLC0415  only when something is said

        if value is None or math.isnan(value):
            return NONE
        rounded = round(float(value), digits) + 0.0  # no minus before nought
        return format_decimal(rounded, format=f"0.{'0' * digits}" if digits else "0", locale=self.language)

    def percent(self, share: float) -> str:
        """Return a share of 1 as people write it."""
        from babel.numbers import format_percent  # noqa: PLC0415  as above

        return NONE if math.isnan(share) else format_percent(share, locale=self.language)

    def between(self, value: float, low: float, high: float) -> str:
        """Return a figure with its interval, if it has one."""
        told = {name: self.number(each, 2) for name, each in (("value", value), ("low", low), ("high", high))}
        return told["value"] if math.isnan(low) else self.says("between", **told)

    def listed(self, names: Iterable[str]) -> str:
        """Return names as people list them."""
        from babel.lists import format_list  # noqa: PLC0415  as above

        return format_list(list(names), locale=self.language)

    def day(self, at: datetime) -> str:
        """Return a day as people write it."""
        from babel.dates import format_date  # noqa: PLC0415  as above

        return str(format_date(at, "long", locale=self.language))

    def short_day(self, at: datetime) -> str:
        """Return a day and its month, shortly."""
        from babel.dates import format_skeleton  # noqa: PLC0415  as above

        return str(format_skeleton("MMMd", at, locale=self.language))

    def case_title(self, about: str) -> str:
        """Return the title of a case."""
        case = self.asked.case(about)
        return case.title if case else about

    def question(self, about: str, prompt: str) -> str:
        """Return what a prompt asks, on one line."""
        case = self.asked.case(about)
        found = (one for _, one in case.prompts() if one.id == prompt) if case else iter(())
        return next((" ".join(to_plain(one.prompt).split()) for one in found), prompt)

    def perspectives(self, about: str, prompt: str) -> list[tuple[str, str, str]]:
        """Return the perspectives that a prompt asks from: id, name, and the name of its color."""
        case = self.asked.case(about)
        found = next((one for _, one in case.prompts() if one.id == prompt), None) if case else None
        if case is None or found is None:
            return []
        return [(name, case.find_perspective(name).name, color_of(name)) for name in found.perspectives]


def color_of(perspective: str) -> str:
    """Return the name of a perspective's color."""
    return perspective if perspective in _VIEWS else "other"


def made(telling: Telling, at: datetime | None) -> str:
    """Return when a report is made, as people write it."""
    return telling.day(at or datetime.now(UTC))
