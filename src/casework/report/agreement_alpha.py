"""Krippendorff's alpha: one coefficient for any number of raters, any scale, and ratings that are missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from casework.errors import ReportError
from casework.report.agreement import same_pairs
from casework.report.agreement_ratings import read_ratings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_FEWEST = 2
_BLOCK = 512
"""How many values are compared with all the others at once; keeps the memory small."""


def krippendorff_alpha(
    ratings: Iterable[Iterable[object]] | pd.DataFrame,
    level: str = "nominal",
    *,
    categories: Sequence[Hashable] | None = None,
) -> float:
    """Return Krippendorff's alpha: 1 less the disagreement observed over the disagreement that chance would give.

    Parameters
    ----------
    ratings : iterable of iterables, array or pandas.DataFrame
        Raters by units; None, NaN and ``pandas.NA`` are missing. A unit that fewer than two people rated
        tells nothing of agreement and is left out.
    level : {"nominal", "ordinal", "interval", "ratio"}, optional
        What the values are: names, ranks, numbers, or numbers with a true nought.
    categories : sequence, optional
        The values in their order, for ranks that do not sort themselves, such as words.

    Returns
    -------
    float
        Up to 1; 0 is what chance would give. NaN if no unit was rated by two people, or if all these ratings
        are one and the same value.

    Raises
    ------
    ReportError
        If raters have different numbers of units, the level is unknown, or values do not suit the level.

    Notes
    -----
    A unit with m ratings adds its m(m - 1) ordered pairs, each with weight 1 / (m - 1). The difference of
    two ranks is that of their mid-ranks among all ratings compared, so that ranks are treated as numbers are,
    and the squared differences of numbers are summed through variances: the time grows with the ratings, not with the
    square of the categories. Only the ratio level compares every pair.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania, Annenberg School
    for Communication. https://repository.upenn.edu/asc_papers/43

    Hayes, A. F., & Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding data.
    Communication Methods and Measures, 1(1), 77-89.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1, 2, 3, None], [1, 2, 2, 3, 3]], level="ordinal"), 3)
    0.79
    """
    if level not in _LEVELS:
        raise ReportError(f"Alpha knows the levels {', '.join(_LEVELS)}, not {level!r}; use one of these.")
    read = read_ratings(ratings, categories, ordered=level != "nominal")
    return alpha_of(read.codes, _numbers(read.values, level), level)


def alpha_of(codes: NDArray[np.int64], numbers: NDArray[np.float64], level: str) -> float:
    """Return alpha of numbered ratings, raters by units; -1 is missing, `numbers` says what others stand for."""
    import numpy as np  # noqa: PLC0415  as heavy as pandas

    kept = codes[:, (codes >= 0).sum(axis=0) >= _FEWEST]
    rated = kept[kept >= 0]
    if rated.size == 0 or rated.min() == rated.max():
        return math.nan
    with np.errstate(all="ignore"):
        observed, expected = _LEVELS[level](kept, numbers)
        return float(1 - (rated.size - 1) * observed / expected)


def _numbers(values: list[Hashable], level: str) -> NDArray[np.float64]:
    """Return the values as numbers no greater than 1; alpha does not change with the unit that one measures in."""
    import numpy as np  # noqa: PLC0415

    if level in {"nominal", "ordinal"}:
        return np.arange(len(values), dtype=float)
    numbers = np.array([_number(value, level) for value in values], dtype=float)
    if level == "ratio" and (numbers < 0).any():
        raise ReportError(
            f"The ratio level has nothing below 0 and found {numbers.min():g}; use the interval level for it."
        )
    greatest = np.abs(numbers).max(initial=0)
    return numbers / greatest if greatest > 0 else numbers


def _number(value: Hashable, level: str) -> float:
    try:
        number = math.nan if isinstance(value, str) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ReportError(f"The {level} level needs numbers and found {value!r}; use the nominal or ordinal level.")
    return number


def _nominal(codes: NDArray[np.int64], _numbers: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415

    many = (codes >= 0).sum(axis=0)
    differing = (many * (many - 1) - same_pairs(codes)) / (many - 1)
    counts = np.bincount(codes[codes >= 0]).astype(float)
    return float(differing.sum()), float(counts.sum() ** 2 - (counts**2).sum())


def _ordinal(codes: NDArray[np.int64], numbers: NDArray[np.float64]) -> tuple[float, float]:
    """Compare mid-ranks: what Krippendorff sums from one rank to another is the difference of the two."""
    import numpy as np  # noqa: PLC0415

    counts = np.bincount(codes[codes >= 0], minlength=len(numbers))
    return _interval(codes, (counts.cumsum() - counts / 2) / counts.sum())


def _interval(codes: NDArray[np.int64], numbers: NDArray[np.float64]) -> tuple[float, float]:
    """Sum squared differences; those of all ordered pairs among m numbers are 2m times their squares about the mean."""
    import numpy as np  # noqa: PLC0415

    rated = codes >= 0
    many = rated.sum(axis=0)
    told = np.where(rated, numbers[codes], 0)
    about = np.where(rated, told - told.sum(axis=0) / many, 0)
    observed = (2 * many / (many - 1) * (about**2).sum(axis=0)).sum()
    every = numbers[codes[rated]]
    return float(observed), float(2 * len(every) * ((every - every.mean()) ** 2).sum())


def _ratio(codes: NDArray[np.int64], numbers: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415

    many = (codes >= 0).sum(axis=0)
    observed = 0.0
    for place, one in enumerate(codes[:-1], 1):
        both = (one >= 0) & (codes[place:] >= 0)
        apart = np.where(both, _ratio_apart(numbers[one], numbers[codes[place:]]), 0)
        observed += float((2 * apart / (many - 1)).sum())
    counts = np.bincount(codes[codes >= 0], minlength=len(numbers)).astype(float)
    expected = 0.0
    for start in range(0, len(numbers), _BLOCK):
        block = slice(start, start + _BLOCK)
        apart = _ratio_apart(numbers[block, None], numbers[None, :])
        expected += float(counts[block] @ apart @ counts)
    return observed, expected


def _ratio_apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415

    total = one + other
    return np.where(total > 0, (one - other) / np.where(total > 0, total, 1), 0) ** 2


_LEVELS: Mapping[str, Callable[[NDArray[np.int64], NDArray[np.float64]], tuple[float, float]]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
