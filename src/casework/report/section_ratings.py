"""What people rated: how many gave which answer, and how those who answered twice changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.markdown import to_plain
from casework.report.document import Board, Section
from casework.report.drawings import Drawing
from casework.report.paired import paired_frame
from casework.report.scales import Moved, Spread, paint_moves, paint_spreads
from casework.report.views import pairs_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from casework.content import Survey
    from casework.content.scale import Scale
    from casework.report.told import Telling

_AT_ONCE = 6
"""Items in one picture; more do not fit a page."""

_MANY = 20
"""Pairs from which on one person does not turn a mean around."""


def ratings_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section for each survey that was shared."""
    rated = telling.frames.ratings
    for name, rows in rated[rated["value"].notna()].groupby("survey", sort=False):
        survey = telling.asked.survey(str(name))
        if survey is not None:
            yield _section(telling, survey, rows)


def _section(telling: Telling, survey: Survey, rows: pd.DataFrame) -> Section:
    rounds = in_rounds(rows["round"])
    people = {each: _people(rows[rows["round"] == each]) for each in rounds}
    if len(rounds) == 1:
        says = [telling.says("rated", people=people[rounds[0]], title=survey.title)]
        return Section(survey.title, tuple(says), tuple(_spreads(telling, survey, rows, "")), _words(telling, survey))
    first, last = rounds[0], rounds[-1]
    says = [telling.says("rated_twice", before=people[first], after=people[last], title=survey.title)]
    paired = _paired(rows, first, last)
    enough = not paired.empty and paired["pairs"].max() > 0
    drawings: list[Drawing] = []
    if enough:
        says += _said(telling, paired)
        drawings += _moves(telling, survey, paired)
    else:
        says.append(telling.says("pairs_few", floor=telling.floor))
    for each in rounds if not enough else ():
        drawings += _spreads(telling, survey, rows[rows["round"] == each], each)
    return Section(survey.title, tuple(says), tuple(drawings), _words(telling, survey), first=min(4, len(says)))


def in_rounds(rounds: Iterable[str]) -> list[str]:
    """Return the rounds, each once, the first of them first."""
    return sorted(dict.fromkeys(rounds), key=lambda each: (each != "before", each == "after", each))


def _people(rows: pd.DataFrame) -> int:
    """Return how many answered: as many as the item has answers that most answered."""
    return int(rows.groupby(["session", "item"]).size().groupby("session").max().sum())


def _words(telling: Telling, survey: Survey) -> tuple[Board, ...]:
    if not telling.quoting:
        return ()
    said = telling.frames.responses
    said = said[said["about"] == survey.id]
    named = {item.id: " ".join(to_plain(item.text).split()) for item in survey.items}
    return tuple(
        Board(named[str(prompt)], (), tuple((text,) for text in rows["text"]))
        for prompt, rows in said.groupby("prompt", sort=False)
        if prompt in named
    )


# -- those who answered twice -------------------------------------------------------------------------


