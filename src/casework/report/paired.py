"""Ratings of the same people, twice: how they changed, how sure that is, and who answered only once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

FEWEST_PAIRS = 3
"""Pairs below which nothing is said of how sure a change is."""

_CONFIDENCE = 0.95
_RATED = ("person", "before", "after")


@dataclass(frozen=True, slots=True)
class PairedChange:
    """How ratings of the same people changed from one time to the next; NaN where a figure says nothing."""

    pairs: int
    """How many rated both times; all figures below rest on them."""
    only_before: int
    """How many rated only the first time."""
    only_after: int
    """How many rated only the second time."""
    rose: int
    same: int
    fell: int
    before: float
    """The mean of the first ratings."""
    after: float
    """The mean of the second ratings."""
    change: float
    """The mean of each person's second rating less their first."""
    change_low: float
    """The lower end of the 95 % interval of `change`."""
    change_high: float
    """Its upper end."""
    effect: float
    """`change` in standard deviations of the changes, corrected for few pairs (Hedges' g of paired differences)."""
    effect_low: float
    """The lower end of the 95 % interval of `effect`."""
    effect_high: float
    """Its upper end."""


def paired_change(before: Iterable[object], after: Iterable[object]) -> PairedChange:
    """Return how ratings of the same people changed.

    Parameters
    ----------
    before, after : iterable
        One number for each person, in the same order; None, NaN and ``pandas.NA`` where somebody did not rate.

    Returns
    -------
    PairedChange
        Means need one pair. The intervals and the effect need `FEWEST_PAIRS`, and changes that are not all alike:
        without them there is nothing to say how sure it is, and they are NaN.

    Raises
    ------
    ReportError
        If there are not as many first as second ratings, or one is no number.

    Notes
    -----
    The interval of the mean change is Student's. The effect is the mean change divided by the standard deviation of
    the changes, times the exact correction for few pairs (Hedges 1981). Its interval turns the noncentral t
    distribution around (Steiger and Fouladi 1997; Cumming and Finch 2001). It says how large a change is beside how
    much people differ in it, cannot be set beside effects between groups, and says nothing of what brought it about.

    References
    ----------
    Cumming, G., & Finch, S. (2001). A primer on the understanding, use, and calculation of confidence intervals that
    are based on central and noncentral distributions. Educational and Psychological Measurement, 61(4), 532-574.

    Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size and related estimators. Journal of
    Educational Statistics, 6(2), 107-128.

    Steiger, J. H., & Fouladi, R. T. (1997). Noncentrality interval estimation and the evaluation of statistical
    models. In L. L. Harlow, S. A. Mulaik, & J. H. Steiger (Eds.), What if there were no significance tests? Erlbaum.

    Examples
    --------
    >>> found = paired_change([2, 3, 3, 4, None], [3, 3, 5, 4, 5])
    >>> found.pairs, found.only_after, found.rose, found.change
    (4, 1, 2, 0.75)
    """
    import numpy as np  # noqa: PLC0415  only when something is compared

    one, other = _numbers(before), _numbers(after)
    if len(one) != len(other):
        raise ReportError(
            f"There are {len(one)} first ratings and {len(other)} second ones; give both for everybody, and None "
            "where somebody did not rate."
        )
    both = ~np.isnan(one) & ~np.isnan(other)
    change = (other - one)[both]
    return PairedChange(
        len(change),
        int((~np.isnan(one) & np.isnan(other)).sum()),
        int((np.isnan(one) & ~np.isnan(other)).sum()),
        int((change > 0).sum()),
        int((change == 0).sum()),
        int((change < 0).sum()),
        *((float(each[both].mean()) for each in (one, other)) if len(change) else (math.nan, math.nan)),
        *_change(change),
    )


def paired_frame(rated: pd.DataFrame, by: str = "item") -> pd.DataFrame:
    """Return how ratings changed, item by item.

    Parameters
    ----------
    rated : pandas.DataFrame
        One row for each person and item, with the columns `person`, `before` and `after` (NaN where somebody did not
        rate), and one that names the item.
    by : str, optional
        The name of that column.

    Returns
    -------
    pandas.DataFrame
        One row for each item (the index), in the order in which they come, with the fields of `PairedChange`.

    Raises
    ------
    ReportError
        If a column is missing.
    """
    import pandas as pd  # noqa: PLC0415  only when something is compared

    if missing := [name for name in (by, *_RATED) if name not in rated.columns]:
        raise ReportError(f"Ratings to compare need the column {missing[0]!r}; found {', '.join(map(str, rated))}.")
    groups = dict(iter(rated.groupby(by, sort=False)))
    found = [paired_change(rows["before"], rows["after"]) for rows in groups.values()]
    names = list(PairedChange.__slots__)
    rows = [tuple(getattr(each, name) for name in names) for each in found]
    return pd.DataFrame(rows, index=pd.Index(list(groups), name=by), columns=names)


def _numbers(values: Iterable[object]) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415  knows every way in which a number can be missing

    if isinstance(values, pd.Series) and values.dtype == float:
        return values.to_numpy()
    try:
        return np.array([math.nan if pd.isna(each) else float(each) for each in values], dtype=float)  # type: ignore[call-overload, arg-type]
    except (TypeError, ValueError):
        raise ReportError("A rating is a number, or None where somebody did not rate; found something else.") from None


def _change(change: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the mean change with its interval, and the effect with its own."""
    if not len(change):
        return (math.nan,) * 6
    mean, count = float(change.mean()), len(change)
    spread = float(change.std(ddof=1)) if count > 1 and (change != change[0]).any() else 0.0
    if count < FEWEST_PAIRS or not spread:
        return mean, *((math.nan,) * 5)
    from scipy.special import gammaln, stdtrit  # type: ignore[import-untyped]  # noqa: PLC0415  only when it is needed

    free, error = count - 1, spread / math.sqrt(count)
    reach = float(stdtrit(free, (1 + _CONFIDENCE) / 2)) * error
    few = math.exp(gammaln(free / 2) - gammaln((free - 1) / 2)) / math.sqrt(free / 2)
    ends = (few * end / math.sqrt(count) for end in _noncentral(mean / error, free))
    return mean, mean - reach, mean + reach, few * mean / spread, *ends


def _noncentral(t: float, free: int) -> tuple[float, float]:
    """Return between which noncentralities a t value lies with 95 %."""
    if t < 0:
        low, high = _noncentral(-t, free)
        return -high, -low
    from scipy.optimize import brentq  # type: ignore[import-untyped]  # noqa: PLC0415
    from scipy.special import nctdtr  # noqa: PLC0415

    def beyond(noncentrality: float, share: float) -> float:
        below = float(nctdtr(free, noncentrality, t))
        return (1.0 if math.isnan(below) else below) - share  # it is lost where it is as good as 1

    far = 6 * math.sqrt(1 + t * t / (2 * free)) + 1
    ends = ((1 + _CONFIDENCE) / 2, (1 - _CONFIDENCE) / 2)
    low, high = (float(brentq(beyond, t - far, t + far, args=(share,), xtol=1e-13, rtol=1e-14)) for share in ends)
    return low, high
