"""The rules of the observation checklist over a moment told in beats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casework.activity.intents import read_intent
from casework.activity.observe_intents import AtBeat, Mark, ObserveIntent, Undo
from casework.activity.rules import MOVED_ON, as_event
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.content import Checklist, Moment

DOUBLE_PRESS = 0.5
"""Seconds within which a second mark of one item at one beat is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One mark: an item of the checklist, seen at a beat."""

    id: str
    item: str
    beat: int
    clock: float
    """Seconds on the page's clock since the observation began."""


@dataclass(frozen=True, slots=True)
class ObserveState:
    """Where someone is in a moment, and what they marked."""

    beat: int = -1
    finished: bool = False
    marks: tuple[Observation, ...] = ()


class Observe:
    """The rules of observing a moment with a checklist.

    Parameters
    ----------
    case : str
        The id of the case that the moment belongs to.
    moment : Moment
        What is observed.
    checklist : Checklist
        What to look for.
    """

    def __init__(self, case: str, moment: Moment, checklist: Checklist) -> None:
        self.moment = moment
        self.checklist = checklist
        self.about = f"{case}/{moment.id}/{checklist.id}"
        self.content_hash = checklist.content_hash
        self.words = words(checklist.language)
        self._items = {item.id for item in checklist.items}

    def start(self) -> ObserveState:
        """Return the state before anything happened."""
        return ObserveState()

    def apply(self, state: ObserveState, event: Event) -> ObserveState:
        """Return the state after an event; one that no longer fits the content changes nothing."""
        known = self._appliers.get(event.kind)
        return state if known is None else known(self, state, event)

    def _begin(self, state: ObserveState, _event: Event) -> ObserveState:
        return replace(state, beat=0) if state.beat < 0 else state

    def _at_beat(self, state: ObserveState, event: Event) -> ObserveState:
        beat = event.body["beat"]
        return replace(state, beat=beat) if self._may_be_at(state, beat) else state

    def _mark(self, state: ObserveState, event: Event) -> ObserveState:
        body = event.body
        mark = Observation(event.id, body["item"], body["beat"], body["clock"])
        known = mark.item in self._items and self._may_be_at(state, mark.beat)
        if not known or any(_same_press(mark, other) for other in state.marks):
            return state
        return replace(state, marks=(*state.marks, mark))

    def _undo(self, state: ObserveState, event: Event) -> ObserveState:
        return replace(state, marks=tuple(mark for mark in state.marks if mark.id != event.body["mark"]))

    def _finish(self, state: ObserveState, _event: Event) -> ObserveState:
        return replace(state, finished=True) if state.beat >= 0 else state

    def _reopen(self, state: ObserveState, _event: Event) -> ObserveState:
        return replace(state, finished=False)

    _appliers: Mapping[str, Callable[[Observe, ObserveState, Event], ObserveState]] = {
        "begin": _begin,
        "at_beat": _at_beat,
        "mark": _mark,
        "undo": _undo,
        "finish": _finish,
        "reopen": _reopen,
    }

    def _may_be_at(self, state: ObserveState, beat: int) -> bool:
        return state.beat >= 0 and 0 <= beat < len(self.moment.beats)

    def decide(self, state: ObserveState, message: object, at: datetime, _group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If it names an item or beat that is not there, or the observation has not begun.
        """
        intent = read_intent(ObserveIntent, message, self.words)
        event = as_event(self, intent, at)
        if self.apply(state, event) != state:
            return event
        match intent:
            case Mark() if intent.item not in self._items:
                raise Refused(self.words["refused.item"])
            case Mark() | AtBeat() if not self._may_be_at(state, intent.beat):
                raise Refused(self.words["refused.beat"])
            case AtBeat() | Undo():
                return event  # nothing to change, and nothing wrong
        raise Refused(MOVED_ON)

    def view(self, state: ObserveState, _group: Group | None = None) -> dict[str, Any]:
        """Return what the page of an observation shows."""
        return {
            "beat": state.beat,
            "finished": state.finished,
            "marks": [
                {"id": mark.id, "item": mark.item, "beat": mark.beat, "clock": mark.clock} for mark in state.marks
            ],
        }


def _same_press(one: Observation, other: Observation) -> bool:
    same = one.item == other.item and one.beat == other.beat
    return same and abs(one.clock - other.clock) < DOUBLE_PRESS
