"""The ways that were taken through cases, and the months of one's own log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.markdown import to_plain
from casework.report.document import Section
from casework.report.drawings import Bar, Drawing, paint_bars, paint_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from casework.content import Case
    from casework.report.told import Telling

_HOUR = 60


def ways_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section for each case that was walked through."""
    for about, rows in telling.frames.paths.groupby("case", sort=False):
        case = telling.asked.case(str(about))
        if case is None:
            continue
        ways = [way for _, way in rows.groupby("session", sort=False)]
        yield _one(telling, case, ways[0]) if len(ways) == 1 else _several(telling, case, rows, len(ways))


def _one(telling: Telling, case: Case, way: pd.DataFrame) -> Section:
    import pandas as pd  # noqa: PLC0415  only when something is told

    stops = [
        (_scene(case, scene), _choice(case, choice)) for scene, choice in zip(way["scene"], way["choice"], strict=True)
    ]
    told = " → ".join(scene for scene, _ in stops)
    height, paint = paint_way(stops)
    table = pd.DataFrame(stops, columns=[telling.says("scene"), telling.says("turn")])
    words = telling.says("path_alt", way=told), telling.says("path_caption")
    drawing = Drawing(telling.says("path_picture"), height, paint, *words, table)
    return Section(telling.says("paths", title=case.title), (telling.says("path", way=told),), (drawing,), first=0)


def _several(telling: Telling, case: Case, rows: pd.DataFrame, ways: int) -> Section:
    import pandas as pd  # noqa: PLC0415

    counted = rows[rows["choice"] != ""].groupby(["scene", "choice"]).size()
    bars, told = [], []
    for scene in case.scenes:
        for number, choice in enumerate(scene.choices or ()):
            taken = int(counted.get((scene.id, choice.id), 0))
            text = " ".join(to_plain(choice.text).split())
            bars.append(Bar(text, (taken,), str(taken), _scene(case, scene.id) if number == 0 else ""))
            told.append((_scene(case, scene.id), text, str(taken)))
    height, paint = paint_bars(bars)
    figures = "; ".join(f"{bar.text} {bar.told}" for bar in bars)
    table = pd.DataFrame(told, columns=[telling.says(head) for head in ("scene", "turn", "ways")])
    words = telling.says("turns_alt", figures=figures), telling.says("turns_caption")
    drawing = Drawing(telling.says("turns_picture"), height, paint, *words, table)
    says = (telling.says("paths_several", ways=ways, title=case.title),)
    return Section(telling.says("paths", title=case.title), says, (drawing,), first=0)


def _scene(case: Case, name: str) -> str:
    found = next((scene for scene in case.scenes if scene.id == name), None)
    return (found.title if found and found.title else name) if found else name


def _choice(case: Case, name: str) -> str:
    found = (choice for scene in case.scenes for choice in scene.choices or () if choice.id == name)
    return next((" ".join(to_plain(choice.text).split()) for choice in found), "")


def log_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section on one's own log, month by month; none while it is empty."""
    import pandas as pd  # noqa: PLC0415

    log = telling.frames.log_entries
    if log.empty:
        return
    months = log.assign(month=log["date"].dt.to_period("M"))
    minutes = months.pivot_table(index="month", columns="kind", values="minutes", aggfunc="sum", fill_value=0)
    minutes = minutes.reindex(columns=["individual", "group"], fill_value=0)
    minutes = minutes.reindex(pd.period_range(minutes.index.min(), minutes.index.max(), freq="M"), fill_value=0)
    rows = [(_month(telling, month), int(alone), int(together)) for month, alone, together in minutes.itertuples()]
    bars = [Bar(name, (alone, together), _hours(telling, alone + together)) for name, alone, together in rows]
    height, paint = paint_bars(bars)
    figures = "; ".join(f"{bar.text} {bar.told}" for bar in bars)
    table = pd.DataFrame(
        [(name, _hours(telling, alone), _hours(telling, together)) for name, alone, together in rows],
        columns=[telling.says(head) for head in ("month", "individual", "in_group")],
    )
    words = telling.says("log_alt", figures=figures), telling.says("log_caption")
    says = telling.says(
        "log_says", hours=_hours(telling, int(log["minutes"].sum())), months=len(rows), meetings=len(log)
    )
    drawing = Drawing(telling.says("log"), height, paint, *words, table)
    yield Section(telling.says("log"), (says,), (drawing,))


def _month(telling: Telling, month: pd.Period) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415  only when something is told

    return str(format_skeleton("yMMMM", month.to_timestamp(), locale=telling.language))


def _hours(telling: Telling, minutes: int) -> str:
    return telling.says("hours", hours=minutes // _HOUR, minutes=minutes % _HOUR)
