"""Somebody who observes, and what there is to observe: shared by the tests of the observation's rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from casework.activity.group import Group
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.content import Checklist, Moment

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MOMENT = {
    "id": "at-the-door",
    "title": "At the door",
    "beats": [{"at": at, "text": "So."} for at in (0, 5, 9, 20)],
}
FILM = {"id": "film", "title": "Film", "media": {"file": "a.mp4", "alt": "A film.", "transcript": "Words."}}
CHECKLIST = {
    "schema": 1,
    "id": "kinds",
    "language": "en",
    "title": "Kinds",
    "summary": "Every kind.",
    "rights": "Ours.",
    "sources": [{"id": "own", "cite": "Written for the tests."}],
    "scales": [
        {"id": "much", "lowest": 1, "highest": 4, "labels": [{"at": 1, "text": "Not"}, {"at": 4, "text": "All"}]}
    ],
    "items": [
        {"id": "waits", "text": "Waits", "definition": "A silence is."},
        {"id": "names", "text": "Names", "definition": "Says it."},
        {"id": "near", "kind": "state", "text": "Near", "definition": "Close.", "excludes": ["far"]},
        {"id": "far", "kind": "state", "text": "Far", "definition": "Not close."},
        {"id": "holds", "kind": "state", "text": "Holds", "definition": "In a hand."},
        {"id": "looks", "kind": "interval", "seconds": 10, "sampling": "partial", "text": "L", "definition": "Eyes."},
        {"id": "pace", "kind": "rating", "scale": "much", "text": "Pace", "definition": "How fast."},
    ],
}
GROUNDS = {
    "beats": Ground("small/at-the-door", "At the door", Moment.model_validate(MOMENT)),
    "media": Ground("moments/set/film", "Film", Moment.model_validate(FILM)),
    "live": Ground("live/lunch", "Lunch"),
}
GROUP = Group("Ana Ruiz")


def rules_over(ground):
    return Observe(GROUNDS[ground], Checklist.model_validate(CHECKLIST))


class Person:
    """Someone who observes, on a page whose clock ticks once a second."""

    def __init__(self, rules, group=None):
        self.rules, self.group = rules, group
        self.state = rules.start()
        self.number = 0
        self.events = []

    def do(self, kind, **body):
        self.number += 1
        if kind in {"mark", "start_state", "end_state"}:
            body.setdefault("clock", float(self.number))
        message = {"id": f"{self.number:032x}", "do": kind, **body}
        event = self.rules.decide(self.state, message, NOW + timedelta(seconds=self.number), self.group)
        self.state = self.rules.apply(self.state, event)
        self.events.append(event)
        return event.id

    def view(self):
        return self.rules.view(self.state, self.group)

    def marks(self):
        return [(mark["item"], mark["beat"], mark["untilBeat"], mark["lasts"]) for mark in self.view()["marks"]]

    def summary(self, item):
        if not self.state.finished:
            self.do("finish")
        return self.view()["summary"][item]
