"""Everything of one person as one page to keep, with the earlier versions of what they wrote over."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from casework.content import Folder
from casework.serve.gallery import find_workbooks
from casework.serve.languages import site_words
from casework.serve.questions import naming

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from casework.serve.pages import Site
    from casework.store import OwnEvent, OwnFile


@dataclass(slots=True)
class Words:
    """What somebody wrote in one place, the last version first."""

    question: str
    place: str
    """The same by its ids, as the data file has them."""
    versions: list[tuple[str, datetime]] = field(default_factory=list)


@dataclass(slots=True)
class Step:
    """Something else that they did."""

    kind: str
    details: str
    at: datetime


@dataclass(slots=True)
class About:
    """What somebody left about one piece of content."""

    title: str
    written: list[Words]
    steps: list[Step]


@dataclass(slots=True)
class Work:
    """What somebody left in one run of a workbook."""

    title: str
    name: str | None
    about: list[About]


def drawn_for(site: Site, own: OwnFile, language: str) -> list[Work]:
    """Return everything of one person, as the page shows it.

    Parameters
    ----------
    site : Site
        Whose content gives the questions; where they are gone, their ids stand for them.
    own : OwnFile
        What the store gave to its author.
    language : str
        The language of the page.
    """
    folder = Folder(site.folder)
    titles = {each.id: each.edition(language).title for each in find_workbooks(site.folder)}
    titles["own-papers"] = site_words(language)["own_papers"]
    return [
        Work(
            titles.get(run.workbook, run.workbook),
            run.name,
            [
                _about(folder, about, list(events), language)
                for about, events in groupby(_sorted(run.events), key=lambda each: each.about)
            ],
        )
        for run in own.runs
    ]


def _sorted(events: tuple[OwnEvent, ...]) -> list[OwnEvent]:
    """Return events by what they are about, in the order of the first of each; within it as the store has them."""
    first: dict[str, int] = {}
    for event in events:
        first.setdefault(event.about, len(first))
    return sorted(events, key=lambda each: first[each.about])


def _about(folder: Folder, about: str, events: list[OwnEvent], language: str) -> About:
    told = naming(folder, about, events, language)
    written: dict[str, Words] = {}
    steps = []
    for event in events:
        text = event.body.get("text")
        if isinstance(text, str) and event.kind == "write":
            place = {name: value for name, value in event.body.items() if name != "text"}
            words = written.setdefault(_plainly(place), Words(told.question(place), _plainly(place)))
            words.versions.insert(0, (text, event.at))  # the store's order, whatever a clock said
        else:
            steps.append(Step(*told.step(event), event.at))
    return About(told.title, list(written.values()), steps)


def _plainly(place: Mapping[str, Any]) -> str:
    """Return the ids of a place, as the data file has them."""
    return "/".join(str(value) for value in place.values() if value not in ("", None))
