"""Ratings beside themes: what people rated, for those whose words carry a theme and for those whose words do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.seeing import FLOOR, LOWEST_FLOOR
from casework.content.markdown import to_plain
from casework.content.words import words
from casework.errors import ReportError

if TYPE_CHECKING:
    import pandas as pd

    from casework.content import Survey

COLUMNS = {
    "item": "str",
    "code": "str",
    "name": "str",
    "people_with": "Int64",
    "median_with": "float64",
    "people_without": "Int64",
    "median_without": "float64",
}

_HEADS = {
    "item": "reports.item",
    "name": "code.theme",
    "people_with": "reports.people_with",
    "median_with": "reports.median_with",
    "people_without": "reports.people_without",
    "median_without": "reports.median_without",
}
"""The words over each column, where it is shown in a language."""


def ratings_beside_themes(
    ratings: pd.DataFrame,
    coding: pd.DataFrame,
    wrote: pd.Series[str],
    floor: int = FLOOR,
    *,
    survey: Survey | None = None,
) -> pd.DataFrame:
    """Return what people rated, with and without each theme in what they wrote.

    Only people who wrote something and rated the item are counted. Where either side has fewer than `floor` people,
    both are left out: the smaller could else be told from the whole. Who answered how many times counts once, with
    their latest row. It says what goes together, and never what comes of what.

    Parameters
    ----------
    ratings : pandas.DataFrame
        With the columns `author`, `item` and `value`, as `Frames.ratings` has it, of the same form as the answers:
        pseudonyms hold within one survey and round. Ratings that may only be shown as a spread have no author, and are
        left out.
    coding : pandas.DataFrame
        With the columns `person`, `code` and `name`, as `CodeWidget.to_frame` gives it.
    wrote : pandas.Series of str
        The pseudonyms of all who wrote an answer, coded or not.
    floor : int
        How many people there must be on either side; never under 3.
    survey : Survey, optional
        The survey that was answered, such as ``session.survey("our-program").survey``: the table is then one to read,
        in its language and with its words.

    Returns
    -------
    pandas.DataFrame
        One row for each item and code: `item`, `code`, `name`, `people_with` and `median_with` (those whose words carry
        the code), `people_without` and `median_without` (those whose words do not); missing under the floor.
        With a `survey` the same figures, in its order, under headings in its language; the words of the items and the
        names of the codes are the index.

    Raises
    ------
    ReportError
        If a column is not there.
    """
    import pandas as pd  # noqa: PLC0415  only when something is joined

    _check(ratings, ("author", "item", "value"), "The ratings")
    _check(coding, ("person", "code", "name"), "The coding")
    people = set(wrote) - {""}
    known = ratings[ratings["author"].isin(people) & ratings["value"].notna()]
    latest = known.drop_duplicates(["author", "item"], keep="last")
    themes = coding[["code", "name"]].drop_duplicates("code")
    floor = max(floor, LOWEST_FLOOR)
    rows = [
        (item, theme.code, theme.name, *_sides(rated, set(coding.loc[coding["code"] == theme.code, "person"]), floor))
        for item, rated in latest.groupby("item", sort=False)
        for theme in themes.itertuples(index=False)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return frame if survey is None else _in_words(frame, survey)


def _in_words(frame: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """Return the table as it is read: with the survey's words, in its language, without ids."""
    told = words(survey.language)
    texts = {item.id: " ".join(to_plain(item.text).split()) for item in survey.items}
    order = {item: number for number, item in enumerate(texts)}
    ordered = frame.sort_values("item", key=lambda items: items.map(order), kind="stable")
    said = ordered.assign(item=ordered["item"].map(lambda item: texts.get(item, item))).drop(columns="code")
    return said.rename(columns={name: told[key] for name, key in _HEADS.items()}).set_index(
        [told[_HEADS["item"]], told[_HEADS["name"]]]
    )


def _sides(rated: pd.DataFrame, carry: set[str], floor: int) -> tuple[object, ...]:
    """Return people and median on either side; nothing where one of them is under the floor."""
    import pandas as pd  # noqa: PLC0415  as above

    within = rated["author"].isin(carry)
    sides = [rated.loc[within, "value"], rated.loc[~within, "value"]]
    if any(len(side) < floor for side in sides):
        return pd.NA, float("nan"), pd.NA, float("nan")
    return tuple(figure for side in sides for figure in (len(side), float(side.median())))


def _check(frame: pd.DataFrame, needed: tuple[str, ...], what: str) -> None:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ReportError(f"{what} have no column {missing[0]!r}; they have: {', '.join(map(str, frame.columns))}.")
