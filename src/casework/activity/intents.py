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
"""An id that a facilitator gave."""

EventId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""An id that a page made."""

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
"""What a learner wrote; always plain text."""


class Intent(BaseModel):
    """What every intent has."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: EventId

    def body(self) -> dict[str, Any]:
        """Return the fields of this intent alone, as JSON."""
        return self.model_dump(mode="json", exclude={"id", "do"})


class Write(Intent):
    """Write in one field: one prompt, from one perspective."""

    do: Literal["write"]
    prompt: Name
    perspective: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,100}$")]
    text: Text


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def read_intent(kinds: Any, message: object, words: Mapping[str, str]) -> Any:  # noqa: ANN401  unions have no type, and it returns one of them
    """Return the intent that a page's message holds.

    Parameters
    ----------
    kinds : union of Intent classes
        What this activity knows, as ``Start | Choose``.
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
