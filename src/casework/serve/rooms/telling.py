"""What pages are sent, as text: the same text is made once, however many pages are sent it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.live.protocol import Board, Content, Roster, State, Where
from casework.live.showing import Showing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.live.agenda import Item
    from casework.live.protocol import Message
    from casework.live.room import Room
    from casework.live.showing import Drawn
    from casework.live.state import Company, RoomState, Visitor


@dataclass(frozen=True, slots=True)
class Frame:
    """One message to a page, as text."""

    key: tuple[str, str | None]
    """What it replaces: its kind, and its place."""
    text: str
    digest: int


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
        self._kept: dict[Any, Drawn] = {}
        self._same: dict[int, tuple[Message, Frame]] = {}
        self._forms: dict[int, tuple[dict[str, Any], str]] = {}

    def frames(self, state: RoomState, company: Company, visitor: Visitor) -> Iterator[Frame]:
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
            self._showing, self._same = Showing(self._room, state, company, self._kept), {}
        if state.led.agenda is not self._agenda:
            self._agenda, self._contents = state.led.agenda, {}
        member = state.members.get(visitor.id) if visitor.role == "learner" else None
        language = member.language if member else visitor.language
        for message in self._showing.to(visitor):
            if isinstance(message, Content):
                yield self._content(message, language)
            elif isinstance(message, Board):
                yield self._once(message)
            else:
                yield _frame(message)

    def _content(self, message: Content, language: str) -> Frame:
        key = message.place, language
        if key not in self._contents:
            told = {"place": message.place, "about": message.about, "content": message.content}
            self._contents[key] = _as_frame("content", message.place, told)
        return self._contents[key]

    def _once(self, message: Board) -> Frame:
        if id(message) not in self._same:
            self._same[id(message)] = message, self._board(message)
        return self._same[id(message)][1]

    def _board(self, message: Board) -> Frame:
        """Return a board as text, put together of its forms, of which most are what they were before."""
        drawn = {id(one.board) for one in self._kept.values()}
        self._forms = {key: kept for key, kept in self._forms.items() if key in drawn}
        texts = []
        for form in message.board["forms"]:
            if id(form) not in self._forms:
                self._forms[id(form)] = form, _text(form)
            texts.append(self._forms[id(form)][1])
        votes = _text(message.board["votes"])
        text = f'{{"place":{_text(message.place)},"board":{{"forms":[{",".join(texts)}],"votes":{votes}}}}}'
        return Frame(("board", message.place), text, hash(text))


def _frame(message: Message) -> Frame:
    match message:
        case State(place=place, state=state):
            return _as_frame("state", place, {"place": place, "state": state})
        case Roster(roster=roster, desk=desk):
            return _as_frame("roster", None, {"roster": roster, "desk": desk})
        case Where():
            return _as_frame("where", None, message.told())
    raise TypeError(f"{type(message).__name__} is no part of what a page shows")


def _as_frame(kind: str, place: str | None, told: dict[str, Any]) -> Frame:
    text = _text(told)
    return Frame((kind, place), text, hash(text))


def _text(told: Any) -> str:  # noqa: ANN401  whatever JSON can hold
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
