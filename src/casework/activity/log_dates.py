"""The days of a planned series."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.activity.log_state import Series


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting of a series."""

    series: Series
    given: date
    """The day that the series gives; names the meeting, wherever it is moved."""
    date: date | None
    """The day on which one meets; None where nobody does."""

    @property
    def id(self) -> str:
        """A name that stays when the meeting is moved."""
        return f"{self.series.id}-{self.given:%Y%m%d}"


def meetings_of(series: Series, *, dropped: bool = False) -> Iterator[Planned]:
    """Yield the meetings of a series, in the order in which they were planned.

    Parameters
    ----------
    series : Series
        The series.
    dropped : bool, optional
        Whether to yield those too on which nobody meets, cancelled or after the end of the series.
    """
    for given in given_days(series):
        ended = series.last is not None and given > series.last
        day = None if ended else series.moved.get(given, given)
        if day is not None or dropped:
            yield Planned(series, given, day)


def given_days(series: Series) -> Iterator[date]:
    """Yield the days that a series gives, before any is moved."""
    end = months_after(series.start, series.months)
    if series.every == "weeks":
        day = series.start
        while day < end:
            yield day
            day += timedelta(weeks=series.weeks)
        return
    for number in range(series.months):
        month = months_after(series.start.replace(day=1), number)
        yield _same_weekday(series.start, month) if series.every == "month-weekday" else _same_day(series.start, month)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later or, if negative, earlier; the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _same_day(day, date(min(max(year, 1), 9999), month + 1, 1))


def _same_day(day: date, month: date) -> date:
    return month.replace(day=min(day.day, calendar.monthrange(month.year, month.month)[1]))


def _same_weekday(day: date, month: date) -> date:
    """Return the third Thursday for a third Thursday; the last one for a fifth where there are only four."""
    first = month + timedelta(days=(day.weekday() - month.weekday()) % 7)
    found = first + timedelta(weeks=(day.day - 1) // 7)
    return found if found.month == month.month else found - timedelta(weeks=1)
