"""One person's before and after can be told as a pair, and no more of anybody than that."""

from __future__ import annotations

import pytest

AGAIN = {("small", "notice-again"): ("small", "notice"), ("needs/after", "survey"): ("needs/before", "survey")}


def again(about, form, known):
    """Return the earlier form, as content would say it."""
    earlier = AGAIN.get((about, form))
    return earlier if earlier in known else None


@pytest.fixture
def twice(store, people):
    """Return a group of six who wrote twice, of whom the last kept their later words."""
    run, trainer = people.group(store, floor=5)
    for number in range(6):
        learner = people.joins(store, run)
        first = people.writes(store, learner, run, f"First {number}")
        later = people.writes(store, learner, run, f"Later {number}", prompt="notice-again")
        people.shares(store, learner, run, "group_unnamed", first)
        if number < 5:
            people.shares(store, learner, run, "group_unnamed", later, form="notice-again")
    return run, trainer


def by_pair(shared):
    found = {}
    for event in shared:
        if event.pair:
            found.setdefault(event.pair, []).append(event.body["text"])
    return sorted(sorted(texts) for texts in found.values())


def test_before_and_after_are_named_as_a_pair_from_the_floor_on(store, twice):
    run, trainer = twice

    shared = store.shared(trainer, run, again=again)

    assert by_pair(shared) == [[f"First {number}", f"Later {number}"] for number in range(5)]
    assert {event.author for event in shared} == {None}


def test_nothing_is_paired_unless_it_is_asked_for(store, twice):
    run, trainer = twice

    assert {event.pair for event in store.shared(trainer, run)} == {""}


def test_below_the_floor_no_pair_is_named(store, people):
    run, trainer = people.group(store, floor=5)
    for number in range(6):
        learner = people.joins(store, run)
        first = people.writes(store, learner, run, f"First {number}")
        later = people.writes(store, learner, run, f"Later {number}", prompt="notice-again")
        if number < 5:
            people.shares(store, learner, run, "group_unnamed", first)
        if number > 0:
            people.shares(store, learner, run, "group_unnamed", later, form="notice-again")

    shared = store.shared(trainer, run, again=again)

    assert len(shared) == 10
    assert by_pair(shared) == []


def test_words_given_with_another_audience_are_no_pair(store, people):
    run, trainer = people.group(store)
    learner = people.joins(store, run, "Ana")
    first = people.writes(store, learner, run, "First")
    later = people.writes(store, learner, run, "Later", prompt="notice-again")
    people.shares(store, learner, run, "trainer", first)
    people.shares(store, learner, run, "group_named", later, form="notice-again")

    assert by_pair(store.shared(trainer, run, again=again)) == []


def test_two_items_of_one_person_are_two_pairs(store, people):
    run, trainer = people.group(store)
    learner = people.joins(store, run)
    for about in ("needs/before", "needs/after"):
        answers = [people.event(kind="answer", about=about, item=item, value=3) for item in ("one", "two")]
        for answer in answers:
            store.append(learner, run, answer)
        ids = [answer.id for answer in answers]
        share = people.event(kind="share", about=about, form="survey", audience="trainer", events=ids)
        store.append(learner, run, share)

    pairs = {event.pair: {} for event in store.shared(trainer, run, again=again)}

    assert len(pairs) == 2
    assert "" not in pairs


def test_what_corrects_a_mark_names_the_mark_as_it_is_shown(store, people):
    run, trainer = people.group(store)
    learner = people.joins(store, run)
    mark = people.event(kind="start_state", item="waits", beat=0, clock=0.0)
    end = people.event(kind="end_state", mark=mark.id, beat=2, clock=9.0)
    for event in (mark, end):
        store.append(learner, run, event)
    people.shares(store, learner, run, "trainer", mark, end, form="coding")

    shared = {event.kind: event for event in store.shared(trainer, run)}

    assert shared["end_state"].body["mark"] == shared["start_state"].id != mark.id
