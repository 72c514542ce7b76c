"""From where a group looked, first and later: a question asked twice, by perspective."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["about", "prompt", "perspective", "before", "after", "both", "only_before", "only_after"]


def views_frame(responses: pd.DataFrame) -> pd.DataFrame:
    """Return how many people wrote from each perspective, first and later.

    Parameters
    ----------
    responses : pandas.DataFrame
        Rows as `Frames.responses` has them.

    Returns
    -------
    pandas.DataFrame
        One row for each question that was asked twice and each perspective that anybody wrote from, with the columns
        `about`, `prompt` (the first of the two), `perspective`, `before` and `after` (how many wrote), `both`,
        `only_before` and `only_after` (missing where it may not be known who wrote twice). What is unnamed counts only
        from the floor on, so that 0 means nobody, or too few to show.
    """
    later = responses["again"] != ""
    first = responses["again"].where(later, responses["prompt"])
    twice = later.groupby([responses["about"], first]).transform("any").astype(bool)
    rows = responses.assign(first=first, later=later)[twice]
    cell = ["about", "first", "perspective"]
    known = pairs_known(rows, [*cell, "session", "audience"], rows["later"])
    rows = rows.assign(before=~rows["later"], both=rows["later"] & (rows["pair"] != ""), known=known)
    found = rows.groupby(cell, sort=False).agg(
        before=("before", "sum"), after=("later", "sum"), both=("both", "sum"), known=("known", "all")
    )
    for name, all_of_them in (("only_before", "before"), ("only_after", "after")):
        found[name] = found[all_of_them] - found["both"]
    apart = ["both", "only_before", "only_after"]
    known = found["known"].astype(bool)
    found = found.astype({"before": "int64", "after": "int64", **dict.fromkeys(apart, "Int64")})
    found[apart] = found[apart].where(known, other=None)
    return found.reset_index(names=["about", "prompt", "perspective"])[COLUMNS]


def pairs_known(rows: pd.DataFrame, cell: list[str], later: pd.Series[bool]) -> pd.Series[bool]:
    """Return for each row whether it is known who answered twice, of those who gave something in its cell.

    A cell is a form, or a part of it, given to one audience. Unnamed pairs fewer than the floor are not named, and so
    an answer without one may have one.

    Parameters
    ----------
    rows : pandas.DataFrame
        What was given, with a column `pair`.
    cell : list of str
        The columns that make a cell.
    later : pandas.Series
        Whether each row is of the second time.
    """
    cells = rows.assign(paired=rows["pair"] != "", later=later, earlier=~later).groupby(cell, sort=False)
    of_cell = cells[["paired", "later", "earlier"]].transform("any").astype(bool)
    return of_cell["paired"] | ~of_cell["later"] | ~of_cell["earlier"]
