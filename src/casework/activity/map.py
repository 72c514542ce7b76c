"""The rules of the relationship map: who is around a child, and what one sees between any two of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from casework.activity.intents import read_intent
from casework.activity.map_intents import QUALITIES, Add, MapIntent
from casework.activity.map_view import drawing, set_beside
from casework.activity.rules import MOVED_ON, Response, as_event, cell, views
from casework.activity.sharing import Share, Shared, check_share, sharing_view
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.content import Case
    from casework.content.people import Place, RelationshipMap

ME, CONSULTANT = "0-me", "0-consultant"
"""The ids of one's own place and of one's consultant's: no file and no page makes such ids."""
MOST_ADDED, MOST_TIES = 30, 120
"""How many people one may add to a map, and how many ties one may draw on it."""
FORM, SHARE = "map", "group_unnamed"
"""What is shared of a map, as one, and the widest audience that is offered."""

Pair = tuple[str, str]
"""Two people's ids, in their order."""


def pair(one: str, other: str) -> Pair:
    """Return two people as one pair, whoever is named first."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Someone:
    """One person on a map."""

    id: str
    name: str
    role: str
    place: Place
    own: bool = False
    """Whether the learner put them there, and may take them off."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is not in the file: offered, or added by the learner."""

    name: str
    place: Place
    there: bool
    events: tuple[str, ...] = ()
    """The ids of the events that put them on the map and named them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What somebody said about a tie."""

    id: str
    quality: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Where somebody was moved to on a drawing, as parts of its width and height."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapState:
    """What a learner drew on a map."""

    guests: Mapping[str, Guest] = field(default_factory=dict)
    ties: Mapping[Pair, Drawn] = field(default_factory=dict)
    aside: frozenset[Pair] = frozenset()
    """The pairs whose tie was taken away; what was written about it is kept."""
    moved: Mapping[tuple[str, str], Moved] = field(default_factory=dict)
    """By the drawing's shape and the person; the last move comes last."""
    finished: bool = False
    responses: Mapping[str, Response] = field(default_factory=dict)
    """The notes, by `cell` of the pair."""
    shared: Mapping[str, Shared] = field(default_factory=dict)


