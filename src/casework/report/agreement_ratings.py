"""Ratings as the coefficients of agreement need them: numbered categories, raters in rows, units in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ratings:
    """What raters said of units."""

    codes: NDArray[np.int64]
    """Raters by units: the place of a category among `values`; -1 where a rating is missing."""
    values: list[Hashable]
    """The categories, sorted where an order was asked for."""


def read_ratings(
    ratings: Iterable[Iterable[object]] | pd.DataFrame,
    categories: Sequence[Hashable] | None = None,
    *,
    ordered: bool = False,
) -> Ratings:
    """Return ratings with their categories numbered.

    Parameters
    ----------
    ratings : iterable of iterables, array or pandas.DataFrame
        Raters by units; None, NaN and ``pandas.NA`` are missing.
    categories : sequence, optional
        All categories in their order; those that occur, sorted, if not given.
    ordered : bool, optional
        Whether the categories need an order.

    Raises
    ------
    ReportError
        If raters have different numbers of units, or a category cannot be used.
    """
    import pandas as pd  # noqa: PLC0415  only when something is compared

    rows = _rows(ratings)
    length = len(rows[0]) if rows else 0
    for place, row in enumerate(rows, 1):
        if len(row) != length:
            raise ReportError(
                f"Rater 1 has {length} ratings and rater {place} has {len(row)}; give both one for each unit, "
                "and None where a rating is missing."
            )
    said = pd.Series([value for row in rows for value in row], dtype=object)
    try:
        codes, found = pd.factorize(said)
    except TypeError:
        raise ReportError("A category cannot be a list or a dict; use text, numbers or tuples.") from None
    values = _in_order(list(found), categories, ordered=ordered)
    return Ratings(_renumbered(codes, list(found), values).reshape(len(rows), length), values)


def _rows(ratings: Any) -> list[list[object]]:  # noqa: ANN401  whatever is laid out in rows
    laid_out = ratings.to_numpy(dtype=object) if hasattr(ratings, "to_numpy") else ratings
    try:
        rows = [None if isinstance(row, str) else list(row) for row in laid_out]
    except TypeError:
        rows = [None]
    if None in rows:
        raise ReportError("Ratings are rows, one for each rater, and hold one rating for each unit; found no rows.")
    return [row for row in rows if row is not None]


def _in_order(found: list[Any], categories: Sequence[Hashable] | None, *, ordered: bool) -> list[Hashable]:
    if categories is not None:
        return list(categories)
    if not ordered:
        return found
    try:
        return sorted(found)
    except TypeError:
        shown = ", ".join(repr(value) for value in found[:5])
        raise ReportError(f"The categories {shown} have no order among them; give them as `categories`.") from None


def _renumbered(codes: NDArray[np.int64], found: list[Any], values: list[Hashable]) -> NDArray[np.int64]:
    """Say each category by its place among the values; -1 stays -1, since it picks the last entry."""
    import numpy as np  # noqa: PLC0415

    places = {value: place for place, value in enumerate(values)}
    unknown = [value for value in found if value not in places]
    if unknown:
        raise ReportError(f"The rating {unknown[0]!r} is none of the categories {values!r}; add it to them.")
    return np.array([*(places[value] for value in found), -1], dtype=np.int64)[codes]
