"""What the page of an RSC log may ask for."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from casework.activity.intents import EventId, Intent, Name, Write

EARLIEST, LATEST = dt.date(1970, 1, 1), dt.date(2199, 12, 31)
"""No meeting was held before, and none is planned after."""
MOST_MINUTES = 720
"""In one meeting: half a day."""


def _real_day(day: str) -> str:
    if not EARLIEST <= dt.date.fromisoformat(day) <= LATEST:
        raise ValueError(day)
    return day


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real_day)]
"""A day, such as ``2026-11-21``."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""Words on one line."""
Length = Annotated[int, Field(ge=1, le=MOST_MINUTES)]
"""Whole minutes."""
TargetKey = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}/[a-z0-9-]{1,64}$")]
"""A file of targets, and a target in it."""
Setting = Literal["individual", "group"]


class _Meeting(Intent):
    """What is said of a meeting."""

    entry: EventId
    date: Day
    minutes: Length
    kind: Setting
    people: Annotated[int, Field(ge=2, le=200)] | None = None
    """How many took part in a group."""
    provider: Line = ""
    credential: Line = ""
    topics: Annotated[tuple[Name, ...], Field(max_length=20, strict=False)] = ()
    other: Line = ""
    """Topics in one's own words."""


class Add(_Meeting):
    """Write a meeting into the log, under an id that the page has made."""

    do: Literal["add"]


class Change(_Meeting):
    """Say again, whole, what a meeting was."""

    do: Literal["change"]


class Remove(Intent):
    """Take a meeting, a series or a target of one's own out."""

    do: Literal["remove"]
    of: EventId


class Restore(Intent):
    """Bring back what was taken out."""

    do: Literal["restore"]
    of: EventId


class PlanSeries(Intent):
    """Plan a series of meetings, or say again, whole, what it is."""

    do: Literal["plan"]
    series: EventId
    start: Day
    minutes: Length
    every: Literal["month-weekday", "month-day", "weeks"]
    """The same weekday of each month, the same day of each month, or every so many weeks."""
    weeks: Annotated[int, Field(ge=1, le=26)] = 2
    months: Annotated[int, Field(ge=1, le=120)]
    """For how long."""
    kind: Setting
    provider: Line = ""
    credential: Line = ""


class Move(Intent):
    """Meet on another day than planned, or not at all."""

    do: Literal["move"]
    series: EventId
    date: Day
    """The day that the series gives."""
    to: Day | None
    """The day instead; None for no meeting."""


class End(Intent):
    """Let a series end after a day; None lets it go on as planned."""

    do: Literal["end"]
    series: EventId
    last: Day | None


class Aim(Intent):
    """Count towards a number of hours of one's own."""

    do: Literal["aim"]
    target: EventId
    text: Line = ""
    hours: Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False, strict=False)]
    within_months: Annotated[int, Field(ge=1, le=240)]
    kind: Literal["individual", "group", "any"] = "any"


class Follow(Intent):
    """Choose which of the targets that are offered one counts towards."""

    do: Literal["follow"]
    targets: Annotated[tuple[TargetKey, ...], Field(max_length=100, strict=False)]


class Bring(Intent):
    """Bring in an earlier log, as a table of comma-separated values."""

    do: Literal["bring"]
    text: Annotated[str, Field(max_length=400_000)]


LogIntent = Add | Change | Remove | Restore | PlanSeries | Move | End | Aim | Follow | Bring | Write
