"""Whatever happens in a group: nobody's words go further than they said, and nothing that was written is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework.activity.group import Group
from casework.activity.rules import fold
from casework.activity.sharing import WIDTH
from casework.activity.walk import Walk
from casework.errors import Refused

AT = datetime(2026, 11, 21, tzinfo=UTC)
OFFERED = {"notice": "group_unnamed", "body": "trainer", "notice-again": "group_named"}
PROMPTS = st.sampled_from([*OFFERED, "nowhere"])
VIEWS = st.sampled_from(["child", "parent", "", "teacher"])
TEXTS = st.sampled_from(["", "  ", "Small hands.", "Her back."])


def offering(case):
    """Return the case with each of its prompts offered to another audience."""
    scenes = []
    for scene in case.scenes:
        if scene.pause:
            asked = (one.model_copy(update={"share": OFFERED[one.id]}) for one in scene.pause.reflect)
            pause = scene.pause.model_copy(update={"reflect": tuple(asked)})
            scenes.append(scene.model_copy(update={"pause": pause}))
        else:
            scenes.append(scene)
    return case.model_copy(update={"scenes": tuple(scenes)})


class Member(RuleBasedStateMachine):
    """One learner in a group, who does anything in any order, twice, late, and out of place."""

    case = None

    def __init__(self):
        super().__init__()
        self.walk = Walk(offering(type(self).case))
        self.state, self.events, self.number = self.walk.start(), [], 0
        self.group = Group("Ana Ruiz")
        self.texts = {}

    def do(self, kind, **body):
        """Send an intent; return its event, or None where it was refused with a sentence."""
        self.number += 1
        message = {"id": f"{self.number:032x}", "do": kind, **body}
        try:
            event = self.walk.decide(self.state, message, AT, self.group)
        except Refused:
            return None
        self.events.append(event)
        self.state = self.walk.apply(self.state, event)
        return event

    def sharing(self):
        return self.walk.view(self.state, self.group)["sharing"]["forms"]

    @rule(kind=st.sampled_from(["start", "again", "step_out", "come_back"]))
    def go(self, kind):
        self.do(kind)

    @rule()
    def go_on(self):
        self.do("go_on", scene=self.state.here or "arrival", step=self.state.step)

    @rule(choice=st.sampled_from(["sit", "leave", "stay", "look-back"]))
    def choose(self, choice):
        self.do("choose", scene=self.state.here or "arrival", choice=choice)

    @rule(scene=st.sampled_from(["arrival", "floor", "supper", "street"]))
    def go_back(self, scene):
        self.do("go_back", scene=scene)

    @rule(prompt=PROMPTS, view=VIEWS, text=TEXTS)
    def write(self, prompt, view, text):
        if self.do("write", prompt=prompt, perspective=view, text=text):
            self.texts[f"{prompt}/{view}"] = text

    @rule(form=PROMPTS, audience=st.sampled_from(WIDTH), seen=st.sampled_from(["now", "some", "old", "none", "deal"]))
    def share(self, form, audience, seen):
        cells = {f"{form}/{view}" for view in ("child", "parent", "")}
        now = [r.id for name, r in self.state.responses.items() if name in cells and r.text.strip()]
        names = {
            "now": now,
            "some": now[:1],
            "old": [event.id for event in self.events if event.kind == "write"][:2],
            "none": [],
            "deal": [event.id for event in self.events if event.kind in {"take", "decline"}][:1] or ["f" * 32],
        }[seen]
        before, given = self.state.shared.get(form), self.state.given.get(form, frozenset())
        event = self.do("share", form=form, audience=audience, events=names)
        if event is None:
            return
        assert event.share == audience
        assert set(event.body["events"]) <= set(now)
        assert bool(event.body["events"]) == (audience != "private")
        assert WIDTH.index(audience) <= WIDTH.index(OFFERED[form])
        if before and before.audience.startswith("group") and self.group.is_revealed("small", form):
            assert WIDTH.index(audience) >= WIDTH.index(before.audience)
            assert given <= self.state.given[form]

    @rule(prompt=PROMPTS, view=VIEWS)
    def take(self, prompt, view):
        self.answer("take", prompt=prompt, perspective=view)

    @rule(prompt=PROMPTS)
    def decline(self, prompt):
        self.answer("decline", prompt=prompt)

    def answer(self, kind, **body):
        before = self.sharing()
        event = self.do(kind, **body)
        assert self.sharing() == before
        if event:
            assert event.share == "private"
            assert ("small", body["prompt"]) in self.group.dealt

    @rule(form=st.sampled_from(list(OFFERED)))
    def reveal(self, form):
        self.group = replace(self.group, revealed=self.group.revealed | {("small", form)})

    @rule(prompt=st.sampled_from(["notice", "notice-again"]), view=st.sampled_from(["child", "parent"]))
    def deal(self, prompt, view):
        self.group = replace(self.group, dealt={**self.group.dealt, ("small", prompt): view})

    @invariant()
    def no_word_is_lost(self):
        assert {name: one.text for name, one in self.state.responses.items()} == self.texts

    @invariant()
    def the_same_events_tell_the_same_story(self):
        assert fold(self.walk, self.events) == self.state

    @invariant()
    def only_what_was_dealt_is_shown_and_only_here(self):
        dealt = self.walk.view(self.state, self.group)["dealt"]
        assert set(dealt) <= {prompt for _, prompt in self.group.dealt}
        assert {event.share for event in self.events if event.kind in {"take", "decline"}} <= {"private"}
        assert self.walk.view(self.state, None)["dealt"] == {}

    @invariant()
    def what_is_shown_as_shared_is_never_wider_than_offered(self):
        for form, told in self.sharing().items():
            assert WIDTH.index(told["audience"] or "private") <= WIDTH.index(OFFERED[form])


def test_no_sequence_of_deeds_in_a_group_shares_too_much_or_loses_a_word(case):
    run_state_machine_as_test(
        type("MemberOfTheSmallCase", (Member,), {"case": case}),
        settings=settings(
            max_examples=150,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


class Dealt:
    """A learner at the first pause, to whom the parent's view was dealt."""

    def __init__(self, case, group):
        self.walk = Walk(case)
        self.group = group
        self.state = self.walk.start()
        for number, body in enumerate(
            [{"do": "start"}, {"do": "go_on", "scene": "arrival", "step": "read"}], start=1000
        ):
            self.do(number, **body)

    def do(self, number, **body):
        event = self.walk.decide(self.state, {"id": f"{number:032x}", **body}, AT, self.group)
        self.state = self.walk.apply(self.state, event)
        return event

    def shown(self):
        return self.walk.view(self.state, self.group)["dealt"]