class Map:
    """The rules of drawing the relationships around one child.

    Parameters
    ----------
    content : Case or RelationshipMap
        Whose people they are; the first stands in the middle.
    name : str, optional
        Which round of drawing this is, such as ``"before"``; each round begins afresh.
    first : callable, optional
        What returns the rules and the state of the round that this one is set beside.
    """

    def __init__(
        self,
        content: Case | RelationshipMap,
        name: str | None = None,
        first: Callable[[], tuple[Map, MapState]] | None = None,
    ) -> None:
        self.content = content
        self.round = name
        self.first = first
        self.about = "/".join(filter(None, (content.id, "map", name)))
        self.content_hash = content.content_hash
        self.words = words(content.language)
        self.child = content.people[0].id
        self.given = {pair(*tie.between): tie.text for tie in content.ties}
        self._people = {one.id: Someone(one.id, one.name, one.role, one.place) for one in content.people}

    def start(self) -> MapState:
        """Return the state before anything happened: one's own place is there unless the file fills it."""
        filled = {person.place for person in self.content.people}
        offered: Mapping[str, Place] = {ME: "practitioner", CONSULTANT: "consultant"}
        return MapState({id_: Guest("", place, place not in filled) for id_, place in offered.items()})

    # -- who and what is on the map ---------------------------------------------------------------

    def people(self, state: MapState) -> dict[str, Someone]:
        """Return who is on the map, by id, the child first."""
        guests = {id_: self.someone(id_, guest) for id_, guest in state.guests.items() if guest.there}
        return {**self._people, **guests}

    def someone(self, person: str, guest: Guest) -> Someone:
        """Return somebody who is not in the file, with their name in the learner's language."""
        key = {ME: "map.me", CONSULTANT: "map.consultant"}.get(person)
        if key is None:
            return Someone(person, guest.name, "", guest.place, own=True)
        return Someone(person, self.words[key], self.words[f"{key}_role"], guest.place, own=True)

    @property
    def names(self) -> dict[str, str]:
        """What everybody is called who can be on everyone's map, by id."""
        offered = {ME: self.words["map.me"], CONSULTANT: self.words["map.consultant"]}
        return {id_: one.name for id_, one in self._people.items()} | offered

    def ties(self, state: MapState) -> Iterator[tuple[Pair, str | None]]:
        """Yield each tie that the map shows, with its quality: None where nobody has said one."""
        there = self.people(state)
        noted = {_pair_of(name) for name, note in state.responses.items() if note.text.strip()}
        drawn = (state.ties.keys() | noted) - state.aside
        known = {id_: place for place, id_ in enumerate(there)}
        shown = [one for one in {*self.given, *drawn} if one[0] in known and one[1] in known]
        for one in sorted(shown, key=lambda each: sorted((known[each[0]], known[each[1]]))):
            yield one, state.ties[one].quality if one in state.ties and one not in state.aside else None

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: MapState, event: Event) -> MapState:
        """Return the state after an event; one that no longer fits the content changes nothing."""
        known = self._appliers.get(event.kind)
        return state if known is None else known(self, state, event)

    def _tie(self, state: MapState, event: Event) -> MapState:
        two = pair(event.body["one"], event.body["other"])
        if not self._may_tie(state, two) or event.body["quality"] not in QUALITIES:
            return state
        ties = {**state.ties, two: Drawn(event.id, event.body["quality"])}
        return replace(state, ties=ties, aside=state.aside - {two})

    def _untie(self, state: MapState, event: Event) -> MapState:
        two = pair(event.body["one"], event.body["other"])
        shown = two in state.ties or cell(*two) in state.responses
        return replace(state, aside=state.aside | {two}) if shown else state

    def _write(self, state: MapState, event: Event) -> MapState:
        two = pair(event.body["prompt"], event.body["perspective"])
        if not self._may_tie(state, two):
            return state
        note = Response(event.id, event.body["text"], event.at)
        aside = state.aside - {two} if note.text.strip() else state.aside
        return replace(state, responses={**state.responses, cell(*two): note}, aside=aside)

    def _add(self, state: MapState, event: Event) -> MapState:
        if len(state.guests) >= MOST_ADDED + 2 or event.id in state.guests or event.id in self._people:
            return state
        guest = Guest(event.body["name"], event.body["place"], there=True, events=(event.id,))
        return replace(state, guests={**state.guests, event.id: guest})

    def _rename(self, state: MapState, event: Event) -> MapState:
        person, name = event.body["person"], event.body["name"]
        guest = state.guests.get(person)
        if guest is None or person in {ME, CONSULTANT} or guest.name == name:
            return state
        return self._with(state, person, replace(guest, name=name, events=(guest.events[0], event.id)))

    def _remove(self, state: MapState, event: Event) -> MapState:
        return self._be_there(state, event, there=False)

    def _bring(self, state: MapState, event: Event) -> MapState:
        return self._be_there(state, event, there=True)

    def _be_there(self, state: MapState, event: Event, *, there: bool) -> MapState:
        guest = state.guests.get(event.body["person"])
        if guest is None or guest.there == there:
            return state
        events = guest.events or ((event.id,) if there else ())
        return self._with(state, event.body["person"], replace(guest, there=there, events=events))

    def _with(self, state: MapState, person: str, guest: Guest) -> MapState:
        return replace(state, guests={**state.guests, person: guest})

    def _move(self, state: MapState, event: Event) -> MapState:
        person, body = event.body["person"], event.body
        if person == self.child or person not in self._people.keys() | state.guests.keys():
            return state
        others = {at: spot for at, spot in state.moved.items() if at != (body["on"], person)}
        return replace(state, moved={**others, (body["on"], person): Moved(event.id, body["x"], body["y"])})

    def _finish(self, state: MapState, _event: Event) -> MapState:
        return replace(state, finished=True)

    def _reopen(self, state: MapState, _event: Event) -> MapState:
        return replace(state, finished=False)

    def _share(self, state: MapState, event: Event) -> MapState:
        return replace(state, shared={**state.shared, event.body["form"]: Shared.of(event)})

    _appliers: Mapping[str, Callable[[Map, MapState, Event], MapState]] = {
        "tie": _tie,
        "untie": _untie,
        "write": _write,
        "add": _add,
        "rename": _rename,
        "remove": _remove,
        "bring": _bring,
        "move": _move,
        "finish": _finish,
        "reopen": _reopen,
        "share": _share,
    }

    def _may_tie(self, state: MapState, two: Pair) -> bool:
        room = len(state.ties.keys() | set(map(_pair_of, state.responses)) | {two}) <= MOST_TIES
        known = self._people.keys() | state.guests.keys()
        return two[0] != two[1] and two[0] in known and two[1] in known and room

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: MapState, message: object, at: datetime, group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If it names somebody who is not on the map, or there is no room; with an empty sentence where
            the page was merely behind.
        """
        intent = read_intent(MapIntent, message, self.words)
        event = as_event(self, intent, at)
        if isinstance(intent, Share):
            self._may_share(state, intent, group)
        elif self.apply(state, event) == state:
            raise Refused(self._why_not(state, intent))
        return event

    def _why_not(self, state: MapState, intent: Any) -> str:  # noqa: ANN401  any of the intents
        two = getattr(intent, "one", None) or getattr(intent, "prompt", None)
        if two is None:
            return self.words["map.refused_many"] if isinstance(intent, Add) else MOVED_ON
        other = getattr(intent, "other", None) or getattr(intent, "perspective", None)
        if two == other:
            return self.words["map.refused_same"]
        known = self._people.keys() | state.guests.keys()
        if two not in known or other not in known:
            return self.words["map.refused_person"]
        return MOVED_ON if intent.do == "untie" else self.words["map.refused_many"]

    def _may_share(self, state: MapState, intent: Share, group: Group | None) -> None:
        if intent.form != FORM:
            raise Refused(self.words["refused.gone"])
        before = state.shared.get(FORM)
        own, about = self.events(state), self.about
        check_share(intent, about=about, offered=SHARE, own=own, before=before, group=group, words=self.words)

    def events(self, state: MapState) -> list[str]:
        """Return the ids of the events that make the map as it is: what a share of it gives."""
        people = self.people(state)
        shown = {two for two, _ in self.ties(state)} - state.aside
        placed = [id_ for person in people for id_ in (state.guests[person].events if person in state.guests else ())]
        drawn = [tie.id for two, tie in state.ties.items() if two in shown]
        noted = [note.id for name, note in state.responses.items() if _pair_of(name) in shown and note.text.strip()]
        moved = [spot.id for (_, person), spot in state.moved.items() if person in people]
        return [*placed, *drawn, *noted, *moved] if drawn or noted or placed else []

    # -- view -------------------------------------------------------------------------------------

    def view(self, state: MapState, group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a map shows; the first round's map is in it, where there is one."""
        return {
            **drawing(self, state),
            "offered": [
                {"id": id_, "name": self.someone(id_, guest).name}
                for id_, guest in state.guests.items()
                if not guest.there
            ],
            "finished": state.finished,
            "responses": views(state.responses),
            "beside": set_beside(self, state) if self.first else None,
            "events": self.events(state),
            "sharing": sharing_view(self.about, {FORM: SHARE}, state.shared, group),
        }


def _pair_of(name: str) -> Pair:
    one, _, other = name.partition("/")
    return one, other
