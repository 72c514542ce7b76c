"""What pages are sent, as text: the same text is made once, however many pages are sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.live.protocol import Board, Content, Desk, OwnEarlier, Roster, State, Where
from casework.live.showing import Showing
from casework.serve.rooms.frames import BoardFrame, FormText, Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.live.agenda import Item
    from casework.live.protocol import Message
    from casework.live.room import Room
    from casework.live.state import Company, RoomState, Visitor


class Telling:
    """Draws what each page of a room is shown.

    Parameters
    ----------
    room : Room
        The rules of the room.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._agenda: tuple[Item, ...] = ()
        self._contents: dict[tuple[str, str], Frame] = {}
        self._of: tuple[RoomState, Company] | None = None
        self._showing: Showing
        self._kept: dict[Any, Any] = {}
        self._boards: dict[tuple[str, bool], tuple[Message, BoardFrame]] = {}
        self._framed: dict[tuple[Any, ...], tuple[Message, Frame]] = {}
        self._forms: dict[tuple[str, str, bool], tuple[dict[str, Any], FormText]] = {}

    def frames(self, state: RoomState, company: Company, visitor: Visitor) -> Iterator[Frame | BoardFrame]:
        """Yield everything that a visitor's page is to show now.

        Parameters
        ----------
        state : RoomState
            The room.
        company : Company
            The names that people gave, and who is connected.
        visitor : Visitor
            Whose page.
        """
        if self._of is None or self._of[0] is not state or self._of[1] is not company:
            self._of = state, company
            self._showing = Showing(self._room, state, company, self._kept)
        if state.led.agenda is not self._agenda:
            self._agenda, self._contents, self._framed = state.led.agenda, {}, {}
        member = state.members.get(visitor.id) if visitor.role == "learner" else None
        language = member.language if member else visitor.language
        for message in self._showing.to(visitor):
            if isinstance(message, Content):
                yield self._content(message, language)
            elif isinstance(message, Board):
                yield self._board(message, visitor.role == "trainer")
            elif isinstance(message, State | OwnEarlier) and member:
                yield _frame(message)  # somebody's own
            else:
                yield self._again(message, (visitor.role, language))

    def _content(self, message: Content, language: str) -> Frame:
        key = message.place, language
        if key not in self._contents:
            told = {"place": message.place, "about": message.about, "content": message.content}
            self._contents[key] = Frame.of("content", message.place, told)
        return self._contents[key]

    def _board(self, message: Board, trainers: bool) -> BoardFrame:  # noqa: FBT001  which of two boards
        """Return a board, written once for all pages that are shown it; most of its forms are what they were before."""
        key = message.place, trainers
        known = self._boards.get(key)
        if known is None or known[0] is not message:
            forms = tuple(self._form(message.place, form) for form in message.board["forms"])
            known = self._boards[key] = message, BoardFrame(message, forms)
        return known[1]

    def _form(self, place: str, form: dict[str, Any]) -> FormText:
        key = place, form["form"], "counts" in form  # the trainer's, or the group's
        drawn, text = self._forms.get(key, (None, None))
        if text is None or drawn is not form:
            text = FormText.of(form, text)
            self._forms[key] = form, text
        return text

    def _again(self, message: Message, to: tuple[str, str]) -> Frame:
        """Return a message, written anew only if it is another than such a page was shown last."""
        key = type(message), getattr(message, "place", None), *to
        known = self._framed.get(key)
        if known is None or known[0] is not message:
            known = self._framed[key] = message, _frame(message)
        return known[1]


def _frame(message: Message) -> Frame:
    match message:
        case State(place=place, state=state):
            return Frame.of("state", place, {"place": place, "state": state})
        case OwnEarlier(place=place, earlier=earlier):
            return Frame.of("earlier", place, {"place": place, "earlier": earlier})
        case Where():
            return Frame.of("where", None, message.told())
        case Roster(roster=roster):
            return Frame.of("roster", None, {"roster": roster})
        case Desk(desk=desk):
            return Frame.of("desk", None, {"desk": desk})
    raise TypeError(f"{type(message).__name__} is no part of what a page shows")
