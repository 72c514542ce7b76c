"""The rules of the observation checklist: over a moment in beats, over a recording, or live."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Any

from casework.activity.differing import TOLERANCE, where_differed
from casework.activity.intents import Write, read_intent
from casework.activity.observe_coded import coded_marks, coded_reference
from casework.activity.observe_intents import (
    Answer,
    AtBeat,
    Correct,
    EndState,
    Mark,
    ObserveIntent,
    Rate,
    StartState,
    Undo,
)
from casework.activity.observe_state import LiveClock, Observation, ObserveState, Told
from casework.activity.observe_summary import observed, summaries
from casework.activity.rules import MOVED_ON, Response, as_event, cell, views
from casework.activity.sharing import Share, Shared, check_share, sharing_view
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.activity.observe_ground import Ground
    from casework.content import Checklist, ChecklistItem, Coding

DOUBLE_PRESS = 0.5
"""Seconds within which a second press of the same thing is a slip of the finger."""

FORM, OFFERED = "coding", "group_unnamed"
"""A coding run is shared as one, and offered to the group without its author's name."""


class Observe:
    """The rules of observing something with a checklist.

    Parameters
    ----------
    ground : Ground
        What is observed.
    checklist : Checklist
        What to look for.
    reference : Coding, optional
        What others marked there, to lay one's own marks beside once one has finished.
    tolerance : float, optional
        By how many seconds two people may differ and still have seen the same; means nothing over beats.
    """

    def __init__(
        self, ground: Ground, checklist: Checklist, reference: Coding | None = None, tolerance: float = TOLERANCE
    ) -> None:
        self.ground = ground
        self.checklist = checklist
        self.reference = reference
        self.tolerance = tolerance
        self.about = f"{ground.about}/{checklist.id}"
        self.content_hash = checklist.content_hash
        self.words = words(checklist.language)
        self.items = {item.id: item for item in checklist.items}
        self._scales = {scale.id: scale for scale in checklist.scales}

    def start(self) -> ObserveState:
        """Return the state before anything happened."""
        return ObserveState()

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: ObserveState, event: Event) -> ObserveState:
        """Return the state after an event; one that no longer fits the content changes nothing."""
        known = self._appliers.get(event.kind)
        if known is None or (state.beat < 0 and event.kind != "begin"):
            return state
        return known(self, state, event)

    def apply_all(self, state: ObserveState, events: Iterable[Event]) -> ObserveState:
        """Return the state after one event after the other, as `apply` gives it; marks in a row are taken as one."""
        for marks, run in groupby(events, key=_is_mark):
            some = list(run)
            state = self._marks(state, some) if marks and state.beat >= 0 else reduce(self.apply, some, state)
        return state

    def _begin(self, state: ObserveState, event: Event) -> ObserveState:
        if state.beat >= 0:
            return state
        when = event.body.get("when") or 1000 * event.at.timestamp()
        clock = LiveClock(running=True, seconds=0.0, since=when) if self.ground.kind == "live" else None
        return replace(state, beat=0, reached=0, clock=clock)

    def _at_beat(self, state: ObserveState, event: Event) -> ObserveState:
        beat = event.body["beat"]
        if not self.ground.starts or not self.ground.has(beat, None):
            return state
        return replace(state, beat=beat, reached=max(beat, state.reached))

    def _mark(self, state: ObserveState, event: Event) -> ObserveState:
        return self._marks(state, (event,))

    def _marks(self, state: ObserveState, events: Iterable[Event]) -> ObserveState:
        pressed: dict[tuple[str, int | None], list[float]] = defaultdict(list)
        for mark in state.marks:
            pressed[mark.item, mark.beat].append(mark.clock)
        new = []
        for mark in map(_marked, events):
            clocks = pressed[mark.item, mark.beat]
            if self._fits(mark, "point") and not any(abs(mark.clock - clock) < DOUBLE_PRESS for clock in clocks):
                clocks.append(mark.clock)
                new.append(mark)
        return replace(state, marks=(*state.marks, *new)) if new else state

    def _start_state(self, state: ObserveState, event: Event) -> ObserveState:
        mark = _marked(event)._replace(lasts=True)
        mine = [other for other in state.marks if other.item == mark.item]
        slip = any(abs((other.until_clock or -DOUBLE_PRESS) - mark.clock) < DOUBLE_PRESS for other in mine)
        if slip or not self._fits(mark, "state") or any(other.lasts for other in mine):
            return state
        marks = tuple(self._ended_by(other, mark) for other in state.marks)
        return replace(state, marks=(*marks, mark))

    def _end_state(self, state: ObserveState, event: Event) -> ObserveState:
        body, mark = event.body, state.find(event.body["mark"])
        place = body.get("beat"), body.get("seconds")
        if mark is None or not mark.lasts or not self.ground.has(*place):
            return state
        if abs(body["clock"] - mark.clock) < DOUBLE_PRESS:
            return state
        return _with(state, _end(mark, event.id, place, body["clock"]))

    def _answer(self, state: ObserveState, event: Event) -> ObserveState:
        body, item = event.body, self.items.get(event.body["item"])
        interval = body["interval"]
        if item is None or item.kind != "interval" or not self.ground.has_interval(item, interval):
            return state
        answers = {number: told for number, told in state.answers.get(item.id, {}).items() if number != interval}
        if body["answer"] != "unknown":
            answers[interval] = Told(event.id, int(body["answer"] == "yes"))
        return replace(state, answers={**state.answers, item.id: answers})

    def _rate(self, state: ObserveState, event: Event) -> ObserveState:
        item, value = self.items.get(event.body["item"]), event.body["value"]
        if item is None or item.kind != "rating" or not self._on_scale(item, value):
            return state
        ratings = {name: told for name, told in state.ratings.items() if name != item.id}
        return replace(state, ratings=ratings if value is None else {**ratings, item.id: Told(event.id, value)})

    def _undo(self, state: ObserveState, event: Event) -> ObserveState:
        gone = event.body["mark"]
        if state.find(gone) is None:
            return state
        left = tuple(mark for mark in state.marks if mark.id != gone)
        for mark in left:
            if mark.ended_by == gone and not self._clash(mark, left):
                events = tuple(one for one in mark.events if one != gone)
                again = mark._replace(lasts=True, until_beat=None, until=None, until_clock=None, ended_by="")
                left = _replaced(left, again._replace(events=events))
        return replace(state, marks=left)

    def _correct(self, state: ObserveState, event: Event) -> ObserveState:
        mark = state.find(event.body["mark"])
        if mark is None:
            return state
        changed = _corrected(mark, event)
        others = tuple(other for other in state.marks if other.id != mark.id)
        wrong = not self._fits(changed, self.items[mark.item].kind) or not self._ends_later(changed)
        if wrong or (changed.lasts and self._clash(changed, others)):
            return state
        return _with(state, changed)

    def _pause(self, state: ObserveState, event: Event) -> ObserveState:
        return self._stop_clock(state, event) if state.clock and state.clock.running else state

    def _go_on(self, state: ObserveState, event: Event) -> ObserveState:
        if state.clock is None or state.clock.running or state.finished:
            return state
        return replace(state, clock=replace(state.clock, running=True, since=event.body["when"]))

    def _finish(self, state: ObserveState, event: Event) -> ObserveState:
        if state.clock and state.clock.running:
            state = self._stop_clock(state, event)
        seen = max(state.seen, event.body.get("seconds") or 0.0) if self.ground.kind == "media" else state.seen
        return replace(state, finished=True, seen=seen)

    def _reopen(self, state: ObserveState, _event: Event) -> ObserveState:
        return replace(state, finished=False)

    def _write(self, state: ObserveState, event: Event) -> ObserveState:
        body = event.body
        if body["perspective"] or not self.ground.has_note(body["prompt"]):
            return state
        return replace(
            state, notes={**state.notes, cell(body["prompt"], ""): Response(event.id, body["text"], event.at)}
        )

    def _share(self, state: ObserveState, event: Event) -> ObserveState:
        return replace(state, shared={**state.shared, event.body["form"]: Shared.of(event)})

    _appliers: Mapping[str, Callable[[Observe, ObserveState, Event], ObserveState]] = {
        "begin": _begin,
        "at_beat": _at_beat,
        "mark": _mark,
        "start_state": _start_state,
        "end_state": _end_state,
        "answer": _answer,
        "rate": _rate,
        "undo": _undo,
        "correct": _correct,
        "pause": _pause,
        "go_on": _go_on,
        "finish": _finish,
        "reopen": _reopen,
        "write": _write,
        "share": _share,
    }

    def _fits(self, mark: Observation, kind: str) -> bool:
        """Return whether an item is of a kind, and its mark somewhere in what is observed."""
        item = self.items.get(mark.item)
        return item is not None and item.kind == kind and self.ground.has(mark.beat, mark.seconds)

    def _ends_later(self, mark: Observation) -> bool:
        if mark.until_beat is None and mark.until is None:
            return True
        there = self.ground.has(mark.until_beat, mark.until)
        return there and self.ground.at(mark.until_beat, mark.until) >= self.ground.at(mark.beat, mark.seconds)

    def _on_scale(self, item: ChecklistItem, value: int | None) -> bool:
        scale = self._scales.get(item.scale or "")
        return value is None or (scale is not None and scale.lowest <= value <= scale.highest)

    def _excludes(self, one: str, other: str) -> bool:
        return other in self.items[one].excludes or one in self.items[other].excludes

    def _clash(self, mark: Observation, others: tuple[Observation, ...]) -> bool:
        """Return whether a state cannot last beside others that do."""
        lasting = (other.item for other in others if other.lasts and other.id != mark.id)
        return any(item == mark.item or self._excludes(item, mark.item) for item in lasting)

    def _ended_by(self, other: Observation, mark: Observation) -> Observation:
        if not other.lasts or not self._excludes(mark.item, other.item):
            return other
        return _end(other, mark.id, (mark.beat, mark.seconds), mark.clock)

    def _stop_clock(self, state: ObserveState, event: Event) -> ObserveState:
        clock = state.clock
        if clock is None:
            return state
        passed = max(0.0, event.at.timestamp() - clock.since / 1000)
        told = event.body.get("seconds")
        seconds = max(clock.seconds, clock.seconds + passed if told is None else told)
        return replace(state, clock=LiveClock(running=False, seconds=seconds, since=clock.since))

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: ObserveState, message: object, at: datetime, group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If it names an item, beat or time that is not there, or the observation has not begun.
        """
        intent = read_intent(ObserveIntent, message, self.words)
        if isinstance(intent, Share):
            self._may_share(state, intent, group)
        event = as_event(self, intent, at)
        if self.apply(state, event) != state:
            return event
        match intent:
            case Mark() | StartState() | Answer() | Rate() if intent.item not in self.items:
                raise Refused(self.words["refused.item"])
            case Mark() | StartState() | EndState() if not self.ground.has(intent.beat, intent.seconds):
                raise Refused(self.words["refused.beat"])
            case AtBeat() if not self.ground.has(intent.beat, None):
                raise Refused(self.words["refused.beat"])
            case Write() if not self.ground.has_note(intent.prompt):
                raise Refused(self.words["refused.beat"])
            case Correct() if state.find(intent.mark):
                raise Refused(self.words["observe.cannot_move"])
            case AtBeat() | Undo():
                return event  # nothing to change, and nothing wrong
        raise Refused(MOVED_ON)

    def _may_share(self, state: ObserveState, intent: Share, group: Group | None) -> None:
        if intent.form != FORM:
            raise Refused(self.words["refused.gone"])
        check_share(
            intent,
            about=self.about,
            offered=OFFERED,
            own=state.events(),
            before=state.shared.get(FORM),
            group=group,
            words=self.words,
        )

    # -- view -------------------------------------------------------------------------------------

    def view(self, state: ObserveState, group: Group | None = None) -> dict[str, Any]:
        """Return what the page of an observation shows; what others marked only once it is finished."""
        clock = state.clock
        return {
            "beat": state.beat,
            "finished": state.finished,
            "clock": clock and {"running": clock.running, "seconds": clock.seconds, "since": clock.since},
            "marks": [mark.view() for mark in state.marks],
            "answers": {
                item: {str(number): told.value == 1 for number, told in answers.items()}
                for item, answers in state.answers.items()
            },
            "ratings": {item: told.value for item, told in state.ratings.items()},
            "responses": views(state.notes),
            "events": state.events() if group else [],
            "sharing": sharing_view(self.about, {FORM: OFFERED}, state.shared, group),
            "observed": observed(state, self.ground),
            "summary": summaries(state, self.ground, self.checklist) if state.finished else None,
            "differing": self._differing(state) if state.finished else None,
        }

    def _differing(self, state: ObserveState) -> list[dict[str, Any]] | None:
        if self.reference is None:
            return None
        found = where_differed(
            self.checklist,
            coded_marks(state, self.ground, self.checklist),
            coded_reference(self.reference, self.ground, self.checklist),
            until=self.ground.begins + observed(state, self.ground),
            tolerance=0.0 if self.ground.starts else self.tolerance,
        )
        return [one.view(self.ground.starts) for one in found]


def _is_mark(event: Event) -> bool:
    return event.kind == "mark"


def _marked(event: Event) -> Observation:
    body = event.body
    return Observation(event.id, body["item"], body.get("beat"), body.get("seconds"), body["clock"], events=(event.id,))


def _end(mark: Observation, event_id: str, place: tuple[int | None, float | None], clock: float) -> Observation:
    """Return a state that has ended, never before it began."""
    beat, seconds = place
    return mark._replace(
        lasts=False,
        until_beat=None if beat is None or mark.beat is None else max(beat, mark.beat),
        until=None if seconds is None else max(seconds, mark.seconds or 0.0),
        until_clock=clock,
        ended_by=event_id,
        events=(*mark.events, event_id),
    )


def _corrected(mark: Observation, event: Event) -> Observation:
    body = event.body
    place = {key: body[key] for key in ("beat", "seconds") if body.get(key) is not None}
    if "beat" in place:
        place.setdefault("seconds", None)
    ends = {key: body[key] for key in ("until_beat", "until") if body.get(key) is not None and not mark.lasts}
    was = mark.was or (mark.item, mark.beat, mark.seconds)
    changed = {"item": body.get("item") or mark.item, **place, **ends, "was": was}
    return mark._replace(events=(*mark.events, event.id), **changed)


def _with(state: ObserveState, mark: Observation) -> ObserveState:
    return replace(state, marks=_replaced(state.marks, mark))


def _replaced(marks: tuple[Observation, ...], mark: Observation) -> tuple[Observation, ...]:
    return tuple(mark if other.id == mark.id else other for other in marks)
