"""A log as a table: the columns that its files have, and an earlier log read back from one."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from casework.activity.log_intents import EARLIEST, MOST_MINUTES
from casework.activity.log_state import TOPICS, Meeting
from casework.content.words import languages, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casework.activity.log_state import LogState

COLUMNS = ("date", "minutes", "kind", "people", "provider", "credential", "topics", "other", "note")
"""The columns, by the ids under which the interface's words name them (``log.column.…``)."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

_MOST_ROWS = 3000
_MOST_FAULTS = 20
_NEEDED = ("date", "minutes")
_LONGEST = {"provider": 200, "credential": 200, "other": 200, "note": 20_000}


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting as a table tells it, without an id yet."""

    meeting: Meeting
    note: str = ""


@dataclass(slots=True)
class Table:
    """What was read: the meetings, and a sentence for each row that could not be."""

    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def lines_of(state: LogState, said: Mapping[str, str], *, notes: bool) -> Iterator[tuple[str | int | date | None, ...]]:
    """Yield the rows of a table, the earliest meeting first, without its heading.

    Parameters
    ----------
    state : LogState
        The log.
    said : Mapping[str, str]
        The interface's words.
    notes : bool
        Whether the notes to oneself go along.
    """
    for meeting in reversed(state.held()):
        yield (
            meeting.date,
            meeting.minutes,
            said[f"log.{meeting.kind}"],
            meeting.people,
            meeting.provider,
            meeting.credential,
            "; ".join(said[f"log.topic.{topic}"] for topic in meeting.topics),
            meeting.other,
            *((state.note(meeting.id),) if notes else ()),
        )


def heading(said: Mapping[str, str], *, notes: bool) -> list[str]:
    """Return the names of the columns."""
    return [said[f"log.column.{column}"] for column in COLUMNS if notes or column != "note"]


def read_table(text: str, said: Mapping[str, str], latest: date) -> Table:
    """Read an earlier log from comma-separated values, in any language that the interface speaks.

    Parameters
    ----------
    text : str
        The file's text.
    said : Mapping[str, str]
        The interface's words, for what is said of rows that cannot be read.
    latest : date
        The last day on which a meeting can have been held.
    """
    found = Table()
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text), strict=True))
    except csv.Error:
        found.faults.append(said["log.refused.table"])
        return found
    places = _places(lines[0]) if lines else {}
    if not set(_NEEDED) <= set(places) or len(lines) > _MOST_ROWS:
        key = "log.refused.columns" if len(lines) <= _MOST_ROWS else "log.refused.many"
        found.faults.append(said[key].format(date=said["log.column.date"], minutes=said["log.column.minutes"]))
        return found
    for number, line in enumerate(lines[1:], start=2):
        if any(value.strip() for value in line):
            told = {name: _bare(line[at]) for name, at in places.items() if at < len(line)}
            _read_line(found, number, told, said, latest)
        if len(found.faults) == _MOST_FAULTS:
            break
    if not found.rows and not found.faults:
        found.faults.append(said["log.refused.empty"])
    return found


def _read_line(found: Table, number: int, told: Mapping[str, str], said: Mapping[str, str], latest: date) -> None:
    day, minutes, people = _day(told.get("date", "")), _number(told.get("minutes", "")), _number(told.get("people", ""))
    long = next((name for name, limit in _LONGEST.items() if len(told.get(name, "")) > limit), None)
    if day is None or not EARLIEST <= day <= latest:
        found.faults.append(said["log.refused.row_date"].format(row=number, found=told.get("date", "")[:40]))
    elif minutes is None or not 1 <= minutes <= MOST_MINUTES:
        found.faults.append(said["log.refused.row_minutes"].format(row=number, found=told.get("minutes", "")[:40]))
    elif long:
        found.faults.append(said["log.refused.row_long"].format(row=number, column=said[f"log.column.{long}"]))
    else:
        found.rows.append(Row(_meeting(told, day, minutes, people), told.get("note", "")))


def _meeting(told: Mapping[str, str], day: date, minutes: int, people: int | None) -> Meeting:
    people = people if people and 2 <= people <= 200 else None  # noqa: PLR2004  as the page allows
    kind = "group" if people or told.get("kind", "").casefold() in {"group", *_names("log.group")} else "individual"
    topics, unknown = _topics(told.get("topics", ""))
    other = "; ".join(filter(None, (told.get("other", ""), *unknown)))
    provider, credential, other = (
        " ".join(words.split())[:200] for words in (told.get("provider", ""), told.get("credential", ""), other)
    )
    return Meeting("", day, minutes, kind, people, provider, credential, topics, other)


def _delimiter(text: str) -> str:
    """Return the comma, or what spreadsheets write instead where the comma divides numbers."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _places(line: Sequence[str]) -> dict[str, int]:
    found = [value.strip().removeprefix("\ufeff").casefold() for value in line]
    return {
        column: next(at for at, value in enumerate(found) if value in {column, *_names(f"log.column.{column}")})
        for column in COLUMNS
        if {column, *_names(f"log.column.{column}")} & set(found)
    }


def _names(key: str) -> set[str]:
    return {words(language)[key].casefold() for language in languages()}


def _bare(value: str) -> str:
    """Return what was meant, without the sign that kept it from being taken for a formula."""
    value = value.strip()
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None  # noqa: PLR2004  no number of minutes or people is longer


def _topics(value: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the topics that are known by name, and the others as they are."""
    names = {name: topic for topic in TOPICS for name in (topic, *_names(f"log.topic.{topic}"))}
    told = [one.strip() for one in value.split(";") if one.strip()]
    known = dict.fromkeys(names[one.casefold()] for one in told if one.casefold() in names)
    return tuple(known), [one for one in told if one.casefold() not in names]
