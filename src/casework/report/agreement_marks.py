"""From marks to what coefficients compare: for each item and each beat, interval or second, who marked it.

Marks are plain: tuples of an item, when, and perhaps until when, or a frame with the columns `item`, one of `beat`,
`seconds` or `at`, and perhaps `until`. Whoever wrote them down, and on which page, makes no difference.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from casework.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_WHEN = ("beat", "seconds", "at")
_SLACK = 1e-9
"""What a quotient of two decimal fractions may be off by."""


def units_by_beat(
    codings: Mapping[str, Any], items: Sequence[str], beats: int, *, reached: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Return who marked which item at which beat of a written moment.

    Parameters
    ----------
    codings : mapping of str to marks
        The marks of each coder: ``(item, beat)``, with beats counted from 0. A mark of an item that is not among
        `items` is left out; a second mark of the same adds nothing.
    items : sequence of str
        Every item that could be marked: not to mark one is an observation, too.
    beats : int
        How many beats the moment has.
    reached : mapping of str to float, optional
        How many beats a coder has seen who did not come to the end; what comes after is missing, not unmarked.

    Returns
    -------
    pandas.DataFrame
        One row for each item and beat (index `item`, `beat`) and one column for each coder: True, False, or missing.

    Raises
    ------
    ReportError
        If a mark is at no beat of the moment.
    """
    _check_length(beats, "A moment's number of beats")

    def where(at: float, _until: float | None) -> tuple[int, int]:
        if at != int(at) or at >= beats:
            raise ReportError(
                f"A mark is at beat {at:g} and the moment has the beats 0 to {beats - 1}; check the marks."
            )
        return int(at), int(at) + 1

    return _units(codings, items, ("beat", list(range(beats))), where, _seen(reached, 1, beats))


