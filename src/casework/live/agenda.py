"""The agenda of a room: the notebook's activities in the order of its cells, found in the server's own folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any, Protocol, get_args

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from casework.activity.differing import TOLERANCE
from casework.activity.group import Group
from casework.activity.map import Map
from casework.activity.map_view import heading, map_page
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.activity.observe_page import observe_page
from casework.activity.page import Layout, reflect_page, walk_page
from casework.activity.rules import FIRST_ROUND
from casework.activity.survey import Answering
from casework.activity.survey_page import survey_page
from casework.activity.walk import Reflect, Walk
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from casework.activity.map import MapState
    from casework.activity.rules import Rules
    from casework.activity.survey import SurveyState
    from casework.content import Case, Folder, MomentSet, Survey
    from casework.content.people import RelationshipMap

LONGEST_AGENDA = 60

Place = Annotated[str, Field(pattern=r"^[a-z]+:[a-z0-9:/-]{1,250}$")]
"""Where an activity stands in the agenda: the key of its widget in the notebook, such as ``walk:first-goodbye``."""


class Item(BaseModel):
    """One activity of the agenda, as the notebook names it. It holds no content: the server has its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    place: Place
    activity: Annotated[str, Field(pattern=r"^[a-z]{1,30}$")]
    """What is done with it: ``walk``, ``reflect``, ``observe``, ``survey``, ``map``."""
    content: Annotated[str, Field(pattern=r"^[a-z0-9/-]{1,250}$")]
    """Ids joined by ``/``: a case; a case, its moment, a checklist; ``moments``, a set, its moment, a checklist; a
    survey and its round; a map or a case, ``map``, its round."""
    options: Annotated[dict[str, JsonValue], Field(max_length=20)] = Field(default_factory=dict)
    """What the notebook says beyond that, under the names of its own options: for ``reflect`` the prompts, for one."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    """The notebook's language; learners choose their own where there is a translation."""
    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")] = ""
    """The version that the notebook shows; the room warns where the server has another."""


Agenda = Annotated[tuple[Item, ...], Field(max_length=LONGEST_AGENDA, strict=False)]


@dataclass(frozen=True, slots=True)
class Asked:
    """One form of an activity: what is shared as one."""

    form: str
    offered: str
    """The widest audience that the content offers."""
    perspectives: tuple[str, ...] = ()
    again: str | None = None
    """The earlier form that this one asks again."""
    spread_only: frozenset[str] = frozenset()
    """The items of which nobody may know what one person answered."""


@dataclass(frozen=True, slots=True)
class Playable:
    """An activity that a room can open: its rules, what its page is given, and what can be shared of it."""

    rules: Rules[Any]
    title: str
    page: Callable[[], dict[str, Any]]
    forms: Mapping[str, Asked] = field(default_factory=dict)
    first: Rules[Any] | None = None
    """The rules of the round that one looks back to: the first, or the same in an earlier session."""
    beside: Callable[[Any], Rules[Any]] | None = None
    """Makes of the state of that round the rules with it in sight."""

    @property
    def recalls(self) -> bool:
        """Whether what one wrote in an earlier session stands beside its fields while one writes."""
        return isinstance(self.rules, Walk | Reflect)

    @property
    def led(self) -> bool:
        """Whether a group can be led through it step by step."""
        return isinstance(self.rules, Walk)


class Resolve(Protocol):
    """Finds the activity that an item of the agenda names."""

    def __call__(self, item: Item, language: str) -> Playable:
        """Return it in a language, or in the notebook's own where it is not translated; else raise `ContentError`."""
        ...


class FolderResolve:
    """Resolves the items of an agenda in a folder of content, and keeps what it found.

    Parameters
    ----------
    folder : Folder
        Where cases and checklists are.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._found: dict[tuple[str, str], Playable] = {}

    def __call__(self, item: Item, language: str) -> Playable:
        """Return the activity of an item, in a language or else in the notebook's own."""
        known = (item.model_dump_json(exclude={"content_hash"}), language)
        if known not in self._found:
            try:
                self._found[known] = self._make(item, language)
            except ContentError:
                if language == item.language:
                    raise
                self._found[known] = self(item, item.language)
        return self._found[known]

    def _make(self, item: Item, language: str) -> Playable:
        make = MAKERS.get(item.activity)
        if make is None:
            raise ContentError(
                f"The agenda names the activity '{item.activity}', which is none of a group's: {', '.join(MAKERS)}."
            )
        return make(item, self._folder, language)


def _make_walk(item: Item, folder: Folder, language: str) -> Playable:
    case = folder.find_case(item.content, language)
    at_end = item.options.get("map_at_end") is not False
    return Playable(Walk(case), case.title, cache(lambda: walk_page(case, map_at_end=at_end)), case_forms(case))


