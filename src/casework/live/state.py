"""What a room knows at a time: frozen, and always the fold of its events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from casework.activity.acts import Shown
from casework.activity.seeing import FLOOR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from casework.activity.acts import Entry
    from casework.activity.events import Event
    from casework.activity.seeing import Form
    from casework.activity.sharing import Audience
    from casework.live.agenda import Item
    from casework.live.earlier import Earlier

Role = Literal["learner", "trainer", "screen"]

ABOUT = "room:"
"""What the events concern that are about no content; nothing that a facilitator names is called so."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose page it is. The server says so, from its cookie and never from a message."""

    id: str
    """The learner's pseudonym in the store; of a trainer likewise."""
    role: Role
    language: str = "en"
    """What the page of a trainer or a screen speaks; a learner's own is in the room's events."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was fixed before the room opened."""

    convener: str
    secret: str = field(repr=False)
    """The room's own, from the store: orders and pseudonyms come from it."""
    floor: int = FLOOR
    widest: Audience = "group_named"
    """The widest audience that this group allows, whatever a prompt offers."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the server alone knows of the people in a room, and no event holds."""

    names: Mapping[str, str] = field(default_factory=dict)
    """What people call themselves, by pseudonym."""
    connected: frozenset[str] = frozenset()
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    """By pseudonym, what people did in sessions that this one goes on from; each page may show its own alone."""

    def without(self, learner: str) -> Company:
        """Return it without somebody who was erased."""
        names = {who: name for who, name in self.names.items() if who != learner}
        earlier = {who: told for who, told in self.earlier.items() if who != learner}
        return replace(self, names=names, earlier=earlier)


@dataclass(frozen=True, slots=True)
class Member:
    """A learner in the room."""

    id: str
    number: int
    """How many joined before."""
    language: str = "en"
    states: Mapping[str, Any] = field(default_factory=dict)
    """By what it is about: where they are, and what they wrote."""
    events: Mapping[str, Event] = field(default_factory=dict)
    """Everything that they did in activities, by id."""
    joins: frozenset[str] = frozenset()
    """The ids of the events with which they joined, or changed their language."""
    casts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deal:
    """A dealing of perspectives: with who was there, and the seed, it says who was dealt what."""

    perspectives: tuple[str, ...]
    seed: str
    people: int


@dataclass(frozen=True, slots=True)
class Call:
    """A vote that the trainer called."""

    place: str
    choices: tuple[str, ...]
    taking: bool = True
    """Whether votes are still taken."""


@dataclass(frozen=True, slots=True)
class Led(Shown):
    """What the trainer settled so far."""

    phase: Literal["waiting", "going", "ended"] = "waiting"
    agenda: tuple[Item, ...] = ()
    pace: Literal["led", "self"] = "led"
    pace_until: datetime | None = None
    here: str | None = None
    until: datetime | None = None
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    walks: Mapping[str, Any] = field(default_factory=dict)
    """Where the group is in each walk."""
    calls: Mapping[tuple[str, str], Call] = field(default_factory=dict)
    """By what it is about, and the scene."""
    deals: Mapping[tuple[str, str], Deal] = field(default_factory=dict)
    """By what it is about, and the prompt."""
    spotlight: str | None = None


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room at a time."""

    members: Mapping[str, Member] = field(default_factory=dict)
    """In the order in which they joined."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """What each member speaks, in the same order; the same object while nobody joins or changes it."""
    began: Mapping[str, int] = field(default_factory=dict)
    """By what it is about: how many did something in it."""
    led: Led = field(default_factory=Led)
    acts: tuple[Entry, ...] = ()
    """What the trainer did and did not undo."""
    known: frozenset[tuple[str, str]] = frozenset()
    """Who did which of the trainer's acts, by its id."""
    forms: Mapping[tuple[str, str], Form] = field(default_factory=dict)
    """By what it is about, and the form."""
    votes: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """By what it is about, and the scene: who voted for which choice."""
