"""The rules of the vignette walkthrough, and of the reflections that share its words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from casework.activity.dealing import DECLINED, Decline, Take, check_deal, dealt_view
from casework.activity.intents import Write, read_intent
from casework.activity.rules import MOVED_ON, Response, as_event, cell, views
from casework.activity.sharing import Share, Shared, check_share, sharing_view, was_shown
from casework.activity.walk_intents import (
    Again,
    Choose,
    ComeBack,
    GoBack,
    GoOn,
    ReflectIntent,
    Start,
    StepOut,
    WalkIntent,
)
from casework.content.way_drawing import Trodden, draw_way
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.content import Case, Choice, Prompt

Step = Literal["start", "read", "pause", "turn"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A scene on the way, and the choice that led on from it."""

    scene: str
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class WalkState:
    """Where someone is in a case, how they came there, and what they wrote."""

    step: Step = "start"
    way: tuple[Stop, ...] = ()
    """The way to here, going back cut off; the last stop is here."""
    tried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The choices ever taken at each scene."""
    visited: tuple[str, ...] = ()
    """Every scene ever seen, in the order of first sight."""
    paused: frozenset[str] = frozenset()
    """The scenes whose pause was reached."""
    stepped_out: bool = False
    responses: Mapping[str, Response] = field(default_factory=dict)
    shared: Mapping[str, Shared] = field(default_factory=dict)
    """What was said last about who may see a prompt's words."""
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The fields of each prompt that were given along with that."""
    dealt: Mapping[str, str] = field(default_factory=dict)
    """What someone made of a perspective that was dealt to them, by prompt."""

    @property
    def here(self) -> str | None:
        """The scene one is at; None before the first."""
        return self.way[-1].scene if self.way else None


class Walk:
    """The rules of walking through a case.

    Parameters
    ----------
    case : Case
        What is walked through.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.about = case.id
        self.content_hash = case.content_hash
        self.words = words(case.language)
        self._scenes = {scene.id: scene for scene in case.scenes}
        self._asked_in = {prompt.id: scene.id for scene, prompt in case.prompts()}
        self._ahead = _longest_ways(case)
        self._drawn: tuple[Trodden | None, dict[str, str | None]] = (None, {})

    def start(self) -> WalkState:
        """Return the state before anything happened."""
        return WalkState()

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: WalkState, event: Event) -> WalkState:
        """Return the state after an event; one that no longer fits the case changes nothing."""
        known = self._appliers.get(event.kind)
        return state if known is None else known(self, state, event)

    def _start(self, state: WalkState, _event: Event) -> WalkState:
        return state if state.way else self._enter(state, self.case.scenes[0].id)

    def _go_on(self, state: WalkState, event: Event) -> WalkState:
        scene, step = state.here, state.step
        if scene is None or event.body["scene"] != scene or event.body["step"] != step:
            return state
        if step == "read":
            return replace(state, step="pause", paused=state.paused | {scene})
        if step == "pause":
            return replace(state, step="turn")
        following = self._scenes[scene].next
        return self._enter(state, following) if following in self._scenes else state

    def _choose(self, state: WalkState, event: Event) -> WalkState:
        scene, chosen = state.here, event.body["choice"]
        choice = next((one for one in self.open_choices(state) if one.id == chosen), None)
        if scene is None or event.body["scene"] != scene or choice is None or choice.to not in self._scenes:
            return state
        before = state.tried.get(scene, ())
        tried = {**state.tried, scene: before if choice.id in before else (*before, choice.id)}
        way = (*state.way[:-1], Stop(scene, choice.id))
        return self._enter(replace(state, way=way, tried=tried), choice.to)

    def _go_back(self, state: WalkState, event: Event) -> WalkState:
        scene = event.body["scene"]
        at = next((i for i, stop in enumerate(state.way) if stop.scene == scene), None)
        if at is None or at == len(state.way) - 1:
            return state
        return replace(state, way=(*state.way[:at], Stop(state.way[at].scene)), step="turn")

    def _again(self, state: WalkState, _event: Event) -> WalkState:
        return self._enter(replace(state, way=()), self.case.scenes[0].id) if state.way else state

    def _step_out(self, state: WalkState, _event: Event) -> WalkState:
        return replace(state, stepped_out=True)

    def _come_back(self, state: WalkState, _event: Event) -> WalkState:
        return replace(state, stepped_out=False)

    def _write(self, state: WalkState, event: Event) -> WalkState:
        body = event.body
        name = cell(body["prompt"], body["perspective"])
        response = Response(event.id, body["text"], event.at)
        return replace(state, responses={**state.responses, name: response})

    def _share(self, state: WalkState, event: Event) -> WalkState:
        form, said = event.body["form"], Shared.of(event)
        given = frozenset(name for name, response in state.responses.items() if response.id in said.events)
        return replace(state, shared={**state.shared, form: said}, given={**state.given, form: given})

    def _take(self, state: WalkState, event: Event) -> WalkState:
        return replace(state, dealt={**state.dealt, event.body["prompt"]: event.body["perspective"]})

    def _decline(self, state: WalkState, event: Event) -> WalkState:
        return replace(state, dealt={**state.dealt, event.body["prompt"]: DECLINED})

    _appliers: Mapping[str, Callable[[Walk, WalkState, Event], WalkState]] = {
        "start": _start,
        "go_on": _go_on,
        "choose": _choose,
        "go_back": _go_back,
        "again": _again,
        "step_out": _step_out,
        "come_back": _come_back,
        "write": _write,
        "share": _share,
        "take": _take,
        "decline": _decline,
    }

    def _enter(self, state: WalkState, scene: str) -> WalkState:
        seen = state.visited if scene in state.visited else (*state.visited, scene)
        step: Step = "read" if self._scenes[scene].pause else "turn"
        return replace(state, way=(*state.way, Stop(scene)), visited=seen, step=step)

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: WalkState, message: object, at: datetime, group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If the rules do not allow it now; the sentence is for the learner, and empty where the
            page was merely behind.
        """
        intent = read_intent(WalkIntent, message, self.words)
        event = as_event(self, intent, at)
        match intent:
            case Write():
                self._may_write(state, intent)
            case Share():
                self._may_share(state, intent, group)
            case Take() | Decline():
                prompt = self._open_prompt(state, intent.prompt)
                check_deal(intent, about=self.about, prompt=prompt, group=group, words=self.words)
            case StepOut() | ComeBack():
                pass
            case Start() | GoOn() | Choose() | GoBack() | Again() if self.apply(state, event) == state:
                raise Refused(MOVED_ON)
        return event

    def _open_prompt(self, state: WalkState, prompt_id: str) -> Prompt:
        if prompt_id not in self._asked_in:
            raise Refused(self.words["refused.gone"])
        if not self.reached(state, prompt_id):
            raise Refused(self.words["reflect.closed"])
        return self.case.find_prompt(prompt_id)

    def _may_write(self, state: WalkState, intent: Write) -> None:
        prompt = self._open_prompt(state, intent.prompt)
        if intent.perspective not in (prompt.perspectives or ("",)):
            raise Refused(self.words["refused.perspective"])
        if prompt.share == "device":
            raise Refused(self.words["refused.device"])

    def _may_share(self, state: WalkState, intent: Share, group: Group | None) -> None:
        if intent.form not in self._asked_in:
            raise Refused(self.words["refused.gone"])
        prompt = self.case.find_prompt(intent.form)
        before = state.shared.get(prompt.id)
        check_share(
            intent,
            about=self.about,
            offered=prompt.share,
            own=[response.id for response in self._written(state, prompt).values()],
            before=before,
            group=group,
            words=self.words,
        )
        given = (state.responses[name].id for name in state.given.get(prompt.id, ()))
        if was_shown(self.about, prompt.id, before, group) and not set(given) <= set(intent.events):
            raise Refused(self.words["refused.revealed"])

    def _written(self, state: WalkState, prompt: Prompt) -> dict[str, Response]:
        """Return what stands in the fields of a prompt, those that are empty left out."""
        names = (cell(prompt.id, name) for name in prompt.perspectives or ("",))
        return {name: found for name in names if (found := state.responses.get(name)) and found.text.strip()}

    def sharing(self, state: WalkState, group: Group | None) -> dict[str, Any] | None:
        """Return what a page knows about who may see the words of each prompt."""
        offered = {prompt.id: prompt.share for _, prompt in self.case.prompts()}
        return sharing_view(self.about, offered, state.shared, group)

    def dealt(self, state: WalkState, group: Group | None) -> dict[str, dict[str, Any]]:
        """Return what a page shows of the perspectives that were dealt for the prompts reached so far."""
        prompts = (prompt for _, prompt in self.case.prompts() if self.reached(state, prompt.id))
        return dealt_view(self.about, prompts, state.dealt, group)

    def reached(self, state: WalkState, prompt: str) -> bool:
        """Return whether the walk has come to the pause that asks this prompt."""
        return self._asked_in[prompt] in state.paused

    def open_choices(self, state: WalkState) -> list[Choice]:
        """Return the choices that can be taken now."""
        if state.here is None or state.step != "turn":
            return []
        return self._offered(state, state.here)

    def at_end(self, state: WalkState) -> bool:
        """Return whether the walk has come to an end of the case."""
        return state.here is not None and state.step == "turn" and self._scenes[state.here].end

    def _offered(self, state: WalkState, scene: str) -> list[Choice]:
        return [choice for choice in self._scenes[scene].choices or () if _holds(choice, state)]

    # -- view -------------------------------------------------------------------------------------

    def view(self, state: WalkState, group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a walk shows."""
        return {
            "step": state.step,
            "scene": state.here,
            "way": [{"scene": stop.scene, "choice": stop.choice} for stop in state.way],
            "tried": {scene: list(choices) for scene, choices in state.tried.items()},
            "visited": list(state.visited),
            "choices": [choice.id for choice in self.open_choices(state)],
            "steppedOut": state.stepped_out,
            "progress": self._progress(state),
            "responses": views(state.responses),
            "sharing": self.sharing(state, group),
            "dealt": self.dealt(state, group),
            "end": self._end(state) if self.at_end(state) else None,
        }

    def _end(self, state: WalkState) -> dict[str, Any]:
        """Return what the end page shows: the way drawn, and what else one could do at each turn of it."""
        way = Trodden(
            tuple((stop.scene, stop.choice) for stop in state.way), frozenset(state.visited), dict(state.tried)
        )
        if self._drawn[0] != way:  # a large map takes a while, and words are written at an end, too
            self._drawn = way, {name: draw_way(self.case, way, wide=name == "wide") for name in ("wide", "narrow")}
        return {
            **self._drawn[1],
            "offered": {stop.scene: [choice.id for choice in self._offered(state, stop.scene)] for stop in state.way},
            "unread": len(self._scenes) - len(set(state.visited) & self._scenes.keys()),
        }

    def _progress(self, state: WalkState) -> dict[str, int]:
        if state.here is None:
            return {"at": 0, "of": self._ahead[self.case.scenes[0].id]}
        return {"at": len(state.way), "of": len(state.way) - 1 + self._ahead[state.here]}


