"""What an RSC log holds: meetings, planned series, and the hours that its owner counts towards."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from casework.activity.rules import Response

TOPICS = (
    "child",
    "parent",
    "relationship",
    "self",
    "parallel",
    "bias",
    "endings",
    "team",
    "strain",
    "leading",
)
"""What a meeting may have been about, by the ids under which the interface's words name it (``log.topic.…``)."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that was held."""

    id: str
    date: date
    minutes: int
    kind: str
    """``"individual"`` or ``"group"``."""
    people: int | None = None
    provider: str = ""
    credential: str = ""
    topics: tuple[str, ...] = ()
    other: str = ""
    """Topics in one's own words."""
    version: int = 0
    """How often it was changed."""


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings that are planned, one after the other."""

    id: str
    start: date
    minutes: int
    every: str
    weeks: int
    months: int
    kind: str
    provider: str = ""
    credential: str = ""
    moved: Mapping[date, date | None] = field(default_factory=lambda: MappingProxyType({}))
    """By the day that the series gives, the day instead; None where nobody meets."""
    last: date | None = None
    """The day after which it ended, if it ended before its time."""
    version: int = 0


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A number of hours that the owner of the log has written down."""

    id: str
    text: str
    hours: float
    within_months: int
    kind: str


@dataclass(frozen=True, slots=True)
class LogState:
    """A log, whole. What was removed stays beneath, and can be brought back."""

    meetings: Mapping[str, Meeting] = field(default_factory=lambda: MappingProxyType({}))
    series: Mapping[str, Series] = field(default_factory=lambda: MappingProxyType({}))
    aims: Mapping[str, OwnTarget] = field(default_factory=lambda: MappingProxyType({}))
    followed: tuple[str, ...] | None = None
    """The targets of files that one chose, as ``file/target``; None before one chose."""
    removed: tuple[str, ...] = ()
    """What was taken out, the latest last."""
    notes: Mapping[str, Response] = field(default_factory=lambda: MappingProxyType({}))
    """By ``meeting/note``."""

    def held(self) -> tuple[Meeting, ...]:
        """Return the meetings of the log, the latest first."""
        there = (meeting for meeting in self.meetings.values() if meeting.id not in self.removed)
        return tuple(sorted(there, key=lambda meeting: (meeting.date, meeting.id), reverse=True))

    def planned(self) -> tuple[Series, ...]:
        """Return the series of the log, in the order in which they begin."""
        there = (series for series in self.series.values() if series.id not in self.removed)
        return tuple(sorted(there, key=lambda series: (series.start, series.id)))

    def own_targets(self) -> tuple[OwnTarget, ...]:
        """Return the targets that its owner wrote."""
        return tuple(target for target in self.aims.values() if target.id not in self.removed)

    def note(self, meeting: str) -> str:
        """Return the note to oneself about a meeting."""
        found = self.notes.get(f"{meeting}/note")
        return found.text if found else ""

    def things(self) -> Iterator[str]:
        """Yield the id of each thing that can be taken out."""
        yield from (*self.meetings, *self.series, *self.aims)