def _paired(rows: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """Return how each item changed, with those who answered it only once, where that is known."""
    asked = rows[rows["round"].isin([first, last])]
    told = asked[pairs_known(asked, ["session", "item", "audience"], asked["round"] == last)]
    before, after = (told[told["round"] == each] for each in (first, last))
    sides = []
    for side, name in ((before, "before"), (after, "after")):
        told = side[["session", "item", "pair", "value"]].rename(columns={"value": name})
        alone = told["pair"] == ""
        told.loc[alone, "pair"] = [f"{name} {number}" for number in range(int(alone.sum()))]
        sides.append(told)
    both = sides[0].merge(sides[1], on=["session", "item", "pair"], how="outer")
    order = {item: number for number, item in enumerate(dict.fromkeys(rows["item"]))}
    both = both.sort_values("item", key=lambda items: items.map(order), kind="stable")
    return paired_frame(both.rename(columns={"pair": "person"}))


def _said(telling: Telling, paired: pd.DataFrame) -> list[str]:
    pairs = int(paired["pairs"].max())
    told = paired[paired["pairs"] > 0]
    clear = int(((told["change_low"] > 0) | (told["change_high"] < 0)).sum())
    moved = {
        "rose": int((told["change"] > 0).sum()),
        "fell": int((told["change"] < 0).sum()),
        "same": int((told["change"] == 0).sum()),
    }
    says = [
        telling.says("pairs", pairs=pairs),
        telling.says("moved", of=len(told), **moved),
        telling.says("clear", clear=clear),
    ]
    once = {"before": int(paired["only_before"].max()), "after": int(paired["only_after"].max())}
    if any(once.values()):
        says.append(telling.says("once", **once))
    if pairs < _MANY:
        says.append(telling.says("small", pairs=pairs))
    return says


def _moves(telling: Telling, survey: Survey, paired: pd.DataFrame) -> Iterator[Drawing]:
    for scale, items in by_scale(survey, list(paired.index[paired["pairs"] > 0])):
        rows = paired.loc[[item for item, _ in items]]
        moved = [
            Moved(text, float(row["before"]), float(row["after"]))
            for (_, text), (_, row) in zip(items, rows.iterrows(), strict=True)
        ]
        ends = ends_of(scale)
        height, paint = paint_moves(moved, marks_of(scale), ends)
        figures = "; ".join(
            f"{each.text} {telling.number(each.before)}, {telling.number(each.after)}" for each in moved
        )
        yield Drawing(
            telling.says("moves"),
            height,
            paint,
            telling.says("moves_alt", low=scale.lowest, high=scale.highest, figures=figures),
            telling.says("moves_caption"),
            _moves_table(telling, items, rows),
        )


def _moves_table(telling: Telling, items: Sequence[tuple[str, str]], rows: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  only when something is told

    told = [
        (
            *(text, str(row["pairs"]), str(row["only_before"]), str(row["only_after"])),
            *(telling.number(row["before"], 2), telling.number(row["after"], 2)),
            telling.between(row["change"], row["change_low"], row["change_high"]),
            telling.between(row["effect"], row["effect_low"], row["effect_high"]),
            f"{row['rose']} / {row['same']} / {row['fell']}",
        )
        for (_, text), (_, row) in zip(items, rows.astype(object).iterrows(), strict=True)
    ]
    heads = ("item", "both", "only_first", "only_later", "mean_before", "mean_after", "change", "effect", "rose")
    return pd.DataFrame(told, columns=[telling.says(head) for head in heads])


# -- how many gave which answer -----------------------------------------------------------------------


def _spreads(telling: Telling, survey: Survey, rows: pd.DataFrame, round_id: str) -> Iterator[Drawing]:
    counted = rows.groupby(["item", "value"]).size()
    answered = [item.id for item in survey.items if item.id in set(rows["item"])]
    for scale, items in by_scale(survey, answered):
        spreads = [
            Spread(text, tuple(int(counted.get((item, float(mark)), 0)) for mark in marks_of(scale)))
            for item, text in items
        ]
        ends = ends_of(scale)
        height, paint = paint_spreads(spreads, marks_of(scale), ends)
        figures = "; ".join(f"{each.text} {', '.join(map(str, each.counts))}" for each in spreads)
        title = (
            telling.says("spread_round", round=round_name(telling, round_id)) if round_id else telling.says("spread")
        )
        yield Drawing(
            title,
            height,
            paint,
            telling.says("spread_alt", low=scale.lowest, high=scale.highest, figures=figures),
            telling.says("spread_caption", low=ends[0], high=ends[1]),
            _spread_table(telling, spreads, scale),
        )


def _spread_table(telling: Telling, spreads: Sequence[Spread], scale: Scale) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  only when something is told

    heads = mark_heads(scale)
    rows = [(each.text, str(each.people), *map(str, each.counts)) for each in spreads]
    return pd.DataFrame(rows, columns=[telling.says("item"), telling.says("people_column"), *heads])


def mark_heads(scale: Scale) -> list[str]:
    """Return what stands over the marks of a scale in a table."""
    named = {label.at: label.text for label in scale.labels}
    return [f"{mark}: {named[mark]}" if mark in named else str(mark) for mark in marks_of(scale)]


def round_name(telling: Telling, round_id: str) -> str:
    """Return what a round is called."""
    return telling.says(f"round_{round_id}") if round_id in {"before", "after"} else round_id


def by_scale(
    survey: Survey, wanted: Sequence[str], at_once: int = _AT_ONCE
) -> Iterator[tuple[Scale, list[tuple[str, str]]]]:
    """Yield items that stand in one picture, with their words: those of one scale, no more than fit on a page."""
    scales = {scale.id: scale for scale in survey.scales}
    named = set(wanted)
    items = [item for item in survey.items if item.id in named and item.scale in scales]
    for scale in survey.scales:
        here = [(item.id, " ".join(to_plain(item.text).split())) for item in items if item.scale == scale.id]
        for start in range(0, len(here), at_once):
            yield scale, here[start : start + at_once]


def marks_of(scale: Scale) -> list[int]:
    """Return the marks of a scale, from the lowest."""
    return list(range(scale.lowest, scale.highest + 1))


def ends_of(scale: Scale) -> tuple[str, str]:
    """Return what the lowest and the highest mark of a scale mean."""
    named = {label.at: label.text for label in scale.labels}
    return named.get(scale.lowest, str(scale.lowest)), named.get(scale.highest, str(scale.highest))
