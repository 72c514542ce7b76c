"""What is known of an observation at a time: where one is, and what was marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.rules import Response
    from casework.activity.sharing import Shared


class Observation(NamedTuple):
    """One mark: an item of the checklist, seen at a beat or at a second, a state with its end."""

    id: str
    item: str
    beat: int | None
    seconds: float | None
    clock: float
    """Seconds on the page's clock since the observation began."""
    lasts: bool = False
    """Whether it is a state that has not ended yet."""
    until_beat: int | None = None
    until: float | None = None
    until_clock: float | None = None
    ended_by: str = ""
    """The event that ended it."""
    was: tuple[str, int | None, float | None] | None = None
    """The item, beat and second before it was first corrected."""
    events: tuple[str, ...] = ()
    """Every event that made it what it is."""

    def view(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "id": self.id,
            "item": self.item,
            "beat": self.beat,
            "seconds": self.seconds,
            "clock": self.clock,
            "lasts": self.lasts,
            "untilBeat": self.until_beat,
            "until": self.until,
            "was": self.was and {"item": self.was[0], "beat": self.was[1], "seconds": self.was[2]},
        }


@dataclass(frozen=True, slots=True)
class Told:
    """What was said last of an interval or in a rating, and the event that said so."""

    id: str
    value: int
    """For an interval 1 is yes, and 0 is no; what is unknown is not here."""


@dataclass(frozen=True, slots=True)
class LiveClock:
    """The clock of a live observation."""

    running: bool
    seconds: float
    """What it said when it was last set going or stopped."""
    since: float
    """When that was, in milliseconds since 1970 by the page's clock."""


@dataclass(frozen=True, slots=True)
class ObserveState:
    """Where someone is in what they observe, and what they marked."""

    beat: int = -1
    """The beat; -1 before the beginning, and 0 from then on where there are no beats."""
    reached: int = -1
    """The furthest beat so far."""
    finished: bool = False
    seen: float = 0.0
    """How many seconds of a recording were seen, as the page told at the end."""
    clock: LiveClock | None = None
    marks: tuple[Observation, ...] = ()
    answers: Mapping[str, Mapping[int, Told]] = field(default_factory=dict)
    """By item and interval."""
    ratings: Mapping[str, Told] = field(default_factory=dict)
    notes: Mapping[str, Response] = field(default_factory=dict)
    """By cell: ``beat-3/`` or ``second-75/``."""
    shared: Mapping[str, Shared] = field(default_factory=dict)

    def find(self, mark_id: str) -> Observation | None:
        """Return a mark by its id, if it is there."""
        return next((mark for mark in self.marks if mark.id == mark_id), None)

    def events(self) -> list[str]:
        """Return the ids of the events that made the marks, answers and ratings what they are; notes stay out."""
        told = [told.id for answers in self.answers.values() for told in answers.values()]
        marked = [event for mark in self.marks for event in mark.events]
        return list(dict.fromkeys([*marked, *told, *(rating.id for rating in self.ratings.values())]))
