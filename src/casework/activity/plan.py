"""The rules of an action plan: steps, each with what, who, by when and a sign of success, looked at again later.

A plan belongs to its learner and to no run, so that it can grow from one session and be reviewed in another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from casework.activity.intents import Write, read_intent
from casework.activity.plan_intents import Add, By, PlanIntent, Remove, Restore, Review
from casework.activity.rules import MOVED_ON, Response, as_event, cell, views
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.content import Survey

MOST_STEPS = 100
"""Steps in one plan, those that were removed among them."""

FIELDS = ("what", "who", "sign")
"""What one writes for each step."""

CLOSED = frozenset({"done", "let-go"})
"""After which reviews a step is no longer waited for."""

_NOTE = re.compile(r"note-(0|[1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How a step went, said on a day."""

    how: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan."""

    id: str
    item: str | None
    """The item of the survey that it grew from."""
    at: datetime
    by: str | None = None
    """The day, as ``2026-11-22``."""
    removed: bool = False
    reviews: tuple[Reviewed, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still waits to be taken."""
        return not self.removed and (not self.reviews or self.reviews[-1].how not in CLOSED)


@dataclass(frozen=True, slots=True)
class PlanState:
    """The steps in the order they were begun, and what is written in them."""

    steps: Mapping[str, Step] = field(default_factory=dict)
    responses: Mapping[str, Response] = field(default_factory=dict)

    def text(self, step: str, place: str) -> str:
        """Return what is written in one field of a step."""
        response = self.responses.get(cell(step, place))
        return response.text.strip() if response else ""


class Plan:
    """The rules of the action plan that grows from a survey.

    Parameters
    ----------
    survey : Survey
        The survey from whose items steps can grow.
    answered : callable, optional
        Gives one's answers to the survey in words, by item, to stand beside its items.
    """

    def __init__(self, survey: Survey, answered: Callable[[], Mapping[str, str]] | None = None) -> None:
        self.survey = survey
        self.about = f"{survey.id}/plan"
        self.content_hash = survey.content_hash
        self.words = words(survey.language)
        self._answered = answered or dict
        self._items = {item.id for item in survey.items}

    def start(self) -> PlanState:
        """Return the state before anything happened."""
        return PlanState()

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: PlanState, event: Event) -> PlanState:
        """Return the state after an event; one about a step that is not there changes nothing."""
        known = self._appliers.get(event.kind)
        return state if known is None else known(self, state, event)

    def _add(self, state: PlanState, event: Event) -> PlanState:
        if event.id in state.steps or len(state.steps) >= MOST_STEPS:
            return state
        return replace(state, steps={**state.steps, event.id: Step(event.id, event.body["item"], event.at)})

    def _write(self, state: PlanState, event: Event) -> PlanState:
        body = event.body
        if not _has_field(state, body["prompt"], body["perspective"]):
            return state
        response = Response(event.id, body["text"], event.at)
        return replace(state, responses={**state.responses, cell(body["prompt"], body["perspective"]): response})

    def _by(self, state: PlanState, event: Event) -> PlanState:
        return _change(state, event, by=event.body["day"])

    def _remove(self, state: PlanState, event: Event) -> PlanState:
        return _change(state, event, removed=True)

    def _restore(self, state: PlanState, event: Event) -> PlanState:
        return _change(state, event, removed=False)

    def _review(self, state: PlanState, event: Event) -> PlanState:
        step = state.steps.get(event.body["step"])
        if step is None or event.body["number"] != len(step.reviews):
            return state
        return _change(state, event, reviews=(*step.reviews, Reviewed(event.body["how"], event.at)))

    _appliers: Mapping[str, Callable[[Plan, PlanState, Event], PlanState]] = {
        "add": _add,
        "write": _write,
        "by": _by,
        "remove": _remove,
        "restore": _restore,
        "review": _review,
    }

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: PlanState, message: object, at: datetime, _group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If it names a step or an item that is not there, or the plan is full.
        """
        intent = read_intent(PlanIntent, message, self.words)
        event = as_event(self, intent, at)
        match intent:
            case Add() if intent.item is not None and intent.item not in self._items:
                raise Refused(self.words["survey.refused_item"])
            case Add() if len(state.steps) >= MOST_STEPS:
                raise Refused(self.words["plan.refused_full"].format(most=MOST_STEPS))
            case Write() if not _has_field(state, intent.prompt, intent.perspective):
                raise Refused(self.words["plan.refused_step"])
            case By() | Remove() | Restore() | Review() if intent.step not in state.steps:
                raise Refused(self.words["plan.refused_step"])
            case Remove() | Restore() | Review() if self.apply(state, event) == state:
                raise Refused(MOVED_ON)
        return event

    # -- view -------------------------------------------------------------------------------------

    def view(self, state: PlanState, _group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a plan shows."""
        return {
            "steps": [self._told(step) for step in state.steps.values()],
            "responses": views(state.responses),
            "answered": dict(self._answered()),
        }

    def _told(self, step: Step) -> dict[str, Any]:
        return {
            "id": step.id,
            "item": step.item if step.item in self._items else None,
            "at": step.at.isoformat(timespec="seconds"),
            "by": step.by,
            "removed": step.removed,
            "open": step.open,
            "reviews": [{"how": one.how, "at": one.at.isoformat(timespec="seconds")} for one in step.reviews],
        }


def _change(state: PlanState, event: Event, **changes: Any) -> PlanState:  # noqa: ANN401  fields of a step
    step = state.steps.get(event.body["step"])
    return state if step is None else replace(state, steps={**state.steps, step.id: replace(step, **changes)})


def _has_field(state: PlanState, name: str, place: str) -> bool:
    """Return whether a step has this field; the note of a review can be written until the review is made."""
    step = state.steps.get(name)
    if step is None:
        return False
    note = _NOTE.fullmatch(place)
    return place in FIELDS or (note is not None and int(note[1]) == len(step.reviews))
