"""From where a group looked: counted honestly, also where it may not be known who wrote twice."""

from __future__ import annotations

import pandas as pd

from casework.report import read_frames, views_frame
from casework.report.frames import COLUMNS
from casework.report.section_ratings import _paired

UNNAMED, TRAINER = "group_unnamed", "trainer"


def responses(*rows):
    """Return responses: each an audience, whether it is the later one, and a pair."""
    told = [
        {"about": "c", "prompt": "b" if later else "a", "again": "a" if later else "", "perspective": "child"}
        | {"audience": audience, "pair": pair, "session": "s"}
        for audience, later, pair in rows
    ]
    return pd.DataFrame(told).reindex(columns=list(COLUMNS["responses"]), fill_value="")


def test_those_who_wrote_twice_are_counted_by_their_pairs():
    rows = [(UNNAMED, False, f"p{n}") for n in range(5)] + [(UNNAMED, True, f"p{n}") for n in range(5)]

    found = views_frame(responses(*rows, (UNNAMED, False, ""), (UNNAMED, False, "")))

    assert found.iloc[0, 3:].tolist() == [7, 5, 5, 2, 0]


def test_unnamed_pairs_below_the_floor_are_unknown_and_not_none():
    rows = [(UNNAMED, False, "")] * 6 + [(UNNAMED, True, "")] * 8 + [(TRAINER, False, "p"), (TRAINER, True, "p")]

    found = views_frame(responses(*rows))

    assert found.iloc[0, 3:5].tolist() == [7, 9]
    assert found.iloc[0, 5:].isna().all()


def test_those_who_wrote_from_a_place_only_later_did_not_write_twice():
    found = views_frame(responses((UNNAMED, False, ""), *[(UNNAMED, True, "")] * 5).iloc[1:])

    assert found.iloc[0, 3:].tolist() == [0, 5, 0, 0, 5]


def test_a_question_that_is_asked_once_is_not_compared():
    assert views_frame(responses((UNNAMED, False, ""))).empty
    assert views_frame(read_frames().responses).empty


def test_ratings_that_may_not_be_paired_count_as_neither_once_nor_twice():
    rows = [("before", UNNAMED, "", 3.0)] * 6 + [("after", UNNAMED, "", 4.0)] * 6
    rows += [("before", TRAINER, "p", 2.0), ("after", TRAINER, "p", 3.0)]
    frame = pd.DataFrame(rows, columns=["round", "audience", "pair", "value"]).assign(session="s", item="one")

    found = _paired(frame, "before", "after")

    assert found.loc["one", ["pairs", "only_before", "only_after", "change"]].tolist() == [1, 0, 0, 1.0]
    assert _paired(frame[frame["audience"] == UNNAMED], "before", "after").empty
