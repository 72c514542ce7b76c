"""The rules of a survey: what is answered, what counts, and where one is in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from casework.activity.intents import Write, read_intent
from casework.activity.rules import MOVED_ON, Response, as_event, cell, views
from casework.activity.sharing import Share, Shared, check_share, sharing_view
from casework.activity.survey_answers import Answer, answer_of, row_of
from casework.activity.survey_intents import Finish, Give, Go, Reopen, SurveyIntent
from casework.activity.survey_profile import profile
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.activity.survey_answers import Value
    from casework.content import Survey, SurveyItem

FORM = "survey"
"""What is shared as one: the survey as a whole."""

LONGEST_NAME = 80
"""Characters of a role or of initials."""

WRITTEN = frozenset({"open", "person", "plan"})
"""The kinds of items that one writes into."""


@dataclass(frozen=True, slots=True)
class SurveyState:
    """What someone answered in one round, and where they are."""

    given: Mapping[str, Answer] = field(default_factory=dict)
    """By item: what was chosen last; what was taken back is not among it."""
    responses: Mapping[str, Response] = field(default_factory=dict)
    """By field: what was written last."""
    at: str | None = None
    """The item that one turned to last."""
    finished: bool = False
    shared: Mapping[str, Shared] = field(default_factory=dict)


class Answering:
    """The rules of answering a survey, once or in one of several rounds.

    Parameters
    ----------
    survey : Survey
        What is answered.
    round_id : str, optional
        Which round, such as ``"before"``; none if it is answered once.
    earlier : callable, optional
        Gives the state of the round that this one looks back to, or None while there is none.
    """

    def __init__(
        self,
        survey: Survey,
        round_id: str | None = None,
        earlier: Callable[[], SurveyState | None] | None = None,
    ) -> None:
        self.survey = survey
        self.round = round_id
        self.about = f"{survey.id}/{round_id}" if round_id else survey.id
        self.content_hash = survey.content_hash
        self.words = words(survey.language)
        self._earlier = earlier or (lambda: None)
        self._items = {item.id: item for item in survey.items}
        self._scales = {scale.id: scale for scale in survey.scales}

    def start(self) -> SurveyState:
        """Return the state before anything happened."""
        return SurveyState()

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: SurveyState, event: Event) -> SurveyState:
        """Return the state after an event; one that no longer fits the survey changes nothing."""
        known = self._appliers.get(event.kind)
        return state if known is None else known(self, state, event)

    def _answer(self, state: SurveyState, event: Event) -> SurveyState:
        name, value = event.body["item"], event.body["value"]
        if not self._fits(name, value):
            return state
        others = {item: given for item, given in state.given.items() if item != name}
        given = others if value in (None, [], {}) else {**others, name: Answer(event.id, value, event.at)}
        return replace(state, given=given)

    def _write(self, state: SurveyState, event: Event) -> SurveyState:
        body = event.body
        if not self._has_field(body["prompt"], body["perspective"]):
            return state
        response = Response(event.id, body["text"], event.at)
        return replace(state, responses={**state.responses, cell(body["prompt"], body["perspective"]): response})

    def _go(self, state: SurveyState, event: Event) -> SurveyState:
        return replace(state, at=event.body["item"]) if event.body["item"] in self._items else state

    def _finish(self, state: SurveyState, _event: Event) -> SurveyState:
        return replace(state, finished=True)

    def _reopen(self, state: SurveyState, _event: Event) -> SurveyState:
        return replace(state, finished=False)

    def _share(self, state: SurveyState, event: Event) -> SurveyState:
        if event.body["form"] != FORM:
            return state
        return replace(state, shared={FORM: Shared.of(event)})

    _appliers: Mapping[str, Callable[[Answering, SurveyState, Event], SurveyState]] = {
        "answer": _answer,
        "write": _write,
        "go": _go,
        "finish": _finish,
        "reopen": _reopen,
        "share": _share,
    }

    # -- what fits --------------------------------------------------------------------------------

    def _fits(self, name: str, value: Value | None) -> bool:
        """Return whether an item can have this answer."""
        item = self._items.get(name)
        if item is None or item.kind in WRITTEN:
            return False
        return value is None or self._fitters[item.kind](self, item, value)

    def _fits_scale(self, item: SurveyItem, value: Value) -> bool:
        scale = self._scales.get(item.scale or "")
        return scale is not None and type(value) is int and scale.lowest <= value <= scale.highest

    def _fits_options(self, item: SurveyItem, value: Value) -> bool:
        return isinstance(value, str) and value in _ids(item.options)

    def _fits_several(self, item: SurveyItem, value: Value) -> bool:
        return isinstance(value, list) and len(set(value)) == len(value) and set(value) <= _ids(item.options)

    def _fits_day(self, _item: SurveyItem, value: Value) -> bool:
        try:
            return date.fromisoformat(str(value)).isoformat() == value
        except ValueError:
            return False

    def _fits_sorting(self, item: SurveyItem, value: Value) -> bool:
        if item.piles is None:
            return isinstance(value, list) and (not value or Counter(value) == Counter(_ids(item.options)))
        return (
            isinstance(value, dict) and value.keys() <= _ids(item.options) and set(value.values()) <= _ids(item.piles)
        )

    _fitters: Mapping[str, Callable[[Answering, SurveyItem, Value], bool]] = {
        "rated": _fits_scale,
        "single": _fits_options,
        "multiple": _fits_several,
        "date": _fits_day,
        "sort": _fits_sorting,
    }

    def _has_field(self, name: str, place: str) -> bool:
        """Return whether an item has this field to write into: a plan has one in each row and column."""
        item = self._items.get(name)
        if item is None or item.kind not in WRITTEN:
            return False
        if item.kind != "plan":
            return place == ""
        row, column = row_of(place)
        return row > 0 and column in _ids(item.columns)

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: SurveyState, message: object, at: datetime, group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If it answers what is not asked, or with what is no answer to it.
        """
        intent = read_intent(SurveyIntent, message, self.words)
        event = as_event(self, intent, at)
        match intent:
            case Write():
                self._may_write(intent)
            case Give() if not self._fits(intent.item, intent.value):
                raise Refused(self.words["survey.refused_answer"])
            case Go() if intent.item not in self._items:
                raise Refused(self.words["survey.refused_item"])
            case Share():
                self._may_share(state, intent, group)
            case Finish() | Reopen() if self.apply(state, event) == state:
                raise Refused(MOVED_ON)
        return event

    def _may_write(self, intent: Write) -> None:
        if not self._has_field(intent.prompt, intent.perspective):
            raise Refused(self.words["survey.refused_item"])
        if self._items[intent.prompt].kind == "person" and len(intent.text) > LONGEST_NAME:
            raise Refused(self.words["survey.refused_person"].format(limit=LONGEST_NAME))

    def _may_share(self, state: SurveyState, intent: Share, group: Group | None) -> None:
        if intent.form != FORM:
            raise Refused(self.words["refused.elsewhere"])
        check_share(
            intent,
            about=self.about,
            offered=self.survey.share,
            own=self.shareable(state),
            before=state.shared.get(FORM),
            group=group,
            words=self.words,
        )

    # -- what counts ------------------------------------------------------------------------------

    def asked(self, state: SurveyState) -> tuple[SurveyItem, ...]:
        """Return the items that are asked as things stand; the others are hidden, and do not count."""
        found: dict[str, SurveyItem] = {}
        for item in self.survey.items:
            when = item.relevant
            if when is None or (when.item in found and _says(state.given.get(when.item), when.is_)):
                found[item.id] = item
        return tuple(found.values())

    def answers(self, state: SurveyState) -> dict[str, Answer]:
        """Return what counts: by item that is asked and answered, the answer in words and as a value."""
        told = ((item.id, answer_of(self.survey, item, state.given, state.responses)) for item in self.asked(state))
        return {name: answer for name, answer in told if answer is not None}

    def shareable(self, state: SurveyState) -> list[str]:
        """Return the ids of the events that a share may give away: those of the answers that count."""
        return [
            event
            for name, answer in self.answers(state).items()
            if not self._items[name].private
            for event in answer.events
        ]

    # -- view -------------------------------------------------------------------------------------

    def view(self, state: SurveyState, group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a survey shows; an earlier round only once this one is finished."""
        asked = {item.id for item in self.asked(state)}
        first = self._earlier()
        return {
            "answers": self._told(state),
            "responses": views(state.responses),
            "hidden": [name for name in self._items if name not in asked],
            "at": state.at,
            "finished": state.finished,
            "again": first is not None,
            "profile": self._profile(state) if state.finished else None,
            "earlier": self._look_back(first) if first and state.finished else None,
            "sharing": sharing_view(self.about, {FORM: self.survey.share}, state.shared, group),
            "events": self.shareable(state) if group else [],
        }

    def _told(self, state: SurveyState) -> dict[str, Any]:
        return {name: answer.view() for name, answer in self.answers(state).items()}

    def _profile(self, state: SurveyState) -> list[dict[str, Any]]:
        return [line.view() for line in profile(self.survey, self.answers(state))]

    def _look_back(self, first: SurveyState) -> dict[str, Any]:
        return {"answers": self._told(first), "profile": self._profile(first)}


def _ids(options: Any) -> set[str]:  # noqa: ANN401  options, piles or columns, or none
    return {option.id for option in options or ()}


def _says(answer: Answer | None, wanted: str) -> bool:
    """Return whether the answer to an earlier item is the one that asks a later item."""
    if answer is None:
        return False
    return wanted in answer.value if isinstance(answer.value, list) else str(answer.value) == wanted
