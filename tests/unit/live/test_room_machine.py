"""Random sessions: whatever people, trainers and hostile pages send, nobody receives a word that is not for them.

Every text that is written holds a marker of its own. After each step, every byte that every page would be sent is
searched for markers, and a naive oracle, which reads nothing but the list of what was accepted, says which of them may
be there.
"""

from __future__ import annotations

import json
import re
from itertools import count

from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from casework.errors import Refused
from casework.live.room import Room
from casework.live.showing import touched
from casework.live.state import Visitor
from oracle import BATCH, FLOOR, MARKER, Oracle

WALK = "walk:small"
EXAMPLES = 12
PEOPLE = [f"pseudonym-{name}" for name in ("ana", "ben", "cam", "dee", "eli", "fay", "gil")]
FIELDS = [
    ("notice", "child"),
    ("notice", "child"),
    ("notice", "child"),
    ("notice", "parent"),
    ("body", ""),
    ("named", ""),
    ("own", ""),
    ("notice-again", "child"),
]
FORMS = ["notice", "notice", "notice", "body", "named", "own", "notice-again"]
OFFERED = {"notice": 2, "notice-again": 2, "body": 1, "named": 3, "own": 0}
WIDTH = ["private", "trainer", "group_unnamed", "group_named"]

people = st.sampled_from(PEOPLE)
fields = st.sampled_from(FIELDS)
forms = st.sampled_from(FORMS)


