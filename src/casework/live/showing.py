"""What each page of a room sees: a learner's, the screen's, the trainer's.

A page is shown everything anew; the server sends it what differs from what it sent before, and `touched` says whose
page can differ at all. So nothing goes out when somebody does what others may not know of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from casework.activity.acts import act_of, last_public, vote_form
from casework.activity.seeing import Form, veiled
from casework.live.agenda import find_changed
from casework.live.board import Cards, Look, form_board, vote_board
from casework.live.dealing import reach
from casework.live.protocol import Board, Content, Desk, Message, OwnEarlier, Roster, State, Stop, Welcome, Where
from casework.live.room import is_open
from casework.live.state import Company

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casework.activity.seeing import Reader
    from casework.live.agenda import Asked, Item, Playable
    from casework.live.room import Room
    from casework.live.state import RoomState, Visitor

_T = TypeVar("_T")


def welcome(room: Room, state: RoomState, visitor: Visitor) -> Welcome:
    """Return the answer to a page's hello."""
    member = state.members.get(visitor.id) if visitor.role == "learner" else None
    language = member.language if member else visitor.language
    terms = room.terms
    run = veiled(terms.secret, "page", visitor.id)
    return Welcome(role=visitor.role, language=language, convener=terms.convener, run=run, floor=terms.floor)


def touched(before: RoomState, after: RoomState, who: str, floor: int) -> frozenset[str] | None:
    """Return whose pages can differ after an event, beside the trainer's, which always can; None for everyone's.

    Parameters
    ----------
    before, after : RoomState
        The room before and after the event.
    who : str
        Who did it.
    floor : int
        The room's: what everyone is offered changes when so many have joined, and with nobody who joins later.
    """
    public = after.led is not before.led or len(before.members) < floor <= len(after.members)
    shown = (before.forms.get(key) is not after.forms.get(key) for key in after.led.revealed)
    return None if public or any(shown) else frozenset({who})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form's board, with what it was drawn of."""

    of: tuple[Any, ...]
    people: int
    board: dict[str, Any]
    cards: Cards


@dataclass(frozen=True, slots=True)
class People:
    """Who is here, with what it was drawn of."""

    of: tuple[Company, Mapping[str, str]]
    roster: Roster


