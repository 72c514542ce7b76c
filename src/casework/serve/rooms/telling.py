"""What pages are sent, as text: the same text is made once, however many pages are sent it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.activity.dress import dress
from casework.live.protocol import Board, Content, Roster, State, Where
from casework.live.showing import Showing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.live.agenda import Item
    from casework.live.protocol import Message
    from casework.live.room import Room
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
    run_id : str
        Names the room's run in a page.
    theme : Mapping[str, str]
        The folder's own colors.
    """

    def __init__(self, room: Room, run_id: str, theme: Mapping[str, str]) -> None:
        self._room, self._run_id, self._theme = room, run_id, theme
        self._agenda: tuple[Item, ...] = ()
        self._contents: dict[tuple[str, str, bool], Frame] = {}
        self._of: tuple[RoomState, Company] | None = None
        self._showing: Showing
        self._same: dict[int, tuple[Message, Frame]] = {}

    def frames(self, state: RoomState, company: Company, visitor: Visitor, *, durable: bool = True) -> Iterator[Frame]:
        """Yield everything that a visitor's page is to show now.

        Parameters
        ----------
        state : RoomState
            The room.
        company : Company
            The names that people gave, and who is connected.
        visitor : Visitor
            Whose page.
        durable : bool
            Whether drafts may stay on the device.
        """
        if self._of is None or self._of[0] is not state or self._of[1] is not company:
            self._of = state, company
            self._showing, self._same = Showing(self._room, state, company), {}
        if state.led.agenda is not self._agenda:
            self._agenda, self._contents = state.led.agenda, {}
        member = state.members.get(visitor.id) if visitor.role == "learner" else None
        language = member.language if member else visitor.language
        for message in self._showing.to(visitor):
            if isinstance(message, Content):
                yield self._content(message, language, durable=durable)
            elif isinstance(message, Board):
                yield self._once(message)
            else:
                yield _frame(message)

    def _content(self, message: Content, language: str, *, durable: bool) -> Frame:
        key = message.place, language, durable
        if key not in self._contents:
            item = next(item for item in self._agenda if item.place == message.place)
            found = self._room.resolve(item, language)
            told = dress(item.activity, item.place, self._run_id, language, theme=self._theme, durable=durable)
            content = {**told, "about": found.rules.about, **message.content}
            self._contents[key] = _as_frame("content", message.place, {"place": message.place, "content": content})
        return self._contents[key]

    def _once(self, message: Message) -> Frame:
        if id(message) not in self._same:
            self._same[id(message)] = message, _frame(message)
        return self._same[id(message)][1]


def _frame(message: Message) -> Frame:
    match message:
        case State(place=place, state=state):
            return _as_frame("state", place, {"place": place, "state": state})
        case Board(place=place, board=board):
            return _as_frame("board", place, {"place": place, "board": board})
        case Where() | Roster():
            kind = "where" if isinstance(message, Where) else "roster"
            return _as_frame(kind, None, message.told())
    raise TypeError(f"{type(message).__name__} is no part of what a page shows")


def _as_frame(kind: str, place: str | None, told: dict[str, Any]) -> Frame:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Frame((kind, place), text, hash(text))
