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
    import pandas as pd  # noqa: PLC0415  only when something is counted

    asked = set(zip(responses["about"], responses["again"], strict=True)) - {
        (about, "") for about in responses["about"]
    }
    first = responses["again"].where(responses["again"] != "", responses["prompt"])
    rows = responses.assign(first=first, later=responses["again"] != "")
    wanted = [place in asked for place in zip(rows["about"], first, strict=True)]
    rows = rows[pd.Series(wanted, index=rows.index, dtype=bool)]
    found = [
        (about, prompt, perspective, *_counted(cell))
        for (about, prompt, perspective), cell in rows.groupby(["about", "first", "perspective"], sort=False)
    ]
    counts = dict.fromkeys(("both", "only_before", "only_after"), "Int64")
    return pd.DataFrame(found, columns=COLUMNS).astype({"before": "int64", "after": "int64", **counts})


def _counted(cell: pd.DataFrame) -> tuple[int | None, ...]:
    """Return how many wrote, first and later; and of those both times, only first, only later, if that is known."""
    later = cell["later"]
    before, after = int((~later).sum()), int(later.sum())
    if not all(pairs_known(rows["pair"], rows["later"]) for _, rows in cell.groupby(["session", "audience"])):
        return before, after, None, None, None
    both = int(((cell["pair"] != "") & later).sum())
    return before, after, both, before - both, after - both


def pairs_known(pair: pd.Series[str], later: pd.Series[bool]) -> bool:
    """Return whether it is known who answered twice, of those who gave something to one audience in one cell.

    Unnamed pairs fewer than the floor are not named, and so an answer without one may have one.
    """
    return bool((pair != "").any() or later.all() or not later.any())
