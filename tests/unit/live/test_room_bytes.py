"""Random sessions, as the bytes that really leave the server: nobody is sent what is not theirs, nor left behind.

The machine of `test_room_machine` plays, with the activities of `rounds`; here every request is taken, stored and
answered as a server does it, and every page has a line, which sends only what differs from what it sent before, to
those alone whom an event concerns. The same naive oracle judges each byte at the moment at which it leaves. Some have a
second page open, in another language, as after a come-back code; some wrote in an earlier session; some are erased.
"""

from __future__ import annotations

import asyncio
import json
import re
from types import SimpleNamespace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from casework.activity.acts import Entry
from casework.activity.events import Event
from casework.errors import Refused, StoreError
from casework.live.frames import read_message, read_told
from casework.live.protocol import Board, Changed, Desk, Roster, Where
from casework.live.showing import touched
from casework.live.state import Visitor
from casework.serve.rehearsal.guest import Guest
from casework.serve.rooms.held import HeldRoom
from casework.serve.rooms.limits import Limits
from casework.serve.rooms.line import Line
from numbers_shown import Numbers
from oracle import FLOOR, MARKER
from unit.live.conftest import AT
from unit.live.rounds import Rounds, people
from unit.live.test_room_machine import FIELDS, WALK

EXAMPLES = 6
STEPS = 30


def before_today(who):
    """Return what somebody wrote in a session before this one."""
    text = f"BEFORE-{who[-3:]}"
    fields = [("small", "notice", "child"), ("brief/before", "words", ""), ("small/map/before", "0-me", "child")]
    return [
        Event(f"before {who} {about}", "write", about, AT, {"prompt": prompt, "perspective": view, "text": text})
        for about, prompt, view in fields
    ]


class Rows:
    """Where a server stores what happens; at times it is full."""

    def __init__(self, take):
        self.take, self.full = take, False

    def append_all(self, rows):
        if self.full:
            return [StoreError("The disk is full.") for _ in rows]
        for visit, _, event in rows:
            self.take(Entry(visit.learner_id, event))
        return [None for _ in rows]


class Page:
    """One page: every byte that it was sent, and what it shows of it."""

    def __init__(self, held, visitor, language="en"):
        self.visitor, self.fresh, self.changes, self.lists = visitor, [], 0, 0
        self.guest = Guest("http://localhost/")
        self.line = Line(visitor, self.take, lambda: None, Limits())
        assert held.enter(self.line) is None
        held.greet(self.line, language)

    def take(self, frame):
        """Take a frame, and put it together with what came before."""
        self.fresh.append(frame)
        self.lists += frame.startswith("[")
        self.changes += '"gone":' in frame
        self.guest._on_message(frame)

    @property
    def shows(self):
        """Return what stands on the page now, but for what it need not be sent again."""
        kept = {"welcome", "content", "state", "earlier"}
        told = {key: told for key, told in self.guest.shown.items() if key[0] not in kept}
        return {key: told for key, told in told.items() if key[0] != "board" or any(told["board"].values())}

    def hear(self):
        """Return what came since it was asked last: as text, and read as it is documented."""
        heard = list(self.fresh)
        self.fresh.clear()
        return "".join(heard), [message for frame in heard for message in read_told(frame)]


