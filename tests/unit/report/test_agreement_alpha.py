"""Krippendorff's alpha: against published examples, against its definition by pairs, and at the edges."""

from __future__ import annotations

import itertools
import math
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from casework.errors import ReportError
from casework.report import cohen_kappa, krippendorff_alpha

LEVELS = ("nominal", "ordinal", "interval", "ratio")
_ = None

# Published examples.

# Krippendorff (2011), section C: four observers, twelve units, values missing.
KRIPPENDORFF_2011 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# The same, section A, and Krippendorff (2004), section 11.3.1: two observers, ten articles, yes or no.
KRIPPENDORFF_2011_BINARY = [[1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]]
# The English Wikipedia's article "Krippendorff's alpha": three coders, fifteen units.
WIKIPEDIA = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]
# Hayes and Krippendorff (2007), table 1: forty news articles, five observers of whom each read some.
HAYES_KRIPPENDORFF_2007 = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0
0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1
"""

PUBLISHED = {
    "Krippendorff 2011, nominal": (KRIPPENDORFF_2011, "nominal", 0.743),
    "Krippendorff 2011, ordinal": (KRIPPENDORFF_2011, "ordinal", 0.815),
    "Krippendorff 2011, interval": (KRIPPENDORFF_2011, "interval", 0.849),
    "Krippendorff 2011, ratio": (KRIPPENDORFF_2011, "ratio", 0.797),
    "Krippendorff 2011, two values": (KRIPPENDORFF_2011_BINARY, "nominal", 0.095),
    "Wikipedia, nominal": (WIKIPEDIA, "nominal", 0.691),
    "Wikipedia, interval": (WIKIPEDIA, "interval", 0.811),
}


def news():
    """Return what five observers said of the tone of forty articles."""
    units = [[None if tone == "." else int(tone) for tone in unit] for unit in HAYES_KRIPPENDORFF_2007.split()]
    return list(zip(*units, strict=True))


@pytest.mark.parametrize(("ratings", "level", "printed"), PUBLISHED.values(), ids=PUBLISHED.keys())
def test_alpha_is_what_was_published(ratings, level, printed):
    assert krippendorff_alpha(ratings, level) == pytest.approx(printed, abs=0.00051)


def test_alpha_is_what_hayes_and_krippendorff_published():
    assert len(news()[0]) == 40
    assert krippendorff_alpha(news(), "ordinal") == pytest.approx(0.7598, abs=0.00005)


# The definition by pairs, written down a second time: every pair of ratings, in a unit and anywhere


def apart(level, counts, one, other):
    """Return the squared difference of two values, as Krippendorff (2011) defines it."""
    if level == "nominal":
        return float(one != other)
    if level == "interval":
        return float(one - other) ** 2
    if level == "ratio":
        return ((one - other) / (one + other)) ** 2 if one + other else 0.0
    low, high = sorted((one, other))
    between = sum(n for value, n in counts.items() if low <= value <= high)
    return (between - (counts[one] + counts[other]) / 2) ** 2 if one != other else 0.0


def alpha_by_pairs(ratings, level):
    units = [[value for value in unit if value is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]
    counts = {value: every.count(value) for value in every}

    def mean_apart(values):
        pairs = itertools.permutations(values, 2)
        return math.fsum(apart(level, counts, *pair) for pair in pairs) / (len(values) - 1)

    observed = math.fsum(mean_apart(unit) for unit in units) / len(every)
    expected = mean_apart(every) / len(every)
    return 1 - observed / expected


def tables(values):
    return st.tuples(st.integers(2, 5), st.integers(1, 12)).flatmap(
        lambda size: st.lists(
            st.lists(st.none() | values, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    )


def varies(ratings):
    units = [[value for value in unit if value is not None] for unit in zip(*ratings, strict=True)]
    return len({value for unit in units if len(unit) > 1 for value in unit}) > 1


@pytest.mark.parametrize("level", LEVELS)
@given(ratings=tables(st.integers(0, 5)))
def test_alpha_is_its_definition_by_pairs(level, ratings):
    assume(varies(ratings))

    assert krippendorff_alpha(ratings, level) == pytest.approx(alpha_by_pairs(ratings, level), abs=1e-9)


@pytest.mark.parametrize("level", ["interval", "ratio"])
@given(ratings=tables(st.floats(0, 1000).map(lambda value: round(value, 3))))
def test_alpha_is_its_definition_for_numbers_with_decimals(level, ratings):
    assume(varies(ratings))

    assert krippendorff_alpha(ratings, level) == pytest.approx(alpha_by_pairs(ratings, level), abs=1e-9)


@pytest.mark.parametrize(("level", "distance"), [("nominal", lambda a, b: float(a != b)), ("interval", None)])
@given(ratings=tables(st.integers(0, 5)))
def test_alpha_is_nltks(level, distance, ratings):
    assume(varies(ratings))
    said = [
        (rater, unit, value)
        for unit, row in enumerate(zip(*ratings, strict=True))
        if sum(value is not None for value in row) > 1
        for rater, value in enumerate(row)
        if value is not None
    ]

    theirs = AnnotationTask(data=said, distance=distance or (lambda a, b: float(a - b) ** 2)).alpha()

    assert krippendorff_alpha(ratings, level) == pytest.approx(theirs, abs=1e-9)


# What always holds


@given(tables(st.integers(0, 5)), st.randoms(use_true_random=False))
def test_alpha_does_not_mind_the_order_of_raters_and_units(ratings, chance):
    units = list(zip(*ratings, strict=True))
    chance.shuffle(units)
    shuffled = list(zip(*units, strict=True))
    chance.shuffle(shuffled)

    assert krippendorff_alpha(shuffled, "ordinal") == pytest.approx(krippendorff_alpha(ratings, "ordinal"), nan_ok=True)


@given(tables(st.integers(0, 5)))
def test_ranks_stay_ranks_however_far_apart_they_are_written(ratings):
    stretched = [[None if value is None else 10.0**value for value in row] for row in ratings]

    assert krippendorff_alpha(stretched, "ordinal") == pytest.approx(
        krippendorff_alpha(ratings, "ordinal"), nan_ok=True
    )


def test_words_are_ranks_where_their_order_is_given():
    scale = ["sure loser", "somewhat competitive", "competitive", "likely winner"]
    said = [[None if tone is None else scale[tone] for tone in row] for row in news()]

    assert krippendorff_alpha(said, "ordinal", categories=scale) == pytest.approx(0.7598, abs=0.00005)


def test_with_many_units_alpha_of_two_raters_comes_close_to_kappa():
    chance = np.random.default_rng(3)
    one = chance.integers(0, 3, 50_000)
    other = np.where(chance.random(50_000) < 0.7, one, chance.integers(0, 3, 50_000))

    assert krippendorff_alpha([one, other]) == pytest.approx(cohen_kappa(one, other), abs=0.001)


def test_a_frame_of_raters_by_units_will_do():
    frame = pd.DataFrame(KRIPPENDORFF_2011, index=["A", "B", "C", "D"])  # NaN for None

    assert krippendorff_alpha(frame, "interval") == pytest.approx(0.849, abs=0.0005)


def test_numbers_all_different_need_no_table_of_all_pairs():
    chance = np.random.default_rng(5)
    told = chance.random(20_000)
    tracemalloc.start()

    found = krippendorff_alpha([told, told + chance.normal(0, 0.01, 20_000)], "interval")

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0.99 < found < 1
    assert peak < 100e6


# The edges, as the table says


EDGES = {
    "no raters": [],
    "no units": [[], []],
    "one rater": [[1, 2, 3]],
    "every rating missing": [[None, math.nan], [math.nan, None]],
    "no unit that two rated": [[1, None], [None, 2]],
    "nothing varies": [[3, 3], [3, 3]],
    "nothing varies where two rated": [[3, 3, 1], [3, 3, None]],
    "nought throughout": [[0, 0], [0, 0]],
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ratings", EDGES.values(), ids=EDGES.keys())
def test_alpha_says_nothing_where_it_has_nothing_to_say(ratings, level):
    assert math.isnan(krippendorff_alpha(ratings, level))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("least", [1e-300, 1, 1e300])
def test_agreement_everywhere_is_one_however_great_or_small_the_numbers(least, level):
    ratings = [[least, 2 * least, 5 * least]] * 3

    assert krippendorff_alpha(ratings, level) == pytest.approx(1)


def test_disagreement_everywhere_is_below_nought():
    assert krippendorff_alpha([[0, 1, 0, 1], [1, 0, 1, 0]]) < 0


MISFITS = {
    "an unknown level": (lambda: krippendorff_alpha([[1], [1]], "metric"), "metric"),
    "raters of different length": (lambda: krippendorff_alpha([[1, 2], [1]]), "rater 2 has 1"),
    "words for numbers": (lambda: krippendorff_alpha([["a", "b"], ["a", "b"]], "interval"), "needs numbers"),
    "a number as text": (lambda: krippendorff_alpha([["1", "2"], ["1", "2"]], "ratio"), "needs numbers"),
    "a number without end": (lambda: krippendorff_alpha([[1, math.inf], [1, 2]], "interval"), "needs numbers"),
    "a number beyond counting": (lambda: krippendorff_alpha([[1, 10**400], [1, 2]], "interval"), "needs numbers"),
    "less than nought": (lambda: krippendorff_alpha([[1, -2], [1, 2]], "ratio"), "below 0"),
    "ranks without an order": (lambda: krippendorff_alpha([[1, "a"], [1, "a"]], "ordinal"), "no order"),
}


@pytest.mark.parametrize(("misfit", "said"), MISFITS.values(), ids=MISFITS.keys())
def test_what_does_not_fit_is_refused_in_one_sentence(misfit, said):
    with pytest.raises(ReportError, match=said):
        misfit()