class Sessions(RuleBasedStateMachine):
    """Learners, a trainer and a screen in one room; hostile pages among them."""

    def __init__(self, new_play):
        super().__init__()
        self.play = new_play(FLOOR)
        self.play.leads("plan", agenda=[{"place": WALK, "activity": "walk", "content": "small"}])
        self.markers = count(1)
        self.approved, self.hidden = {}, {}
        self.sent, self.frames = {}, []
        self.visible = {}

    @initialize(
        there=st.sampled_from([5, 7, 4, 2, 0]), filled=st.lists(st.sampled_from(FIELDS), max_size=2), hold=st.booleans()
    )
    def some_are_at_the_first_pause(self, there, filled, hold):
        for who in PEOPLE[:there]:
            self.joins(who, "en")
        if there:
            self.starts()
            self.lead("move", place=WALK, deed={"do": "start"})
            self.lead("move", place=WALK, deed={"do": "go_on", "scene": "arrival", "step": "read"})
        for field in filled:
            self.lead("hold", place=WALK, form=field[0], on=hold)
            self.some_write_and_share(field, FLOOR)
            self.lead("reveal", place=WALK, form=field[0])

    # -- doing ------------------------------------------------------------------------------------

    def attempt(self, visitor, message):
        """Send something; whatever it is, it is taken or refused, and a refusal changes nothing."""
        before = self.play.state
        self.frames.append((visitor, message))
        try:
            done = self.play.send(visitor, message)
        except Refused:
            assert self.play.state is before
            return None
        if done is not None:
            self.check_touched(before, visitor.id)
            self.check_batches()
        return done

    def check_touched(self, before, who):
        """See that nobody is sent anything of what `touched` says does not concern them."""
        concerned = touched(before, self.play.state, who, FLOOR)
        for visitor in self.group():
            if concerned is None or visitor.id in concerned:
                self.sent.pop(visitor, None)
            elif visitor in self.sent and visitor in self.watched():
                assert self.play.sent(visitor) == self.sent[visitor]

    def watched(self):
        """Return a few of the group's pages: to look at all of them each time takes long."""
        return [self.play.screen, *(Visitor(who, "learner") for who in PEOPLE[:2])]

    def group(self):
        return [*(Visitor(who, "learner") for who in self.play.state.members), self.play.screen]

    def lead(self, do, **body):
        return self.attempt(self.play.trainer, {"id": self.play.new_id(), "do": do, **body})

    def act(self, who, do, **body):
        intent = {"id": self.play.new_id(), "do": do, **body}
        return self.attempt(Visitor(who, "learner"), {"place": WALK, "intent": intent})

    def events_of(self, who, form):
        entries = self.play.entries
        mine = [entry.event for entry in entries if entry.who == who and entry.event.kind == "write"]
        latest = {event.body["perspective"]: event.id for event in mine if event.body["prompt"] == form}
        return list(latest.values())

    @rule(who=people, language=st.sampled_from(["en", "es", "xx"]))
    def joins(self, who, language):
        self.play.names[who] = f"NAME-{who[-3:].upper()}"
        self.play.joins(who, language)
        self.sent.clear()

    @rule(who=people, field=fields)
    def writes(self, who, field):
        text = f"MARK{next(self.markers)}END"
        self.act(who, "write", prompt=field[0], perspective=field[1], text=text)

    @rule(field=fields, several=st.integers(1, FLOOR + 1))
    def some_write_and_share(self, field, several):
        for who in list(self.play.state.members)[:several]:
            self.gives(who, field)

    @rule(who=people, field=fields)
    def gives(self, who, field):
        self.writes(who, field)
        audience = WIDTH[OFFERED[field[0]]]
        self.act(who, "share", form=field[0], audience=audience, events=self.events_of(who, field[0]))

    @rule(form=forms, reveal=st.booleans())
    def a_form_fills_and_is_revealed(self, form, reveal):
        """Bring a session quickly to where it is worth looking at."""
        field = next(field for field in FIELDS if field[0] == form)
        self.some_write_and_share(field, FLOOR)
        if reveal:
            self.lead("reveal", place=WALK, form=form)

    @rule(who=people, form=forms, audience=st.sampled_from([*WIDTH, "group_unnamed"]))
    def shares(self, who, form, audience):
        events = [] if audience == "private" else self.events_of(who, form)
        self.act(who, "share", form=form, audience=audience, events=events)

    @rule(who=people, other=people, form=forms)
    def shares_what_is_another_persons(self, who, other, form):
        if who != other:
            stolen = self.events_of(other, form)
            taken = self.act(
                who, "share", form=form, audience="group_unnamed", events=[*self.events_of(who, form), *stolen]
            )
            assert taken is None or not stolen

    @rule()
    def starts(self):
        self.lead("start")
        self.lead("open", place=WALK)

    @rule(do=st.sampled_from(["open", "open", "close"]))
    def opens_and_closes(self, do):
        self.lead(do, place=WALK)

    @rule(pace=st.sampled_from(["led", "led", "self"]))
    def paces(self, pace):
        self.lead("pace", pace=pace)

    @rule()
    def goes_on(self):
        led = self.play.state.led.walks.get("small")
        deed = {"do": "start"} if led is None else {"do": "go_on", "scene": led.here, "step": led.step}
        if led and led.step == "turn" and led.here == "arrival":
            deed = {"do": "choose", "scene": "arrival", "choice": "sit"}
        self.lead("move", place=WALK, deed=deed)

    @rule(who=people, do=st.sampled_from(["start", "step_out", "come_back", "again"]))
    def moves_alone(self, who, do):
        self.act(who, do)

    @rule(form=forms)
    def reveals(self, form):
        self.lead("reveal", place=WALK, form=form)

    @rule(form=forms, on=st.booleans())
    def holds(self, form, on):
        self.lead("hold", place=WALK, form=form, on=on)

    @rule(form=forms, merged=st.booleans())
    def arranges(self, form, merged):
        self.lead("arrange", place=WALK, form=form, merged=merged)

    def cards(self):
        boards = [one["board"] for one in self.play.messages(self.play.trainer) if "board" in one]
        return [card for board in boards for form in board["forms"] for card in form["cards"]]

    @precondition(lambda self: self.play.state.forms)
    @rule(data=st.data(), do=st.sampled_from(["approve", "hide", "spotlight"]), hidden=st.booleans())
    def judges_a_card(self, data, do, hidden):
        cards = self.cards()
        if not cards:
            return
        card = data.draw(st.sampled_from(cards))
        [marker] = MARKER.findall(card["text"])
        extra = {"approve": {"words": card["words"]}, "hide": {"hidden": hidden}, "spotlight": {}}[do]
        act = self.lead(do, card=card["id"], **extra)
        if act and do == "approve":
            self.approved[marker] = card["id"]
        if act and do == "hide":
            self.hidden[act] = self.oracle().written[marker][:3]

    @rule(perspectives=st.sampled_from([["child"], ["child", "parent"]]))
    def deals(self, perspectives):
        self.lead("deal", place=WALK, prompt="notice", perspectives=perspectives)

    @rule()
    def calls_a_vote(self):
        self.lead("vote", place=WALK)

    @rule(who=people, choice=st.sampled_from(["sit", "leave", "fly"]))
    def votes(self, who, choice):
        message = {"id": self.play.new_id(), "do": "cast", "place": WALK, "scene": "arrival", "choice": choice}
        self.attempt(Visitor(who, "learner"), message)

    @rule(reveal=st.booleans())
    def counts_and_reveals_the_votes(self, reveal):
        self.lead("count", place=WALK, scene="arrival")
        if reveal:
            self.lead("reveal", place=WALK, form="vote/arrival")

    @rule()
    def undoes(self):
        public = self.play.told(self.play.trainer, "desk")["desk"]["undo"]
        if public:
            self.lead("undo", act=public["act"])

    # -- hostile ----------------------------------------------------------------------------------

    @precondition(lambda self: self.frames)
    @rule(data=st.data())
    def an_old_message_comes_again(self, data):
        visitor, message = data.draw(st.sampled_from(self.frames))
        before = len(self.play.entries)
        known = self.play.room.knows(self.play.state, visitor, message.get("intent", message)["id"])
        self.attempt(visitor, message)
        assert not known or len(self.play.entries) == before

    @precondition(lambda self: self.frames)
    @rule(data=st.data(), who=people)
    def somebody_elses_message_is_sent_by_a_learner(self, data, who):
        visitor, message = data.draw(st.sampled_from(self.frames))
        if visitor.role == "trainer":
            before = self.play.state
            assert self.attempt(Visitor(who, "learner"), message) is None
            assert self.attempt(self.play.screen, message) is None
            assert self.play.state is before

    @rule(
        who=people,
        role=st.sampled_from(["learner", "trainer", "screen"]),
        key=st.sampled_from(["role", "who", "share", "revealed", "do", "place", "events", "id"]),
        value=st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=3))),
    )
    def a_message_says_more_than_it_may(self, who, role, key, value):
        message = {"id": self.play.new_id(), "do": "reveal", "place": WALK, "form": "notice"}
        self.attempt(Visitor(who, role), message | {"role": "trainer", key: value} | {"more": 1})

    # -- what must hold ---------------------------------------------------------------------------

    def oracle(self):
        return Oracle(self.play.entries, self.approved, self.hidden)

    @invariant()
    def everyone_sees_what_they_may(self):
        oracle = self.oracle()
        for visitor in [*self.group(), self.play.trainer]:
            if visitor not in self.sent:
                self.sent[visitor] = self.play.sent(visitor)
                assert "pseudonym" not in self.sent[visitor]
        allowed = {marker for marker in oracle.written if oracle.group_may(marker)}
        self.check_group(oracle, allowed)
        seen = set(MARKER.findall(self.sent.pop(self.play.trainer)))
        assert seen <= {marker for marker in oracle.written if oracle.trainer_may(marker)}
        if self.play.state.led.opened:
            named = {marker for marker in oracle.written if oracle.audience(marker) == "group_named"}
            assert named <= seen
            assert named & allowed <= set(MARKER.findall(self.sent[self.play.screen]))

    def check_group(self, oracle, allowed):
        """See that learners and the screen receive their own and what is revealed, and no name that is not given."""
        given = {oracle.written[marker][0] for marker in allowed if oracle.audience(marker) == "group_named"}
        names = {f"NAME-{who[-3:].upper()}" for who in given}
        for visitor in self.group():
            own = {marker for marker, written in oracle.written.items() if written[0] == visitor.id}
            assert set(MARKER.findall(self.sent[visitor])) <= allowed | own
            assert set(re.findall("NAME-[A-Z]{3}", self.sent[visitor])) <= names
            others = [written[3] for marker, written in oracle.written.items() if marker not in own]
            assert not any(event in self.sent[visitor] for event in others)

    def unnamed(self):
        """Return whose unnamed cards the trainer sees now, by cell and marker."""
        oracle, cells = self.oracle(), {}
        for marker in MARKER.findall(self.play.sent(self.play.trainer)) if self.play.state.forms else ():
            if oracle.audience(marker) == "group_unnamed":
                cells.setdefault(oracle.cell(marker), {})[marker] = oracle.written[marker][0]
        return cells

    def check_batches(self):
        """See that what is new among the trainer's unnamed cards is from enough people to hide among."""
        for cell, now in self.unnamed().items():
            fresh = {who for marker, who in now.items() if marker not in self.visible.get(cell, set())}
            assert not fresh or len(fresh) >= BATCH
            self.visible[cell] = self.visible.get(cell, set()) | set(now)
            event("unnamed words are seen")

    def teardown(self):
        """See that a restart gives the same room."""
        assert Room(self.play.room.terms, self.play.room.resolve).fold(self.play.entries) == self.play.state

    @invariant()
    def a_repeat_is_one_event(self):
        for entry in self.play.entries[-3:]:
            assert self.play.room.apply(self.play.state, entry) is self.play.state

    @invariant()
    def what_is_dealt_is_dealt_evenly(self):
        joined = list(self.play.state.members)
        dealt = [self.play.room.group(self.play.state, who).dealt.get(("small", "notice")) for who in joined]
        deal = self.play.state.led.deals.get(("small", "notice"))
        if deal:
            numbers = [dealt.count(perspective) for perspective in deal.perspectives]
            assert max(numbers) - min(numbers) <= 1
            assert sum(numbers) == len(joined)


def test_no_session_shows_anyone_what_is_not_for_them(new_play):
    run_state_machine_as_test(
        lambda: Sessions(new_play), settings=settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
    )


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_events_in_any_order_break_nothing(new_play, data):
    play = new_play()
    play.begins("ana", "ben", "cam")
    for who in ("ana", "ben", "cam"):
        play.gives(who, f"words of {who}")
    play.leads("deal", place=WALK, prompt="notice", perspectives=["child"])
    play.leads("reveal", place=WALK, form="notice")
    entries = data.draw(st.permutations(play.entries))

    state = play.room.fold([*entries, *entries])
    play.state = play.room.fold([*play.entries, *entries])

    assert json.loads(play.sent(play.screen))
    assert play.room.fold([*entries, *reversed(entries)]).known == state.known