class Bytes(Rounds):
    """Sessions whose pages are held by a server."""

    def __init__(self, new_play):
        super().__init__(new_play)
        self.loop = asyncio.new_event_loop()
        self.earlier = {}
        self.store = Rows(self.note)
        self.store.room_people = lambda _run: set(self.play.state.members)
        self.store.room_entries = lambda _run: [("", entry.who, entry.event) for entry in self.play.entries]
        self.held = HeldRoom(
            SimpleNamespace(id="run"),
            self.play.room,
            self.play.state,
            code="CODE",
            names={},
            store=self.store,
            limits=Limits(),
        )
        self.pages = {visitor: Page(self.held, visitor) for visitor in (self.play.trainer, self.play.screen)}
        self.more = {}
        self.judge()
        self.straight = self.play.send
        self.play.send, self.play.take = self.send, self.joined

    # -- as a server does it ----------------------------------------------------------------------

    def note(self, entry):
        """Store an event, and note which words an act is about before what it shows is judged."""
        body = entry.event.body
        if body.get("do") in {"approve", "hide"}:
            [text] = [card["text"] for card in self.cards() if card["id"] == body["card"]]
            [marker] = MARKER.findall(text)
            if body["do"] == "approve":
                self.approved[marker] = body["card"]
            else:
                self.hidden[entry.event.id] = self.oracle().written[marker][:3]
        self.play.entries.append(entry)

    def send(self, visitor, message):
        """Let a page ask for something; it is answered once that is stored."""
        if visitor not in self.pages:
            return self.straight(visitor, message)
        read, wish_id = read_message(json.dumps(message), visitor.role), message.get("intent", message)["id"]
        before, page = self.play.state, self.pages[visitor]
        known = self.play.room.knows(before, visitor, wish_id)
        self.held.ask(page.line, read)
        self.grant()
        answer = page.guest.answers.pop(wish_id)
        if "ack" in answer and not known:
            return wish_id
        assert self.play.state is before
        if "refused" in answer:
            raise Refused(answer.get("why", ""))
        return None

    def grant(self):
        """Let the server store what is asked, answer it, and show what comes of it."""
        wishes = []
        while not self.held._wishes.empty():
            wishes.append(self.held._wishes.get_nowait())
        self.loop.run_until_complete(self.held._grant(wishes))
        self.play.state = self.held.state
        self.show()

    def joined(self, entry):
        """Let the server show what comes of somebody's coming in, or of another language."""
        before, who = self.play.state, entry.who
        self.play.entries.append(entry)
        self.held.state = self.play.state = self.play.room.apply(before, entry)
        if who not in self.earlier:
            self.recall(who, before_today(who))
        self.held.call(who, self.play.names[who])
        self.held._mark(self.held._touched(touched(before, self.play.state, who, FLOOR)))
        if Visitor(who, "learner") not in self.pages:
            self.pages[Visitor(who, "learner")] = Page(self.held, Visitor(who, "learner"))
        self.show()

    def recall(self, who, events):
        """Let the server know what somebody did in an earlier session."""
        self.earlier[who] = bool(events)
        self.store.room_earlier = lambda _run, _who: [events]
        self.held._goes_on = True
        self.loop.run_until_complete(self.held.recall(who))

    def show(self):
        while self.held._stale:
            line = next(iter(self.held._stale))
            del self.held._stale[line]
            self.held._show(line)
        self.judge()

    def teardown(self):
        super().teardown()
        self.loop.close()

    # -- what else happens ------------------------------------------------------------------------

    @rule(field=st.sampled_from(FIELDS), several=st.integers(2, FLOOR + 2), full=st.booleans())
    def some_write_at_once(self, field, several, full):
        """Let many requests wait for the same write; if the disk is full, nothing comes of any."""
        before = self.play.state
        self.store.full = full
        for who in list(before.members)[:several]:
            body = {"prompt": field[0], "perspective": field[1], "text": self.marker()}
            intent = {"id": self.play.new_id(), "do": "write", **body}
            message = read_message(json.dumps({"place": WALK, "intent": intent}), "learner")
            self.held.ask(self.pages[Visitor(who, "learner")].line, message)
        self.grant()
        self.store.full = False
        assert not full or self.play.state == before

    @rule(who=people, language=st.sampled_from(["en", "es"]))
    def opens_a_second_page(self, who, language):
        """Come on another device with the come-back code, or in another tab, and in another language."""
        if who in self.play.state.members:
            if who in self.more:
                self.held.leave(self.more.pop(who).line)
            self.more[who] = Page(self.held, Visitor(who, "learner"), language)
            self.play.joins(who, language)
            self.judge()

    @rule(who=people)
    def an_earlier_session_is_purged(self, who):
        if who in self.play.state.members:
            self.recall(who, [])
            self.show()

    @rule(who=people)
    def is_erased(self, who):
        """Erase somebody; whoever is left sees nothing more of them."""
        visitor = Visitor(who, "learner")
        if len(self.play.state.members) > FLOOR + 1 and visitor in self.pages:
            self.play.entries = [entry for entry in self.play.entries if entry.who != who]
            self.loop.run_until_complete(self.held.forget(who))
            self.play.state = self.held.state
            gone = [self.pages.pop(visitor), *([self.more.pop(who)] if who in self.more else [])]
            assert [page.guest.bye for page in gone] == ["erased"] * len(gone)
            self.earlier.pop(who, None)
            self.sent.clear()
            self.show()
            self.visible = {cell: set(now) for cell, now in self.unnamed().items()}  # as if they had never been there

    # -- what must hold ---------------------------------------------------------------------------

    @property
    def open_pages(self):
        return [*self.pages.values(), *self.more.values()]

    @property
    def some_pages(self):
        """Return a few of each kind: to draw all of them anew each time takes long."""
        some = [self.play.trainer, *self.watched()]
        return [*(self.pages[visitor] for visitor in some if visitor in self.pages), *list(self.more.values())[-1:]]

    @invariant()
    def everyone_sees_what_they_may(self):
        """See that no byte left without an event; those of each event were judged when they left."""
        assert not any(page.hear()[0] for page in self.open_pages)

    def judge(self):
        """See that each byte that left just now is for whoever received it."""
        oracle, numbers = self.oracle(), Numbers(self.play.entries, self.about)
        group = {marker for marker in oracle.written if oracle.group_may(marker)}
        trainer = {marker for marker in oracle.written if oracle.trainer_may(marker)}
        named = {oracle.written[marker][0] for marker in oracle.written if oracle.audience(marker) == "group_named"}
        shown = {oracle.written[marker][0] for marker in group if oracle.audience(marker) == "group_named"}
        for page in self.open_pages:
            heard, messages = page.hear()
            visitor, leads = page.visitor, page.visitor.role == "trainer"
            own = {marker for marker, written in oracle.written.items() if written[0] == visitor.id}
            assert set(MARKER.findall(heard)) <= (trainer if leads else group | own)
            assert "pseudonym" not in heard
            recalled = {f"BEFORE-{visitor.id[-3:]}"} if self.earlier.get(visitor.id) else set()
            assert set(re.findall("BEFORE-[a-z]+", heard)) <= recalled
            assert set(re.findall("OWN-[a-z]+", heard)) <= {f"OWN-{visitor.id[-3:]}"}
            beside = json.dumps([message.told() for message in messages if not isinstance(message, Roster)])
            assert set(re.findall("NAME-[A-Z]{3}", beside)) <= {
                f"NAME-{who[-3:].upper()}" for who in (named if leads else shown)
            }
            foreign = {entry.event.id for entry in self.play.entries if entry.who != visitor.id}
            assert not foreign & set(re.findall("[0-9a-f]{32}", heard))
            for message in messages:
                self.judge_message(message, visitor, numbers)

    def judge_message(self, message, visitor, numbers):
        """See that a message holds nothing that is for others, and no number that tells of one person."""
        assert visitor.role == "trainer" or not isinstance(message, Roster | Desk)
        if isinstance(message, Where):
            assert all(vote["own"] in {None, numbers.cast(visitor.id, vote["scene"])} for vote in message.votes)
        if isinstance(message, Board | Changed):
            forms = message.board["forms"] if isinstance(message, Board) else [message.form]
            assert visitor.role == "trainer" or not any({"held", "counts", "reach"} & form.keys() for form in forms)
            for form in forms:
                numbers.judge(message.place, form, visitor.role == "trainer")
        for vote in message.board["votes"] if isinstance(message, Board) else ():
            assert visitor.role == "trainer" or "voted" not in vote
            assert vote["counts"] is None or sum(vote["counts"].values()) >= FLOOR

    @invariant()
    def nobody_is_left_behind(self):
        for page in self.some_pages:
            frames = self.held._telling.frames(self.play.state, self.held.company, page.line.visitor)
            page.line.show(frames)
            assert page.hear()[0] == "", f"{page.visitor.role} had not been sent what there was to see"

    @invariant()
    def a_page_has_what_one_has_that_comes_now(self):
        for page in self.some_pages:
            fresh = Page(self.held, page.visitor)
            self.held.leave(fresh.line)
            self.held._stale.clear()
            assert page.shows == fresh.shows, f"{page.visitor.role} put something else together"
            now = {key: told for key, told in fresh.guest.shown.items() if key[0] in {"state", "earlier"}}
            assert now == {key: page.guest.shown[key] for key in now}
            CHANGES.append((page.changes, page.lists))


CHANGES = []


def test_no_byte_reaches_a_page_that_is_not_for_it_and_each_page_puts_together_what_there_is(new_play):
    run_state_machine_as_test(
        lambda: Bytes(new_play), settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
    )
    assert max(changes for changes, _ in CHANGES) > 0, "no board was ever sent as what is different in it"
    assert max(lists for _, lists in CHANGES) > 0, "no frame ever held several messages"
