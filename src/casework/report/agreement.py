"""How far people who rated the same agree: the coefficients, each by its published definition.

Every function returns a float, and NaN where the definition has no answer. None of them warns.

==========================================  =======  ======  ======  ======
What is given                               percent  Cohen   Fleiss  Krippendorff
==========================================  =======  ======  ======  ======
no units, or every rating missing           NaN      NaN     NaN     NaN
no unit that two people rated               NaN      NaN     NaN     NaN
one rater                                   NaN      (two)   NaN     NaN
nothing varies: one category, everywhere    1        NaN     NaN     NaN
everyone agrees, and something varies       1        1       1       1
==========================================  =======  ======  ======  ======

Where nothing varies, chance alone would give full agreement: observed and expected disagreement are both nought, and
what is nought divided by nought cannot be said. Sizes that do not fit raise `casework.errors.ReportError`.
``docs/statistics.md`` says the same at more length, with the examples that the tests compare with.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from casework.errors import ReportError
from casework.report.agreement_ratings import read_ratings

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

WEIGHTS = (None, "linear", "quadratic")
_FEWEST = 2
"""It takes two people to agree, and two categories to differ."""


def cohen_kappa(
    a: Iterable[object],
    b: Iterable[object],
    weights: str | None = None,
    *,
    categories: Sequence[Hashable] | None = None,
) -> float:
    """Return Cohen's kappa: how far two raters agree beyond what chance alone would give.

    Parameters
    ----------
    a, b : iterable of hashable
        What each rater said, unit by unit. None, NaN and ``pandas.NA`` are missing; a unit that either
        has not rated is left out of the comparison.
    weights : {None, "linear", "quadratic"}, optional
        None counts every difference alike. Otherwise a difference counts by how many steps of the scale
        lie between the two ratings, or by the square of that.
    categories : sequence, optional
        The whole scale in its order. Without it the scale is what the two raters used, sorted, so that a
        step which nobody used is no step; with weights this makes a difference.

    Returns
    -------
    float
        From -1 to 1; 0 is what chance would give. NaN if no unit was rated by both, or if both used one
        and the same category throughout.

    Raises
    ------
    ReportError
        If the raters have different numbers of units, the weights are unknown, or categories have no order.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement,
    20(1), 37-46.

    Cohen, J. (1968). Weighted kappa: Nominal scale agreement with provision for scaled disagreement or partial
    credit. Psychological Bulletin, 70(4), 213-220.

    Cicchetti, D. V., & Allison, T. (1971). A new procedure for assessing reliability of scoring EEG sleep recordings.
    American Journal of EEG Technology, 11(3), 101-110. (Linear weights.)

    Fleiss, J. L., & Cohen, J. (1973). The equivalence of weighted kappa and the intraclass correlation coefficient as
    measures of reliability. Educational and Psychological Measurement, 33(3), 613-619. (Quadratic weights.)

    Examples
    --------
    >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    if weights not in WEIGHTS:
        raise ReportError(f"Kappa knows the weights None, 'linear' and 'quadratic', not {weights!r}; use one of these.")
    ratings = read_ratings([a, b], categories, ordered=weights is not None)
    one, other = ratings.codes[:, (ratings.codes >= 0).all(axis=0)]
    if _nothing_varies(one, other):
        return math.nan
    observed, expected = _disagreement(one, other, weights)
    return float(1 - observed / expected)


def fleiss_kappa(table: Iterable[Iterable[float]] | pd.DataFrame) -> float:
    """Return Fleiss' kappa: how far several raters agree beyond what chance alone would give.

    Parameters
    ----------
    table : array-like or pandas.DataFrame
        Subjects by categories: how many raters put a subject into a category. Each subject has the same
        number of raters; they need not be the same people. Leave out subjects that somebody did not rate, or use
        `krippendorff_alpha`.

    Returns
    -------
    float
        Up to 1; 0 is what chance would give. NaN without subjects, with fewer than two raters, or if one category
        holds every rating.

    Raises
    ------
    ReportError
        If the table is no table of counts, or subjects have different numbers of raters.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, 76(5), 378-382.

    Examples
    --------
    >>> round(fleiss_kappa([[3, 0], [0, 3], [2, 1]]), 6)
    0.55
    """
    counts = _counts(table)
    if counts.size == 0 or counts[0].sum() < _FEWEST or (counts.sum(axis=0) > 0).sum() < _FEWEST:
        return math.nan
    raters = counts[0].sum()
    observed = (counts * (counts - 1)).sum() / (len(counts) * raters * (raters - 1))
    shares = counts.sum(axis=0) / counts.sum()
    expected = (shares**2).sum()
    return float((observed - expected) / (1 - expected))


