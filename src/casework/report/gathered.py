"""Rows for frames, made of what the store lets somebody read; nothing here decides who may see what."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from casework.activity.events import Event
from casework.activity.log import ABOUT as LOG
from casework.activity.log import Log
from casework.activity.rules import fold
from casework.activity.survey import FORM as SURVEY
from casework.activity.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casework.report.asked import Asked

Row = tuple[Any, ...]

_FORM = attrgetter("about", "form")
_CODING = frozenset({"mark", "start_state", "end_state", "correct", "answer", "rate"})
_ORDER = {kind: place for place, kind in enumerate(("mark", "start_state", "end_state", "correct"))}


@dataclass(slots=True)
class Gathered:
    """Rows of every frame, gathered from one session after the other."""

    asked: Asked
    responses: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    paths: list[Row] = field(default_factory=list)
    log_entries: list[Row] = field(default_factory=list)
    attendance: list[Row] = field(default_factory=list)
    audiences: frozenset[str] | None = None
    """Only what was given to these audiences; to any, if None."""


@dataclass(frozen=True, slots=True)
class Where:
    """The session that rows come from."""

    session: str
    workbook: str
    floor: int = 0


# -- what a group shared ------------------------------------------------------------------------------


def take_shared(to: Gathered, where: Where, shared: Iterable[Any]) -> None:
    """Take what was shared in a session: as the store gave it, or as it stands in an export.

    Parameters
    ----------
    to : Gathered
        Where the rows go.
    where : Where
        The session.
    shared : iterable of SharedEvent
        What its authors gave to the reader, form by form.
    """
    for _, form in groupby(shared, key=_FORM):
        _take_form(to, where, form)


def _take_form(to: Gathered, where: Where, shared: Iterable[Any]) -> None:
    codings: dict[Row, list[Any]] = defaultdict(list)
    rated: dict[Row, list[Any]] = defaultdict(list)
    for one in shared:
        if to.audiences is not None and one.audience not in to.audiences:
            continue
        if one.kind == "write":
            to.responses.append(_response(to.asked, where, one))
        elif one.kind == "answer" and "value" in one.body:
            rated[one.about, str(one.body.get("item", ""))].append(one)
        elif one.kind in _CODING and one.author:
            codings[one.about, one.author, one.audience, one.name, one.revealed].append(one)
    for (about, item), answers in rated.items():
        to.ratings += _ratings(to.asked, where, (about, item), answers)
    for (about, *who), events in codings.items():
        to.observations += _observations(to.asked, where, about, _in_order(events), (*who, None))


def _response(asked: Asked, where: Where, one: Any) -> Row:  # noqa: ANN401  stored or exported
    body, about, round_id = one.body, one.about, ""
    prompt = str(body.get("prompt", ""))
    if one.form == SURVEY:
        about, _, round_id = about.partition("/")
    told = str(body.get("perspective", "")), str(body.get("text", ""))
    who = one.audience, one.author or "", one.name or "", one.revealed
    again = asked.again(about, prompt)
    return (*_head(where), about, prompt, again, told[0], round_id, told[1], *who, one.pair, None, one.id)


def _ratings(asked: Asked, where: Where, place: tuple[str, str], answers: Sequence[Any]) -> Iterator[Row]:
    """Yield what was answered to one item; of what is only ever shown as a spread, nothing of anyone in particular."""
    about, item = place
    survey, _, round_id = about.partition("/")
    spread = asked.spread_only(survey, item)
    known = {one.author or f"unknown {number}" for number, one in enumerate(answers)}
    if spread and len(known) < where.floor:
        return
    for one in answers:
        who = ("", "", "", one.revealed) if spread else (one.audience, one.author or "", one.name or "", one.revealed)
        pair = "" if spread else one.pair
        yield (*_head(where), survey, round_id, item, *_value(one.body["value"]), *who, pair, None, one.id)


def _value(value: Any) -> tuple[float | None, str]:  # noqa: ANN401  whatever an item can have
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value), ""
    return None, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _in_order(events: Iterable[Any]) -> list[Any]:
    """Return the events of one coding so that each mark comes before what was done with it."""
    return sorted(events, key=_order)


def _order(one: Any) -> int:  # noqa: ANN401
    return _ORDER.get(one.kind, 0)


def _observations(asked: Asked, where: Where, about: str, events: Iterable[Event], who: Row) -> Iterator[Row]:
    rules = asked.observing(about)
    if rules is None:
        return
    author, audience, name, revealed, at = who
    state = replace(rules.start(), beat=0, reached=max(0, len(rules.ground.starts) - 1))
    state = rules.apply_all(state, events)
    moment, _, checklist = about.rpartition("/")
    head = (*_head(where), moment, checklist)
    tail = (audience, author or "", name or "", revealed, at)
    kinds = {item.id: item.kind for item in rules.checklist.items}
    for mark in state.marks:
        times = mark.beat, mark.seconds, mark.until_beat, mark.until
        yield (*head, mark.item, kinds[mark.item], *times, None, None, *tail, mark.id)
    for item, answers in state.answers.items():
        for interval, told in answers.items():
            yield (*head, item, "interval", *(None,) * 4, interval, told.value, *tail, told.id)
    for item, told in state.ratings.items():
        yield (*head, item, "rating", *(None,) * 5, told.value, *tail, told.id)


def _head(where: Where) -> Row:
    return where.session, where.workbook


# -- how a group was led, and who came ----------------------------------------------------------------


def take_led(to: Gathered, where: Where, acts: Iterable[Event]) -> None:
    """Take the ways on which a trainer led a group through cases."""
    acts = list(acts)
    undone = {str(act.body.get("act")) for act in acts if act.body.get("do") == "undo"}
    moves: dict[str, list[Event]] = defaultdict(list)
    for act in acts:
        deed = act.body.get("deed")
        if act.body.get("do") == "move" and act.id not in undone and isinstance(deed, dict):
            body = {name: value for name, value in deed.items() if name != "do"}
            moves[act.about].append(Event(act.id, str(deed.get("do", "")), act.about, act.at, body))
    for about, events in moves.items():
        _take_way(to, where, about, events, "group")


def _take_way(to: Gathered, where: Where, about: str, events: Iterable[Event], whose: str) -> None:
    case = to.asked.case(about)
    if case is None:
        return
    way = fold(Walk(case), events).way
    to.paths += [
        (*_head(where), about, whose, number, stop.scene, stop.choice or "") for number, stop in enumerate(way, 1)
    ]


def take_attendance(to: Gathered, where: Where, people: Iterable[Any]) -> None:
    """Take who took part; in the order of their names, and not in that of their coming."""
    there = sorted(people, key=lambda one: (one.name is None, (one.name or "").casefold(), one.learner_id))
    to.attendance += [(*_head(where), one.name or "", one.joined_at) for one in there]


# -- one's own ----------------------------------------------------------------------------------------


def take_own(to: Gathered, where: Where, events: Iterable[Event]) -> None:
    """Take what somebody left in a session of their own; all of it is theirs to read."""
    by_about: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_about[event.about].append(event)
    for about, theirs in by_about.items():
        if about == LOG:
            _take_log(to, theirs)
            continue
        _take_words(to, where, about, theirs)
        _take_answers(to, where, about, theirs)
        _take_way(to, where, about, theirs, "own")
        coded = _observations(to.asked, where, about, theirs, ("", "private", "", False, None))
        times = {event.id: event.at for event in theirs}
        to.observations += [(*row[:-2], times.get(row[-1]), row[-1]) for row in coded]


_WHO = ("private", "", "", False)
_OWN = "own"  # all of one's own is one pair: what was first, and what came later


def _take_words(to: Gathered, where: Where, about: str, events: Iterable[Event]) -> None:
    latest: dict[tuple[str, str], Event] = {}
    for event in events:
        if event.kind == "write":
            latest[str(event.body["prompt"]), str(event.body["perspective"])] = event
    subject, _, round_id = about.partition("/") if to.asked.answering(about) else (about, "", "")
    for (prompt, perspective), event in latest.items():
        if text := str(event.body["text"]).strip():
            told = (subject, prompt, to.asked.again(subject, prompt), perspective, round_id, text)
            to.responses.append((*_head(where), *told, *_WHO, _OWN, event.at, event.id))


def _take_answers(to: Gathered, where: Where, about: str, events: Iterable[Event]) -> None:
    rules = to.asked.answering(about)
    if rules is None:
        return
    survey, _, round_id = about.partition("/")
    kinds = {item.id: item.kind for item in rules.survey.items}
    for item, answer in rules.answers(fold(rules, events)).items():
        if kinds[item] not in {"open", "person", "plan"}:
            told = (survey, round_id, item, *_value(answer.value))
            to.ratings.append((*_head(where), *told, *_WHO, _OWN, answer.at, answer.id))


def _take_log(to: Gathered, events: Iterable[Event]) -> None:
    log = Log()
    state = fold(log, events)
    to.log_entries += [
        (
            *(one.date, one.minutes, one.kind, one.people, one.provider, one.credential),
            *("; ".join(one.topics), one.other, state.note(one.id)),
        )
        for one in reversed(state.held())
    ]
