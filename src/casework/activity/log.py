"""The rules of the RSC log: one for each learner, whichever workbook shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casework.activity.intents import Write, read_intent
from casework.activity.log_intents import Add, Bring, Change, End, LogIntent, Move, Remove, Restore
from casework.activity.log_state import TOPICS, LogState, Meeting, OwnTarget, Series
from casework.activity.log_table import read_table
from casework.activity.log_view import view_of
from casework.activity.rules import MOVED_ON, Response, as_event, cell
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.content import Targets

ABOUT = "log"
_NOTE = "note"
_ID = 32


class Log:
    """The rules of an RSC log.

    Parameters
    ----------
    targets : Mapping[str, Targets], optional
        The files of targets that are offered, by id. A log keeps what it holds whichever are.
    language : str, optional
        The language of the interface's words.
    chosen : str, optional
        The id of the file whose targets are counted towards as long as the learner chose none.
    today : callable, optional
        Says which day it is; the system's clock, if not given.
    """

    about = ABOUT
    content_hash = ""

    def __init__(
        self,
        targets: Mapping[str, Targets] | None = None,
        language: str = "en",
        chosen: str | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.targets = dict(targets or {})
        self.words = words(language)
        self.chosen = chosen
        self.today = today

    def start(self) -> LogState:
        """Return an empty log."""
        return LogState()

    def followed(self, state: LogState) -> tuple[str, ...]:
        """Return the targets that are counted towards, as ``file/target``."""
        if state.followed is not None:
            return state.followed
        given = self.targets.get(self.chosen or "")
        return tuple(f"{given.id}/{target.id}" for target in given.targets) if given else ()

    # -- what happened ------------------------------------------------------------------------------

    def apply(self, state: LogState, event: Event) -> LogState:
        """Return the log after an event; an event that no log knows changes nothing."""
        known = self._appliers.get(event.kind)
        return state if known is None else known(self, state, event)

    def _add(self, state: LogState, event: Event) -> LogState:
        known = event.body["entry"] in state.meetings
        return state if known else _with_meeting(state, _meeting(event.body))

    def _change(self, state: LogState, event: Event) -> LogState:
        before = state.meetings.get(event.body["entry"])
        if before is None:
            return state
        return _with_meeting(state, replace(_meeting(event.body), version=before.version + 1))

    def _remove(self, state: LogState, event: Event) -> LogState:
        of = event.body["of"]
        if of in state.removed or of not in state.things():
            return state
        return replace(state, removed=(*state.removed, of))

    def _restore(self, state: LogState, event: Event) -> LogState:
        return replace(state, removed=tuple(one for one in state.removed if one != event.body["of"]))

    def _plan(self, state: LogState, event: Event) -> LogState:
        said = {**event.body, "start": date.fromisoformat(event.body["start"])}
        series = Series(said.pop("series"), **said)
        if before := state.series.get(series.id):
            given = replace(series, moved=before.moved, last=before.last, version=before.version + 1)
            return _with_series(state, given)
        return _with_series(state, series)

    def _move(self, state: LogState, event: Event) -> LogState:
        series = state.series.get(event.body["series"])
        if series is None:
            return state
        given, to = date.fromisoformat(event.body["date"]), event.body["to"]
        moved = {**series.moved, given: to and date.fromisoformat(to)}
        return _with_series(state, replace(series, moved=MappingProxyType(moved), version=series.version + 1))

    def _end(self, state: LogState, event: Event) -> LogState:
        series, last = state.series.get(event.body["series"]), event.body["last"]
        if series is None:
            return state
        day = last and date.fromisoformat(last)
        return _with_series(state, replace(series, last=day, version=series.version + 1))

    def _aim(self, state: LogState, event: Event) -> LogState:
        said = dict(event.body)
        target = OwnTarget(said.pop("target"), **said)
        return replace(state, aims=MappingProxyType({**state.aims, target.id: target}))

    def _follow(self, state: LogState, event: Event) -> LogState:
        return replace(state, followed=tuple(dict.fromkeys(event.body["targets"])))

    def _write(self, state: LogState, event: Event) -> LogState:
        name = cell(event.body["prompt"], event.body["perspective"])
        notes = {**state.notes, name: Response(event.id, event.body["text"], event.at)}
        return replace(state, notes=MappingProxyType(notes))

    def _bring(self, state: LogState, event: Event) -> LogState:
        """Bring in meetings; the ones of the same day, length, kind and provider are there already."""
        there = {_likeness(meeting) for meeting in state.meetings.values()}
        for number, row in enumerate(read_table(event.body["text"], self.words, _latest(event.at)).rows):
            meeting = replace(row.meeting, id=f"{event.id[:24]}{number:08x}")
            if meeting.id not in state.meetings and _likeness(meeting) not in there:
                there.add(_likeness(meeting))
                state = _with_meeting(state, meeting)
                if row.note:
                    note = Response(meeting.id, row.note, event.at)
                    state = replace(state, notes=MappingProxyType({**state.notes, cell(meeting.id, _NOTE): note}))
        return state

    _appliers: Mapping[str, Callable[[Log, LogState, Event], LogState]] = {
        "add": _add,
        "change": _change,
        "remove": _remove,
        "restore": _restore,
        "plan": _plan,
        "move": _move,
        "end": _end,
        "aim": _aim,
        "follow": _follow,
        "write": _write,
        "bring": _bring,
    }

    # -- what a page may do -------------------------------------------------------------------------

    def decide(self, state: LogState, message: object, at: datetime, _group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If a meeting that was held lies in the future, or something is meant that the log does not hold.
        """
        intent = read_intent(LogIntent, message, self.words)
        if isinstance(intent, Add | Change):
            self._check_meeting(intent, at)
        if isinstance(intent, Write) and (len(intent.prompt) != _ID or intent.perspective != _NOTE):
            raise Refused(self.words["refused.elsewhere"])
        if isinstance(intent, Bring):
            self._check_table(intent, at)
        if isinstance(intent, Change | Remove | Restore | Move | End) and _subject(intent) not in state.things():
            raise Refused(MOVED_ON)
        return as_event(self, intent, at)

    def _check_meeting(self, intent: Add | Change, at: datetime) -> None:
        if date.fromisoformat(intent.date) > _latest(at):
            raise Refused(self.words["log.refused.future"])
        if not set(intent.topics) <= set(TOPICS):
            raise Refused(self.words["refused.unknown"])

    def _check_table(self, intent: Bring, at: datetime) -> None:
        table = read_table(intent.text, self.words, _latest(at))
        if table.faults:
            raise Refused(" ".join([self.words["log.refused.rows"], *table.faults[:5]]))

    def view(self, state: LogState, _group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a log shows."""
        return view_of(state, self.targets, self.followed(state), self.today())


def _latest(at: datetime) -> date:
    """Return the last day that can be meant by today, wherever on earth the page is."""
    return (at.astimezone(UTC) + timedelta(hours=14)).date()


def _subject(intent: Any) -> str:  # noqa: ANN401  one of those that mean something that is there
    match intent:
        case Change():
            return intent.entry
        case Move() | End():
            return str(intent.series)
    return str(intent.of)


def _meeting(body: Mapping[str, Any]) -> Meeting:
    said = {**body, "date": date.fromisoformat(body["date"]), "topics": tuple(body["topics"])}
    if said["kind"] == "individual":
        said["people"] = None
    return Meeting(said.pop("entry"), **said)


def _likeness(meeting: Meeting) -> tuple[Any, ...]:
    return meeting.date, meeting.minutes, meeting.kind, meeting.provider.casefold()


def _with_meeting(state: LogState, meeting: Meeting) -> LogState:
    return replace(state, meetings=MappingProxyType({**state.meetings, meeting.id: meeting}))


def _with_series(state: LogState, series: Series) -> LogState:
    return replace(state, series=MappingProxyType({**state.series, series.id: series}))