@pytest.fixture
def dealt(case):
    return Dealt(case, Group("Ana Ruiz", dealt={("small", "notice"): "parent"}))


def test_a_dealt_view_is_an_invitation_until_it_is_answered(dealt):
    assert dealt.shown() == {"notice": {"perspective": "parent", "taken": None}}


def test_a_dealt_view_can_be_taken_and_then_swapped(dealt):
    dealt.do(1, do="take", prompt="notice", perspective="parent")
    dealt.do(2, do="take", prompt="notice", perspective="child")

    assert dealt.shown() == {"notice": {"perspective": "parent", "taken": "child"}}


def test_a_declined_view_leaves_nothing_on_the_page(dealt):
    dealt.do(1, do="decline", prompt="notice")

    assert dealt.shown() == {}


def test_a_view_is_dealt_to_nobody_alone(dealt):
    dealt.group = None

    with pytest.raises(Refused, match="no invitation here"):
        dealt.do(1, do="take", prompt="notice", perspective="parent")


def test_a_view_that_is_not_asked_for_cannot_be_taken(dealt):
    with pytest.raises(Refused, match="not asked from that view"):
        dealt.do(1, do="take", prompt="notice", perspective="teacher")


def test_an_invitation_waits_until_the_walk_has_come_to_it(case):
    group = Group("Ana Ruiz", dealt={("small", "notice-again"): "parent"})

    assert Dealt(case, group).shown() == {}
