"""What the page of a survey may ask for."""

from typing import Annotated, Literal

from pydantic import Field

from casework.activity.intents import Intent, Name, Write
from casework.activity.sharing import Share

Chosen = (
    Annotated[int, Field(ge=0, le=100)]
    | Annotated[str, Field(pattern=r"^[a-z0-9-]{1,100}$")]
    | Annotated[list[Name], Field(max_length=60)]
    | Annotated[dict[Name, Name], Field(max_length=60)]
    | None
)
"""A number, an option or a day, several options or an order, a pile for each card; None takes it back."""


class Give(Intent):
    """Answer an item that one does not write into; None leaves it empty again."""

    do: Literal["answer"]
    item: Name
    value: Chosen


class Go(Intent):
    """Turn to the page that an item is on."""

    do: Literal["go"]
    item: Name


class Finish(Intent):
    """End the survey and see what one answered."""

    do: Literal["finish"]


class Reopen(Intent):
    """Go on answering after all."""

    do: Literal["reopen"]


SurveyIntent = Write | Give | Go | Finish | Reopen | Share
