"""A group's session and those that it goes on from, side by side: how many wrote and rated what, each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import pandas as pd

    from casework.report.frames import Frames

COLUMNS = {
    "session": "str",
    "opened": "datetime64[s]",
    "about": "str",
    "prompt": "str",
    "perspective": "str",
    "round": "str",
    "item": "str",
    "value": "float64",
    "answered": "int64",
}
"""The columns of `series_frame`, with their types in pandas."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of a series, as its reader may see it."""

    session: str
    opened_at: datetime
    floor: int
    frames: Frames
    people: frozenset[str]
    """Who took part; nothing of it but how many goes into a report."""


@dataclass(frozen=True, slots=True)
class Series:
    """The sessions of a series, the earliest first."""

    sittings: tuple[Sitting, ...] = ()
    to_trainer: bool = False
    """Whether whoever leads them reads, and so may know how many came each time."""
    lacking: bool = False
    """Whether the session goes on from one that this reader cannot read: erased, or led by somebody else."""

    @property
    def goes_on(self) -> bool:
        """Whether there is something to set side by side."""
        return len(self.sittings) > 1


def series_frame(series: Series) -> pd.DataFrame:
    """Return how many people wrote and rated what in each session of a series; nobody's words, and nobody.

    Parameters
    ----------
    series : Series
        The sessions, each with what its reader may see of it.

    Returns
    -------
    pandas.DataFrame
        One row for each session, prompt, perspective and round that people wrote in, and one for each item, round and
        value that they rated, with the columns `session`, `opened` (the day), `about` (the case or survey), `prompt`,
        `perspective`, `round`, `item`, `value` and
        `answered` (how many). A prompt and perspective, or an item and round, that
        fewer people than the floor of that session answered has no row, whomever they gave it to.
    """
    import pandas as pd  # noqa: PLC0415  only when something is told

    rows = [row for sitting in series.sittings for row in (*_written(sitting), *_rated(sitting))]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _written(sitting: Sitting) -> Iterator[tuple[object, ...]]:
    cells = sitting.frames.responses.groupby(["about", "prompt", "perspective", "round"], sort=False)
    for cell, rows in cells:
        if len(rows) >= sitting.floor:
            yield *_head(sitting), *cell, "", float("nan"), len(rows)


def _rated(sitting: Sitting) -> Iterator[tuple[object, ...]]:
    rated = sitting.frames.ratings
    for (survey, round_id, item), rows in rated[rated["value"].notna()].groupby(
        ["survey", "round", "item"], sort=False
    ):
        if len(rows) >= sitting.floor:
            for value, people in rows.groupby("value").size().items():
                yield *_head(sitting), survey, "", "", round_id, item, value, int(people)


def _head(sitting: Sitting) -> tuple[object, ...]:
    return sitting.session, sitting.opened_at.date()
