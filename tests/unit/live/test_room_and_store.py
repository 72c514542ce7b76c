"""A room's boards and the store say the same of who may see what: they go by the same rules."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import Refused
from casework.live.state import Visitor
from casework.store import open_store

WALK = "walk:small"
PEOPLE = range(6)
WHO = st.sampled_from(PEOPLE)
FIELD = st.sampled_from([("notice", "child"), ("notice", "parent"), ("body", ""), ("named", "")])
FORM = st.sampled_from(["notice", "notice", "body", "named"])
AUDIENCE = st.sampled_from(["private", "trainer", "group_unnamed", "group_unnamed", "group_named"])
STEPS = st.one_of(
    st.tuples(st.just("give"), WHO, FIELD, AUDIENCE),
    st.tuples(st.just("all_give"), FIELD, AUDIENCE),
    st.tuples(st.just("some_give"), AUDIENCE),
    st.tuples(st.just("lead"), st.just("reveal"), FORM),
    st.tuples(st.just("hold"), FORM, st.booleans()),
    st.tuples(st.just("arrange"), FORM, st.booleans()),
    st.tuples(st.just("hide"), st.booleans()),
    st.tuples(st.just("approve")),
    st.tuples(st.just("undo")),
)


class Both:
    """A group that is in a room and in a store at once."""

    def __init__(self, play, store):
        self.play, self.store = play, store
        self.run = store.open_group_run("wb", convener="Ana Ruiz", floor=3)
        self.trainer = store.record_visit(store.register_device().learner_id, "trainer", self.run.id)
        self.visits = [store.join_run(self.run, store.register_device().learner_id, f"Name {who}") for who in PEOPLE]
        self.ids = [visit.learner_id for visit in self.visits]
        play.names = {who: f"Name {number}" for number, who in enumerate(self.ids)}
        play.begins(*self.ids)

    def do(self, kind, *how):
        with contextlib.suppress(Refused):
            getattr(self, kind)(*how)

    def give(self, who, field, audience):
        self.play.gives(self.ids[who], f"Words {len(self.play.entries)}", *field, audience)

    def all_give(self, field, audience):
        for who in PEOPLE:
            self.do("give", who, field, audience)

    def some_give(self, audience):
        """Let each write from another perspective than the one before, so that no perspective has enough alone."""
        for who in PEOPLE[:4]:
            self.do("give", who, ("notice", ("child", "parent")[who % 2]), audience)

    def lead(self, act, form, **more):
        self.play.leads(act, place=WALK, form=form, **more)

    def hold(self, form, on):
        self.lead("hold", form, on=on)

    def arrange(self, form, merged):
        self.lead("arrange", form, merged=merged)

    def undo(self):
        """Take back the last act, as long as the walk stays open: a room shows nothing of what is not."""
        last = self.play.told(self.play.trainer, "desk")["desk"]["undo"]
        if last["did"] not in {"plan", "start", "open"}:
            self.play.leads("undo", act=last["act"])

    def hide(self, hidden):
        self.of_a_card(hidden=hidden)

    def approve(self):
        self.of_a_card()

    def of_a_card(self, **hide):
        cards = [card for form in self.forms(self.play.trainer) for card in form["cards"]]
        if cards and hide:
            self.play.leads("hide", card=cards[0]["id"], **hide)
        elif cards:
            self.play.leads("approve", card=cards[-1]["id"], words=cards[-1]["words"])

    def forms(self, visitor):
        return [
            form
            for message in self.play.messages(visitor)
            if message.get("place") == WALK
            for form in message.get("board", {}).get("forms", ())
        ]

    def keep(self):
        """Store what happened in the room."""
        visits = {visit.learner_id: visit for visit in self.visits} | {self.play.trainer.id: self.trainer}
        for entry in self.play.entries:
            self.store.append(visits[entry.who], self.run, entry.event)

    def on_boards(self, visitor):
        return sorted(
            (form["form"], card["text"], card["name"] or "") for form in self.forms(visitor) for card in form["cards"]
        )

    def in_store(self, visit):
        shared = self.store.shared(visit, self.run)
        return sorted((each.form, each.body["text"], each.name or "") for each in shared)


@given(
    first=st.lists(st.tuples(st.just("arrange"), FORM, st.booleans()), max_size=2), steps=st.lists(STEPS, max_size=25)
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_every_reader_is_told_the_same_by_both(new_play, first, steps):
    with open_store("sqlite://") as store:
        play = new_play(3)
        both = Both(play, store)
        with store._reading() as db:
            secret = db.exec_driver_sql("SELECT secret FROM runs").scalar_one()
        play.room.terms = replace(play.room.terms, secret=secret)
        for step in [*first, *steps]:
            both.do(*step)
        both.keep()

        assert both.in_store(both.trainer) == both.on_boards(play.trainer)
        for who, visit in zip(both.ids[:2], both.visits, strict=False):
            assert both.in_store(visit) == both.on_boards(Visitor(who, "learner"))
        assert store.revealed(both.trainer, both.run) == play.state.led.revealed
