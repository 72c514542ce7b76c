"""Random sessions, as the bytes that really leave the server: nobody is sent what is not theirs, nor left behind.

The machine of `test_room_machine` plays; here every page has a line, which sends only what differs from what it sent
before, to those alone whom an event concerns. The same naive oracle judges each byte at the moment at which it leaves.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from types import SimpleNamespace

from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from casework.activity.events import Event
from casework.live.earlier import Earlier
from casework.live.protocol import Changed
from casework.live.showing import touched
from casework.live.state import Company, Visitor
from casework.serve.rehearsal.guest import Guest
from casework.serve.rooms.held import HeldRoom
from casework.serve.rooms.limits import Limits
from casework.serve.rooms.line import Line
from oracle import FLOOR, MARKER
from unit.live.conftest import AT
from unit.live.test_room_machine import Sessions

EXAMPLES = 8
STEPS = 30


def before_today(who):
    """Return what somebody wrote in a session before this one."""
    body = {"prompt": "notice", "perspective": "child", "text": f"BEFORE-{who[-3:]}"}
    return Event(f"before {who}", "write", "small", AT, body)


class Page:
    """One page: every byte that it was sent, and what it shows of it."""

    def __init__(self, held, visitor):
        self.visitor, self.fresh, self.changes = visitor, [], 0
        self.guest = Guest("http://localhost/")
        self.line = Line(visitor, self.take, lambda: None, Limits())
        assert held.enter(self.line) is None
        held.greet(self.line, "en")

    def take(self, frame):
        """Take a frame, and put it together with what came before."""
        self.fresh.append(frame)
        told = json.loads(frame)
        for message in told if isinstance(told, list) else [told]:
            if "gone" in message:
                self.changes += bool(Changed.model_validate_json(json.dumps(message)))
            self.guest._take(message)

    @property
    def boards(self):
        """Return the boards that stand on the page now."""
        found = {place: told["board"] for (kind, place), told in self.guest.shown.items() if kind == "board"}
        return {place: board for place, board in found.items() if any(board.values())}

    def hear(self):
        """Return what came since it was asked last."""
        heard = "".join(self.fresh)
        self.fresh.clear()
        return heard


class Bytes(Sessions):
    """Sessions whose pages are held by a server."""

    def __init__(self, new_play):
        super().__init__(new_play)
        self.earlier = {}
        self.held = HeldRoom(
            SimpleNamespace(id="run"),
            self.play.room,
            self.play.state,
            code="CODE",
            names={},
            store=None,
            limits=Limits(),
        )
        self.pages = {visitor: Page(self.held, visitor) for visitor in (self.play.trainer, self.play.screen)}
        self.judge()
        taken = self.play.take
        self.play.take = lambda entry: self.follow(entry, taken)

    def follow(self, entry, take):
        """Let the server show what comes of an event."""
        before = self.play.state
        self.note_card(entry.event)
        take(entry)
        self.held.state = self.play.state
        connected = frozenset(self.held._lines)
        for who in self.play.state.members.keys() - self.earlier.keys():
            self.earlier[who] = Earlier.of([[before_today(who)]])
            self.held.company = replace(self.held.company, earlier=dict(self.earlier))
        if self.play.names != dict(self.held.company.names):
            self.held.company = Company(dict(self.play.names), connected, dict(self.earlier))
            self.held._mark(self.held.lines)
        self.held._mark(self.held._touched(touched(before, self.play.state, entry.who, FLOOR)))
        for who in self.play.state.members:
            visitor = Visitor(who, "learner")
            if visitor not in self.pages:
                self.pages[visitor] = Page(self.held, visitor)
        while self.held._stale:
            line = next(iter(self.held._stale))
            del self.held._stale[line]
            self.held._show(line)
        self.judge()

    def note_card(self, event):
        """Note which words an act is about, before what it shows is judged."""
        if event.body.get("do") in {"approve", "hide"}:
            [text] = [card["text"] for card in self.cards() if card["id"] == event.body["card"]]
            [marker] = MARKER.findall(text)
            if event.body["do"] == "approve":
                self.approved[marker] = event.body["card"]
            else:
                self.hidden[event.id] = self.oracle().written[marker][:3]

    @invariant()
    def everyone_sees_what_they_may(self):
        """See that no byte left without an event; those of each event were judged when they left."""
        assert not any(page.hear() for page in self.pages.values())

    def judge(self):
        """See that each byte that left just now is for whoever received it."""
        oracle = self.oracle()
        group = {marker for marker in oracle.written if oracle.group_may(marker)}
        trainer = {marker for marker in oracle.written if oracle.trainer_may(marker)}
        given = {oracle.written[marker][0] for marker in group if oracle.audience(marker) == "group_named"}
        names = {f"NAME-{who[-3:].upper()}" for who in given}
        for visitor, page in self.pages.items():
            heard = page.hear()
            own = {marker for marker, written in oracle.written.items() if written[0] == visitor.id}
            allowed = trainer if visitor.role == "trainer" else group | own
            assert set(MARKER.findall(heard)) <= allowed
            assert "pseudonym" not in heard
            assert set(re.findall("BEFORE-[a-z]+", heard)) <= {f"BEFORE-{visitor.id[-3:]}"}
            if visitor.role != "trainer":
                assert set(re.findall("NAME-[A-Z]{3}", heard)) <= names
                others = [written[3] for marker, written in oracle.written.items() if marker not in own]
                assert not any(event in heard for event in others)

    @invariant()
    def nobody_is_left_behind(self):
        for visitor in [self.play.trainer, *self.watched()]:
            if visitor not in self.pages:
                continue
            page = self.pages[visitor]
            frames = self.held._telling.frames(self.play.state, self.held.company, page.line.visitor)
            page.line.show(frames)
            assert page.hear() == "", f"{visitor.role} had not been sent what there was to see"

    @invariant()
    def a_page_has_what_one_has_that_comes_now(self):
        for visitor, page in self.pages.items():
            fresh = Page(self.held, visitor)
            self.held.leave(fresh.line)
            assert page.boards == fresh.boards, f"{visitor.role} put something else together"
            CHANGES.append(page.changes)


CHANGES = []


def test_no_byte_reaches_a_page_that_is_not_for_it_and_each_page_puts_together_what_there_is(new_play):
    run_state_machine_as_test(
        lambda: Bytes(new_play), settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
    )
    assert max(CHANGES) > 0, "no board was ever sent as what is different in it"
