"""What the page of an action plan may ask for."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from casework.activity.intents import EventId, Intent, Name, Write

How = Literal["done", "going-on", "changed", "let-go"]
"""How a step went, said at a review."""


def _read_day(value: object) -> object:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[dt.date, BeforeValidator(_read_day)]
"""A day, written 2026-11-22."""


class Add(Intent):
    """Begin a step, out of an item of the survey or freely."""

    do: Literal["add"]
    item: Name | None = None


class By(Intent):
    """Say by when a step should be taken; None takes the day back."""

    do: Literal["by"]
    step: EventId
    day: Day | None


class Remove(Intent):
    """Take a step off the plan."""

    do: Literal["remove"]
    step: EventId


class Restore(Intent):
    """Put a removed step back."""

    do: Literal["restore"]
    step: EventId


class Review(Intent):
    """Say how a step went, at its first review (0) or a later one."""

    do: Literal["review"]
    step: EventId
    number: Annotated[int, Field(ge=0, le=1000)]
    how: How


PlanIntent = Write | Add | By | Remove | Restore | Review
