"""What the page of an observation may ask for."""

from typing import Annotated, Literal

from pydantic import Field

from casework.activity.intents import EventId, Intent, Name, Write
from casework.activity.sharing import Share

LONGEST = 86_400
"""Seconds that an observation may last: a day."""

Beat = Annotated[int, Field(ge=0, le=10_000)]
"""A beat of a moment, counted from 0."""
Seconds = Annotated[float, Field(ge=0, le=LONGEST, allow_inf_nan=False, strict=False)]
"""Seconds since the moment, the recording or the live observation began."""
Clock = Annotated[float, Field(ge=0, le=1_000_000_000, allow_inf_nan=False, strict=False)]
"""Seconds on the page's own clock since the observation began: tells two presses from one."""
When = Annotated[int, Field(ge=0, le=100_000_000_000_000)]
"""Milliseconds since 1970, by the page's clock."""


class Placed(Intent):
    """Something at a place of what is observed: a beat of a moment, or a second where there are no beats."""

    beat: Beat | None = None
    seconds: Seconds | None = None


class Begin(Intent):
    """Begin an observation; a live one notes when."""

    do: Literal["begin"]
    when: When | None = None


class AtBeat(Intent):
    """Move to a beat."""

    do: Literal["at_beat"]
    beat: Beat


class Mark(Placed):
    """Mark that a point event was seen."""

    do: Literal["mark"]
    item: Name
    clock: Clock


class StartState(Placed):
    """Mark that a state begins; those that it excludes end there."""

    do: Literal["start_state"]
    item: Name
    clock: Clock


class EndState(Placed):
    """Mark that a state ends."""

    do: Literal["end_state"]
    mark: EventId
    clock: Clock


class Answer(Intent):
    """Say of one interval whether it was seen; the latest counts, and ``unknown`` takes it back."""

    do: Literal["answer"]
    item: Name
    interval: Annotated[int, Field(ge=0, le=LONGEST)]
    answer: Literal["yes", "no", "unknown"]


class Rate(Intent):
    """Rate an item; the latest counts, and None takes it back."""

    do: Literal["rate"]
    item: Name
    value: Annotated[int, Field(ge=0, le=100)] | None


class Undo(Intent):
    """Take a mark back."""

    do: Literal["undo"]
    mark: EventId


class Correct(Placed):
    """Move a mark to another item or place; what it was stays among the events."""

    do: Literal["correct"]
    mark: EventId
    item: Name | None = None
    until_beat: Beat | None = None
    until: Seconds | None = None


class Pause(Intent):
    """Stop the clock of a live observation."""

    do: Literal["pause"]
    seconds: Seconds


class GoOn(Intent):
    """Let the clock of a live observation go on."""

    do: Literal["go_on"]
    when: When


class Finish(Intent):
    """End an observation and see what was marked."""

    do: Literal["finish"]
    seconds: Seconds | None = None
    """How much of a recording was seen, or what the clock of a live observation says."""


class Reopen(Intent):
    """Go on observing after all."""

    do: Literal["reopen"]


ObserveIntent = (
    Begin
    | AtBeat
    | Mark
    | StartState
    | EndState
    | Answer
    | Rate
    | Undo
    | Correct
    | Pause
    | GoOn
    | Finish
    | Reopen
    | Write
    | Share
)
