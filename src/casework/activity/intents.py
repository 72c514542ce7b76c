"""What a page may ask for, checked before any rule sees it.

An intent is ``{"id": ..., "do": ..., ...}``. The page makes the id, 32 hexadecimal digits, and sends the
same intent with the same id until it is acknowledged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_TEXT = 20_000
"""Characters in one field; about eight printed pages."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,100}$")]


class Intent(BaseModel):
    """What every intent has."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]

    def body(self) -> dict[str, Any]:
        """Return the fields of this intent alone, as JSON."""
        return self.model_dump(mode="json", exclude={"id", "do"})


class Start(Intent):
    """Leave the content note for the first scene."""

    do: Literal["start"]


class GoOn(Intent):
    """Leave a step of a scene for the next."""

    do: Literal["go_on"]
    scene: Name
    step: Literal["read", "pause", "turn"]


class Choose(Intent):
    """Take a choice."""

    do: Literal["choose"]
    scene: Name
    choice: Name


class GoBack(Intent):
    """Go back to a scene on the way, to look again or to try another turn."""

    do: Literal["go_back"]
    scene: Name


class StepOut(Intent):
    """Leave the case for a while, or for good: a way of taking part."""

    do: Literal["step_out"]


class ComeBack(Intent):
    """Come back after stepping out."""

    do: Literal["come_back"]


class Again(Intent):
    """Read the case again from its first scene."""

    do: Literal["again"]


class Write(Intent):
    """Write in one field: one prompt, from one perspective."""

    do: Literal["write"]
    prompt: Name
    perspective: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,100}$")]
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]


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
    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Finish(Intent):
    """End an observation and see what was marked."""

    do: Literal["finish"]


class Reopen(Intent):
    """Go on observing after all."""

    do: Literal["reopen"]


WalkIntent = Start | GoOn | Choose | GoBack | StepOut | ComeBack | Again | Write
ObserveIntent = Begin | AtBeat | Mark | Undo | Finish | Reopen

_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def read_intent(kinds: Any, message: object, words: Mapping[str, str]) -> Any:  # noqa: ANN401  unions have no type, and it returns one of them
    """Return the intent that a page's message holds.

    Parameters
    ----------
    kinds : union of Intent classes
        What this activity knows, as `WalkIntent`.
    message : object
        Whatever arrived.
    words : Mapping[str, str]
        The interface's words in the learner's language.

    Raises
    ------
    Refused
        If the message is none of them.
    """
    if kinds not in _ADAPTERS:
        choice: Any = Annotated[kinds, Field(discriminator="do")] if get_args(kinds) else kinds
        _ADAPTERS[kinds] = TypeAdapter(choice)
    try:
        return _ADAPTERS[kinds].validate_python(message)
    except ValidationError as error:
        long = any(found["type"] == "string_too_long" for found in error.errors())
        raise Refused(words["refused.long" if long else "refused.unknown"].format(limit=f"{LONGEST_TEXT:,}")) from error
