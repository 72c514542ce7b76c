"""Two codings side by side: where they differ, where they are the same, and what neither can say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activity.differing import Coded, where_differed
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.content import Checklist, Coding, Folder

ITEM = {"text": "A", "definition": "B"}
CHECKLIST = Checklist.model_validate(
    {
        "schema": 1,
        "id": "kinds",
        "language": "en",
        "title": "Kinds",
        "summary": "Every kind.",
        "rights": "Ours.",
        "sources": [{"id": "own", "cite": "Written for the tests."}],
        "scales": [
            {"id": "much", "lowest": 1, "highest": 4, "labels": [{"at": 1, "text": "Not"}, {"at": 4, "text": "All"}]}
        ],
        "items": [
            {"id": "point", **ITEM},
            {"id": "state", "kind": "state", **ITEM},
            {"id": "interval", "kind": "interval", "seconds": 10, "sampling": "whole", **ITEM},
            {"id": "rating", "kind": "rating", "scale": "much", **ITEM},
        ],
    }
)


def beside(mine, theirs, **options):
    found = where_differed(CHECKLIST, mine, theirs, **{"until": 100.0, "tolerance": 2.0, **options})
    return [(spot.item, spot.start, spot.end, spot.mine, spot.theirs) for spot in found]


def points(*seconds):
    return [Coded("point", second) for second in seconds]


def test_points_within_the_tolerance_are_the_same():
    assert beside(points(10), points(11.5)) == [("point", 11.5, None, True, True)]


def test_points_further_apart_are_two_differences():
    assert beside(points(10), points(13)) == [("point", 10, None, True, False), ("point", 13, None, False, True)]


def test_each_point_is_matched_once():
    assert beside(points(10, 11), points(10.5)) == [
        ("point", 10.5, None, True, True),
        ("point", 11, None, True, False),
    ]


def test_over_beats_the_same_beat_counts_however_often_it_was_marked():
    assert beside(points(5, 5, 9), points(5), tolerance=0.0) == [
        ("point", 5, None, True, True),
        ("point", 9, None, True, False),
    ]


def test_states_are_compared_by_overlap():
    assert beside([Coded("state", 10, 30)], [Coded("state", 20, 40)]) == [
        ("state", 10, 20, True, False),
        ("state", 20, 30, True, True),
        ("state", 30, 40, False, True),
    ]


def test_a_state_that_begins_a_little_later_is_no_difference():
    assert beside([Coded("state", 10, 30)], [Coded("state", 11.5, 31)]) == [("state", 11.5, 30, True, True)]


def test_stretches_that_touch_are_told_as_one():
    assert beside([Coded("state", 0, 5), Coded("state", 5, 9)], []) == [("state", 0, 9, True, False)]


def test_an_interval_that_either_left_open_is_no_difference():
    mine = [Coded("interval", 0.0, seen=True), Coded("interval", 10.0, seen=False)]
    theirs = [Coded("interval", 10.0, seen=True), Coded("interval", 20.0, seen=False)]

    assert beside(mine, theirs) == [("interval", 10, None, False, True)]


def test_ratings_differ_where_the_numbers_do():
    assert beside([Coded("rating", seen=2)], [Coded("rating", seen=4)]) == [("rating", 0, None, 2, 4)]
    assert beside([], [Coded("rating", seen=4)]) == []


def test_what_one_had_not_come_to_is_left_out():
    assert beside([], points(5, 50), until=40.0) == [("point", 5, None, False, True)]
    assert beside([Coded("state", 30, 60)], [Coded("state", 30, 60)], until=40.0) == [("state", 30, 40, True, True)]


def test_what_was_looked_at_and_left_comes_with_its_reason():
    left = [Coded("point", 5, seen=False, reason="She only blinks.")]

    [apart] = where_differed(CHECKLIST, points(5), left, until=100)
    [alike] = where_differed(CHECKLIST, [], left, until=100)
    assert (apart.same, apart.reason) == (False, "She only blinks.")
    assert (alike.same, alike.reason) == (True, "She only blinks.")


def test_the_list_is_in_the_order_of_time():
    mine = [Coded("state", 0, 50), *points(70, 20)]

    assert [start for _, start, *_ in beside(mine, [])] == [0, 20, 70]


CODINGS = st.lists(
    st.one_of(
        st.builds(Coded, st.just("point"), st.floats(0, 90)),
        st.builds(lambda start, length: Coded("state", start, start + length), st.floats(0, 60), st.floats(0, 30)),
        st.builds(lambda n, seen: Coded("interval", 10.0 * n, seen=seen), st.integers(0, 8), st.booleans()),
    ),
    max_size=12,
)


@given(mine=CODINGS, theirs=CODINGS, tolerance=st.sampled_from([0.0, 2.0]))
def test_it_does_not_matter_whose_coding_comes_first(mine, theirs, tolerance):
    def outline(one, other):
        found = where_differed(CHECKLIST, one, other, until=100, tolerance=tolerance)
        return sorted((spot.item, spot.same) for spot in found if spot.item != "interval")

    assert outline(mine, theirs) == outline(theirs, mine)


@given(mine=CODINGS)
def test_a_coding_never_differs_from_itself(mine):
    states = [one for one in mine if one.item == "state"]
    others = {(one.item, one.start): one for one in mine if one.item != "state"}.values()

    assert all(spot.same for spot in where_differed(CHECKLIST, [*states, *others], [*states, *others], until=100))


# -- with an observation --------------------------------------------------------------------------

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
REFERENCE = {
    "schema": 1,
    "id": "another",
    "language": "en",
    "title": "Another",
    "summary": "One reading.",
    "rights": "Ours.",
    "sources": [{"id": "own", "cite": "Written for the tests."}],
    "case": "small",
    "moment": "at-the-door",
    "checklist": "small-list",
    "marks": [
        {"id": "a", "item": "waits", "beat": 0, "reason": "She is quiet."},
        {"id": "b", "item": "names", "beat": 5, "reason": "She says it."},
        {"id": "c", "item": "names", "beat": 9, "reason": "Again."},
    ],
}


@pytest.fixture
def rules(case, checklist):
    moment = case.find_moment("at-the-door")
    return Observe(Ground("small/at-the-door", moment.title, moment), checklist, Coding.model_validate(REFERENCE))


def observed(rules, *bodies):
    state = rules.start()
    for number, body in enumerate([{"do": "begin"}, *bodies, {"do": "finish"}]):
        state = rules.apply(state, rules.decide(state, {"id": f"{number:032x}", **body}, NOW))
    return rules.view(state)["differing"]


def test_one_sees_where_one_differed_from_a_reference_as_far_as_one_came(rules):
    mark = {"do": "mark", "item": "waits", "beat": 0, "clock": 1}
    other = {"do": "mark", "item": "waits", "beat": 1, "clock": 2}

    told = observed(rules, mark, {"do": "at_beat", "beat": 1}, other)

    assert [(one["item"], one["beat"], one["mine"], one["theirs"], one["reason"]) for one in told] == [
        ("waits", 0, True, True, "She is quiet."),
        ("waits", 1, True, False, ""),
        ("names", 1, False, True, "She says it."),
    ]


def test_another_learner_is_a_coding_like_any_other(rules):
    mine, theirs = points(0, 5), points(5)
    found = where_differed(CHECKLIST, mine, theirs, until=rules.ground.end_of(2), tolerance=0.0)

    assert [(spot.start, spot.same) for spot in found] == [(0, False), (5, True)]


def test_the_shipped_coding_fits_in_both_languages():
    for language in ("en", "es"):
        coding = Folder().find_coding("at-the-door", language)
        assert len({mark.item for mark in coding.marks if mark.answer is None}) == 11
        assert not coding.borrowed
