"""Reads all that goes over a room's lines by what is documented of it, both ways, and keeps what is otherwise."""

from __future__ import annotations

from typing import get_args

from casework.errors import Refused
from casework.live.frames import read_message, read_told
from casework.live.protocol import Act, Cast, Hello, Ping, ToPage, TrainerIntent

TO_PAGES = set(get_args(ToPage))
FROM_PAGES = {Hello, Ping, Act, Cast, *get_args(get_args(TrainerIntent)[0])}


class Documented:
    """What was heard on the lines of some pages."""

    def __init__(self) -> None:
        self.kinds: set[type] = set()
        """Every kind of message that there was."""
        self.otherwise: list[str] = []
        """What went wrong in a frame that is not as it is documented."""

    def to_page(self, frame: str | bytes) -> None:
        """Read a frame that a page is sent."""
        try:
            self.kinds |= {type(message) for message in read_told(frame)}
        except ValueError as error:
            self.otherwise.append(f"{frame[:300]!r}: {error}")

    def from_page(self, frame: str | bytes, role: str) -> None:
        """Read a frame that a page sends."""
        try:
            self.kinds.add(type(read_message(frame, role)))
        except Refused:
            self.otherwise.append(f"A {role}'s page sent {frame[:300]!r}")
