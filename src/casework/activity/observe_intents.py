"""What the page of an observation may ask for."""

from typing import Annotated, Literal

from pydantic import Field

from casework.activity.intents import EventId, Intent, Name


class Begin(Intent):
    """Begin an observation at its first beat."""

    do: Literal["begin"]


class AtBeat(Intent):
    """Move to a beat."""

    do: Literal["at_beat"]
    beat: Annotated[int, Field(ge=0, le=10_000)]


class Mark(Intent):
    """Mark that an item was seen at a beat."""

    do: Literal["mark"]
    item: Name
    beat: Annotated[int, Field(ge=0, le=10_000)]
    clock: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False, strict=False)]
    """Seconds on the page's clock since the observation began."""


class Undo(Intent):
    """Take a mark back."""

    do: Literal["undo"]
    mark: EventId


class Finish(Intent):
    """End an observation and see what was marked."""

    do: Literal["finish"]


class Reopen(Intent):
    """Go on observing after all."""

    do: Literal["reopen"]


ObserveIntent = Begin | AtBeat | Mark | Undo | Finish | Reopen
