"""Figures from the field's research, with whom they come from, and an honest picture of them."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.content.folder import Folder
from casework.content.words import words
from casework.errors import ReportError
from casework.report.pictures import SMALL, TEXT, WIDTH, Picture, as_svg, canvas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

COLUMNS = ("id", "value", "unit", "n", "year", "source", "what_was_asked", "of_whom", "by_whom", "note")
_TOLD = ("what_was_asked", "of_whom", "by_whom", "note")
"""What a translation beside the file can say in its language."""

_WRAP = 42
"""How many letters a line holds."""
_LINE, _BAR, _GAP, _FOOT = 0.21, 0.26, 0.24, 0.42
"""Heights in inches: of a line, of a bar, between two figures, of the scale below."""

_WHOLE = 100
"""Percent: the scale always shows the whole."""


def evidence(path: str | Path | None = None, language: str = "en") -> pd.DataFrame:
    """Return the figures of a file of evidence.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        A CSV file with the columns below; ``data/evidence.csv`` of the nearest folder of workbooks, if not given.
    language : str, optional
        In which the words are told, where ``evidence.es.csv`` or the like lies beside the file with their translation;
        it may have a column `source`, too, for what is said beside a reference.

    Returns
    -------
    pandas.DataFrame
        One row for each figure, with the columns

        ==============  ======  =========================================================================
        id              str     names the figure
        value           float   the figure; NaN where a study reports no figure
        unit            str     percent, people, studies, times, years, interviews; empty without a figure
        n               Int64   how many people or studies it rests on; missing where the source does not say
        year            Int64   when the source appeared; missing where it does not say
        source          str     the source, with where we had the figure from, if that is another
        what_was_asked  str     what was asked or counted
        of_whom         str     whom it was asked of
        by_whom         str     who asked or counted
        note            str     what one has to know to read it
        ==============  ======  =========================================================================

    Raises
    ------
    ReportError
        If the file is not there or cannot be used as it stands.

    Examples
    --------
    >>> figures = evidence()
    >>> figures.loc[figures["unit"] == "percent", "value"].tolist()
    [89.0, 90.0, 93.0]
    """
    file = _found() if path is None else Path(path)
    frame = _read(file, COLUMNS)
    beside = file.with_suffix(f".{language}.csv")
    if beside.is_file():
        told = _read(beside, ("id", *_TOLD), may=("source",)).set_index("id")
        for column in told:
            frame[column] = frame["id"].map(told[column]).replace("", None).fillna(frame[column])
    for column, kind in (("value", "float64"), ("n", "Int64"), ("year", "Int64")):
        frame[column] = _numbers(frame[column], kind, file)
    return frame


def draw_evidence(
    figures: pd.DataFrame | None = None, unit: str = "percent", *, language: str = "en", theme: str = "page"
) -> Picture:
    """Draw figures of one unit as bars from nought, each with how many people it rests on, and the year.

    Parameters
    ----------
    figures : pandas.DataFrame, optional
        Rows as `evidence` gives them; all of them, if not given.
    unit : str, optional
        Which of them to draw: figures of different units cannot stand on one scale.
    language : str, optional
        In which the picture speaks.
    theme : {"page", "light", "dark"}, optional
        Its colors; ``"page"`` follows the page it stands in.

    Returns
    -------
    Picture
        With sources and notes as its caption, and a table that says the same.

    Raises
    ------
    ReportError
        If no figure has this unit, or a figure is below nought.
    """
    rows = evidence(language=language) if figures is None else figures
    rows = rows[(rows["unit"] == unit) & rows["value"].notna()]
    if rows.empty or (rows["value"] < 0).any():
        known = ", ".join(sorted({each for each in (figures if figures is not None else evidence())["unit"] if each}))
        raise ReportError(f"There are no figures from 0 in the unit {unit!r}; there are some in: {known}.")
    said = words(language)
    told = [_value(value, unit, said, language) for value in rows["value"].tolist()]
    alt = _alt(rows, told, said, language)
    return Picture(
        svg=_drawn(rows, told, (unit, language, theme), alt),
        alt=alt,
        caption=_caption(rows),
        table=_table(rows, told, said, language),
        summary=said["evidence.table"],
    )


def _found() -> Path:
    for folder in Folder().layers():
        if (file := folder / "data" / "evidence.csv").is_file():
            return file
    raise ReportError("There is no data/evidence.csv in this folder of workbooks; name the file to read.")


def _read(file: Path, columns: Sequence[str], may: Sequence[str] = ()) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  only when figures are asked for

    try:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReportError(f"{file} cannot be read as a table: {error}. Give a CSV file in UTF-8.") from error
    if missing := [name for name in columns if name not in frame.columns]:
        raise ReportError(f"{file}:1: the column '{missing[0]}' is missing; add it to the first line.")
    if (double := frame.index[frame["id"].duplicated()]).size:
        raise ReportError(
            f"{file}:{double[0] + 2}: the id '{frame['id'][double[0]]}' is there twice; give one another id."
        )
    return frame[[*columns, *(name for name in may if name in frame.columns)]]


def _numbers(told: pd.Series[str], kind: str, file: Path) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415

    numbers = pd.to_numeric(told.str.strip(), errors="coerce")
    wrong = (told.str.strip() != "") & (numbers.isna() | ((kind == "Int64") & (numbers % 1 != 0)))
    if wrong.any():
        line = told.index[wrong][0]
        raise ReportError(f"{file}:{line + 2}: '{told.name}' is {told[line]!r}; write a number, or leave it empty.")
    return numbers.astype(kind)  # type: ignore[call-overload,no-any-return]


def _value(value: float, unit: str, said: Mapping[str, str], language: str) -> str:
    number = _number(value, unit, language)
    return said.get(f"evidence.unit_{unit}", "{value} " + unit).format(value=number) if unit != "percent" else number


def _number(value: float, unit: str, language: str) -> str:
    from babel.numbers import format_decimal, format_percent  # noqa: PLC0415  only when something is drawn

    exact = Decimal(str(value))
    if unit == "percent":
        return format_percent(exact / _WHOLE, locale=language, decimal_quantization=False)
    return format_decimal(exact, locale=language)


def _size(n: Any, year: Any, language: str) -> str:  # noqa: ANN401  pandas' own missing value among them
    """Say how many a figure rests on, and when it appeared; what is not known is not said."""
    import pandas as pd  # noqa: PLC0415
    from babel.numbers import format_decimal  # noqa: PLC0415

    many = "" if pd.isna(n) else f"n = {format_decimal(n, locale=language)}"
    return " · ".join(part for part in (many, "" if pd.isna(year) else str(year)) if part)


def _alt(rows: pd.DataFrame, told: Sequence[str], said: Mapping[str, str], language: str) -> str:
    each = [
        f"{row.what_was_asked}: {value} ({size})"
        if (size := _size(row.n, row.year, language))
        else f"{row.what_was_asked}: {value}"
        for row, value in zip(rows.itertuples(), told, strict=True)
    ]
    return said["evidence.alt"].format(figures="; ".join(each))


def _caption(rows: pd.DataFrame) -> str:
    parts = [*dict.fromkeys(rows["source"]), *dict.fromkeys(rows["note"])]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def _table(rows: pd.DataFrame, told: Sequence[str], said: Mapping[str, str], language: str) -> str:
    import pandas as pd  # noqa: PLC0415

    shown = pd.DataFrame({"value": told})
    shown["n"] = [_size(n, None, language).removeprefix("n = ") for n in rows["n"]]
    shown["year"] = ["" if pd.isna(year) else str(year) for year in rows["year"]]
    for column in ("of_whom", "by_whom", "source", "note"):
        shown[column] = rows[column].to_numpy()
    shown.insert(0, "what_was_asked", rows["what_was_asked"].to_numpy())
    shown.columns = pd.Index([said[f"evidence.{column}"] for column in shown.columns])
    with pd.option_context("display.max_colwidth", None):
        return str(shown.to_html(index=False, border=0, justify="left", classes="cw-evidence"))


def _drawn(rows: pd.DataFrame, told: Sequence[str], how: tuple[str, str, str], alt: str) -> str:
    unit, language, theme = how
    labels = [textwrap.wrap(text, _WRAP) for text in rows["what_was_asked"]]
    sizes = [_size(row.n, row.year, language) for row in rows.itertuples()]
    tall = sum((len(lines) + bool(size)) * _LINE + _BAR + _GAP for lines, size in zip(labels, sizes, strict=True))
    height = tall + _FOOT
    with canvas(theme, height) as (figure, colors):
        left, right = 0.15 / WIDTH, 1 - 0.35 / WIDTH
        axes = figure.add_axes((left, _FOOT / height, right - left, tall / height))
        _scale(axes, float(rows["value"].max()), unit, language, colors)
        axes.set_ylim(tall, 0)
        place = 0.0
        for lines, size, value, text in zip(labels, sizes, rows["value"], told, strict=True):
            place = _row(axes, place, (lines, size, float(value), text), colors)
        return as_svg(figure, theme, alt)


def _scale(axes: Axes, greatest: float, unit: str, language: str, colors: Mapping[str, str]) -> None:
    """Draw the scale: from nought, to the whole for percent, else to the next round number."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    whole = unit == "percent" and greatest <= _WHOLE
    ticks = [0, 25, 50, 75, _WHOLE] if whole else MaxNLocator(4, integer=True).tick_values(0, greatest or 1)
    axes.set_xlim(0, ticks[-1])
    axes.set_xticks(ticks, [_number(int(tick), unit, language) for tick in ticks], fontsize=SMALL)
    axes.set_facecolor("none")
    axes.tick_params(length=0, pad=5)
    axes.set_yticks([])
    axes.grid(axis="x", color=colors["line"], linewidth=0.8)
    axes.set_axisbelow(True)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "left")


def _row(axes: Axes, place: float, told: tuple[list[str], str, float, str], colors: Mapping[str, str]) -> float:
    """Draw one figure below a place: its words, how many it rests on, its bar; return the place below it."""
    lines, size, value, text = told
    ground = {"facecolor": colors["paper"], "edgecolor": "none", "pad": 1.0}
    written = [(line, colors["ink"], TEXT) for line in lines] + [(size, colors["soft"], SMALL)] * bool(size)
    for line, color, points in written:
        axes.annotate(
            line,
            (0, place + _LINE / 2),
            (5, 0),
            textcoords="offset points",
            va="center",
            color=color,
            fontsize=points,
            bbox=ground,
        )
        place += _LINE
    middle = place + _BAR / 2
    axes.barh(middle, value, _BAR, color=colors["accent"])
    inside = value > axes.get_xlim()[1] / 2
    axes.annotate(
        text,
        (value, middle),
        (-6 if inside else 6, 0),
        textcoords="offset points",
        va="center",
        ha="right" if inside else "left",
        color=colors["on_accent" if inside else "ink"],
        fontsize=TEXT,
        fontweight="bold",
    )
    return place + _BAR + _GAP
