"""What somebody asks of a room, while it waits to be stored, and what the room's rules make of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.content.words import words
from casework.errors import Refused
from casework.live.protocol import Answer
from casework.live.room import spoken
from casework.store import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casework.activity.acts import Entry
    from casework.live.room import Room
    from casework.live.state import RoomState, Visitor
    from casework.serve.rooms.line import Line
    from casework.store import Run

log = logging.getLogger("casework")


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

    def unsaved(self, why: str) -> Answer:
        """Return the answer that nothing is stored yet, in words of whoever asked; the page sends it again."""
        return Answer(unsaved=self.id, why=words(spoken(self.who.language))[why])

    def visit(self, run: Run) -> Visit:
        """Return as whose visit to a run it is stored."""
        return Visit("", self.who.id, "trainer" if self.who.role == "trainer" else "learner", run.id)


def decide(
    room: Room, state: RoomState, wishes: Iterable[Wish]
) -> tuple[list[tuple[Wish, Entry]], list[Wish], RoomState]:
    """Decide some requests one after the other; what is refused is told so at once.

    Returns
    -------
    tuple
        What comes of each, those that were done before, and the room as it is once all that is stored.
    """
    granted: list[tuple[Wish, Entry]] = []
    repeated: list[Wish] = []
    for wish in wishes:
        try:
            entry = wish.make(state)
            if entry is None:
                repeated.append(wish)
                continue
            state = room.apply(state, entry)
        except Refused as no:
            wish.tell(Answer(refused=wish.id, why=str(no)))
        except Exception:
            log.exception("A room could not decide what was asked of it")
            wish.tell(wish.unsaved("saved.trouble"))
        else:
            granted.append((wish, entry))
    return granted, repeated, state
