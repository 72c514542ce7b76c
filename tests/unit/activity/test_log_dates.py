"""The days of a planned series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activity.log_dates import given_days, months_after
from casework.activity.log_state import Series


def series(start, every, *, weeks=2, months=6):
    return Series("a" * 32, date.fromisoformat(start), 120, every, weeks, months, "group")


@pytest.mark.parametrize(
    ("start", "every", "days"),
    [
        ("2026-01-15", "month-weekday", ["2026-01-15", "2026-02-19", "2026-03-19", "2026-04-16"]),  # third Thursdays
        ("2026-01-29", "month-weekday", ["2026-01-29", "2026-02-26", "2026-03-26", "2026-04-30"]),  # fifth, or the last
        ("2026-01-31", "month-day", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2026-01-01", "weeks", ["2026-01-01", "2026-01-15", "2026-01-29", "2026-02-12"]),
    ],
)
def test_a_series_gives_the_days_that_people_mean(start, every, days):
    assert [str(day) for day in given_days(series(start, every))][:4] == days


def test_a_series_of_weeks_ends_with_its_months():
    days = list(given_days(series("2026-01-01", "weeks", weeks=1, months=1)))

    assert (len(days), str(days[-1])) == (5, "2026-01-29")


@given(
    start=st.dates(date(1970, 1, 1), date(2199, 12, 31)),
    every=st.sampled_from(["month-weekday", "month-day", "weeks"]),
    weeks=st.integers(1, 26),
    months=st.integers(1, 120),
)
def test_any_series_has_days_of_their_own_in_order_within_its_months(start, every, weeks, months):
    days = list(given_days(Series("a" * 32, start, 60, every, weeks, months, "group")))

    assert days[0] == start
    assert days == sorted(set(days))
    assert days[-1] < months_after(start.replace(day=1), months) or days[-1] < months_after(start, months)
    assert every == "weeks" or len(days) == months
    assert every != "month-weekday" or {day.weekday() for day in days} == {start.weekday()}


@given(st.dates(date(1970, 1, 1), date(2199, 1, 1)), st.integers(0, 500))
def test_months_back_and_forth_end_in_the_same_month(day, months):
    there = months_after(months_after(day, months), -months)

    assert (there.year, there.month) == (day.year, day.month)
    assert day - there < timedelta(days=4)
