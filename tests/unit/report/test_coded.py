"""Marks of many coders as an array: the same as what the public functions make of each coder's own marks."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from casework.report import agreement_frame, differences_frame, units_by_beat, units_by_interval
from casework.report.coded import code_beats, code_intervals

ITEMS, BEATS, WIDTH = ["waits", "names", "holds"], 4, 10.0
POINTS = st.tuples(st.sampled_from("abc"), st.sampled_from(["waits", "names", "unknown"]), st.integers(0, BEATS - 1))
STATES = st.tuples(
    st.sampled_from("abc"), st.just("holds"), st.integers(0, BEATS - 1), st.none() | st.integers(0, BEATS - 1)
)
TIMED = st.tuples(st.sampled_from("abc"), st.sampled_from(ITEMS), st.floats(0, 60), st.none() | st.floats(0, 60))


def assert_same(coded, units):
    """Assert that two ways of counting who marked what say the same of it."""
    pd.testing.assert_frame_equal(coded.agreement(), agreement_frame(units))
    differed = differences_frame(units)
    told = [
        (item, when, len(marked), len(unmarked))
        for (item, when), marked, unmarked in zip(differed.index, differed["marked"], differed["unmarked"], strict=True)
    ]
    assert coded.differed() == told


@given(st.lists(POINTS, min_size=1), st.lists(STATES))
def test_beats_are_those_of_each_coder_by_themselves(points, states):
    rows = [(who, item, "point", beat, None) for who, item, beat in points]
    rows += [(who, item, "state", beat, until) for who, item, beat, until in states]
    marks = pd.DataFrame(rows, columns=["author", "item", "kind", "beat", "until_beat"])
    marks = marks.astype({"beat": "Int64", "until_beat": "Int64"})
    codings = {who: [] for who in sorted({row[0] for row in rows})}
    for who, item, kind, beat, until in rows:
        last = beat if kind == "point" else BEATS - 1 if until is None else until
        codings[who] += [(item, each) for each in range(beat, last + 1)]

    assert_same(code_beats(marks, ITEMS, BEATS), units_by_beat(codings, ITEMS, BEATS))


@given(st.lists(TIMED, min_size=1))
def test_intervals_are_those_of_each_coder_by_themselves(told):
    rows = [(who, item, at, None if length is None else at + length) for who, item, at, length in told]
    marks = pd.DataFrame(rows, columns=["author", "item", "seconds", "until"]).astype({"until": float})
    codings = {who: [row[1:] for row in rows if row[0] == who] for who in sorted({row[0] for row in rows})}
    duration = max(marks[["seconds", "until"]].max()) if marks["until"].notna().any() else marks["seconds"].max()

    assert_same(code_intervals(marks, ITEMS, WIDTH), units_by_interval(codings, ITEMS, duration + 1, WIDTH))
