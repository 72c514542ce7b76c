"""What the page of a relationship map may ask for."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from casework.activity.intents import Intent, Name, Write
from casework.activity.sharing import Share
from casework.content.people import Place

LONGEST_NAME = 80
"""Characters in what somebody on the map is called."""

Quality = Literal["close", "strained", "both", "distant", "unknown"]
"""What one sees between two people."""
QUALITIES: tuple[str, ...] = get_args(Quality)
Shape = Literal["wide", "narrow"]
"""Which of the two drawings somebody was moved on."""
# Python's idea of blank is wider than pydantic's: it holds the separators of old files, too.
Called = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(str.strip), Field(min_length=1)]
"""What somebody is called: a role, as a learner typed it."""
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=False)]
"""A place on a drawing, as a part of its width or height."""


class Tie(Intent):
    """Say what one sees between two people; the latest counts."""

    do: Literal["tie"]
    one: Name
    other: Name
    quality: Quality


class Untie(Intent):
    """Take a tie away again."""

    do: Literal["untie"]
    one: Name
    other: Name


class Add(Intent):
    """Add somebody; the id of the intent is the person's."""

    do: Literal["add"]
    name: Called
    place: Place


class Rename(Intent):
    """Call somebody one added otherwise."""

    do: Literal["rename"]
    person: Name
    name: Called


class Remove(Intent):
    """Take somebody off the map whom one put there."""

    do: Literal["remove"]
    person: Name


class Bring(Intent):
    """Put somebody on the map who is offered, or put back whom one took off."""

    do: Literal["bring"]
    person: Name


class Move(Intent):
    """Move somebody on one of the two drawings."""

    do: Literal["move"]
    person: Name
    on: Shape
    x: Fraction
    y: Fraction


class Finish(Intent):
    """End drawing and look at the map."""

    do: Literal["finish"]


class Reopen(Intent):
    """Go on drawing after all."""

    do: Literal["reopen"]


MapIntent = Tie | Untie | Write | Add | Rename | Remove | Bring | Move | Finish | Reopen | Share
