"""One's own pages as a report: everything that one person left in a run, with the profile and the log drawn."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from casework.activity.log import ABOUT, Log
from casework.activity.plan import Plan
from casework.activity.rules import FIRST_ROUND, fold
from casework.activity.survey import Answering
from casework.activity.survey_profile import profile
from casework.activity.walk import Walk
from casework.content.words import words
from casework.report.asked import Asked
from casework.report.document import Document, Section
from casework.report.drawings import Drawing
from casework.report.frames import Frames, take_run
from casework.report.gathered import Gathered
from casework.report.pages import chapters
from casework.report.scales import Moved, paint_moves
from casework.report.section_ways import log_sections
from casework.report.told import Telling, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from casework.activity.events import Event
    from casework.activity.map import Map
    from casework.activity.rules import Rules
    from casework.content import Survey
    from casework.store import Run, Store, Visit


def own_report(  # noqa: PLR0913  what it is of, and how it speaks
    store: Store,
    reader: Visit,
    run: Run,
    *,
    language: str = "en",
    folder: Path | None = None,
    at: datetime | None = None,
) -> Document:
    """Return everything that one person left in a run of their own, for themselves.

    Parameters
    ----------
    store : Store
        Where the run is kept.
    reader : Visit
        Whose run it is.
    run : Run
        The run.
    language : str, optional
        In which it speaks.
    folder : pathlib.Path, optional
        The folder of workbooks; the nearest one, if not given.
    at : datetime, optional
        When it is made; now, if not given.
    """
    asked = Asked(folder, language)
    gathered = Gathered(asked)
    take_run(gathered, store, run, reader)
    telling = Telling(Frames(gathered), asked, language, 0, quoting=True)
    by_about: dict[str, list[Event]] = defaultdict(list)
    for _, event in store.events(reader, run):
        by_about[event.about].append(event)
    sections = (*_sections(telling, by_about), *log_sections(telling))
    says = [telling.says("what_learner")] + ([] if sections else [telling.says("empty_learner")])
    cases = filter(None, (asked.case(about) for about in by_about))
    title = next((case.title for case in cases), run.workbook)
    return Document(telling.says("title_learner"), f"{title} · {made(telling, at)}", language, tuple(says), sections)


def _sections(telling: Telling, by_about: dict[str, list[Event]]) -> Iterator[Section]:
    rounds: dict[str, list[Answering]] = defaultdict(list)
    for about, events in by_about.items():
        rules = _mapping(telling.asked, about, by_about) or _rules(telling.asked, about)
        if rules is None:
            continue
        if isinstance(rules, Answering):
            rounds[rules.survey.id].append(rules)
        for chapter in chapters(rules, fold(rules, events), words(telling.language)):
            yield Section(
                chapter.title, entries=chapter.entries, picture=chapter.picture, picture_says=chapter.picture_says
            )
    for answered in rounds.values():
        if answered[0].survey.subscales:
            yield from _profile(telling, answered, by_about)


def _rules(asked: Asked, about: str) -> Rules[Any] | None:
    if about == ABOUT:
        return Log(language=asked.language)
    name, _, rest = about.partition("/")
    survey = asked.survey(name)
    if survey is not None:
        return Plan(survey) if rest == "plan" else asked.answering(about)
    case = None if rest else asked.case(name)
    return Walk(case) if case else asked.observing(about)


def _mapping(asked: Asked, about: str, by_about: Mapping[str, list[Event]]) -> Map | None:
    """Return the rules of a map, a later round with the first in sight."""
    before = f"{about.partition('/map')[0]}/map/{FIRST_ROUND}"
    first = asked.mapping(before) if before != about and before in by_about else None
    return asked.mapping(about, (lambda: (first, fold(first, by_about[before]))) if first else None)


def _profile(telling: Telling, answered: list[Answering], by_about: dict[str, list[Event]]) -> Iterator[Section]:
    import pandas as pd  # noqa: PLC0415  only when something is told

    survey: Survey = answered[0].survey
    drawn = [
        {line.id: line for line in profile(survey, rules.answers(fold(rules, by_about[rules.about])))}
        for rules in (answered[0], answered[-1])
    ]
    named = {subscale.id: subscale.name for subscale in survey.subscales}
    known = [name for name in named if all(lines[name].value is not None for lines in drawn)]
    spans = {(drawn[0][name].low, drawn[0][name].high) for name in known}
    if len(spans) != 1:
        return
    low, high = (int(end) for end in next(iter(spans)))
    moved = [Moved(named[name], *(float(lines[name].value or 0) for lines in drawn)) for name in known]
    told = [(each.text, telling.number(each.before), telling.number(each.after)) for each in moved]
    heads = [telling.says(head) for head in ("part", "first", "later")]
    height, paint = paint_moves(moved, list(range(low, high + 1)), (str(low), str(high)))
    figures = "; ".join(f"{text} {before}, {after}" for text, before, after in told)
    alt = telling.says("moves_alt", low=low, high=high, figures=figures)
    drawing = Drawing(
        telling.says("profile"), height, paint, alt, telling.says("profile_caption"), pd.DataFrame(told, columns=heads)
    )
    yield Section(f"{telling.says('profile')}: {survey.title}", drawings=(drawing,))
