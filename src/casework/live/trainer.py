"""What the trainer may do when, and the event that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.acts import last_public
from casework.activity.events import Event
from casework.activity.rules import MOVED_ON
from casework.activity.seeing import Form, seen, veiled
from casework.activity.walk import Walk
from casework.content.words import words
from casework.errors import ContentError, Refused
from casework.live import protocol as ask
from casework.live.agenda import check_agenda
from casework.live.board import Look
from casework.live.leading import until_after
from casework.live.state import ABOUT
from casework.live.together import MOVES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from casework.activity.seeing import Given
    from casework.live.agenda import Playable
    from casework.live.room import Room
    from casework.live.state import RoomState


class Trainer:
    """Decides what the trainer asks for.

    Parameters
    ----------
    room : Room
        The room that is led.
    language : str
        The language of the trainer's page.
    """

    def __init__(self, room: Room, language: str) -> None:
        self._room = room
        self._words = words(language)

    def decide(self, state: RoomState, message: Any, at: datetime) -> Event:  # noqa: ANN401  one of the intents below
        """Return the event of an act, or raise `Refused`."""
        decided = self._deciders.get(type(message))
        if decided is None:
            raise Refused(self._words["live.unknown"])
        about, body = decided(self, state, message, at)
        kind = "reveal" if isinstance(message, ask.Reveal) else "lead"
        return Event(message.id, kind, about, at, body if kind == "reveal" else {"do": message.do, **body})

    def _plan(self, state: RoomState, message: ask.Plan, _at: datetime) -> tuple[str, dict[str, Any]]:
        if state.led.phase == "ended":
            raise Refused(MOVED_ON)
        try:
            check_agenda(message.agenda, self._room.resolve)
        except ContentError as error:
            raise Refused(str(error)) from error
        missing = state.led.opened - {item.place for item in message.agenda}
        if missing:
            raise Refused(self._words["live.opened"].format(place=min(missing)))
        return ABOUT, {"agenda": [item.model_dump(mode="json") for item in message.agenda]}

    def _start(self, state: RoomState, _message: ask.Start, _at: datetime) -> tuple[str, dict[str, Any]]:
        if not state.led.agenda:
            raise Refused(self._words["live.no_agenda"])
        if state.led.phase != "waiting":
            raise Refused(MOVED_ON)
        return ABOUT, {}

    def _end(self, state: RoomState, _message: ask.End, _at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        return ABOUT, {}

    def _open(self, state: RoomState, message: ask.Open, at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        self._at(state, message.place)
        return ABOUT, {"place": message.place, "until": until_after(message.seconds, at)}

    def _extend(self, state: RoomState, message: ask.Extend, at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        if state.led.here is None or state.led.here in state.led.closed:
            raise Refused(MOVED_ON)
        return ABOUT, {"until": until_after(message.seconds, max(at, state.led.until or at))}

    def _close(self, state: RoomState, message: ask.Close, _at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        if message.place not in state.led.opened or message.place in state.led.closed:
            raise Refused(MOVED_ON)
        return ABOUT, {"place": message.place}

    def _pace(self, state: RoomState, message: ask.Pace, _at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        return ABOUT, {"pace": message.pace, "until": message.until and message.until.isoformat()}

    def _move(self, state: RoomState, message: ask.Move, at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        rules = self._walk(state, message.place)
        if state.led.pace != "led" or message.place not in state.led.opened or message.deed.get("do") not in MOVES:
            raise Refused(MOVED_ON)
        here = state.led.walks.get(rules.about, rules.start())
        event = rules.decide(here, {**message.deed, "id": message.id}, at)
        return rules.about, {"place": message.place, "deed": {"do": event.kind, **event.body}}

    def _vote(self, state: RoomState, message: ask.Vote, _at: datetime) -> tuple[str, dict[str, Any]]:
        self._going(state)
        rules = self._walk(state, message.place)
        here = state.led.walks.get(rules.about, rules.start())
        choices = [choice.id for choice in rules.open_choices(here)]
        if message.place not in state.led.opened or not choices or state.led.pace != "led":
            raise Refused(self._words["live.no_choices"])
        return rules.about, {"place": message.place, "scene": here.here, "choices": choices}

    def _count(self, state: RoomState, message: ask.Count, _at: datetime) -> tuple[str, dict[str, Any]]:
        about = self._at(state, message.place).rules.about
        call = state.led.calls.get((about, message.scene))
        if call is None or not call.taking:
            raise Refused(MOVED_ON)
        return about, {"place": message.place, "scene": message.scene}

    def _reveal(self, state: RoomState, message: ask.Reveal, _at: datetime) -> tuple[str, dict[str, Any]]:
        found = self._at(state, message.place)
        about = found.rules.about
        votes = message.form.partition("/")[2]
        call = state.led.calls.get((about, votes)) if votes else None
        if votes and (call is None or call.taking):
            raise Refused(self._words["live.count_first"])
        if not votes and message.form not in found.forms:
            raise Refused(self._words["live.gone"])
        if (about, message.form) in state.led.revealed:
            raise Refused(MOVED_ON)
        return about, {"form": message.form, "place": message.place}

    def _hold(self, state: RoomState, message: ask.Hold, _at: datetime) -> tuple[str, dict[str, Any]]:
        return self._form(state, message), {"form": message.form, "on": message.on}

    def _arrange(self, state: RoomState, message: ask.Arrange, _at: datetime) -> tuple[str, dict[str, Any]]:
        about = self._form(state, message)
        if state.forms.get((about, message.form), Form()).words:
            raise Refused(self._words["live.shared"])
        return about, {"form": message.form, "merged": message.merged}

    def _approve(self, state: RoomState, message: ask.Approve, _at: datetime) -> tuple[str, dict[str, Any]]:
        if all((look.card(one), look.words(one)) != (message.card, message.words) for look, one in self._cards(state)):
            raise Refused(MOVED_ON)
        return ABOUT, {"card": message.card, "words": message.words}

    def _hide(self, state: RoomState, message: ask.Hide, _at: datetime) -> tuple[str, dict[str, Any]]:
        if all(look.card(one) != message.card for look, one in self._cards(state)):
            raise Refused(MOVED_ON)
        return ABOUT, {"card": message.card, "hidden": message.hidden}

    def _spotlight(self, state: RoomState, message: ask.Spotlight, _at: datetime) -> tuple[str, dict[str, Any]]:
        if message.card is not None and all(look.card(one) != message.card for look, one in self._cards(state)):
            raise Refused(MOVED_ON)
        return ABOUT, {"card": message.card}

    def _deal(self, state: RoomState, message: ask.Deal, _at: datetime) -> tuple[str, dict[str, Any]]:
        found = self._at(state, message.place)
        asked = found.forms.get(message.prompt)
        if asked is None or not set(message.perspectives) <= set(asked.perspectives):
            raise Refused(self._words["live.gone"])
        seed = veiled(self._room.terms.secret, "deal", message.id)
        told = {"prompt": message.prompt, "perspectives": list(dict.fromkeys(message.perspectives))}
        return found.rules.about, {**told, "seed": seed, "people": len(state.members)}

    def _undo(self, state: RoomState, message: ask.Undo, _at: datetime) -> tuple[str, dict[str, Any]]:
        last = last_public(state.acts)
        if last is None or last.event.id != message.act:
            raise Refused(MOVED_ON)
        return last.event.about, {"act": message.act, "undone": dict(last.event.body), "kind": last.event.kind}

    _deciders: Mapping[type, Callable[[Trainer, RoomState, Any, datetime], tuple[str, dict[str, Any]]]] = {
        ask.Plan: _plan,
        ask.Start: _start,
        ask.End: _end,
        ask.Open: _open,
        ask.Extend: _extend,
        ask.Close: _close,
        ask.Pace: _pace,
        ask.Move: _move,
        ask.Vote: _vote,
        ask.Count: _count,
        ask.Reveal: _reveal,
        ask.Hold: _hold,
        ask.Arrange: _arrange,
        ask.Approve: _approve,
        ask.Hide: _hide,
        ask.Spotlight: _spotlight,
        ask.Deal: _deal,
        ask.Undo: _undo,
    }

    def _going(self, state: RoomState) -> None:
        if state.led.phase != "going":
            raise Refused(self._words["live.not_going"])

    def _at(self, state: RoomState, place: str) -> Playable:
        found = self._room.playable(state.led, place)
        if found is None:
            raise Refused(self._words["live.gone"])
        return found

    def _walk(self, state: RoomState, place: str) -> Walk:
        rules = self._at(state, place).rules
        if not isinstance(rules, Walk):
            raise Refused(self._words["live.no_choices"])
        return rules

    def _form(self, state: RoomState, message: ask.Hold | ask.Arrange) -> str:
        found = self._at(state, message.place)
        if message.form not in found.forms:
            raise Refused(self._words["live.gone"])
        return found.rules.about

    def _cards(self, state: RoomState) -> Iterator[tuple[Look, Given]]:
        """Yield every card that the trainer sees."""
        terms = self._room.terms
        for found in self._room.playables(state.led.agenda).values():
            for name, asked in found.forms.items():
                look = Look("trainer", found.rules.about, asked, state.led, terms, {})
                form = state.forms.get((found.rules.about, name), Form())
                for one in seen(form, "trainer", revealed=look.revealed, floor=terms.floor):
                    yield look, one
