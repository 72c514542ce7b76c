"""Who may see what: the author says so, form by form, and the latest word governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casework.activity.group import Group
from casework.activity.rules import fold
from casework.activity.walk import Walk
from casework.errors import Refused

AT = datetime(2026, 11, 21, tzinfo=UTC)
GROUP = Group("Ana Ruiz")
WORDS = "a" * 32


class Person:
    """One learner at a walk, in a group or alone."""

    def __init__(self, case, group=GROUP, share="group_unnamed"):
        self.walk = Walk(offering(case, share))
        self.state = fold(self.walk, [])
        self.group = group
        self.number = 0

    def do(self, kind, intent_id=None, **body):
        self.number += 1
        message = {"id": intent_id or f"{self.number:032x}", "do": kind, **body}
        event = self.walk.decide(self.state, message, AT, self.group)
        self.state = self.walk.apply(self.state, event)
        return event

    def writes(self, intent_id=WORDS, text="Small hands."):
        if self.state.step == "start":
            self.do("start")
            self.do("go_on", scene="arrival", step="read")
        return self.do("write", intent_id, prompt="notice", perspective="child", text=text)

    def shares(self, audience, *events):
        return self.do("share", form="notice", audience=audience, events=list(events))

    def sharing(self):
        return self.walk.view(self.state, self.group)["sharing"]["forms"]["notice"]


def offering(case, share):
    scene = case.scenes[0]
    prompts = tuple(prompt.model_copy(update={"share": share}) for prompt in scene.pause.reflect)
    pause = scene.pause.model_copy(update={"reflect": prompts})
    return case.model_copy(update={"scenes": (scene.model_copy(update={"pause": pause}), *case.scenes[1:])})


def test_what_is_written_is_private_until_it_is_shared(case):
    person = Person(case)

    assert person.writes().share == "private"
    assert person.sharing() == {"widest": "group_unnamed", "audience": None, "events": [], "revealed": False}


def test_a_share_carries_its_audience_and_what_its_author_saw(case):
    person = Person(case)
    person.writes()

    event = person.shares("group_unnamed", WORDS)

    assert (event.share, event.body["events"]) == ("group_unnamed", [WORDS])
    assert (person.sharing()["audience"], person.sharing()["events"]) == ("group_unnamed", [WORDS])


@pytest.mark.parametrize(
    ("offered", "widest", "audience"),
    [
        ("trainer", "group_named", "group_unnamed"),
        ("group_unnamed", "trainer", "group_unnamed"),
        ("group_named", "group_unnamed", "group_named"),
    ],
)
def test_nothing_is_shared_more_widely_than_is_offered_and_allowed(case, offered, widest, audience):
    person = Person(case, replace(GROUP, widest=widest), offered)
    person.writes()

    with pytest.raises(Refused, match="not with so many"):
        person.shares(audience, WORDS)


@pytest.mark.parametrize("offered", ["private", "device"])
def test_a_private_prompt_has_nobody_to_share_with(case, offered):
    person = Person(case, share=offered)
    person.do("start")

    with pytest.raises(Refused, match="no group"):
        person.shares("trainer", WORDS)
    assert "notice" not in person.walk.view(person.state, GROUP)["sharing"]["forms"]


def test_words_that_have_changed_since_are_not_shared(case):
    person = Person(case)
    person.writes()
    person.writes("b" * 32, "Small, cold hands.")

    with pytest.raises(Refused, match="changed since"):
        person.shares("trainer", WORDS)


def test_an_author_may_withdraw_until_it_is_revealed(case):
    person = Person(case)
    person.writes()
    person.shares("group_unnamed", WORDS)
    person.shares("private")
    assert person.sharing()["audience"] == "private"

    person.shares("group_unnamed", WORDS)
    person.group = replace(GROUP, revealed=frozenset({("small", "notice")}))
    for narrower in ("private", "trainer"):
        with pytest.raises(Refused, match="cannot be taken back"):
            person.shares(narrower, WORDS)


def test_keeping_it_to_oneself_needs_no_words(case):
    person = Person(case)
    person.do("start")

    assert person.shares("private").share == "private"


def test_what_the_trainer_alone_was_given_can_be_withdrawn_after_a_reveal(case):
    person = Person(case)
    person.writes()
    person.shares("trainer", WORDS)
    person.group = replace(GROUP, revealed=frozenset({("small", "notice")}))

    assert person.shares("private").share == "private"


def test_what_the_group_has_seen_stays_whole_when_it_is_shared_again(case):
    person = Person(case)
    person.writes()
    person.do("write", "c" * 32, prompt="notice", perspective="parent", text="Her back.")
    person.shares("group_unnamed", WORDS, "c" * 32)
    person.group = replace(GROUP, revealed=frozenset({("small", "notice")}))

    with pytest.raises(Refused, match="cannot be taken back"):
        person.shares("group_unnamed", WORDS)
    person.writes("d" * 32, "Small, cold hands.")
    assert person.shares("group_unnamed", "d" * 32, "c" * 32)


def test_an_empty_field_is_never_shared(case):
    person = Person(case)
    person.writes(text="  ")

    with pytest.raises(Refused, match="changed since"):
        person.shares("trainer", WORDS)


def test_what_is_kept_names_no_words(case):
    person = Person(case)
    person.writes()

    with pytest.raises(Refused, match="changed since"):
        person.shares("private", WORDS)


def test_a_share_counts_no_further_than_the_content_offers_now(case):
    person = Person(case)
    person.writes()
    person.shares("group_unnamed", WORDS)
    person.walk = Walk(offering(case, "trainer"))

    assert person.sharing()["audience"] == "trainer"


def test_words_for_the_device_are_refused_if_they_arrive(case):
    person = Person(case, share="device")

    with pytest.raises(Refused, match="stay on your device"):
        person.writes()
