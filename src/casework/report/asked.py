"""What was asked: the files that people worked with, found again by what their events are about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from casework.activity.map import Map
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.activity.survey import FORM, Answering
from casework.content import Folder
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from casework.activity.map import MapState
    from casework.content import Case, Checklist, Survey
    from casework.content.moment import MomentSet
    from casework.content.people import RelationshipMap

Found = TypeVar("Found")


class Asked:
    """The files of a folder, by what events are about; None where a file is not there, or cannot be used.

    Parameters
    ----------
    folder : pathlib.Path, optional
        The folder of workbooks; the nearest one, if not given.
    language : str, optional
        In which the files speak, where they are translated.
    """

    def __init__(self, folder: Path | None = None, language: str = "en") -> None:
        self.language = language
        self._folder = Folder(folder)
        self.case: Callable[[str], Case | None] = cache(self._case)
        self.survey: Callable[[str], Survey | None] = cache(self._survey)
        self.checklist: Callable[[str], Checklist | None] = cache(self._checklist)
        self.observing: Callable[[str], Observe | None] = cache(self._observing)

    def again(self, about: str, prompt: str) -> str:
        """Return the earlier prompt that a prompt of a case asks again; empty if it asks none."""
        case = self.case(about)
        found = (one for _, one in case.prompts() if one.id == prompt) if case else iter(())
        return next((one.again or "" for one in found), "")

    def answering(self, about: str) -> Answering | None:
        """Return the rules of a survey and round."""
        name, _, round_id = about.partition("/")
        survey = self.survey(name)
        return Answering(survey, round_id or None) if survey else None

    def mapping(self, about: str, first: Callable[[], tuple[Map, MapState]] | None = None) -> Map | None:
        """Return the rules of a map and round; `first` gives those of the round before it, with what was drawn."""
        name, at, round_id = about.partition("/map")
        if not at or not (not round_id or round_id.startswith("/")):
            return None
        content: Case | RelationshipMap | None = _found(self._folder.find_drawable, name, self.language)
        return Map(content, round_id[1:] or None, first) if content and content.people else None

    def spread_only(self, survey: str, item: str) -> bool:
        """Return whether a rating may only be shown as a spread; where the survey is not at hand, it may."""
        found = self.survey(survey)
        named = next((one for one in found.items if one.id == item), None) if found else None
        return found is None or named is None or found.spread_only or named.spread_only

    def earlier(self, about: str, form: str, known: Collection[tuple[str, str]]) -> tuple[str, str] | None:
        """Return the form that a form asks again, of those that are known: about what it is, and its name."""
        if form != FORM:
            again = self.again(about, form)
            return (about, again) if (about, again) in known else None
        name, _, round_id = about.partition("/")
        first = (f"{name}/before", FORM)
        return first if round_id and first != (about, form) and first in known else None

    def _case(self, name: str) -> Case | None:
        return _found(self._folder.find_case, name, self.language)

    def _survey(self, name: str) -> Survey | None:
        return _found(self._folder.find_survey, name, self.language)

    def _checklist(self, name: str) -> Checklist | None:
        return _found(self._folder.find_checklist, name, self.language)

    def _observing(self, about: str) -> Observe | None:
        *held, last = about.split("/")
        checklist = self.checklist(last)
        ground = self._ground(held)
        return Observe(ground, checklist) if checklist and ground else None

    def _ground(self, held: list[str]) -> Ground | None:
        match held:
            case ["live", _]:
                return Ground("/".join(held), "")
            case ["moments", set_id, moment]:
                holder: MomentSet | Case | None = _found(self._folder.find_moments, set_id, self.language)
            case [case_id, moment]:
                holder = self.case(case_id)
            case _:
                return None
        found = next((one for one in holder.moments if one.id == moment), None) if holder else None
        return Ground("/".join(held), found.title, found) if found else None


def _found(find: Callable[[str, str], Found], name: str, language: str) -> Found | None:
    try:
        return find(name, language)
    except ContentError:
        return None
