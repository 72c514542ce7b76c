"""From where people looked, and what they wrote: the sections of a report on cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.report.document import Board, Section
from casework.report.drawings import Drawing
from casework.report.people import Slope, paint_slopes
from casework.report.views import views_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from casework.report.told import Telling


def views_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section for each case in which a question was asked twice, from several places."""
    counted = views_frame(telling.frames.responses)
    for about, rows in counted.groupby("about", sort=False):
        asked = [(prompt, cells) for prompt, cells in rows.groupby("prompt", sort=False) if cells["perspective"].any()]
        made = [_question(telling, str(about), str(prompt), cells) for prompt, cells in asked]
        if made:
            says = tuple(line for lines, _ in made for line in lines)
            title = telling.says("views", title=telling.case_title(str(about)))
            yield Section(title, says, tuple(drawing for _, drawing in made), first=len(made[0][0]))


def _question(telling: Telling, about: str, prompt: str, cells: pd.DataFrame) -> tuple[list[str], Drawing]:
    """Return what is said of one question, and its picture."""
    by_view = cells.set_index("perspective")
    known = telling.perspectives(about, prompt) or [(name, name, "other") for name in by_view.index]
    slopes = [Slope(name, _counts(by_view, view), color) for view, name, color in known]
    heads = (telling.says("first"), 1), (telling.says("later"), 1)
    height, paint = paint_slopes(slopes, heads)
    figures = "; ".join(
        telling.says("views_figure", name=each.name, before=each.before, after=each.after) for each in slopes
    )
    question = telling.question(about, prompt)
    drawing = Drawing(
        telling.says("views_picture"),
        height,
        paint,
        telling.says("views_alt", figures=figures),
        telling.says("views_caption", question=question),
        _table(telling, by_view, known),
    )
    return list(_sentences(telling, slopes)), drawing


def _counts(by_view: pd.DataFrame, view: str) -> tuple[int, int]:
    if view not in by_view.index:
        return 0, 0
    return int(by_view["before"].to_dict()[view]), int(by_view["after"].to_dict()[view])


def _sentences(telling: Telling, slopes: list[Slope]) -> Iterator[str]:
    before, after = sum(each.before > 0 for each in slopes), sum(each.after > 0 for each in slopes)
    yield telling.says("views_counts", before=before, of=len(slopes), after=after)
    groups = {
        "views_new": [each.name for each in slopes if each.after and not each.before],
        "views_more": [each.name for each in slopes if each.after > each.before > 0],
        "views_fewer": [each.name for each in slopes if each.before > each.after],
        "views_none": [each.name for each in slopes if not each.before and not each.after],
    }
    for key, names in groups.items():
        if names:
            yield telling.says(key, names=telling.listed(names), floor=telling.floor)


def _table(telling: Telling, by_view: pd.DataFrame, known: list[tuple[str, str, str]]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  only when something is told

    counts = ("before", "after", "both", "only_before", "only_after")
    rows = [
        (name, *(_told(telling, by_view.loc[view, column]) for column in counts))
        for view, name, _ in known
        if view in by_view.index
    ]
    heads = ("place", "first", "later", "both", "only_first", "only_later")
    return pd.DataFrame(rows, columns=[telling.says(head) for head in heads])


def _told(telling: Telling, value: object) -> str:
    import pandas as pd  # noqa: PLC0415

    return telling.says("unknown") if pd.isna(value) else str(value)  # type: ignore[call-overload]


def words_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section with the words of each case; none where no words may stand in the report."""
    if not telling.quoting:
        return
    for about, rows in telling.frames.responses.groupby("about", sort=False):
        if telling.asked.case(str(about)) is None:
            continue
        boards = tuple(_boards(telling, str(about), rows))
        if boards:
            title = telling.says("words", title=telling.case_title(str(about)))
            yield Section(title, (telling.says("words_says"),), boards=boards, first=0)


def _boards(telling: Telling, about: str, rows: pd.DataFrame) -> Iterator[Board]:
    case = telling.asked.case(about)
    prompts = [prompt for _, prompt in case.prompts()] if case else []
    later = {prompt.again: prompt.id for prompt in prompts if prompt.again}
    for prompt in prompts:
        if prompt.again:
            continue
        for view, name in [(view, name) for view, name, _ in telling.perspectives(about, prompt.id)] or [("", "")]:
            here = rows[rows["perspective"] == view]
            first, again = here[here["prompt"] == prompt.id], here[here["prompt"] == later.get(prompt.id, "")]
            if len(first) or len(again):
                question = telling.question(about, prompt.id)
                yield _board(telling, f"{name}. {question}" if name else question, first, again)


def _board(telling: Telling, question: str, first: pd.DataFrame, later: pd.DataFrame) -> Board:
    if later.empty:
        return Board(question, (), tuple((text,) for text in first["text"]))
    afterwards = {pair: text for pair, text in zip(later["pair"], later["text"], strict=True) if pair}
    pairs = zip(first["pair"], first["text"], strict=True)
    told = [(pair, text, afterwards.get(pair, "")) for pair, text in pairs]
    known = set(first["pair"]) - {""}
    rows = [(text, again) for _, text, again in told if again]
    alone = (
        "\n\n".join(text for _, text, again in told if not again),
        "\n\n".join(text for pair, text in zip(later["pair"], later["text"], strict=True) if pair not in known),
    )
    rows += [alone] if any(alone) else []
    return Board(question, (telling.says("first"), telling.says("later")), tuple(rows))
