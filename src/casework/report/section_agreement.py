"""What people saw in the same moment: how far they agree, and first of all where they differed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.words import words
from casework.report.agreement_marks import differences_frame, units_by_beat, units_by_interval
from casework.report.agreement_said import agreement_frame, explain_agreement
from casework.report.document import Section
from casework.report.drawings import Drawing
from casework.report.people import Lane, paint_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from casework.activity.observe import Observe
    from casework.report.told import Telling

_FEWEST = 2
_NAMED = 3
"""Places where people differed that are named in a sentence; the table has all."""

_WIDTH = 10.0
"""Seconds of an interval of a recording."""

_LINES = 24
"""People who are drawn; with more, lines would be too thin to see."""

_BEATS = 8
"""Beats that are numbered under a timeline, at most."""


def agreement_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section for each moment and checklist that at least two people marked."""
    seen = telling.frames.observations
    seen = seen[seen["kind"].isin(["point", "state"]) & (seen["author"] != "")]
    for (moment, checklist), rows in seen.groupby(["moment", "checklist"], sort=False):
        rules = telling.asked.observing(f"{moment}/{checklist}")
        if rules is not None and rows.groupby("session")["author"].nunique().max() >= _FEWEST:
            yield _section(telling, rules, rows)


def _section(telling: Telling, rules: Observe, rows: pd.DataFrame) -> Section:
    items = {item.id: item.text for item in rules.checklist.items if item.kind in {"point", "state"}}
    marks = {str(coder): theirs for coder, theirs in rows.groupby("author", sort=True)}
    units = _units(rules, marks, list(items))
    frame, differed = agreement_frame(units), differences_frame(units)
    percent, kappa, units_seen = (frame[name].to_dict()[""] for name in ("percent", "kappa", "units"))
    key, filled = explain_agreement(float(percent), float(kappa), int(units_seen), telling.language)
    title = rules.ground.title or rules.checklist.title
    says = (
        telling.says("coders", people=len(marks), moment=title, checklist=rules.checklist.title),
        words(telling.language)[key].format(**filled),
        _differed(telling, differed, items, len(marks)),
    )
    drawing = _timeline(telling, rules, marks, items, _agreement_table(telling, frame, items))
    tables = () if differed.empty else ((telling.says("where"), _places(telling, differed, items)),)
    return Section(telling.says("agreement", title=title), says, (drawing,), first=2, tables=tables)


def _units(rules: Observe, marks: Mapping[str, pd.DataFrame], items: list[str]) -> pd.DataFrame:
    """Return who marked what at which beat of a written moment, or in which interval of a recording."""
    if rules.ground.starts:
        last = len(rules.ground.starts) - 1
        return units_by_beat({coder: list(_beats(theirs, last)) for coder, theirs in marks.items()}, items, last + 1)
    codings = {coder: theirs[["item", "seconds", "until"]] for coder, theirs in marks.items()}
    ends = [float(theirs[["seconds", "until"]].max().max()) for theirs in marks.values()]
    return units_by_interval(codings, items, max(ends) + 1, _WIDTH)


def _beats(marks: pd.DataFrame, last: int) -> Iterator[tuple[str, int]]:
    """Yield each item with each beat that it was marked at: of a state, all from where it began to where it ended."""
    for item, kind, beat, until in zip(marks["item"], marks["kind"], marks["beat"], marks["until_beat"], strict=True):
        end = beat if kind == "point" else _or(until, last)
        yield from ((item, each) for each in range(int(beat), int(end) + 1))


def _or(value: object, other: int) -> int:
    import pandas as pd  # noqa: PLC0415  knows every way in which a number can be missing

    return other if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _differed(telling: Telling, differed: pd.DataFrame, items: Mapping[str, str], people: int) -> str:
    if differed.empty:
        return telling.says("never_differed")
    split = differed["marked"].map(lambda who: min(len(who), people - len(who)))
    most = differed.loc[split.sort_values(ascending=False, kind="stable").index[:_NAMED]]
    places = [
        telling.says("differed_place", item=items[item], place=_place(telling, when), marked=len(who), people=people)
        for (item, when), who in zip(most.index, most["marked"], strict=True)
    ]
    return telling.says("differed", places=telling.listed(places))


def _place(telling: Telling, when: float) -> str:
    return (
        telling.says("beat", number=int(when) + 1)
        if isinstance(when, int)
        else telling.says("second", number=int(when))
    )


def _timeline(
    telling: Telling, rules: Observe, marks: Mapping[str, pd.DataFrame], items: Mapping[str, str], table: pd.DataFrame
) -> Drawing:
    drawn = list(marks.values())[:_LINES]
    lanes = [
        Lane(text, tuple(tuple(_spans(rules, theirs[theirs["item"] == item])) for theirs in drawn))
        for item, text in items.items()
        if any((theirs["item"] == item).any() for theirs in drawn)
    ]
    starts = rules.ground.starts
    every = max(1, len(starts) // _BEATS)
    scale = [(float(number), str(number + 1)) for number in range(0, len(starts), every)]
    last = max((end for lane in lanes for coder in lane.coders for _, end in coder), default=1.0)
    if not starts:
        scale = [(when, f"{when:.0f} s") for when in (0.0, last / 2, last)]
    few = telling.says("timeline_few", people=len(drawn), of=len(marks))
    height, paint = paint_timeline(lanes, (0.0, float(len(starts) - 1) if starts else last), scale)
    return Drawing(
        telling.says("timeline"),
        height,
        paint,
        telling.says("timeline_alt", people=len(drawn), items=len(lanes)),
        " ".join([telling.says("timeline_caption"), *([few] if len(drawn) < len(marks) else [])]),
        table,
        telling.says("agreement_table"),
    )


def _spans(rules: Observe, marks: pd.DataFrame) -> Iterator[tuple[float, float]]:
    """Yield from when to when each mark lasted, in beats or in seconds."""
    names = ("beat", "until_beat") if rules.ground.starts else ("seconds", "until")
    for begun, ended in zip(marks[names[0]], marks[names[1]], strict=True):
        start = float(begun)
        yield start, max(start, float(_or(ended, int(start))))


def _agreement_table(telling: Telling, frame: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  only when something is told

    rows = [
        (
            items.get(str(item), telling.says("all_items")),
            telling.percent(row["marked"]),
            telling.percent(row["percent"]),
            telling.number(row["kappa"], 2),
            telling.number(row["alpha"], 2),
            telling.number(row["differed"], 0),
        )
        for item, row in frame.iterrows()
    ]
    heads = ("item_seen", "marked", "percent", "kappa", "alpha", "places_differed")
    return pd.DataFrame(rows, columns=[telling.says(head) for head in heads])


def _places(telling: Telling, differed: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    rows = [
        (items[item], _place(telling, when), str(len(marked)), str(len(unmarked)))
        for (item, when), marked, unmarked in zip(differed.index, differed["marked"], differed["unmarked"], strict=True)
    ]
    return pd.DataFrame(
        rows, columns=[telling.says(head) for head in ("item_seen", "place_column", "marked_by", "not_by")]
    )
