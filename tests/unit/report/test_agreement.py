"""Kappa and percent agreement: against published examples, against another implementation, and at the edges."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from casework.errors import CaseworkError, ReportError
from casework.report import cohen_kappa, fleiss_kappa, percent_agreement

NOTHING = [None, math.nan, np.nan, pd.NA, pd.NaT]

RATINGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60)
TABLES = st.integers(2, 6).flatmap(
    lambda raters: st.lists(
        st.lists(st.integers(0, 3), min_size=raters, max_size=raters).map(
            lambda said: np.bincount(said, minlength=4).tolist()
        ),
        min_size=1,
        max_size=20,
    )
)


def ratings_of(table):
    """Return what two raters said, from a table of how often each pair of categories came together."""
    pairs = [(row, column) for row, cells in enumerate(table) for column, n in enumerate(cells) for _ in range(n)]
    return [row for row, _ in pairs], [column for _, column in pairs]


# Published examples. Each is named after its source, with the figure and the digits that are printed there.

COHEN_1968 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
FEINSTEIN_1990_EVEN = [[40, 9], [6, 45]]
FEINSTEIN_1990_RARE = [[80, 10], [5, 5]]
FLEISS_1981 = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
LANDIS_KOCH_1977_WINNIPEG = [[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]]
LANDIS_KOCH_1977_NEW_ORLEANS = [[5, 3, 0, 0], [3, 11, 4, 0], [2, 13, 3, 4], [1, 2, 4, 14]]
BOYD_1982 = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
SAS_SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
HOUT_1987 = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
GERSTMAN_2013 = [[1467, 782], [1309, 16232]]

PUBLISHED = {
    "Cohen 1968, the diagnoses, unweighted": (COHEN_1968, None, 0.492),
    "Feinstein and Cicchetti 1990, as common as not": (FEINSTEIN_1990_EVEN, None, 0.70),
    "Feinstein and Cicchetti 1990, one answer common": (FEINSTEIN_1990_RARE, None, 0.32),
    "Fleiss 1981, p. 213": (FLEISS_1981, None, 0.68),
    "Landis and Koch 1977, Winnipeg": (LANDIS_KOCH_1977_WINNIPEG, None, 0.208),
    "Landis and Koch 1977, New Orleans": (LANDIS_KOCH_1977_NEW_ORLEANS, None, 0.297),
    "Boyd et al. 1982 in the Stata manual, kap": (BOYD_1982, None, 0.4728),
    "Boyd et al. 1982 in the Stata manual, kap with w": (BOYD_1982, "linear", 0.5684),
    "Boyd et al. 1982 in the Stata manual, kap with w2": (BOYD_1982, "quadratic", 0.6714),
    "SAS/STAT, PROC FREQ, agreement study": (SAS_SKIN, None, 0.3449),
    "Hout et al. 1987 in Friendly 2000, unweighted": (HOUT_1987, None, 0.1293),
    "Hout et al. 1987 in Friendly 2000, weighted": (HOUT_1987, "linear", 0.2374),
    "Gerstman 2013, example 10.1": (GERSTMAN_2013, None, 0.524),
}


# The example of the English Wikipedia's article "Fleiss' kappa": 10 subjects, 14 raters, 5 categories.
WIKIPEDIA_FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def diagnoses():
    """Return how many of Fleiss' six psychiatrists gave each patient each of five diagnoses."""
    raters = [
        [4] * 6, [2, 2, 2, 5, 5, 5], [2, 3, 3, 3, 3, 5], [5] * 6, [2, 2, 2, 4, 4, 4], [1, 1, 3, 3, 3, 3],
        [3, 3, 3, 3, 5, 5], [1, 1, 3, 3, 3, 4], [1, 1, 4, 4, 4, 4], [5] * 6, [1, 4, 4, 4, 4, 4], [1, 2, 4, 4, 4, 4],
        [2, 2, 2, 3, 3, 3], [1, 4, 4, 4, 4, 4], [2, 2, 4, 4, 4, 5], [3, 3, 3, 3, 3, 5], [1, 1, 1, 4, 5, 5],
        [1, 1, 1, 1, 1, 2], [2, 2, 4, 4, 4, 4], [1, 3, 3, 5, 5, 5], [5] * 6, [2, 4, 4, 4, 4, 4], [2, 2, 4, 5, 5, 5],
        [1, 1, 4, 4, 4, 4], [1, 4, 4, 4, 4, 5], [2, 2, 2, 2, 2, 4], [1, 1, 1, 1, 5, 5], [2, 2, 4, 4, 4, 4],
        [1, 3, 3, 3, 3, 3], [5] * 6,
    ]  # fmt: skip
    return [[said.count(diagnosis) for diagnosis in range(1, 6)] for said in raters]


def digits(figure):
    return len(str(figure).partition(".")[2])


@pytest.mark.parametrize(("table", "weights", "printed"), PUBLISHED.values(), ids=PUBLISHED.keys())
def test_cohens_kappa_is_what_was_published(table, weights, printed):
    a, b = ratings_of(table)

    found = cohen_kappa(a, b, weights)

    assert found == pytest.approx(printed, abs=0.51 * 10 ** -digits(printed))