def units_by_interval(
    codings: Mapping[str, Any],
    items: Sequence[str],
    duration: float,
    width: float = 10.0,
    *,
    reached: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return who marked which item in which interval of a recording: partial-interval recording.

    An interval counts as marked if a mark falls into it or lasts over any part of it. One at the border of two
    falls into the later, one after the end into the last.

    Parameters
    ----------
    codings : mapping of str to marks
        The marks of each coder: ``(item, seconds)`` or ``(item, seconds, until)``.
    items : sequence of str
        Every item that could be marked.
    duration : float
        How long the recording is, in seconds.
    width : float, optional
        How long an interval is, in seconds.
    reached : mapping of str to float, optional
        How many seconds a coder has seen who did not come to the end.

    Returns
    -------
    pandas.DataFrame
        As of `units_by_beat`, with the index `item`, `seconds` (where the interval begins).

    Raises
    ------
    ReportError
        If a mark or a length makes no sense.

    References
    ----------
    Bakeman, R., & Quera, V. (2011). Sequential Analysis and Observational Methods for the Behavioral Sciences.
    Cambridge University Press: interval recording.
    """
    units = len(starts_of(duration, width))

    def where(at: float, until: float | None) -> tuple[int, int]:
        first, stop = intervals_of(at, math.nan if until is None else until, width, units)
        return int(first), int(stop)

    return _timed(codings, items, (duration, width), where, reached)


def intervals_of(
    begun: NDArray[np.float64] | float, ended: NDArray[np.float64] | float, width: float, units: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return into which of some intervals marks fall: from the first to before another; NaN where a mark has no end."""
    import numpy as np  # noqa: PLC0415  only when something is compared

    first = np.minimum(np.floor(np.asarray(begun) / width + _SLACK), units - 1)
    stop = np.fmax(first + 1, np.minimum(np.ceil(np.asarray(ended) / width - _SLACK), units))
    return first.astype(np.int64), stop.astype(np.int64)


def units_by_second(
    codings: Mapping[str, Any],
    items: Sequence[str],
    duration: float,
    step: float = 1.0,
    *,
    reached: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return during which seconds of a recording each coder saw each state.

    A second counts as marked if the state holds at its middle. A mark without an end is a moment, and counts for the
    second that it falls into; what begins after the end counts for the last.

    Parameters
    ----------
    codings : mapping of str to marks
        The marks of each coder: ``(item, seconds, until)``.
    items : sequence of str
        Every item that could be marked.
    duration : float
        How long the recording is, in seconds.
    step : float, optional
        The unit of time, if it is not a second.
    reached : mapping of str to float, optional
        How many seconds a coder has seen who did not come to the end.

    Returns
    -------
    pandas.DataFrame
        As of `units_by_beat`, with the index `item`, `seconds` (where the second begins).

    Raises
    ------
    ReportError
        If a mark or a length makes no sense.

    References
    ----------
    Bakeman, R., Quera, V., & Gnisci, A. (2009). Observer agreement for timed-event sequential data: A comparison of
    time-based and event-based algorithms. Behavior Research Methods, 41(1), 137-147: time-unit kappa.
    """

    def where(at: float, until: float | None) -> tuple[int, int]:
        if until is None:
            first = math.floor(at / step + _SLACK)
            return first, first + 1
        return tuple(math.ceil(edge / step - 0.5 - _SLACK) for edge in (at, until))  # type: ignore[return-value]

    return _timed(codings, items, (duration, step), where, reached)


def differences_frame(units: pd.DataFrame) -> pd.DataFrame:
    """Return where coders differed.

    Parameters
    ----------
    units : pandas.DataFrame
        As `units_by_beat`, `units_by_interval` or `units_by_second` give it.

    Returns
    -------
    pandas.DataFrame
        One row for each item and unit that some marked and others, who saw it, did not (the same index), with the
        columns `marked` and `unmarked`: the names of the coders, as tuples.
    """
    import numpy as np  # noqa: PLC0415  only when something is compared
    import pandas as pd  # noqa: PLC0415

    yes = units.fillna(value=False).to_numpy(dtype=bool)
    no = ~yes & units.notna().to_numpy()
    differ = yes.any(axis=1) & no.any(axis=1)
    names = np.array([*units.columns, None], dtype=object)[:-1]  # names that are tuples stay names
    told = {which: [tuple(names[row]) for row in said[differ]] for which, said in (("marked", yes), ("unmarked", no))}
    return pd.DataFrame(told, index=units.index[differ], columns=["marked", "unmarked"])


def read_marks(marks: Any) -> Iterator[tuple[str, float, float | None]]:  # noqa: ANN401  a frame or tuples
    """Yield each mark as item, when, and until when or None.

    Raises
    ------
    ReportError
        If something is no mark, or ends before it begins.
    """
    for row in _rows(marks):
        try:
            item, at, until = (*row, None)[:3]
            begins, ends = float(at), _end(until)
        except (TypeError, ValueError):
            raise ReportError(f"A mark is an item, when, and perhaps until when; found {row!r}.") from None
        if not math.isfinite(begins) or begins < 0 or (ends is not None and ends < begins):
            raise ReportError(f"A mark begins at 0 or later and ends after it began; found {row!r}.")
        yield str(item), begins, ends


def _end(until: Any) -> float | None:  # noqa: ANN401
    if until is None:
        return None
    import pandas as pd  # noqa: PLC0415

    return None if pd.isna(until) else float(until)


def _rows(marks: Any) -> Iterable[tuple[Any, ...]]:  # noqa: ANN401
    if not hasattr(marks, "columns"):
        return list(marks)
    when = next((name for name in _WHEN if name in marks.columns), None)
    if when is None or "item" not in marks.columns:
        found = ", ".join(map(str, marks.columns))
        raise ReportError(f"A frame of marks has the columns 'item' and 'beat' or 'seconds'; found {found}.")
    names = ["item", when, *({"until"} & set(marks.columns))]
    return list(zip(*(marks[name].tolist() for name in names), strict=True))


def _units(
    codings: Mapping[str, Any],
    items: Sequence[str],
    units: tuple[str, Sequence[float]],
    where: Callable[[float, float | None], tuple[int, int]],
    seen: Callable[[str], int],
) -> pd.DataFrame:
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    name, starts = units
    places = {item: place for place, item in enumerate(items)}
    columns = {}
    for coder, marks in codings.items():
        grid = np.zeros((len(items), len(starts)), dtype=bool)
        for item, at, until in read_marks(marks):
            if item in places and len(starts):
                first, stop = where(at, until)
                grid[places[item], min(first, len(starts) - 1) if first < stop else first : stop] = True
        unseen = np.zeros_like(grid)
        unseen[:, seen(coder) :] = True
        columns[coder] = pd.arrays.BooleanArray(grid.ravel(), unseen.ravel())
    index = pd.MultiIndex.from_product([list(items), list(starts)], names=["item", name])
    return pd.DataFrame(columns, index=index, columns=list(codings))


def _timed(
    codings: Mapping[str, Any],
    items: Sequence[str],
    lengths: tuple[float, float],
    where: Callable[[float, float | None], tuple[int, int]],
    reached: Mapping[str, float] | None,
) -> pd.DataFrame:
    """Return units of a recording: its length, and that of a unit, in seconds."""
    starts = starts_of(*lengths)
    return _units(codings, items, ("seconds", starts), where, _seen(reached, lengths[1], len(starts), lengths[0]))


def starts_of(duration: float, width: float) -> list[float]:
    """Return where the intervals of a recording begin, in seconds."""
    _check_length(duration, "A recording's length in seconds")
    if not (math.isfinite(width) and width > 0):
        raise ReportError(f"An interval is longer than 0 seconds; found {width!r}.")
    return [place * width for place in range(math.ceil(duration / width - _SLACK))]


def _check_length(length: float, what: str) -> None:
    if not (math.isfinite(length) and length >= 0):
        raise ReportError(f"{what} is 0 or more; found {length!r}.")


def _seen(
    reached: Mapping[str, float] | None, width: float, units: int, duration: float = math.inf
) -> Callable[[str], int]:
    """Return what tells how many units a coder has seen whole."""
    known = reached or {}

    def seen(coder: str) -> int:
        until = known.get(coder, math.inf)
        return units if until >= min(duration, units * width) else max(0, math.floor(until / width + _SLACK))

    return seen
