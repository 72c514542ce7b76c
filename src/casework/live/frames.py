"""Frames, and the messages that they hold: of one that arrives, anything else is refused before a rule sees it."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

from casework.errors import Refused
from casework.live.protocol import Act, Cast, Hello, Message, Ping, ToPage, TrainerIntent
from casework.live.told import INSIDE

LONGEST_FRAME = 262_144
"""Bytes: room for one field of the longest text, with every character escaped."""

LONGEST_ID = 80

MANY = 2
"""From so many messages on a frame to a page is a list."""


def _kind(message: object) -> str | None:
    """Return which message something would be, by the key that only one of them has."""
    if not isinstance(message, dict):
        return None
    return next((key for key in ("hello", "ping", "intent") if key in message), "do")


def _adapter(*deeds: Any) -> TypeAdapter[Any]:  # noqa: ANN401  unions of classes have no type
    hello, ping = Annotated[Hello, Tag("hello")], Annotated[Ping, Tag("ping")]
    union: Any = hello | ping
    for deed in deeds:
        union |= deed
    return TypeAdapter(Annotated[union, Discriminator(_kind)])


_KINDS = {
    "learner": _adapter(Annotated[Act, Tag("intent")], Annotated[Cast, Tag("do")]),
    "trainer": _adapter(Annotated[TrainerIntent, Tag("do")]),
    "screen": _adapter(),
}


def read_message(frame: str | bytes, role: str) -> Any:  # noqa: ANN401  one of the messages above
    """Return the message that a frame holds.

    Parameters
    ----------
    frame : str or bytes
        Whatever arrived.
    role : {"learner", "trainer", "screen"}
        Whose page it came from, as the server knows it.

    Raises
    ------
    Refused
        If this page can send no such message. Say the words of ``live.unknown`` to the page, and what
        `id_of` finds in the frame.
    """
    try:
        if len(frame) > LONGEST_FRAME or (isinstance(frame, str) and len(frame.encode()) > LONGEST_FRAME):
            raise Refused("too long")
        return _KINDS[role].validate_python(json.loads(frame))
    except (ValidationError, ValueError, RecursionError) as error:
        raise Refused("unknown") from error


def id_of(frame: str | bytes) -> str | None:
    """Return the id that a frame carries, if it can be read, so that it can be refused by name."""
    try:
        message = json.loads(frame) if len(frame) <= LONGEST_FRAME else None
    except (ValueError, RecursionError):
        return None
    inner = message.get("intent", message) if isinstance(message, dict) else None
    found = inner.get("id") if isinstance(inner, dict) else None
    return found if isinstance(found, str) and len(found) <= LONGEST_ID else None


# -- to a page ----------------------------------------------------------------------------------------

_TO_PAGE: TypeAdapter[ToPage] = TypeAdapter(ToPage)
_INSIDE = {key: TypeAdapter(kind) for key, kind in INSIDE.items()}


def read_told(frame: str | bytes) -> list[Message]:
    """Return the messages that a frame to a page holds, in their order, each read as it is documented.

    Raises
    ------
    ValueError
        If it holds anything else: then the room and its documentation differ.
    """
    told = json.loads(frame)
    messages = told if isinstance(told, list) else [told]
    if isinstance(told, list) and len(told) < MANY:
        raise ValueError("A list holds two messages or more; one goes by itself.")
    for message in messages:
        for key in _INSIDE.keys() & message.keys():
            _INSIDE[key].validate_json(json.dumps(message[key]))
    return [_TO_PAGE.validate_json(json.dumps(message)) for message in messages]