def test_fleiss_kappa_is_what_fleiss_published():
    assert fleiss_kappa(diagnoses()) == pytest.approx(0.430, abs=0.0005)
    assert np.sum(diagnoses(), axis=0).tolist() == [26, 26, 30, 55, 43]


def test_fleiss_kappa_is_what_the_encyclopedia_says():
    assert fleiss_kappa(WIKIPEDIA_FLEISS) == pytest.approx(0.210, abs=0.0005)


@pytest.mark.parametrize("table", [FEINSTEIN_1990_EVEN, FEINSTEIN_1990_RARE])
def test_percent_agreement_is_what_was_published(table):
    assert percent_agreement(ratings_of(table)) == pytest.approx(0.85)


# Another implementation, on random data


def task(a, b, **options):
    said = [(rater, unit, value) for rater, row in enumerate((a, b)) for unit, value in enumerate(row)]
    return AnnotationTask(data=said, **options)


@given(RATINGS)
def test_cohens_kappa_is_nltks(pairs):
    a, b = zip(*pairs, strict=True)
    assume(len({*a, *b}) > 1)

    assert cohen_kappa(a, b) == pytest.approx(task(a, b).kappa(), abs=1e-9)


@pytest.mark.parametrize(("weights", "power"), [("linear", 1), ("quadratic", 2)])
@given(pairs=RATINGS)
def test_weighted_kappa_is_nltks(weights, power, pairs):
    a, b = zip(*pairs, strict=True)
    assume(len({*a, *b}) > 1)

    found = cohen_kappa(a, b, weights, categories=range(5))

    theirs = task(a, b, distance=lambda one, other: abs(one - other) ** power)
    assert found == pytest.approx(theirs.weighted_kappa(max_distance=1.0), abs=1e-9)


@given(TABLES)
def test_fleiss_kappa_is_nltks(table):
    assume(sum(any(row[place] for row in table) for place in range(4)) > 1)
    raters = [[place for place, n in enumerate(row) for _ in range(n)] for row in table]
    said = [(rater, unit, value) for unit, row in enumerate(raters) for rater, value in enumerate(row)]

    assert fleiss_kappa(table) == pytest.approx(AnnotationTask(data=said).pi(), abs=1e-9)


@given(TABLES)
def test_percent_agreement_is_the_share_of_pairs(table):
    raters = [[place for place, n in enumerate(row) for _ in range(n)] for row in table]
    pairs = [(a == b) for row in raters for i, a in enumerate(row) for b in row[i + 1 :]]

    assert percent_agreement(zip(*raters, strict=True)) == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)


# What always holds


