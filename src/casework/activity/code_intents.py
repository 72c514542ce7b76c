"""What the page of a thematic coding may ask for."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from casework.activity.code_texts import LONGEST_ANSWER
from casework.activity.intents import EventId, Intent, Name, Write

LONGEST_NAME, LONGEST_DEFINITION = 80, 600
"""Characters in what a code is called, and in what it stands for."""
MOST_TOGETHER = 20
"""How many codes one excerpt may carry."""

Place = Annotated[int, Field(ge=0, le=LONGEST_ANSWER)]
"""A place in an answer: how many characters (code points) stand before it."""
Codes = Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST_TOGETHER, strict=False)]
# Python's idea of blank is wider than pydantic's: it holds the separators of old files, too.
Called = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(str.strip), Field(min_length=1)]
"""What a code is called, as somebody typed it."""
Defined = Annotated[str, Field(max_length=LONGEST_DEFINITION), AfterValidator(str.strip)]


class Excerpt(Intent):
    """Give codes to a part of an answer; the id of the intent is the excerpt's."""

    do: Literal["excerpt"]
    answer: Name
    start: Place
    end: Place
    codes: Codes


class Recode(Intent):
    """Say anew which codes an excerpt carries; the latest counts."""

    do: Literal["recode"]
    answer: Name
    excerpt: EventId
    codes: Codes


class Lift(Intent):
    """Take an excerpt's codes off, and with them the excerpt."""

    do: Literal["lift"]
    answer: Name
    excerpt: EventId


class Nothing(Intent):
    """Say that one has read an answer and no code fits it; or that one has not."""

    do: Literal["nothing"]
    answer: Name
    nothing: bool


class AddCode(Intent):
    """Add a code; the id of the intent is the code's."""

    do: Literal["add_code"]
    name: Called
    definition: Defined = ""


class RewordCode(Intent):
    """Call a code otherwise, or say otherwise what it stands for."""

    do: Literal["reword_code"]
    code: Name
    name: Called
    definition: Defined = ""


class MergeCode(Intent):
    """Let a code go into another one, with all its excerpts."""

    do: Literal["merge_code"]
    code: Name
    into: Name


class SplitCode(Intent):
    """Give some of a code's excerpts to a new one; the id of the intent is the new code's."""

    do: Literal["split_code"]
    code: Name
    name: Called
    definition: Defined = ""
    excerpts: Annotated[tuple[EventId, ...], Field(min_length=1, max_length=500, strict=False)]


class StepBack(Intent):
    """Take back the last step; it is named, so that two presses take back two different ones."""

    do: Literal["step_back"]
    step: EventId


CodeIntent = Excerpt | Recode | Lift | Nothing | AddCode | RewordCode | MergeCode | SplitCode | StepBack | Write
