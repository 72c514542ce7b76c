"""What a group wrote and rated earlier, beside what it does now: a session that goes on from others."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from casework.report.document import Section
from casework.report.drawings import Drawing
from casework.report.people import Slope, paint_slopes
from casework.report.scales import Spread, paint_spreads
from casework.report.section_ratings import by_scale, ends_of, in_rounds, mark_heads, marks_of, round_name
from casework.report.series import series_frame
from casework.report.told import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from casework.content import Case, Survey
    from casework.content.scale import Scale
    from casework.content.scene import Prompt
    from casework.report.series import Sitting
    from casework.report.told import Telling

_TWICE = 2
_LINES = 12
"""Lines in one picture of ratings; more do not fit a page."""


def earlier_sections(telling: Telling) -> Iterator[Section]:
    """Yield a section where a session goes on from others that its reader leads, too."""
    if telling.series.goes_on:
        yield _Beside(telling).section()


class _Beside:
    """The sessions of a series, and what may be shown of each."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.sittings = telling.series.sittings

    @cached_property
    def days(self) -> dict[str, str]:
        """By session, the day on which it was opened."""
        return self._told_apart([self.telling.day(each.opened_at) for each in self.sittings])

    @cached_property
    def short(self) -> dict[str, str]:
        """By session, its day and month, for pictures."""
        return self._told_apart([self.telling.short_day(each.opened_at) for each in self.sittings])

    def _told_apart(self, told: Sequence[str]) -> dict[str, str]:
        """Return what sessions are called, numbered where two of them would be called alike."""
        often = Counter(told)
        return {
            each.session: day if often[day] == 1 else f"{day} ({told[: number + 1].count(day)})"
            for number, (each, day) in enumerate(zip(self.sittings, told, strict=True))
        }

    @cached_property
    def frame(self) -> pd.DataFrame:
        """What may be shown."""
        return series_frame(self.telling.series)

    @cached_property
    def wrote(self) -> dict[tuple[str, str, str, str], int]:
        """How many wrote, by session, case, prompt and perspective; nothing below the floor."""
        rows = self.frame[(self.frame["prompt"] != "") & (self.frame["round"] == "")]
        places = zip(rows["session"], rows["about"], rows["prompt"], rows["perspective"], strict=True)
        return dict(zip(places, map(int, rows["answered"]), strict=True))

    def here(self, about: str) -> list[Sitting]:
        """Return the sessions in which anything may be shown of a case."""
        known = {session for session, case, *_ in self.wrote if case == about}
        return [each for each in self.sittings if each.session in known]

    def section(self) -> Section:
        """Return the section."""
        *earlier, _ = self.days.values()
        telling = self.telling
        known = [name for name in dict.fromkeys(about for _, about, *_ in self.wrote) if len(self.here(name)) >= _TWICE]
        cases = [case for case in map(telling.asked.case, known) if case]
        drawings = [drawing for case in cases for drawing in self.views(case)] + list(self.ratings())
        tables = [table for case in cases for table in self.questions(case)]
        key = "earlier_says" if len(earlier) == 1 else "earlier_says_several"
        top = [telling.says(key, days=telling.listed(earlier))]
        top += [line for case in cases for line in self.moved(case)]
        if not drawings and not tables:
            top.append(telling.says("earlier_nothing"))
        says = (*top, *self.came(), telling.says("earlier_apart"))
        people = [self.people_table()] if telling.series.to_trainer else []
        return Section(telling.says("earlier"), says, tuple(drawings), first=len(top), tables=(*tables, *people))

    # -- who came ---------------------------------------------------------------------------------

    def came(self) -> Iterator[str]:
        """Yield what is said of who was there: to whoever leads, how many; to others, whether all of them were."""
        every = frozenset.intersection(*(each.people for each in self.sittings))
        if all(each.people == every for each in self.sittings):
            yield self.telling.says("earlier_same")
        elif self.telling.series.to_trainer:
            yield self.telling.says("earlier_each", people=len(every))
        else:
            yield self.telling.says("earlier_not_all")

    def people_table(self) -> tuple[str, pd.DataFrame]:
        """Return how many came to each session, and how many of them had come to the one before."""
        rows, before = [], None
        for each in self.sittings:
            again = NONE if before is None else str(len(each.people & before))
            left = NONE if before is None else str(len(before - each.people))
            rows.append((self.days[each.session], str(len(each.people)), again, left))
            before = each.people
        heads = ("session", "people_column", "came_again", "came_no_more")
        return self.telling.says("earlier_people"), _table([self.telling.says(head) for head in heads], rows)

    # -- from where people wrote ------------------------------------------------------------------

    def moved(self, case: Case) -> Iterator[str]:
        """Yield what appeared since the session before, and what went missing."""
        before, last = self.here(case.id)[-_TWICE:]
        then, now = self._views_of(case, before), self._views_of(case, last)
        named = {each.id: each.name for each in case.perspectives}
        for key, views, lacking in (("earlier_new", now - then, before), ("earlier_gone", then - now, last)):
            if then and now and views:
                names = self.telling.listed(name for view, name in named.items() if view in views)
                yield self.telling.says(key, names=names, title=case.title, floor=lacking.floor)

    def _views_of(self, case: Case, sitting: Sitting) -> set[str]:
        """Return the perspectives of a case that enough people wrote from in a session."""
        known = {each.id for each in case.perspectives}
        return {
            view
            for session, about, _, view in self.wrote
            if (session, about) == (sitting.session, case.id) and view in known
        }

    def views(self, case: Case) -> Iterator[Drawing]:
        """Yield a picture for each question that is asked from several places, with the one that asks it again."""
        for asked in _questions(case):
            known = {view for view, *_ in self.telling.perspectives(case.id, asked[0].id)}
            if known & {view for *_, view in self._count(case, asked)}:
                yield self._view(case, asked)

    def _count(self, case: Case, asked: Sequence[Prompt]) -> dict[tuple[str, str, str], int]:
        """Return how many wrote to a question, by session, prompt and perspective; nothing below the floor."""
        ids = {one.id for one in asked}
        return {
            (session, prompt, view): people
            for (session, about, prompt, view), people in self.wrote.items()
            if about == case.id and prompt in ids
        }

    def _view(self, case: Case, asked: Sequence[Prompt]) -> Drawing:
        telling, here, counted = self.telling, self.here(case.id), self._count(case, asked)
        known = telling.perspectives(case.id, asked[0].id)
        columns = [(each, one.id) for each in here for one in asked]
        slopes = [
            Slope(name, tuple(counted.get((each.session, prompt, view), 0) for each, prompt in columns), color)
            for view, name, color in known
        ]
        heads = [(self.short[each.session], len(asked)) for each in here]
        under = [self._under(each) for each in (here[0], here[-1])]
        height, paint = paint_slopes(slopes, heads, under)
        rows = [
            (each.name, *(str(count or self._under(one)) for count, (one, _) in zip(each.counts, columns, strict=True)))
            for each in slopes
        ]
        figures = "; ".join(f"{name}: {', '.join(counts)}" for name, *counts in rows)
        caption = [telling.says("earlier_views_caption", question=telling.question(case.id, asked[0].id))]
        caption += [telling.says("earlier_views_twice")] if len(asked) > 1 else []
        caption += [telling.says("earlier_under", under=" / ".join(dict.fromkeys(under)))]
        return Drawing(
            telling.says("earlier_views"),
            height,
            paint,
            telling.says("earlier_views_alt", times="; ".join(self._times(here, asked)), figures=figures),
            " ".join(caption),
            _table([telling.says("place"), *self._times(here, asked)], rows),
        )

    def _times(self, here: Sequence[Sitting], asked: Sequence[Prompt]) -> list[str]:
        """Return what stands over the columns of a question: the days and, where it is asked again, which time."""
        told = ("",) if len(asked) == 1 else (self.telling.says("earlier_first"), self.telling.says("earlier_again"))
        return [
            ", ".join(filter(None, (self.days[each.session], told[min(number, 1)])))
            for each in here
            for number in range(len(asked))
        ]

    def _under(self, sitting: Sitting) -> str:
        """Return what stands where a count may not: fewer than a session's floor, or none."""
        return f"<{sitting.floor}"

    def questions(self, case: Case) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield a table of how many wrote to the questions that are asked from no place in particular."""
        here, rows = self.here(case.id), []
        for asked in _questions(case):
            counted = self._count(case, asked)
            for one in asked:
                cells = [counted.get((each.session, one.id, "")) for each in here]
                if any(cells):
                    told = (str(count or self._under(each)) for count, each in zip(cells, here, strict=True))
                    rows.append((self.telling.question(case.id, one.id), *told))
        if rows:
            heads = [self.telling.says("question"), *(self.days[each.session] for each in here)]
            yield self.telling.says("earlier_questions", title=case.title), _table(heads, rows)

    # -- what people rated ------------------------------------------------------------------------

    def ratings(self) -> Iterator[Drawing]:
        """Yield pictures of how many gave which answer, each time, of surveys answered in two sessions."""
        rated = self.frame[self.frame["item"] != ""]
        for name, rows in rated.groupby("about", sort=False):
            survey = self.telling.asked.survey(str(name))
            if survey and rows["session"].nunique() >= _TWICE:
                yield from self._spreads(survey, rows)

    def _spreads(self, survey: Survey, rows: pd.DataFrame) -> Iterator[Drawing]:
        counted = rows.set_index(["session", "round", "item", "value"])["answered"].to_dict()
        rounds = {each: in_rounds(rows.loc[rows["session"] == each, "round"]) for each in self.days}
        times = [(session, round_id) for session in self.days for round_id in rounds[session]]
        answered = [item.id for item in survey.items if item.id in set(rows["item"])]
        for scale, items in by_scale(survey, answered, max(2, _LINES // len(times))):
            spreads, lines = [], []
            for item, text in items:
                for time in times:
                    marks = tuple(int(counted.get((*time, item, float(mark)), 0)) for mark in marks_of(scale))
                    spreads.append(Spread(self._time(time, self.short), marks, text if time == times[0] else ""))
                    lines.append((text, self._time(time, self.days)))
            yield self._drawing(survey, scale, spreads, lines)

    def _time(self, time: tuple[str, str], days: Mapping[str, str]) -> str:
        session, round_id = time
        return ", ".join(filter(None, (days[session], round_name(self.telling, round_id) if round_id else "")))

    def _drawing(
        self, survey: Survey, scale: Scale, spreads: Sequence[Spread], lines: Sequence[tuple[str, str]]
    ) -> Drawing:
        telling, ends = self.telling, ends_of(scale)
        height, paint = paint_spreads(spreads, marks_of(scale), ends)
        rows = [
            (*line, str(each.people or NONE), *map(str, each.counts)) for line, each in zip(lines, spreads, strict=True)
        ]
        figures = "; ".join(f"{text}, {when}: {', '.join(counts)}" for text, when, _, *counts in rows)
        heads = [telling.says("item"), telling.says("when"), telling.says("people_column"), *mark_heads(scale)]
        return Drawing(
            telling.says("earlier_spread", title=survey.title),
            height,
            paint,
            telling.says("spread_alt", low=scale.lowest, high=scale.highest, figures=figures),
            telling.says("spread_caption", low=ends[0], high=ends[1]) + " " + telling.says("earlier_spread_caption"),
            _table(heads, rows),
        )


def _questions(case: Case) -> Iterator[tuple[Prompt, ...]]:
    """Yield each question of a case, with those that ask it again."""
    prompts = [prompt for _, prompt in case.prompts()]
    for first in prompts:
        if not first.again:
            yield (first, *(one for one in prompts if one.again == first.id))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  only when something is told

    return pd.DataFrame(rows, columns=list(heads))