@given(RATINGS, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_does_not_mind_who_is_named_first(pairs, weights):
    a, b = zip(*pairs, strict=True)

    assert cohen_kappa(a, b, weights) == pytest.approx(cohen_kappa(b, a, weights), nan_ok=True)


@given(RATINGS, st.lists(st.booleans(), min_size=60, max_size=60), st.sampled_from(NOTHING))
def test_a_unit_that_one_has_not_rated_is_left_out(pairs, gone, nothing):
    a, b = zip(*pairs, strict=True)
    with_gaps = [nothing if missing else value for value, missing in zip(a, gone, strict=False)]
    kept = [(one, other) for one, other, missing in zip(a, b, gone, strict=False) if not missing]

    assert cohen_kappa(with_gaps, b) == pytest.approx(
        cohen_kappa([one for one, _ in kept], [other for _, other in kept]), nan_ok=True
    )


@given(RATINGS)
def test_the_names_of_categories_change_nothing(pairs):
    a, b = zip(*pairs, strict=True)
    named = [("x", 1), "rests", None, 7, frozenset({2})]
    named[2] = "looks away"

    assert cohen_kappa([named[value] for value in a], [named[value] for value in b]) == pytest.approx(
        cohen_kappa(a, b), nan_ok=True
    )


def test_with_two_categories_weights_change_nothing():
    a, b = ratings_of(FEINSTEIN_1990_RARE)

    assert cohen_kappa(a, b, "linear") == pytest.approx(cohen_kappa(a, b))
    assert cohen_kappa(a, b, "quadratic") == pytest.approx(cohen_kappa(a, b))


def test_words_can_be_ordered_by_giving_the_scale():
    scale = ["never", "sometimes", "often", "always"]
    a, b = ratings_of(SAS_SKIN)

    named = cohen_kappa([scale[value] for value in a], [scale[value] for value in b], "linear", categories=scale)

    assert named == pytest.approx(cohen_kappa(a, b, "linear"))


def test_a_step_of_the_scale_that_nobody_used_is_a_step_where_the_scale_is_given():
    a, b = [1, 1, 3, 5, 5], [1, 3, 3, 3, 5]

    assert cohen_kappa(a, b, "quadratic", categories=range(1, 6)) == pytest.approx(cohen_kappa(a, b, "quadratic"))
    assert cohen_kappa([1, 2, 5], [1, 5, 5], "linear", categories=range(1, 6)) != pytest.approx(
        cohen_kappa([1, 2, 5], [1, 5, 5], "linear")
    )


def test_frames_and_arrays_are_ratings_too():
    frame = pd.DataFrame([["a", "b", None], ["a", "b", "b"]], index=["Ana", "Bo"])

    assert percent_agreement(frame) == 1
    assert cohen_kappa(frame.loc["Ana"], frame.loc["Bo"]) == 1
    assert cohen_kappa(np.array([0, 1, 1]), np.array([0.0, 1.0, 0.0])) == pytest.approx(0.4)
    assert fleiss_kappa(pd.DataFrame([[2, 0], [0, 2]])) == 1


# The edges, as the table in the module says

EDGES = {
    "no units": ([], []),
    "every rating missing": ([None, math.nan], [None, 1]),
    "no unit that both rated": ([1, None], [None, 1]),
    "nothing varies": ([1, 1], [1, 1]),
    "one unit": ([1], [1]),
}


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize(("a", "b"), EDGES.values(), ids=EDGES.keys())
def test_kappa_says_nothing_where_it_has_nothing_to_say(a, b, weights):
    assert math.isnan(cohen_kappa(a, b, weights))


@pytest.mark.parametrize(
    "table",
    [[], [[]], np.zeros((0, 3)), [[1, 0], [0, 1]], [[0, 0], [0, 0]], [[3, 0], [3, 0]], [[4]]],
    ids=["empty", "no categories", "no subjects", "one rater", "no rater", "nothing varies", "one category"],
)
def test_fleiss_kappa_says_nothing_where_it_has_nothing_to_say(table):
    assert math.isnan(fleiss_kappa(table))


@pytest.mark.parametrize("ratings", [[], [[]], [[], []], [[1, 2]], [[1, None], [None, 2]], [[None], [None]]])
def test_percent_agreement_says_nothing_where_nothing_can_be_compared(ratings):
    assert math.isnan(percent_agreement(ratings))


def test_percent_agreement_is_whole_where_nothing_varies():
    assert percent_agreement([[1, 1], [1, 1]]) == 1


def test_agreement_everywhere_is_one():
    assert cohen_kappa([1, 2, 3], [1, 2, 3]) == 1
    assert cohen_kappa([1, 2, 3], [1, 2, 3], "quadratic") == 1
    assert fleiss_kappa([[3, 0], [0, 3]]) == 1


MISFITS = {
    "raters of different length": (lambda: cohen_kappa([1, 2], [1]), "has 1"),
    "unknown weights": (lambda: cohen_kappa([1], [1], "cubic"), "cubic"),
    "no order": (lambda: cohen_kappa([1, "a"], [1, 1], "linear"), "no order"),
    "a category outside the scale": (lambda: cohen_kappa([1, 9], [1, 1], categories=[1, 2]), "9"),
    "a category that is a list": (lambda: cohen_kappa([[1], [2]], [[1], [2]]), "list"),
    "text for ratings": (lambda: cohen_kappa("yes", "yes"), "rows"),
    "numbers for rows": (lambda: percent_agreement([1, 2]), "rows"),
    "nothing at all": (lambda: percent_agreement(None), "rows"),
    "a ragged table": (lambda: fleiss_kappa([[1, 2], [3]]), "table of counts"),
    "words in a table": (lambda: fleiss_kappa([["a", "b"]]), "table of counts"),
    "numbers for a table": (lambda: fleiss_kappa([1, 2]), "table of counts"),
    "less than no rater": (lambda: fleiss_kappa([[3, -1]]), "whole numbers"),
    "half a rater": (lambda: fleiss_kappa([[1.5, 0.5]]), "whole numbers"),
    "a missing count": (lambda: fleiss_kappa([[math.nan, 2]]), "whole numbers"),
    "different numbers of raters": (lambda: fleiss_kappa([[2, 1], [1, 1]]), "subject 2 has 2"),
    "a block for a table": (lambda: fleiss_kappa(np.ones((2, 2, 2))), "whole numbers"),
}


@pytest.mark.parametrize(("misfit", "said"), MISFITS.values(), ids=MISFITS.keys())
def test_what_does_not_fit_is_refused_in_one_sentence(misfit, said):
    with pytest.raises(ReportError, match=said) as refused:
        misfit()

    assert isinstance(refused.value, CaseworkError)
    assert isinstance(refused.value, ValueError)
    assert "\n" not in str(refused.value)


def test_asking_for_the_report_loads_neither_pandas_nor_a_picture():
    heavy = "{'pandas', 'numpy', 'matplotlib', 'babel'} & set(sys.modules)"
    code = f"import sys, casework.report; raise SystemExit(str({heavy} or ''))"

    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).stderr.strip() == b""


def test_two_hundred_thousand_ratings_of_a_thousand_kinds_need_no_table_of_all_pairs():
    chance = np.random.default_rng(7)
    a, b = chance.integers(0, 100_000, (2, 200_000))

    assert abs(cohen_kappa(a, b, "quadratic")) < 0.02