class Reflect:
    """The rules of a reflection: some prompts of a case, in the words that its walk keeps.

    Parameters
    ----------
    walk : Walk
        The walk whose state it shares.
    prompts : tuple of str
        Which prompts it shows.
    """

    def __init__(self, walk: Walk, prompts: tuple[str, ...]) -> None:
        self.walk = walk
        self.prompts = prompts
        self.about = walk.about
        self.content_hash = walk.content_hash
        self.start = walk.start
        self.apply = walk.apply

    def decide(self, state: WalkState, message: object, at: datetime, group: Group | None = None) -> Event:
        """Return the event of something done in one of these prompts, or raise `Refused`."""
        intent = read_intent(ReflectIntent, message, self.walk.words)
        if (intent.form if isinstance(intent, Share) else intent.prompt) not in self.prompts:
            raise Refused(self.walk.words["refused.elsewhere"])
        return self.walk.decide(state, message, at, group)

    def view(self, state: WalkState, group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a reflection shows; a prompt not yet reached is not among `open`."""
        opened = [prompt for prompt in self.prompts if self.walk.reached(state, prompt)]
        return {
            "open": bool(opened),
            "prompts": opened,
            "responses": views(state.responses),
            "sharing": self.walk.sharing(state, group),
            "dealt": self.walk.dealt(state, group),
        }


def _holds(choice: Choice, state: WalkState) -> bool:
    """Return whether a choice's `when` is met."""
    when = choice.when
    if when is None:
        return True
    chose = when.chose is None or any(when.chose in taken for taken in state.tried.values())
    return chose and (when.visited is None or when.visited in state.visited)


def _longest_ways(case: Case) -> dict[str, int]:
    """Return for each scene how many scenes the longest way from it has, loops not counted."""
    scenes = {scene.id: scene for scene in case.scenes}
    found: dict[str, int] = {}

    def longest(scene_id: str, behind: frozenset[str]) -> int:
        if scene_id in found:
            return found[scene_id]
        scene = scenes[scene_id]
        ahead = [longest(to, behind | {scene_id}) for to in scene.targets() if to in scenes and to not in behind]
        found[scene_id] = 1 + max(ahead, default=0)
        return found[scene_id]

    for scene in case.scenes:
        longest(scene.id, frozenset({scene.id}))
    return found