def percent_agreement(ratings: Iterable[Iterable[object]] | pd.DataFrame) -> float:
    """Return how often two raters, picked by chance, say the same of a unit.

    Parameters
    ----------
    ratings : iterable of iterables, array or pandas.DataFrame
        Raters by units; None, NaN and ``pandas.NA`` are missing.

    Returns
    -------
    float
        A share from 0 to 1: the mean, over the units that at least two people rated, of the share of pairs of raters
        that agree. NaN if there is no such unit.

    Raises
    ------
    ReportError
        If raters have different numbers of units.

    References
    ----------
    Fleiss, J. L. (1971), as above: the mean of P_i. Gwet, K. L. (2014). Handbook of Inter-Rater Reliability (4th ed.).
    Advanced Analytics: the same with missing ratings.

    Examples
    --------
    >>> percent_agreement([["yes", "yes", "no", None], ["yes", "no", "no", "no"]])
    0.6666666666666666
    """
    return percent_of(read_ratings(ratings).codes)


def percent_of(codes: NDArray[np.int64]) -> float:
    """Return the percent agreement of numbered ratings, raters by units; -1 is missing."""
    import numpy as np  # noqa: PLC0415  as heavy as pandas

    many = (codes >= 0).sum(axis=0)
    compared = many >= _FEWEST
    if not compared.any():
        return math.nan
    alike = same_pairs(codes)[compared]
    pairs = many[compared] * (many[compared] - 1)
    return float(np.mean(alike / pairs))


def same_pairs(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return, for each unit, how many ordered pairs of different raters said the same.

    Parameters
    ----------
    codes : array of int, raters by units
        The category of each rating; -1 where it is missing.
    """
    import numpy as np  # noqa: PLC0415

    width, units = int(codes.max(initial=0)) + 1, codes.shape[1]
    keys = (codes + width * np.arange(units))[codes >= 0]
    if width * units <= keys.size:  # then a table of all categories is the smaller, and nothing need be sorted
        counts = np.bincount(keys, minlength=width * units).reshape(units, width)
        return np.asarray((counts * (counts - 1.0)).sum(axis=1))
    found, many = np.unique(keys, return_counts=True)
    alike: NDArray[np.float64] = np.bincount(found // width, weights=many * (many - 1.0), minlength=units).astype(float)
    return alike


def _nothing_varies(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    """Whether there are no ratings, or one category holds all of them."""
    import numpy as np  # noqa: PLC0415

    return len(np.union1d(one, other)) < _FEWEST


def _disagreement(one: NDArray[np.int64], other: NDArray[np.int64], weights: str | None) -> tuple[float, float]:
    """Return the mean disagreement of pairs as they are, and of pairs put together by chance.

    With weights, the mean over all pairs of ratings by chance is not summed cell by cell: that of the distances is
    the area between the two distributions, that of their squares the two variances and the squared difference of the
    means.
    """
    import numpy as np  # noqa: PLC0415

    size = max(one.max(), other.max()) + 1
    first, second = (np.bincount(codes, minlength=size) / len(one) for codes in (one, other))
    apart = np.abs(one - other)
    if weights == "quadratic":
        return float((apart**2).mean()), float(one.var() + other.var() + (one.mean() - other.mean()) ** 2)
    if weights == "linear":
        below, under = first.cumsum(), second.cumsum()
        return float(apart.mean()), float((below * (1 - under) + under * (1 - below)).sum())
    return float((apart > 0).mean()), float(1 - (first * second).sum())


def _counts(table: Iterable[Iterable[float]] | pd.DataFrame) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415

    try:
        counts = np.array(table if hasattr(table, "shape") else [list(row) for row in table], dtype=float)
    except (TypeError, ValueError):
        raise ReportError(
            "Fleiss' kappa needs a table of counts, a row for each subject and a column for each category; "
            "found something that is no such table."
        ) from None
    if counts.size == 0:
        return counts
    if counts.ndim != _FEWEST or not (np.isfinite(counts).all() and (counts >= 0).all() and (counts % 1 == 0).all()):
        raise ReportError("Fleiss' kappa counts raters, in whole numbers from 0; found something else in the table.")
    raters = counts.sum(axis=1)
    if (odd := np.flatnonzero(raters != raters[0])).size:
        raise ReportError(
            f"Subject 1 has {raters[0]:.0f} ratings and subject {odd[0] + 1} has {raters[odd[0]]:.0f}; Fleiss' kappa "
            "needs the same number for each. Leave such subjects out, or use krippendorff_alpha."
        )
    return counts
