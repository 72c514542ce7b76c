"""A group's run: who is let in, under what name, and what is settled before anybody joins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.errors import StoreError


def test_a_group_has_a_floor_of_at_least_three(store):
    with pytest.raises(StoreError, match="fewer than 3"):
        store.open_group_run("the-first-goodbye", convener="Ana", floor=2)


def test_only_those_who_take_part_write_in_a_groups_run(store, people):
    run, _ = people.group(store)

    with pytest.raises(StoreError, match="takes no part"):
        people.writes(store, people.alone(store), run)


def test_a_join_code_and_a_trainers_key_open_their_run(store, people):
    run, _ = people.group(store)
    code, key = store.join_code(run), store.make_trainer_key(run)

    assert store.find_door(code) == (run, "learner")
    assert store.find_door(f" {code[:3].lower()}-{code[3:].lower()} ") == (run, "learner")
    assert store.find_door(key) == (run, "trainer")
    assert store.find_door(key.upper()) is None


def test_nobody_joins_a_run_that_is_closed(store, people):
    run, trainer = people.group(store)
    code = store.join_code(run)

    with pytest.raises(StoreError, match="Only the trainer"):
        store.close_run(people.joins(store, run), run)
    store.close_run(trainer, run)

    assert store.find_door(code) is None
    with pytest.raises(StoreError, match="nobody can join"):
        store.join_code(run)


def test_who_joins_again_is_the_same_and_keeps_their_name(store, people):
    run, trainer = people.group(store)
    visit = people.joins(store, run, "Luz")
    store.join_run(run, visit.learner_id)

    [found] = store.participants(trainer, run)

    assert (found.learner_id, found.name) == (visit.learner_id, "Luz")


def test_who_takes_part_in_a_group_still_has_papers_of_their_own(store, people):
    run, _ = people.group(store)
    visit = people.joins(store, run)

    own = store.open_own_run(visit, "own-papers")

    assert store.open_run(visit, "anything") == run
    assert own.learner_id == visit.learner_id
    assert people.writes(store, visit, own)


def test_nobody_joins_what_belongs_to_one_person(store, people):
    run = store.open_run(people.alone(store), "the-first-goodbye")

    with pytest.raises(StoreError, match="own session"):
        people.joins(store, run)


def test_of_many_events_each_is_stored_once_and_what_cannot_be_keeps_none_of_the_others_from_it(store, people):
    run, _ = people.group(store)
    ana, ben = people.joins(store, run), people.joins(store, run)
    first, second, third, fourth = (people.event(text) for text in ("one", "two", "three", "four"))
    erased = replace(ben, learner_id="nobody")

    at_first = store.append_all([(ana, run, first), (ben, run, second)])
    again = store.append_all([(ana, run, third), (ana, run, first), (erased, run, people.event()), (ben, run, fourth)])

    assert at_first == [None, None]
    assert [bool(why) for why in again] == [False, False, True, False]
    assert [(who, event.body["text"]) for _, who, event in store.room_entries(run)] == [
        (ana.learner_id, "one"),
        (ben.learner_id, "two"),
        (ana.learner_id, "three"),
        (ben.learner_id, "four"),
    ]
