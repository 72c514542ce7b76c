"""Who marked what, of very many coders at once: as an array, and not as a frame for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.report.agreement_marks import intervals_of, starts_of
from casework.report.agreement_said import agreement_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Differed = tuple[str, float, int, int]
"""Where coders differed: an item, when, how many marked it and how many did not."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Who marked which item at which beat, or in which interval; everybody saw all of them."""

    coders: Sequence[str]
    items: Sequence[str]
    starts: Sequence[float]
    """The beats, or the seconds at which intervals begin."""
    marked: NDArray[np.bool_]
    """Coders by items by units."""

    def agreement(self) -> pd.DataFrame:
        """Return how far coders agree; see `casework.report.agreement_frame`."""
        import numpy as np  # noqa: PLC0415  only when something is compared
        import pandas as pd  # noqa: PLC0415

        codes = self.marked.reshape(len(self.coders), -1).astype(np.int64)
        return agreement_of(pd.Index(self.items).repeat(len(self.starts)), codes)

    def differed(self) -> list[Differed]:
        """Return every place where coders differed."""
        marked = self.marked.sum(axis=0)
        places = ((marked > 0) & (marked < len(self.coders))).nonzero()
        return [
            (self.items[item], self.starts[unit], many, len(self.coders) - many)
            for item, unit, many in zip(*(each.tolist() for each in (*places, marked[places])), strict=True)
        ]


def code_beats(marks: pd.DataFrame, items: Sequence[str], beats: int) -> Coded:
    """Return who marked what at which beat of a written moment; see `casework.report.units_by_beat`.

    Parameters
    ----------
    marks : pandas.DataFrame
        Rows as `Frames.observations` has them. A state holds from the beat at which it began to that at which it
        ended, or to the last.
    items : sequence of str
        Every item that could be marked.
    beats : int
        How many beats the moment has.
    """
    import numpy as np  # noqa: PLC0415

    first = marks["beat"].to_numpy(dtype=np.int64)
    ends = marks["until_beat"].to_numpy(dtype=np.int64, na_value=beats - 1)
    return _coded(marks, items, list(range(beats)), (first, np.where(marks["kind"] == "point", first, ends) + 1))


def code_intervals(marks: pd.DataFrame, items: Sequence[str], width: float) -> Coded:
    """Return who marked what in which interval of a recording; see `casework.report.units_by_interval`."""
    import numpy as np  # noqa: PLC0415

    begun, ended = (marks[name].to_numpy(dtype=float) for name in ("seconds", "until"))
    starts = starts_of(float(np.nanmax([begun, ended])) + 1, width)
    return _coded(marks, items, starts, intervals_of(begun, ended, width, len(starts)))


def _coded(
    marks: pd.DataFrame,
    items: Sequence[str],
    starts: Sequence[float],
    lasted: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Coded:
    """Return what was marked, each mark from one unit to before another."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    who, coders = pd.factorize(marks["author"], sort=True)
    what = pd.Index(items).get_indexer(pd.Index(marks["item"]))
    first, stop = lasted
    many = np.where(what < 0, 0, np.maximum(stop - first, 0))
    row = np.repeat(np.arange(len(marks)), many)
    unit = np.arange(len(row)) - np.repeat(many.cumsum() - many, many) + first[row]
    marked = np.zeros((len(coders), len(items), len(starts)), dtype=bool)
    marked[who[row], what[row], unit] = True
    return Coded([str(coder) for coder in coders], items, starts, marked)
