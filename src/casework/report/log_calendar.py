"""A log as a calendar file (RFC 5545): what was held, and what is planned.

The log keeps days and no hours, so each meeting is an event of a whole day, in whichever time zone. Each event has a
name that stays, so that a second import changes the first instead of doubling it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from casework.activity.log_view import planned_and_held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from icalendar import Event

    from casework.activity.log_dates import Planned
    from casework.activity.log_state import LogState, Meeting, Series

_HOST = "casework"


def as_calendar(state: LogState, words: Mapping[str, str], language: str, at: datetime | None = None) -> bytes:
    """Return a log as a calendar file.

    Parameters
    ----------
    state : LogState
        The log.
    words : Mapping[str, str]
        The interface's words.
    language : str
        Their language.
    at : datetime, optional
        When it is made; now, if not given.
    """
    from icalendar import Calendar  # noqa: PLC0415  only when someone takes their calendar along

    calendar = Calendar()
    calendar.add("prodid", f"-//casework//RSC log//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words["log.title"])
    stamp = at or datetime.now(UTC)
    matched = planned_and_held(state, dropped=True)
    for planned, meeting in matched:
        calendar.add_component(_planned(planned, meeting, words, stamp))
    known = {meeting.id for _, meeting in matched if meeting}
    for meeting in reversed(state.held()):
        if meeting.id not in known:
            calendar.add_component(_event(f"{meeting.id}", meeting.date, meeting, words, stamp))
    return bytes(calendar.to_ical())


def _planned(planned: Planned, meeting: Meeting | None, words: Mapping[str, str], stamp: datetime) -> Event:
    """Return a planned meeting; once it is held, what was held takes its place under the same name."""
    event = _event(planned.id, planned.date or planned.given, meeting or planned.series, words, stamp)
    event["sequence"] = planned.series.version + (meeting.version + 1 if meeting else 0)
    event.add("status", "CANCELLED" if planned.date is None else "CONFIRMED" if meeting else "TENTATIVE")
    return event


def _event(name: str, day: Any, told: Meeting | Series, words: Mapping[str, str], stamp: datetime) -> Event:  # noqa: ANN401  a date, which icalendar wants untyped
    from icalendar import Event  # noqa: PLC0415  as above

    event = Event()
    kind = words[f"log.{told.kind}"].lower()
    key = "log.event_with" if told.provider else "log.event"
    event.add("uid", f"{name}@{_HOST}")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words[key].format(kind=kind, provider=told.provider))
    event.add("description", words["log.event_length"].format(minutes=told.minutes))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("sequence", told.version)
    return event
