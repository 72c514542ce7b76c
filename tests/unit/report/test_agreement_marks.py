"""From marks to units: beats, intervals and seconds; which marks are the same event; and what is said of it all."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.content.words import languages, words
from casework.errors import ReportError
from casework.report import (
    agreement_frame,
    differences_frame,
    events_frame,
    explain_agreement,
    match_events,
    units_by_beat,
    units_by_interval,
    units_by_second,
)

ANA = [("waits", 0), ("waits", 2), ("names", 1)]
BO = [("waits", 0), ("names", 1), ("names", 2)]
ITEMS = ["waits", "names"]


# Beats


def test_not_to_mark_is_an_observation_too():
    units = units_by_beat({"Ana": ANA, "Bo": BO}, ITEMS, beats=3)

    assert units["Ana"].tolist() == [True, False, True, False, True, False]
    assert units["Bo"].tolist() == [True, False, False, False, True, True]
    assert units.index.names == ["item", "beat"]


def test_a_second_mark_of_the_same_adds_nothing():
    assert units_by_beat({"Ana": ANA + ANA}, ITEMS, 3).equals(units_by_beat({"Ana": ANA}, ITEMS, 3))


def test_what_a_coder_has_not_reached_is_missing_and_not_unmarked():
    units = units_by_beat({"Ana": ANA, "Bo": BO[:2]}, ITEMS, 3, reached={"Bo": 2})

    assert units["Bo"].isna().tolist() == [False, False, True] * 2


def test_a_frame_of_marks_will_do():
    frame = pd.DataFrame(ANA, columns=["item", "beat"])

    assert units_by_beat({"Ana": frame}, ITEMS, 3).equals(units_by_beat({"Ana": ANA}, ITEMS, 3))


def test_marks_of_items_that_are_not_asked_about_are_left_out():
    assert units_by_beat({"Ana": ANA}, ["names"], 3)["Ana"].tolist() == [False, True, False]


def test_somebody_who_marked_nothing_is_a_coder_too():
    units = units_by_beat({"Ana": ANA, "Bo": []}, ITEMS, 3)

    assert agreement_frame(units).loc["", ["coders", "units", "differed"]].tolist() == [2, 6, 3]


# Intervals and seconds of a recording


def test_an_interval_is_marked_if_a_mark_touches_any_part_of_it():
    units = units_by_interval({"Ana": [("waits", 9.9, 20.0), ("names", 20.0)]}, ITEMS, duration=35, width=10)

    assert units.loc["waits", "Ana"].tolist() == [True, True, False, False]
    assert units.loc["names", "Ana"].tolist() == [False, False, True, False]
    assert units.index.get_level_values("seconds").unique().tolist() == [0, 10, 20, 30]


def test_a_mark_after_the_end_falls_into_the_last_interval():
    units = units_by_interval({"Ana": [("waits", 30.2)]}, ["waits"], duration=30, width=10)

    assert units["Ana"].tolist() == [False, False, True]


def test_tenths_of_a_second_fall_where_one_would_count_them():
    marks = [("waits", tenth / 10) for tenth in range(10)]

    for mark in marks:
        units = units_by_interval({"Ana": [mark]}, ["waits"], duration=1, width=0.1)
        assert units["Ana"].tolist().index(True) == round(mark[1] * 10)


def test_a_second_is_marked_if_the_state_holds_at_its_middle():
    units = units_by_second({"Ana": [("waits", 0.4, 2.6), ("names", 3.2, 3.4)]}, ITEMS, duration=5)

    assert units.loc["waits", "Ana"].tolist() == [True, True, True, False, False]
    assert not units.loc["names", "Ana"].any()


def test_a_mark_without_an_end_counts_for_its_second():
    units = units_by_second({"Ana": [("waits", 3.9, math.nan)]}, ["waits"], duration=5)

    assert units["Ana"].tolist() == [False, False, False, True, False]


@given(st.floats(0, 60), st.floats(0, 30), st.floats(0, 30))
def test_two_who_saw_the_same_state_agree_in_every_second(at, length, duration):
    coding = [("waits", at, at + length)]

    units = units_by_second({"Ana": coding, "Bo": list(coding)}, ["waits"], duration)

    assert differences_frame(units).empty


def test_seconds_that_a_coder_has_not_seen_whole_are_missing():
    units = units_by_second({"Ana": []}, ["waits"], duration=4, reached={"Ana": 2.5})

    assert units["Ana"].isna().tolist() == [False, False, True, True]


def test_who_has_seen_the_end_has_seen_the_last_interval_though_it_is_short():
    units = units_by_interval({"Ana": []}, ["waits"], duration=25, width=10, reached={"Ana": 25})

    assert not units["Ana"].isna().any()


# Events


def test_marks_within_the_tolerance_are_one_event_and_each_is_used_once():
    found = match_events([("waits", 1.0), ("waits", 2.0)], [("waits", 1.9), ("waits", 2.8)], tolerance=1)

    assert found[["one", "other"]].to_numpy().tolist() == [[1.0, 1.9], [2.0, 2.8]]


def test_as_many_pairs_as_possible_come_before_the_closest_pair():
    found = match_events([("waits", 0.0), ("waits", 1.0)], [("waits", 1.0), ("waits", 1.9)], tolerance=1)

    assert found["apart"].tolist() == pytest.approx([1.0, 0.9])


def test_among_as_many_pairs_the_closest_count():
    found = match_events([("waits", 1.0)], [("waits", 0.2), ("waits", 1.1)], tolerance=1)

    assert found["one"].isna().tolist() == [True, False]
    assert found["other"].tolist() == [0.2, 1.1]


def test_events_of_different_items_are_different_events():
    found = match_events([("waits", 1.0)], [("names", 1.0)])

    assert found["apart"].isna().all()
    assert len(found) == 2


def test_a_tolerance_of_tenths_holds_at_its_edge():
    assert match_events([("waits", 0.1)], [("waits", 0.3)], tolerance=0.2)["apart"].notna().all()


def every_pairing(one, other, tolerance):
    """Yield how good each possible way to pair marks is: how many pairs, and less the seconds between them."""
    if not one:
        yield 0, 0.0
        return
    yield from every_pairing(one[1:], other, tolerance)
    for place, at in enumerate(other):
        if abs(one[0] - at) <= tolerance:
            for pairs, closeness in every_pairing(one[1:], other[:place] + other[place + 1 :], tolerance):
                yield pairs + 1, closeness - abs(one[0] - at)


TENTHS = st.lists(st.integers(0, 60), max_size=6)


@given(TENTHS, TENTHS, st.integers(0, 25))
def test_no_way_to_pair_events_is_better(one, other, tolerance):
    found = match_events([("waits", at) for at in one], [("waits", at) for at in other], tolerance)

    pairs, closeness = max(every_pairing(one, other, tolerance))
    assert found["apart"].notna().sum() == pairs
    assert -found["apart"].abs().sum() == pytest.approx(closeness)
    assert sorted(found["one"].dropna()) == sorted(one)
    assert sorted(found["other"].dropna()) == sorted(other)


def test_thousands_of_events_are_paired_at_once():
    one = [("waits", place * 0.5) for place in range(4000)]
    other = [("waits", place * 0.5 + 0.2) for place in range(4000)]

    assert match_events(one, other, tolerance=1)["apart"].notna().all()


def test_events_are_counted_by_item_and_together():
    frame = events_frame([("waits", 1), ("waits", 2), ("waits", 9)], [("waits", 1.5), ("waits", 2.5)], items=["names"])

    assert frame.loc["waits", ["both", "only_one", "only_other"]].tolist() == [2, 1, 0]
    assert frame.loc["", "percent"] == pytest.approx(2 / 3)
    assert frame.loc["waits", "apart"] == pytest.approx(0.5)
    assert math.isnan(frame.loc["names", "percent"])


def test_no_events_are_no_agreement():
    assert events_frame([], []).loc[""].isna().tolist() == [False, False, False, True, True]


# Figures and where people differed


def test_each_item_has_its_figures_and_so_have_all_together():
    frame = agreement_frame(units_by_beat({"Ana": ANA, "Bo": BO}, ITEMS, 3))

    assert frame.index.tolist() == ["waits", "names", ""]
    assert frame.loc["waits", "percent"] == pytest.approx(2 / 3)
    assert frame.loc["waits", "kappa"] == pytest.approx(0.4)
    assert frame["differed"].tolist() == [1, 1, 2]
    assert frame.loc["", "marked"] == 0.5


def test_more_than_two_coders_are_compared_by_fleiss():
    units = units_by_beat({"Ana": ANA, "Bo": BO, "Cam": []}, ITEMS, 3)

    frame = agreement_frame(units)

    assert frame.loc["", "coders"] == 3
    assert frame.loc["", "kappa"] == pytest.approx(0)


def test_beats_that_somebody_did_not_see_are_left_out_and_counted():
    units = units_by_beat({"Ana": ANA, "Bo": BO}, ITEMS, 3, reached={"Bo": 2})

    assert agreement_frame(units).loc["", ["units", "left_out"]].tolist() == [4, 2]


@pytest.mark.parametrize("codings", [{}, {"Ana": ANA}, {"Ana": ANA, "Bo": BO}])
@pytest.mark.parametrize("beats", [0, 3])
def test_too_few_coders_or_beats_give_a_frame_all_the_same(codings, beats):
    frame = agreement_frame(units_by_beat({coder: [] for coder in codings}, ITEMS, beats))

    assert frame.columns.tolist() == [
        "coders", "units", "left_out", "marked", "percent", "kappa", "alpha", "differed"
    ]  # fmt: skip
    assert frame["kappa"].isna().all()


def test_a_coder_who_saw_nothing_is_no_coder():
    units = units_by_beat({"Ana": ANA, "Bo": BO, "Cam": []}, ITEMS, 3, reached={"Cam": 0})

    assert agreement_frame(units).loc["", "coders"] == 2


def test_where_coders_differed_is_named_with_who_marked_it():
    differed = differences_frame(units_by_beat({"Ana": ANA, "Bo": BO, "Cam": []}, ITEMS, 3, reached={"Cam": 1}))

    assert differed.index.tolist() == [("waits", 0), ("waits", 2), ("names", 2)]
    assert differed.loc[("waits", 0), "marked"] == ("Ana", "Bo")
    assert differed.loc[("waits", 0), "unmarked"] == ("Cam",)
    assert differed.loc[("names", 2), "marked"] == ("Bo",)


# The sentence

SAID = {
    "nothing": (math.nan, math.nan),
    "same": (1.0, math.nan),
    "full": (1.0, 1.0),
    "rare": (0.85, 0.3182),
    "below": (0.3, -0.2),
    "beyond": (0.85, 0.6995),
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("name", "figures"), SAID.items())
def test_a_figure_comes_with_its_sentence(name, figures, language):
    key, values = explain_agreement(*figures, units=100, language=language)

    sentence = words(language)[key].format(**values)
    assert key == f"agreement.{name}"
    assert "{" not in sentence


def test_nearly_all_agree_about_something_rare_and_the_sentence_says_what_chance_would_give():
    key, values = explain_agreement(0.95, -0.0256, units=120, language="es")

    assert key == "agreement.rare"
    assert values == {"percent": "95\u00a0%", "units": "120", "kappa": "-0,03", "chance": "95\u00a0%"}


MISFITS = {
    "a beat that is not there": (lambda: units_by_beat({"Ana": [("waits", 3)]}, ITEMS, 3), "beat 3"),
    "half a beat": (lambda: units_by_beat({"Ana": [("waits", 0.5)]}, ITEMS, 3), r"beat 0\.5"),
    "a beat before the first": (lambda: units_by_beat({"Ana": [("waits", -1)]}, ITEMS, 3), "begins at 0"),
    "an end before the beginning": (lambda: units_by_second({"Ana": [("waits", 3, 2)]}, ITEMS, 9), "ends after"),
    "no time": (lambda: units_by_second({"Ana": [("waits", math.nan)]}, ITEMS, 9), "begins at 0"),
    "no mark": (lambda: match_events([("waits",)], []), "A mark is"),
    "words for a time": (lambda: match_events([("waits", "soon")], []), "A mark is"),
    "a frame without times": (lambda: match_events(pd.DataFrame({"item": ["waits"]}), []), "columns"),
    "less than no tolerance": (lambda: match_events([], [], -1), "tolerance"),
    "no width": (lambda: units_by_interval({}, ITEMS, 9, 0), "longer than 0"),
    "less than no length": (lambda: units_by_interval({}, ITEMS, -9), "0 or more"),
}


@pytest.mark.parametrize(("misfit", "said"), MISFITS.values(), ids=MISFITS.keys())
def test_what_does_not_fit_is_refused_in_one_sentence(misfit, said):
    with pytest.raises(ReportError, match=said):
        misfit()
