"""Reports: what a group saw, for its trainer, for itself and for an organisation; and one's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from casework.activity.seeing import FLOOR
from casework.report.asked import Asked
from casework.report.document import Document
from casework.report.frames import Frames, take_run
from casework.report.gathered import Gathered
from casework.report.section_agreement import agreement_sections
from casework.report.section_earlier import earlier_sections
from casework.report.section_ratings import ratings_sections
from casework.report.section_views import views_sections, words_sections
from casework.report.section_ways import ways_sections
from casework.report.series import Series, Sitting
from casework.report.told import Telling, made
from casework.store.exports import as_trainer
from casework.store.records import Visit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from casework.store import Run, Store

Whom = Literal["trainer", "group", "organisation", "learner"]
"""Whom a report is for."""

TO_THE_GROUP = frozenset({"group_unnamed", "group_named"})

_SECTIONS = (views_sections, ratings_sections, agreement_sections, ways_sections, earlier_sections, words_sections)

_FEWEST = 2

LEFT_OUT: Mapping[Whom, frozenset[str]] = {
    "trainer": frozenset({"name"}),
    "group": frozenset({"name"}),
    "organisation": frozenset({"name", "text", "author", "pair", "id", "joined_at"}),
    "learner": frozenset(),
}
"""The columns of frames that may not leave with a report."""


def frames_for(store: Store, run: Run, reader: Visit, whom: Whom, asked: Asked) -> Frames:
    """Return what may stand in a report.

    Parameters
    ----------
    store : Store
        Where the run is kept.
    run : Run
        The run.
    reader : Visit
        Whose run it is, for a learner; for the others what they may see decides.
    whom : {"trainer", "group", "organisation", "learner"}
        Whom the report is for: the trainer reads what was shared with them or the group, the group what was
        shown to it, an organisation's figures rest on what was given to the group.
    asked : Asked
        The files that people worked with.
    """
    gathered = Gathered(asked)
    if whom == "organisation":
        gathered.audiences = TO_THE_GROUP
    if whom == "group":
        reader = Visit("", "", "screen", run.id)
    elif whom != "learner":
        reader = as_trainer(run)
    take_run(gathered, store, run, reader)
    return Frames(gathered)


def group_report(  # noqa: PLR0913  what it is of, whom it is for, and how it speaks
    store: Store,
    run: Run,
    whom: Whom = "group",
    *,
    language: str = "en",
    folder: Path | None = None,
    at: datetime | None = None,
    reader: Visit | None = None,
) -> Document:
    """Return the report on a group's run; nobody's name is in it.

    Parameters
    ----------
    store, run, whom
        As of `frames_for`.
    language : str, optional
        In which it speaks.
    folder : pathlib.Path, optional
        The folder of workbooks; the nearest one, if not given.
    at : datetime, optional
        When it is made; now, if not given.
    reader : Visit, optional
        The page of the trainer who asks for it: of the sessions that the run goes on from, those that they lead, too,
        stand beside it. Whoever looks after the store, if not given.
    """
    frames = frames_for(store, run, as_trainer(run), whom, Asked(folder, language))
    people = len(store.participants(as_trainer(run), run))
    return frames_report(
        frames,
        whom,
        people=people,
        floor=run.floor or 0,
        language=language,
        folder=folder,
        workbook=run.workbook,
        at=at,
        series=read_series(store, run, reader or as_trainer(run), whom, Asked(folder, language), frames=frames),
    )


def read_series(  # noqa: PLR0913  as of `frames_for`
    store: Store, run: Run, reader: Visit, whom: Whom, asked: Asked, *, frames: Frames | None = None
) -> Series:
    """Return a run with those that it goes on from, as far as its trainer leads them.

    Parameters
    ----------
    store, run, whom, asked
        As of `frames_for`.
    reader : Visit
        The page of the run's trainer, or whoever looks after the store.
    frames : Frames, optional
        What was read of the run itself, if it was.
    """
    listed = store.series(reader, run)
    if len(listed) < _FEWEST:
        return Series(lacking=bool(listed and listed[0].continues))
    sittings = []
    for each in listed:
        here = frames if frames and each.run.id == run.id else frames_for(store, each.run, reader, whom, asked)
        people = store.participants(as_trainer(each.run), each.run)
        who = frozenset(one.learner_id for one in people)
        sittings.append(Sitting(each.run.id, each.opened_at, each.run.floor or FLOOR, here, who))
    return Series(tuple(sittings), to_trainer=whom == "trainer")


def frames_report(  # noqa: PLR0913  as of `group_report`
    frames: Frames,
    whom: Whom = "organisation",
    *,
    people: int,
    floor: int = FLOOR,
    language: str = "en",
    folder: Path | None = None,
    workbook: str = "",
    at: datetime | None = None,
    series: Series | None = None,
) -> Document:
    """Return the report on frames that were read before, such as those of several sessions together.

    Parameters
    ----------
    frames : Frames
        What it rests on. All of it is in the report: read them as whom it is for may read.
    whom : {"trainer", "group", "organisation"}, optional
        Whom it is for; an organisation gets no words.
    people : int
        How many took part.
    floor : int, optional
        The floor of the sessions.
    language, folder, at
        As of `group_report`.
    workbook : str, optional
        What the report is called, if no case in it has a title.
    series : Series, optional
        The session with those that it goes on from.
    """
    asked = Asked(folder, language)
    telling = Telling(frames, asked, language, floor, whom != "organisation", series or Series())
    sections = tuple(section for make in _SECTIONS for section in make(telling))
    says = [telling.says(f"what_{whom}"), telling.says("people", people=people), telling.says("floor", floor=floor)]
    if not sections:
        says.append(telling.says(f"empty_{whom}"))
    if telling.series.lacking and whom == "trainer":
        says.append(telling.says("earlier_lacking"))
    return Document(
        telling.says(f"title_{whom}"),
        f"{_title(telling, workbook)} · {made(telling, at)}",
        language,
        tuple(says),
        sections,
        tuple(_notes(telling, sections)),
    )


def _title(telling: Telling, workbook: str) -> str:
    cases = [telling.asked.case(name) for name in dict.fromkeys(telling.frames.responses["about"])]
    return next((case.title for case in cases if case), workbook)


def _notes(telling: Telling, sections: tuple[object, ...]) -> list[str]:
    if not sections:
        return []
    notes = [telling.says("no_effect")]
    if (telling.frames.ratings["round"] != "").any():
        notes.append(telling.says("effect_note"))
    if not telling.frames.observations.empty:
        notes.append(telling.says("agreement_note"))
    return notes
