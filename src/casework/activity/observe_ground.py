"""What is observed, and where in it something can be: a moment told in beats, a recording, or life itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from casework.activity.observe_intents import LONGEST

if TYPE_CHECKING:
    from casework.content import ChecklistItem, Moment

_NOTE = re.compile(r"(beat|second)-(0|[1-9][0-9]{0,5})")

LAST_BEAT = 5.0
"""Seconds that the only beat of a moment lasts; otherwise the last beat lasts as long as the one before it."""


@dataclass(frozen=True)
class Ground:
    """What is observed.

    Parameters
    ----------
    about : str
        Names it in what is stored.
    title : str
        What people call it.
    moment : Moment, optional
        The moment; none for a live observation.
    trainer_notes : str, optional
        What the file of moments says to whoever leads (Markdown); no page of a learner is given it.
    """

    about: str
    title: str
    moment: Moment | None = None
    trainer_notes: str | None = None

    @property
    def kind(self) -> Literal["beats", "media", "live"]:
        """How it passes: in beats, as a recording, or by a clock of its own."""
        if self.moment is None:
            return "live"
        return "beats" if self.moment.beats else "media"

    @cached_property
    def starts(self) -> tuple[float, ...]:
        """The seconds that the beats begin at; none where there are no beats."""
        return tuple(beat.at for beat in self.moment.beats) if self.moment else ()

    @property
    def begins(self) -> float:
        """The second that it begins at."""
        return self.starts[0] if self.starts else 0.0

    def has(self, beat: int | None, seconds: float | None) -> bool:
        """Return whether there is such a place: a beat, or a second where there are no beats."""
        if self.starts:
            return beat is not None and 0 <= beat < len(self.starts)
        return beat is None and seconds is not None and 0 <= seconds <= LONGEST

    def at(self, beat: int | None, seconds: float | None) -> float:
        """Return the second of a place."""
        return self.starts[beat] if beat is not None else float(seconds or 0)

    def end_of(self, beat: int) -> float:
        """Return the second that a beat ends at."""
        if beat + 1 < len(self.starts):
            return self.starts[beat + 1]
        return self.starts[beat] + (self.starts[beat] - self.starts[beat - 1] if beat else LAST_BEAT)

    def intervals(self, item: ChecklistItem, seconds: float) -> int:
        """Return into how many intervals the first seconds fall for an item; over beats, each beat is one."""
        if self.starts:
            return sum(start < seconds for start in self.starts)
        return int(-(-seconds // (item.seconds or 1)))

    def interval_at(self, item: ChecklistItem, interval: int) -> float:
        """Return the second that an interval begins at."""
        return self.starts[interval] if self.starts else float(interval * (item.seconds or 1))

    def has_interval(self, item: ChecklistItem, interval: int) -> bool:
        """Return whether there is such an interval."""
        most = len(self.starts) or LONGEST // (item.seconds or 1)
        return 0 <= interval < most

    def has_note(self, name: str) -> bool:
        """Return whether a note can be written there: at ``beat-3``, or at ``second-75``."""
        found = _NOTE.fullmatch(name)
        if found is None:
            return False
        number = int(found[2])
        return self.has(number, None) if found[1] == "beat" else self.has(None, number)


def place_of_note(name: str) -> tuple[int | None, int | None]:
    """Return the beat or the second that a note's name says."""
    what, _, number = name.partition("-")
    return (int(number), None) if what == "beat" else (None, int(number))