class Showing:
    """What the pages of a room see at one time.

    Parameters
    ----------
    room : Room
        The rules of the room.
    state : RoomState
        The room as it is.
    company : Company, optional
        The names that people gave, and who is connected.
    kept : dict, optional
        Where what is drawn is kept from one time to the next: most of it is the same then.
    """

    def __init__(
        self, room: Room, state: RoomState, company: Company | None = None, kept: dict[Any, Any] | None = None
    ) -> None:
        self._room, self._state = room, state
        self._company = company or Company()
        self._kept = {} if kept is None else kept

    def to(self, visitor: Visitor) -> list[Message]:
        """Return everything that a visitor's page is to show now."""
        match visitor.role:
            case "learner":
                return self.to_learner(visitor.id)
            case "trainer":
                return self.to_trainer(visitor.language)
            case "screen":
                return self.to_screen(visitor.language)

    def to_learner(self, learner: str) -> list[Message]:
        """Return what a learner's page shows: where the group is, their own words, and what is revealed."""
        room, state, member = self._room, self._state, self._state.members[learner]
        group = room.group(state, learner)
        found: list[Message] = [self._where("group", member.language, learner)]
        earlier = self._company.earlier.get(learner)
        for place, one in self._shown(member.language):
            own, rules = room.own_state(state, learner, one.rules), room.rules_of(state, learner, one, earlier)
            found += [self._content(place, one, member.language), State(place=place, state=rules.view(own, group))]
            if earlier is not None and one.recalls:
                found.append(OwnEarlier(place=place, earlier=earlier.words(one.rules.about)))
        return [*found, *self._beneath(self._public_boards, found, member.language)]

    def to_screen(self, language: str) -> list[Message]:
        """Return what the projector shows: only what is public."""
        way = self._way(language)
        return [self._where("group", language), *way, *self._beneath(self._public_boards, way, language)]

    def to_trainer(self, language: str) -> list[Message]:
        """Return what the trainer's page shows."""
        way = self._way(language)
        told = {one.place for one in way if isinstance(one, Content)}
        ahead = self._contents((item for item in self._state.led.agenda if item.place not in told), language)
        boards = self._boards("trainer")
        return [self._where("trainer", language), *way, *ahead, *boards, self._roster(), self._desk()]

    def _way(self, language: str) -> list[Message]:
        """Return the open activities as the group is in them, without anybody's words."""
        return self._settled(("way", language), lambda: self._draw_way(language))

    def _draw_way(self, language: str) -> list[Message]:
        found: list[Message] = []
        for place, one in self._shown(language):
            group = self._state.led.walks.get(one.rules.about, one.rules.start())
            found += [self._content(place, one, language), State(place=place, state=one.rules.view(group))]
        return found

    def _beneath(self, boards: list[Board], shown: list[Message], language: str) -> list[Message]:
        """Return boards, and what a page needs to name what stands on those of an activity that it does not show."""
        told = {one.place for one in shown if isinstance(one, Content)}
        filled = {board.place for board in boards if any(board.board.values())}
        items = [item for item in self._state.led.agenda if item.place in filled - told]
        return [*self._contents(items, language), *boards]

    def _contents(self, items: Iterable[Item], language: str) -> Iterable[Content]:
        return (self._content(item.place, self._room.resolve(item, language), language) for item in items)

    def _content(self, place: str, one: Playable, language: str) -> Content:
        def draw() -> Content:
            return Content(place=place, about=one.rules.about, content=one.page())

        return self._settled(("content", place, language), draw)

    def _settled(self, key: tuple[Any, ...], draw: Callable[[], _T]) -> _T:
        """Return what is drawn of what the trainer settled and of nothing else: the same object until that changes."""
        led, drawn = self._kept.get(key, (None, None))
        if drawn is None or led is not self._state.led:
            drawn = draw()
            self._kept[key] = self._state.led, drawn
        known: _T = drawn
        return known

    # -- where the group is -----------------------------------------------------------------------

    def _shown(self, language: str) -> Iterable[tuple[str, Playable]]:
        """Yield the activities that a page shows: the one that the group is at; on one's own, and in the end, all."""
        led = self._state.led
        all_open = led.pace == "self" or led.phase == "ended"
        for item in led.agenda:
            at = all_open and is_open(led, item.place)
            if at or (item.place == led.here and led.phase == "going"):
                yield item.place, self._room.resolve(item, language)

    def _where(self, reader: Reader, language: str, learner: str | None = None) -> Where:
        led = self._state.led
        if led.spotlight or any(call.taking for call in led.calls.values()):  # cards change, and votes are one's own
            return self._draw_where(reader, language, learner)
        return self._settled(("where", reader, language), lambda: self._draw_where(reader, language))

    def _draw_where(self, reader: Reader, language: str, learner: str | None = None) -> Where:
        led = self._state.led
        stops = (
            Stop(
                place=item.place,
                activity=item.activity,
                title=self._room.resolve(item, language).title,
                opened=item.place in led.opened,
                closed=item.place in led.closed,
            )
            for item in led.agenda
            if reader == "trainer" or is_open(led, item.place)
        )
        return Where(
            where=led.phase,
            pace=led.pace,
            pace_until=led.pace_until,
            here=led.here,
            until=led.until,
            agenda=tuple(stops),
            votes=tuple(self._votes(learner)),
            spotlight=self._spotlight,
        )

    def _votes(self, learner: str | None) -> Iterable[dict[str, Any]]:
        for (about, scene), call in self._state.led.calls.items():
            if call.taking:
                own = self._state.votes.get((about, scene), {}).get(learner or "")
                yield {"place": call.place, "scene": scene, "choices": list(call.choices), "own": own}

    @cached_property
    def _spotlight(self) -> dict[str, Any] | None:
        wanted = self._state.led.spotlight
        for shown in self._public_boards if wanted else ():
            for form in shown.board["forms"]:
                for card in form["cards"]:
                    if card["id"] == wanted:
                        return {"place": shown.place, "form": form["form"], "card": card}
        return None

    # -- boards -----------------------------------------------------------------------------------

    @cached_property
    def _public_boards(self) -> list[Board]:
        return self._boards("group")

    def _boards(self, reader: Reader) -> list[Board]:
        """Return the boards of what was opened; to the group, only what is revealed."""
        found = []
        for place, one in self._room.playables(self._state.led.agenda).items():
            if is_open(self._state.led, place):
                forms = [
                    self._form(reader, one, asked) for asked in one.forms.values() if self._may_draw(reader, one, asked)
                ]
                # An empty one, too: what is no longer revealed goes from the pages that show it.
                found.append(self._board(reader, place, forms, list(self._vote_boards(reader, place))))
        return found

    def _board(self, reader: Reader, place: str, forms: list[dict[str, Any]], votes: list[dict[str, Any]]) -> Board:
        """Return a board: the same object while its forms and votes are the same."""
        drawn: Board | None = self._kept.get(("board", reader, place))
        before = drawn.board["forms"] if drawn else []
        same = len(before) == len(forms) and all(now is then for now, then in zip(forms, before, strict=True))
        if drawn is None or not same or drawn.board["votes"] != votes:
            drawn = Board(place=place, board={"forms": forms, "votes": votes})
            self._kept["board", reader, place] = drawn
        return drawn

    def _may_draw(self, reader: Reader, one: Playable, asked: Asked) -> bool:
        return reader == "trainer" or (one.rules.about, asked.form) in self._state.led.revealed

    def _form(self, reader: Reader, one: Playable, asked: Asked) -> dict[str, Any]:
        """Return the board of a form, drawn anew only if something that it is drawn of is not the same any more."""
        state, about = self._state, one.rules.about
        mine, before = state.forms.get((about, asked.form)), state.forms.get((about, asked.again or ""))
        sources = mine, before, state.led, self._company.names
        people = len(state.members) if reader == "trainer" else 0  # the group's says nothing of how many there are
        key = reader, about, asked.form
        drawn = self._kept.get(key)
        same = drawn is not None and all(now is then for now, then in zip(sources, drawn.of, strict=True))
        if drawn is None or not same or drawn.people != people:
            cards = drawn.cards if drawn else Cards()
            drawn = Drawn(sources, people, self._draw(reader, one, asked, cards), cards)
            self._kept[key] = drawn
        return drawn.board

    def _draw(self, reader: Reader, one: Playable, asked: Asked, cards: Cards) -> dict[str, Any]:
        look, form = self._looking(reader, one, asked)
        before = one.forms.get(asked.again or "")
        board = form_board(look, form, self._looking(reader, one, before) if before else None, cards)
        if reader == "trainer" and asked.perspectives:
            perspectives = 1 if form.merged else len(asked.perspectives)
            board["reach"] = reach(len(self._state.members), perspectives, self._room.terms.floor).view()
        return board

    def _looking(self, reader: Reader, one: Playable, asked: Asked) -> tuple[Look, Form]:
        look = Look(reader, one.rules.about, asked, self._state.led, self._room.terms, self._company.names)
        return look, self._state.forms.get(look.key, Form())

    def _vote_boards(self, reader: Reader, place: str) -> Iterable[dict[str, Any]]:
        """Yield how the group voted: to the trainer once it is counted, to the group once that is revealed."""
        state, floor = self._state, self._room.terms.floor
        for (about, scene), call in state.led.calls.items():
            revealed = (about, vote_form(scene)) in state.led.revealed
            if call.place != place or not (reader == "trainer" or revealed):
                continue
            casts = state.votes.get((about, scene), {})
            board = {"scene": scene, "taking": call.taking, "revealed": revealed}
            told = {"counts": None if call.taking else vote_board(call.choices, casts, floor)}
            yield {**board, **told, "voted": len(casts)} if reader == "trainer" else {**board, **told}

    # -- for the trainer alone --------------------------------------------------------------------

    def _roster(self) -> Roster:
        """Return who is here; the same object while nobody comes, goes, or takes another name or language."""
        languages, company = self._state.languages, self._company
        drawn = self._kept.get("people")
        if drawn is None or drawn.of[0] is not company or drawn.of[1] is not languages:
            rows = tuple(
                {
                    "id": veiled(self._room.terms.secret, "roster", who),
                    "name": company.names.get(who),
                    "language": language,
                    "connected": who in company.connected,
                }
                for who, language in languages.items()
            )
            roster = Roster.model_construct(roster=rows)  # validating would copy everyone
            drawn = self._kept["people"] = People((company, languages), roster)
        return drawn.roster

    def _desk(self) -> Desk:
        state, room = self._state, self._room
        last = last_public(state.acts)
        return Desk(
            desk={
                "people": len(state.members),
                "connected": len(self._company.connected & state.members.keys()),
                "floor": room.terms.floor,
                "few": len(state.members) < room.terms.floor,
                "answered": self._answered(),
                "changed": find_changed(state.led.agenda, room.resolve),
                "undo": {"act": last.event.id, "did": act_of(last.event)} if last else None,
            }
        )

    def _answered(self) -> Mapping[str, int]:
        """Return how many people did something in each opened activity; who, is nobody's business."""
        state = self._state
        playables = self._room.playables(state.led.agenda).items()
        return {place: state.began.get(one.rules.about, 0) for place, one in playables if is_open(state.led, place)}
