"""What every activity is: three pure functions over its content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from casework.activity.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from casework.activity.group import Group
    from casework.activity.intents import Intent

State = TypeVar("State")

MOVED_ON = ""
"""Said to a page that was behind: nothing, because the state that comes with it says where one is."""

FIRST_ROUND = "before"
"""The round that every later one can be set beside."""


class Rules(Protocol[State]):
    """The rules of one activity over one piece of content."""

    about: str
    """What the events concern; activities with the same `about` share their state."""
    content_hash: str

    def start(self) -> State:
        """Return the state before anything happened."""
        ...

    def apply(self, state: State, event: Event) -> State:
        """Return the state after an event; one that no longer fits the content changes nothing."""
        ...

    def decide(self, state: State, message: object, at: datetime, group: Group | None = None) -> Event:
        """Return the event that a page's message asks for, or raise `Refused`."""
        ...

    def view(self, state: State, group: Group | None = None) -> dict[str, Any]:
        """Return what a page may see, as JSON."""
        ...


def fold(rules: Rules[State], events: Iterable[Event]) -> State:
    """Return the state after `events`, from the first on."""
    return reduce(rules.apply, events, rules.start())


def as_event(rules: Rules[Any], intent: Intent, at: datetime) -> Event:
    """Return the event of an intent that the rules allow."""
    kind: str = intent.do  # type: ignore[attr-defined]
    return Event(
        id=intent.id,
        kind=kind,
        about=rules.about,
        at=at,
        body=intent.body(),
        share=getattr(intent, "audience", "private"),
        content_hash=rules.content_hash,
    )


@dataclass(frozen=True, slots=True)
class Response:
    """What someone last wrote in one field."""

    id: str
    text: str
    at: datetime

    def view(self) -> dict[str, str]:
        """Return it as JSON."""
        return {"id": self.id, "text": self.text, "at": self.at.isoformat(timespec="seconds")}


def cell(prompt: str, perspective: str) -> str:
    """Return the name of one field: a prompt, seen from one perspective or from none."""
    return f"{prompt}/{perspective}"


def views(responses: Mapping[str, Response]) -> dict[str, dict[str, str]]:
    """Return responses by field, as JSON."""
    return {name: response.view() for name, response in responses.items()}
