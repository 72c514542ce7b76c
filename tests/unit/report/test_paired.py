"""Ratings of the same people twice: by example, against the definitions written anew, and where there is little."""

from __future__ import annotations

import math
import random
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from casework.errors import ReportError
from casework.report import PairedChange, paired_change, paired_frame

RATING = st.one_of(st.none(), st.integers(1, 5))


def test_a_change_rests_on_those_who_rated_twice():
    found = paired_change([2, 3, 3, 4, None, 1], [3, 3, 5, 4, 5, None])

    assert (found.pairs, found.only_before, found.only_after) == (4, 1, 1)
    assert (found.rose, found.same, found.fell) == (2, 2, 0)
    assert (found.before, found.after, found.change) == (3.0, 3.75, 0.75)


def test_students_sleep_data_give_the_interval_that_is_printed():
    # "Student" (1908), Biometrika 6(1), 1-25: extra hours of sleep of ten patients under two drugs; R's help page of
    # t.test prints the mean difference 1.58 with the 95 percent interval 0.7001142 to 2.4598858 (paired).
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

    found = paired_change(one, other)

    assert found.change == pytest.approx(1.58)
    assert (found.change_low, found.change_high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)


def below(t, free, noncentrality):
    """Return the noncentral t distribution by its definition: a normal over the root of a chi-square, integrated."""
    whole = math.log(2) + free / 2 * math.log(free / 2) - math.lgamma(free / 2)

    def each(scale):
        return math.exp(whole + (free - 1) * math.log(scale) - free * scale**2 / 2) * special.ndtr(
            t * scale - noncentrality
        )

    reach = 9 / math.sqrt(free)
    ends = max(1e-300, 1 - reach), 1 + reach
    return integrate.quad(each, *ends, epsabs=1e-14, epsrel=1e-13, limit=500, points=[1])[0]


def noncentrality(t, free, share):
    """Return the noncentrality under which a t value has that share below it, by halving."""
    low, high = t - 400, t + 400
    for _ in range(64):
        middle = (low + high) / 2
        low, high = (middle, high) if below(t, free, middle) > share else (low, middle)
    return (low + high) / 2


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_agrees_with_its_definition_written_down_anew(seed):
    chance = random.Random(seed)
    many = chance.randint(3, 60)
    one = [chance.randint(1, 5) for _ in range(many)]
    other = [min(5, max(1, each + chance.choice([-1, 0, 0, 1, 2]))) for each in one]
    other[0] = one[0] + 1  # so that something varies
    other[1] = one[1]
    change = [late - early for early, late in zip(one, other, strict=True)]
    mean, spread = statistics.fmean(change), statistics.stdev(change)
    t = mean / (spread / math.sqrt(many))
    few = special.gamma((many - 1) / 2) / (math.sqrt((many - 1) / 2) * special.gamma((many - 2) / 2))

    found = paired_change(one, other)

    interval = stats.ttest_rel(other, one).confidence_interval()
    assert (found.change_low, found.change_high) == pytest.approx((interval.low, interval.high), abs=1e-9)
    assert found.effect == pytest.approx(few * mean / spread, abs=1e-9)
    ends = [few * noncentrality(t, many - 1, share) / math.sqrt(many) for share in (0.975, 0.025)]
    assert [found.effect_low, found.effect_high] == pytest.approx(ends, abs=1e-9)


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        ([], [], set()),
        ([None, float("nan")], [3, pd.NA], set()),
        ([2], [5], {"before", "after", "change"}),
        ([2, 3], [3, 5], {"before", "after", "change"}),
        ([2, 3, 4], [3, 4, 5], {"before", "after", "change"}),
        ([3, 3, 3], [3, 3, 3], {"before", "after", "change"}),
    ],
    ids=["nobody", "nobody twice", "one", "two", "all changed alike", "nothing changed"],
)
def test_with_too_little_nothing_is_said_and_nothing_warns(before, after, known):
    found = paired_change(before, after)

    figures = ("before", "after", "change", "change_low", "change_high", "effect", "effect_low", "effect_high")
    assert {name for name in figures if not math.isnan(getattr(found, name))} == known


@given(st.lists(st.tuples(RATING, RATING), max_size=12))
def test_no_ratings_break_it_and_the_interval_holds_the_change(pairs):
    one, other = [pair[0] for pair in pairs], [pair[1] for pair in pairs]

    found = paired_change(one, other)
    back = paired_change(other, one)

    assert found.pairs == found.rose + found.same + found.fell <= len(pairs)
    assert (found.only_before, found.only_after) == (back.only_after, back.only_before)
    if not math.isnan(found.effect):
        assert found.change_low < found.change < found.change_high
        assert found.effect_low < found.effect_high
        assert (found.effect, found.effect_low) == pytest.approx((-back.effect, -back.effect_high), abs=1e-9)


def test_a_frame_compares_item_by_item_in_their_order():
    rows = [("waits", "a", 1, 2), ("names", "a", 3, 3), ("waits", "b", 2, None)]

    found = paired_frame(pd.DataFrame(rows, columns=["item", "person", "before", "after"]))

    assert list(found.index) == ["waits", "names"]
    assert list(found.columns) == list(PairedChange.__slots__)
    assert found.loc["waits", ["pairs", "only_before", "change"]].tolist() == [1, 1, 1.0]


@pytest.mark.parametrize(
    ("before", "after"), [([1], [1, 2]), (["much"], [3]), ([[1]], [3])], ids=["lengths", "words", "lists"]
)
def test_what_is_no_rating_gets_a_sentence(before, after):
    with pytest.raises(ReportError, match=r"ratings?"):
        paired_change(before, after)


def test_a_frame_without_the_columns_gets_a_sentence():
    with pytest.raises(ReportError, match="'person'"):
        paired_frame(pd.DataFrame({"item": ["waits"]}))
