"""What one person did in the sessions that a room goes on from: for their own page, and for no other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.activity.rules import cell, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.activity.events import Event
    from casework.activity.rules import Rules


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one person did before, session by session, the earliest first."""

    sessions: tuple[Mapping[str, tuple[Event, ...]], ...] = ()
    """In each session, by what it is about."""

    @classmethod
    def of(cls, sessions: Iterable[Iterable[Event]]) -> Earlier:
        """Return it, made of one's own events in each session."""
        return cls(tuple(_by_about(events) for events in sessions))

    def words(self, about: str) -> dict[str, list[dict[str, str]]]:
        """Return what one last wrote in each cell of some content, with the time: the latest session first."""
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for session in reversed(self.sessions):
            last = {
                cell(event.body["prompt"], event.body["perspective"]): event
                for event in session.get(about, ())
                if event.kind == "write"
            }
            for where, event in last.items():
                if text := event.body["text"].strip():
                    found[where].append({"at": event.at.isoformat(), "text": text})
        return dict(found)

    def state(self, rules: Rules[Any]) -> Any | None:  # noqa: ANN401  of any activity
        """Return where one was in an activity when one last did it; None if one did not."""
        done = (session[rules.about] for session in reversed(self.sessions) if rules.about in session)
        events = next(done, None)
        return None if events is None else fold(rules, events)


def _by_about(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.about].append(event)
    return {about: tuple(theirs) for about, theirs in found.items()}
