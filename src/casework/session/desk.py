"""Content being worked on: its state, the widgets that show it, and the way of an intent through them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casework.activity.rules import fold
from casework.errors import Refused, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.activity.rules import Rules
    from casework.store import Run, Store, Visit
    from casework.widgets._base import ActivityWidget

log = logging.getLogger("casework")


@dataclass(frozen=True, slots=True)
class Given:
    """A file for a person to keep."""

    name: str
    media_type: str
    data: bytes


@dataclass(eq=False, slots=True)
class Seat:
    """A widget at a desk, with the rules it goes by; those about the same content share the desk's state."""

    widget: ActivityWidget
    rules: Rules[Any]
    asks: Mapping[str, Callable[[Any, Mapping[str, Any]], Given]]
    """What its page may ask for without storing anything: by the `do` of the message, what makes a file."""


@dataclass(eq=False)
class Desk:
    """One piece of content being worked on: its state, and the widgets that show it."""

    rules: Rules[Any]
    state: Any
    group: Group | None = None
    seats: list[Seat] = field(default_factory=list)

    def apply(self, event: Event) -> None:
        """Fold one more event."""
        self.state = self.rules.apply(self.state, event)

    def show(self) -> None:
        """Let every widget show the state as it is now."""
        for seat in self.seats:
            self.show_at(seat)

    def show_at(self, seat: Seat) -> None:
        """Let one widget show the state as it is now."""
        seat.widget.state = seat.rules.view(self.state, self.group)


class Ledger:
    """A run as this kernel knows it: its events as far as they were read, and the desks they are folded onto.

    Parameters
    ----------
    store : Store
        Where the run is kept.
    visit : Visit
        Who reads and writes.
    run : Run
        Which run.
    """

    def __init__(self, store: Store, visit: Visit, run: Run) -> None:
        self.run = run
        self.desks: dict[str, Desk] = {}
        self.on_change: Callable[[], None] = lambda: None
        """Called when something new was folded."""
        self._store, self._visit = store, visit
        self._events: list[Event] = []
        self._number = 0
        self._take(self._store.standing(self._visit, self.run))

    def desk(self, rules: Rules[Any], group: Group | None = None) -> Desk:
        """Return the desk of some content, set up with what happened to it before."""
        if rules.about not in self.desks:
            before = [event for event in self._events if event.about == rules.about]
            self.desks[rules.about] = Desk(rules, fold(rules, before), group)
        return self.desks[rules.about]

    def begun(self) -> tuple[str, ...]:
        """Return what its events are about, in the order in which it was begun."""
        return tuple(dict.fromkeys(event.about for event in self._events))

    def catch_up(self) -> None:
        """Fold what came to the store since, from this page or from another of the same person."""
        fresh = self._store.events(self._visit, self.run, self._number)
        self._take(fresh)
        for about in {event.about for _, event in fresh} & self.desks.keys():
            self.desks[about].show()
        if fresh:
            self.on_change()

    def _take(self, fresh: Iterable[tuple[int, Event]]) -> None:
        for number, event in fresh:
            self._number = number
            self._events.append(event)
            if desk := self.desks.get(event.about):
                desk.apply(event)

    def stands(self) -> bool:
        """Return whether this is still somebody's page; while the store cannot be asked, it is."""
        try:
            return self._store.stands(self._visit, self.run)
        except StoreError:
            return True

    def answer(self, desk: Desk, seat: Seat, message: Mapping[str, Any]) -> None:
        """Store what a page asks for, and acknowledge it only then."""
        intent_id = message.get("id")
        try:
            self.catch_up()
            if make := seat.asks.get(str(message.get("do"))):
                given = make(desk.state, message)
                seat.widget.give_file(intent_id, given.name, given.media_type, given.data)
                return
            self._accept(desk, seat, message)
        except Refused as no:
            desk.show_at(seat)
            seat.widget.refuse(intent_id, str(no))
        except StoreError as trouble:
            log.error("%s", trouble)  # noqa: TRY400  one sentence is enough
            seat.widget.unsaved(intent_id, "saved.store")
        else:
            seat.widget.acknowledge(str(intent_id))

    def _accept(self, desk: Desk, seat: Seat, message: Mapping[str, Any]) -> None:
        if self._store.knows(self._visit, str(message.get("id"))):
            return
        event = seat.rules.decide(desk.state, message, datetime.now(UTC), desk.group)
        self._store.append(self._visit, self.run, event)
        self.catch_up()
