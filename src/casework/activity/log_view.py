"""What the page of a log may see, as JSON: what it holds, and what that adds up to."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from casework.activity.log_dates import meetings_of
from casework.activity.log_totals import aims_of, by_month, summed
from casework.activity.rules import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from casework.activity.log_dates import Planned
    from casework.activity.log_state import LogState, Meeting, Series
    from casework.content import Targets

_TOLD = ("minutes", "kind", "provider", "credential")
_FRESH = timedelta(days=31)
"""How long ago a planned meeting may lie that is offered to be logged."""


def view_of(state: LogState, files: Mapping[str, Targets], followed: Iterable[str], today: date) -> dict[str, Any]:
    """Return a log as JSON.

    Parameters
    ----------
    state : LogState
        The log.
    files : Mapping[str, Targets]
        The files of targets that are offered, by id.
    followed : iterable of str
        The targets that are counted towards, as ``file/target``.
    today : date
        The day on which it is looked at.
    """
    held, followed, days = state.held(), tuple(followed), planned_and_held(state, dropped=True)
    years = {str(year): summed(meetings) for year, meetings in groupby(held, key=lambda one: one.date.year)}
    return {
        "today": today.isoformat(),
        "entries": [_entry(meeting) for meeting in held],
        "removed": list(state.removed),
        "series": [_series(series, days) for series in state.planned()],
        "due": _due(days, today),
        "months": [{**asdict(month), "held": month.held} for month in by_month(state, today)],
        "totals": {"all": summed(held), **years},
        "aims": aims_of(state, files, followed, today),
        "followed": list(followed),
        "responses": views(state.notes),
    }


def planned_and_held(state: LogState, *, dropped: bool = False) -> list[tuple[Planned, Meeting | None]]:
    """Return each planned meeting with the one that was held on its day, if one was.

    A meeting belongs to one planned meeting at most.
    """
    left = list(reversed(state.held()))
    found = []
    for planned in sorted(
        (one for series in state.planned() for one in meetings_of(series, dropped=dropped)),
        key=lambda one: (one.date or one.given, one.id),
    ):
        meeting = next((one for one in left if one.date == planned.date), None)
        if meeting is not None:
            left.remove(meeting)
        found.append((planned, meeting))
    return found


def _entry(meeting: Meeting) -> dict[str, Any]:
    told = {**asdict(meeting), "date": meeting.date.isoformat(), "topics": list(meeting.topics)}
    del told["version"]
    return told


def _due(days: Iterable[tuple[Planned, Meeting | None]], today: date) -> dict[str, Any] | None:
    """Return the planned meeting that one probably comes from: the last that is not in the log."""
    open_ones = [
        (one.date, one.series)
        for one, meeting in days
        if one.date and meeting is None and today - _FRESH <= one.date <= today
    ]
    if not open_ones:
        return None
    day, series = open_ones[-1]
    return {"date": day.isoformat(), **{key: getattr(series, key) for key in _TOLD}}


def _series(series: Series, days: Iterable[tuple[Planned, Meeting | None]]) -> dict[str, Any]:
    dates = [
        {"given": one.given.isoformat(), "date": one.date and one.date.isoformat(), "held": meeting is not None}
        for one, meeting in days
        if one.series is series and (series.last is None or one.given <= series.last)
    ]
    return {
        "id": series.id,
        "start": series.start.isoformat(),
        "last": series.last and series.last.isoformat(),
        "dates": dates,
        **{key: getattr(series, key) for key in (*_TOLD, "every", "weeks", "months")},
    }
