"""Events in a recording: which marks of two coders are the same event, allowing for how fast a finger is."""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from casework.errors import ReportError
from casework.report.agreement_marks import read_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

_SLACK = 1e-9
"""What a difference of two decimal fractions may be off by."""


def match_events(one: Any, other: Any, tolerance: float = 1.0) -> pd.DataFrame:  # noqa: ANN401  a frame or tuples
    """Pair the marks of two coders that can be the same event.

    Parameters
    ----------
    one, other : marks
        What two coders marked: ``(item, seconds)`` each, or a frame with these columns. Only when a mark begins is
        compared.
    tolerance : float, optional
        How many seconds two marks of the same event may lie apart.

    Returns
    -------
    pandas.DataFrame
        One row for each event, by item and time, with the columns `item`, `one`, `other` (seconds; NaN where that
        coder did not mark it) and `apart` (`other` less `one`, in seconds).

    Raises
    ------
    ReportError
        If a mark or the tolerance makes no sense.

    Notes
    -----
    Only marks of the same item are paired, each with one other at most. Of all the ways to pair them, as many pairs
    as possible are made; of those, the ones whose marks lie closest together in sum. With marks in the order of time,
    pairs never need to cross: uncrossing two keeps both within the tolerance and brings them no further apart. So the
    best pairing is an alignment, found by dynamic programming over the marks in order, as Needleman and Wunsch align
    sequences; only marks within the tolerance are looked at.

    References
    ----------
    Needleman, S. B., & Wunsch, C. D. (1970). A general method applicable to the search for similarities in the amino
    acid sequence of two proteins. Journal of Molecular Biology, 48(3), 443-453.

    Quera, V., Bakeman, R., & Gnisci, A. (2007). Observer agreement for event sequences: Methods and software for
    sequence alignment and reliability estimates. Behavior Research Methods, 39(1), 39-49.

    Bakeman, R., Quera, V., & Gnisci, A. (2009). Observer agreement for timed-event sequential data: A comparison of
    time-based and event-based algorithms. Behavior Research Methods, 41(1), 137-147.

    Examples
    --------
    >>> match_events([("waits", 3.0), ("waits", 9.0)], [("waits", 3.5)]).to_dict("list")
    {'item': ['waits', 'waits'], 'one': [3.0, 9.0], 'other': [3.5, nan], 'apart': [0.5, nan]}
    """
    import pandas as pd  # noqa: PLC0415  only when something is compared

    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise ReportError(f"A tolerance is 0 seconds or more; found {tolerance!r}.")
    first, second = _times(one), _times(other)
    rows = [
        (item, *pair)
        for item in dict.fromkeys([*first, *second])
        for pair in _aligned(first.get(item, []), second.get(item, []), tolerance + _SLACK)
    ]
    frame = pd.DataFrame(rows, columns=["item", "one", "other"]).astype({"one": float, "other": float})
    return frame.assign(apart=frame["other"] - frame["one"])


def events_frame(one: Any, other: Any, tolerance: float = 1.0, items: Iterable[str] = ()) -> pd.DataFrame:  # noqa: ANN401
    """Return how far two coders agree on events, by item.

    Parameters
    ----------
    one, other, tolerance
        As of `match_events`.
    items : iterable of str, optional
        Items to name even if nobody marked them.

    Returns
    -------
    pandas.DataFrame
        One row for each item (index `item`), and a last one, ``""``, for all together, with the columns `both` (events
        that both marked), `only_one`, `only_other`, `percent` (the share of events that both marked; NaN where nobody
        marked any) and `apart` (the mean seconds between the two marks of an event, whichever came first).

    Notes
    -----
    Nobody counts the events that did not happen, so that there is no agreement by chance to set this against. For
    kappa or alpha, compare intervals or seconds.
    """
    import pandas as pd  # noqa: PLC0415

    events = match_events(one, other, tolerance)
    by_item = {item: events[events["item"] == item] for item in dict.fromkeys([*items, *events["item"]])}
    rows = [_counted(found) for found in [*by_item.values(), events]]
    return pd.DataFrame(
        rows,
        index=pd.Index([*by_item, ""], name="item"),
        columns=["both", "only_one", "only_other", "percent", "apart"],
    )


def _counted(events: pd.DataFrame) -> tuple[int, int, int, float, float]:
    one, other = events["one"].notna(), events["other"].notna()
    both = int((one & other).sum())
    share = both / len(events) if len(events) else math.nan
    return both, int((one & ~other).sum()), int((other & ~one).sum()), share, float(events["apart"].abs().mean())


def _times(marks: Any) -> dict[str, list[float]]:  # noqa: ANN401
    found: defaultdict[str, list[float]] = defaultdict(list)
    for item, at, _ in read_marks(marks):
        found[item].append(at)
    return {item: sorted(times) for item, times in found.items()}


def _aligned(one: Sequence[float], other: Sequence[float], tolerance: float) -> list[tuple[float, float]]:
    """Return the pairs and what is left over, with NaN for the other side, in the order of time."""
    pairs = _pairs(one, other, tolerance)
    taken = {place for _, place in pairs}
    matched = dict(pairs)
    rows = [(at, other[matched[place]] if place in matched else math.nan) for place, at in enumerate(one)]
    rows += [(math.nan, at) for place, at in enumerate(other) if place not in taken]
    return sorted(rows, key=lambda row: min(at for at in row if not math.isnan(at)))


def _pairs(one: Sequence[float], other: Sequence[float], tolerance: float) -> list[tuple[int, int]]:
    """Return the places of the best pairs, in order.

    ``best[i][j]`` is how well the first i marks of one and the first j of the other can be paired: how many pairs, and
    less the seconds between them. A row holds only the j within reach of its mark; before them the row above counts,
    after them its last.
    """
    best: list[tuple[int, list[tuple[int, float]]]] = [(0, [(0, 0.0)])]
    for at in one:
        low = bisect.bisect_left(other, at - tolerance)
        high = bisect.bisect_right(other, at + tolerance)
        row = [_look(best[-1], low)]
        for place in range(low, high):
            pairs, closeness = _look(best[-1], place)
            paired = (pairs + 1, closeness - abs(at - other[place]))
            row.append(max(row[-1], paired, _look(best[-1], place + 1)))
        best.append((low, row))
    return _traced(best, len(other))


def _look(row: tuple[int, list[tuple[int, float]]], place: int) -> tuple[int, float]:
    start, held = row
    return held[min(max(place - start, 0), len(held) - 1)]


def _traced(best: list[tuple[int, list[tuple[int, float]]]], place: int) -> list[tuple[int, int]]:
    """Follow the best pairing back from the end: a place is paired where neither leaving it out is as good."""
    pairs = []
    for row in range(len(best) - 1, 0, -1):
        start, held = best[row]
        place = min(place, start + len(held) - 1)
        while place > start and _look(best[row], place) == _look(best[row], place - 1):
            place -= 1
        if place > start and _look(best[row], place) != _look(best[row - 1], place):
            place -= 1
            pairs.append((row - 1, place))
    return pairs[::-1]