def _make_reflect(item: Item, folder: Folder, language: str) -> Playable:
    case = folder.find_case(item.content, language)
    named = item.options.get("prompts")
    wanted = [str(each) for each in named] if isinstance(named, list) else []
    prompts = tuple(case.find_prompt(each).id for each in wanted)
    if not prompts:
        raise ContentError(f"'{item.place}' in the agenda names no prompt of '{case.id}'; name one under 'prompts'.")
    forms = {name: form for name, form in case_forms(case).items() if name in prompts}
    told = item.options.get("layout")
    layout: Layout = next((one for one in get_args(Layout) if one == told), "stacked")
    return Playable(Reflect(Walk(case), prompts), case.title, cache(lambda: reflect_page(case, prompts, layout)), forms)


def _make_observe(item: Item, folder: Folder, language: str) -> Playable:
    *holding, moment_id, checklist_id = ["", "", *item.content.split("/")]
    checklist = folder.find_checklist(checklist_id, language)
    match [each for each in holding if each]:
        case [case_id]:
            holder: Case | MomentSet = folder.find_case(case_id, language)
        case ["moments", set_id]:
            holder = folder.find_moments(set_id, language)
        case _:
            raise ContentError(f"'{item.place}' in the agenda says no moment; name a case, a moment and a checklist.")
    moment = holder.find_moment(moment_id)
    ground = Ground("/".join(each for each in [*holding, moment_id] if each), moment.title, moment)
    named, tolerance = item.options.get("reference"), item.options.get("tolerance")
    reference = folder.find_coding(named, language) if isinstance(named, str) else None
    seconds = float(tolerance) if isinstance(tolerance, int | float) and tolerance >= 0 else TOLERANCE
    rules = Observe(ground, checklist, reference, seconds)
    pace = "told" if item.options.get("pace") == "told" else "steps"
    page = cache(lambda: observe_page(ground, checklist, holder, pace=pace, reference=reference))
    return Playable(rules, moment.title, page, forms_of(rules))


def _make_survey(item: Item, folder: Folder, language: str) -> Playable:
    survey_id, _, round_id = item.content.partition("/")
    survey = folder.find_survey(survey_id, language)
    rules = Answering(survey, round_id or None)
    one_by_one = item.options.get("one_by_one") is True
    page = cache(lambda: survey_page(survey, rules.round, one_by_one=one_by_one))
    quiet = frozenset(one.id for one in survey.items if one.spread_only or (survey.spread_only and one.kind == "rated"))
    forms = {name: replace(form, spread_only=quiet) for name, form in forms_of(rules).items()}
    first = Answering(survey, FIRST_ROUND) if rules.round else rules
    beside = partial(_survey_beside, survey, rules.round)
    return Playable(rules, survey.title, page, forms, first, beside)


def _survey_beside(survey: Survey, round_id: str | None, first: SurveyState) -> Answering:
    return Answering(survey, round_id, lambda: first)


def _make_map(item: Item, folder: Folder, language: str) -> Playable:
    map_id, _, round_id = item.content.partition("/map")
    content = folder.find_drawable(map_id, language)
    if not content.people:
        raise ContentError(f"'{item.place}' in the agenda cannot be drawn: '{map_id}' names no people.")
    rules = Map(content, round_id.strip("/") or None)
    first = Map(content, FIRST_ROUND) if rules.round else rules
    beside = partial(_map_beside, content, rules.round, first)
    return Playable(rules, heading(rules), cache(lambda: map_page(rules)), forms_of(rules), first, beside)


def _map_beside(content: Case | RelationshipMap, name: str | None, rules: Map, first: MapState) -> Map:
    return Map(content, name, first=lambda: (rules, first))


MAKERS: dict[str, Callable[[Item, Folder, str], Playable]] = {
    "walk": _make_walk,
    "reflect": _make_reflect,
    "observe": _make_observe,
    "survey": _make_survey,
    "map": _make_map,
}
"""The activities that a group can do together, each with what makes it of an item; a new activity adds itself here."""


def case_forms(case: Case) -> dict[str, Asked]:
    """Return the forms of a case: its prompts, in the order of the file."""
    prompts = [prompt for _, prompt in case.prompts()]
    return {one.id: Asked(one.id, one.share, tuple(one.perspectives), one.again) for one in prompts}


def forms_of(rules: Rules[Any]) -> dict[str, Asked]:
    """Return the forms of any other activity, as its page would be offered them."""
    sharing = rules.view(rules.start(), Group("")).get("sharing") or {"forms": {}}
    return {form: Asked(form, told["widest"]) for form, told in sharing["forms"].items()}


def check_agenda(items: Sequence[Item], resolve: Resolve) -> None:
    """Raise `ContentError` if the server cannot show an item of the agenda, or two stand in one place."""
    if not items:
        raise ContentError("The agenda is empty; put an activity into the notebook, and run it.")
    twice = [place for place, number in Counter(item.place for item in items).items() if number > 1]
    if twice:
        raise ContentError(f"'{twice[0]}' stands in the agenda twice; leave one of them out.")
    for item in items:
        resolve(item, item.language)


def find_changed(items: Iterable[Item], resolve: Resolve) -> list[str]:
    """Return the places whose content the server has in another version than the notebook showed."""
    return [
        item.place
        for item in items
        if item.content_hash and resolve(item, item.language).rules.content_hash != item.content_hash
    ]
