"""What somebody asks of a room, while it waits to be decided and stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.activity.acts import Entry
    from casework.live.protocol import Answer
    from casework.live.state import RoomState, Visitor
    from casework.serve.rooms.line import Line


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that somebody asks for, and who is told what came of it."""

    who: Visitor
    id: str
    make: Callable[[RoomState], Entry | None]
    """What comes of it as things are; None where it was done before."""
    tell: Callable[[Answer], None]
    line: Line | None = None
    """The page that asks for it, which is shown what comes of it before it is told that it is stored."""
    warm: Callable[[], None] | None = None
    """What takes too long to be done between two messages, and is done before, elsewhere."""
