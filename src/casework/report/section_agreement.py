"""What people saw in the same moment: how far they agree, and first of all where they differed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.words import words
from casework.report.agreement_said import explain_agreement
from casework.report.coded import code_beats, code_intervals
from casework.report.document import Section
from casework.report.drawings import Drawing
from casework.report.people import Lane, paint_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from casework.activity.observe import Observe
    from casework.report.coded import Differed
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
    items = _items(rules)
    beats = len(rules.ground.starts)
    coded = code_beats(rows, list(items), beats) if beats else code_intervals(rows, list(items), _WIDTH)
    frame, differed, people = coded.agreement(), coded.differed(), len(coded.coders)
    percent, kappa, units_seen = (frame[name].to_dict()[""] for name in ("percent", "kappa", "units"))
    key, filled = explain_agreement(float(percent), float(kappa), int(units_seen), telling.language)
    title = rules.ground.title or rules.checklist.title
    says = (
        telling.says("coders", people=people, moment=title, checklist=rules.checklist.title),
        words(telling.language)[key].format(**filled),
        _differed(telling, differed, items, people),
    )
    few = rows[rows["author"].isin(coded.coders[:_LINES])]
    marks = [theirs for _, theirs in few.groupby("author", sort=True)]
    drawing = _timeline(telling, rules, marks, people, _agreement_table(telling, frame, items))
    tables = ((telling.says("where"), _places(telling, differed, items)),) if differed else ()
    return Section(telling.says("agreement", title=title), says, (drawing,), first=2, tables=tables)


def _items(rules: Observe) -> dict[str, str]:
    return {item.id: item.text for item in rules.checklist.items if item.kind in {"point", "state"}}


def _or(value: object, other: int) -> int:
    import pandas as pd  # noqa: PLC0415  knows every way in which a number can be missing

    return other if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _differed(telling: Telling, differed: Sequence[Differed], items: Mapping[str, str], people: int) -> str:
    if not differed:
        return telling.says("never_differed")
    most = sorted(differed, key=lambda place: -min(place[2:]))[:_NAMED]
    places = [
        telling.says("differed_place", item=items[item], place=_place(telling, when), marked=marked, people=people)
        for item, when, marked, _ in most
    ]
    return telling.says("differed", places=telling.listed(places))


def _place(telling: Telling, when: float) -> str:
    return (
        telling.says("beat", number=int(when) + 1)
        if isinstance(when, int)
        else telling.says("second", number=int(when))
    )


def _timeline(
    telling: Telling, rules: Observe, drawn: Sequence[pd.DataFrame], people: int, table: pd.DataFrame
) -> Drawing:
    lanes = [
        Lane(text, tuple(tuple(_spans(rules, theirs[theirs["item"] == item])) for theirs in drawn))
        for item, text in _items(rules).items()
        if any((theirs["item"] == item).any() for theirs in drawn)
    ]
    starts = rules.ground.starts
    every = max(1, len(starts) // _BEATS)
    scale = [(float(number), str(number + 1)) for number in range(0, len(starts), every)]
    last = max((end for lane in lanes for coder in lane.coders for _, end in coder), default=1.0)
    if not starts:
        scale = [(when, f"{when:.0f} s") for when in (0.0, last / 2, last)]
    few = telling.says("timeline_few", people=len(drawn), of=people)
    height, paint = paint_timeline(lanes, (0.0, float(len(starts) - 1) if starts else last), scale)
    return Drawing(
        telling.says("timeline"),
        height,
        paint,
        telling.says("timeline_alt", people=len(drawn), items=len(lanes)),
        " ".join([telling.says("timeline_caption"), *([few] if len(drawn) < people else [])]),
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


def _places(telling: Telling, differed: Sequence[Differed], items: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    rows = [(items[item], _place(telling, when), str(marked), str(not_)) for item, when, marked, not_ in differed]
    return pd.DataFrame(
        rows, columns=[telling.says(head) for head in ("item_seen", "place_column", "marked_by", "not_by")]
    )
