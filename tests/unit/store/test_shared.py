"""Who may read what others gave, by example; over random histories in test_shared_histories.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.errors import StoreError
from casework.store import Visit


def texts(shared):
    return sorted(event.body["text"] for event in shared)


@pytest.fixture
def full(store, people):
    """Return a group of six, five of whom shared something unnamed."""
    run, trainer = people.group(store)
    learners = [people.joins(store, run, f"Name {number}") for number in range(6)]
    for number, learner in enumerate(learners[:5]):
        people.shares(store, learner, run, "group_unnamed", people.writes(store, learner, run, f"Words {number}"))
    return run, trainer, learners


def test_nobody_sees_what_was_not_shared(store, people):
    run, trainer = people.group(store)
    author, other = people.joins(store, run), people.joins(store, run)
    people.writes(store, author, run)

    assert store.shared(trainer, run) == store.shared(other, run) == []


def test_the_group_sees_nothing_before_it_is_revealed(store, people, full):
    run, trainer, [*_, other] = full

    assert store.shared(other, run) == []
    people.reveals(store, trainer, run)
    assert texts(store.shared(other, run)) == [f"Words {number}" for number in range(5)]


def test_the_trainer_sees_unnamed_words_without_an_author_before_they_are_revealed(store, people, full):
    run, trainer, _ = full

    before = store.shared(trainer, run)
    people.reveals(store, trainer, run)
    after = store.shared(trainer, run)

    assert {event.author for event in before} == {None}
    assert len({event.author for event in after}) == 5
    assert texts(before) == texts(after)


def test_below_the_floor_there_are_only_counts(store, people, full):
    run, trainer, learners = full
    people.shares(store, learners[0], run, "private")
    people.reveals(store, trainer, run)

    assert store.shared(trainer, run) == store.shared(learners[1], run) == []
    told = [(tally.cell, tally.audience, tally.people) for tally in store.tallies(trainer, run)]
    assert told == [("", "private", 1), ("notice/child", "group_unnamed", 4)]
    assert store.tallies(learners[1], run) == []


def test_one_person_who_shares_much_does_not_fill_the_floor(store, people):
    run, trainer = people.group(store, floor=3)
    learners = [people.joins(store, run) for _ in range(2)]
    for learner in learners:
        written = [people.writes(store, learner, run, f"Words {number}") for number in range(3)]
        people.shares(store, learner, run, "group_unnamed", *written)

    assert store.shared(trainer, run) == []


def test_what_is_written_after_sharing_is_not_shared(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run)
    people.shares(store, author, run, "trainer", people.writes(store, author, run, "Then."))
    people.writes(store, author, run, "Now.")

    assert texts(store.shared(trainer, run)) == ["Then."]


def test_the_latest_share_governs_what_was_shared_before(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run)
    first, later = people.writes(store, author, run, "First."), people.writes(store, author, run, "Later.")
    people.shares(store, author, run, "trainer", first)
    people.shares(store, author, run, "trainer", later)

    assert texts(store.shared(trainer, run)) == ["Later."]
    people.shares(store, author, run, "private")
    assert store.shared(trainer, run) == []


def test_a_name_is_seen_only_with_what_was_shared_with_it(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run, "  Luz\x00 \n Mar\u202e ")
    written = people.writes(store, author, run)
    people.shares(store, author, run, "trainer", written)
    before = store.shared(trainer, run)
    people.shares(store, author, run, "group_named", written)
    after = store.shared(trainer, run)

    assert [event.name for event in before] == [None]
    assert [event.name for event in after] == ["Luz Mar"]
    assert before[0].author != after[0].author
    assert before[0].id != after[0].id


def test_a_pseudonym_holds_for_one_form_alone(store, people):
    run, trainer = people.group(store, floor=3)
    for _ in range(3):
        learner = people.joins(store, run)
        for form in ("notice", "body"):
            people.shares(
                store, learner, run, "group_unnamed", people.writes(store, learner, run, prompt=form), form=form
            )
    for form in ("notice", "body"):
        people.reveals(store, trainer, run, form)

    authors = [event.author for event in store.shared(trainer, run)]

    assert len(set(authors)) == 6


def test_the_order_tells_nothing_of_who_came_when(store, people):
    run, trainer = people.group(store, floor=3)
    written = []
    for number in range(12):
        learner = people.joins(store, run)
        written.append(people.writes(store, learner, run, f"Words {number:02}"))
        people.shares(store, learner, run, "group_unnamed", written[-1])

    shown = [event.body["text"] for event in store.shared(trainer, run)]

    assert shown != [event.body["text"] for event in written]
    assert sorted(shown) == [event.body["text"] for event in written]
    assert shown == [event.body["text"] for event in store.shared(trainer, run)]


def test_what_comes_later_waits_until_it_is_from_three_people(store, people, full):
    run, trainer, [*_, sixth] = full
    others = [people.joins(store, run) for _ in range(2)]
    for number, learner in enumerate([sixth, *others]):
        assert len(store.shared(trainer, run)) == 5
        people.shares(store, learner, run, "group_unnamed", people.writes(store, learner, run, f"Late {number}"))

    assert len(store.shared(trainer, run)) == 8


def test_a_share_gives_nothing_that_was_done_after_it(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run)
    later = people.event("Later.")
    people.shares(store, author, run, "trainer", later)
    store.append(author, run, later)

    assert store.shared(trainer, run) == []


def test_nothing_goes_further_than_the_group_allows(store, people):
    run, trainer = people.group(store, widest="trainer", floor=3)
    for number, audience in enumerate(["group_named", *["group_unnamed"] * 4]):
        learner = people.joins(store, run, f"Name {number}")
        people.shares(store, learner, run, audience, people.writes(store, learner, run, f"Words {number}"))
    people.reveals(store, trainer, run)

    assert [(event.body["text"], event.name) for event in store.shared(trainer, run)] == [("Words 0", None)]
    assert store.shared(learner, run) == []


def undoes(store, people, trainer, run, event):
    undo = people.event(kind="lead", do="undo", act=event.id, undone=dict(event.body))
    store.append(trainer, run, replace(undo, body={**undo.body, "kind": event.kind}))


def test_a_reveal_that_was_taken_back_shows_nothing(store, people, full):
    run, trainer, [first, *_, other] = full
    reveal = people.reveals(store, trainer, run)
    assert store.shared(other, run)
    undoes(store, people, trainer, run, reveal)

    assert store.shared(other, run) == []
    assert store.revealed(first, run) == frozenset()
    assert {event.author for event in store.shared(trainer, run)} == {None}
    people.shares(store, first, run, "private")
    people.reveals(store, trainer, run)
    assert store.shared(other, run) == []


def test_only_the_last_thing_that_the_group_saw_is_taken_back(store, people, full):
    run, trainer, [*_, other] = full
    reveal = people.reveals(store, trainer, run)
    close = people.event(kind="lead", about="room:", do="close", place="walk:small")
    store.append(trainer, run, close)

    undoes(store, people, trainer, run, reveal)
    assert store.shared(other, run)
    undoes(store, people, trainer, run, close)
    undoes(store, people, trainer, run, reveal)
    assert store.shared(other, run) == []


def test_words_that_wait_to_be_approved_are_not_shown_to_the_group(store, people, full):
    run, trainer, [*_, other] = full
    people.reveals(store, trainer, run)
    store.append(trainer, run, people.event(kind="lead", do="hold", form="notice", on=True))

    assert store.shared(other, run) == []
    assert len(store.shared(trainer, run)) == 5


def test_where_perspectives_are_left_out_they_are_not_told_either(store, people):
    run, trainer = people.group(store, floor=3)
    store.append(trainer, run, people.event(kind="lead", do="arrange", form="notice", merged=True))
    for sight in ("child", "child", "parent"):
        learner = people.joins(store, run)
        people.shares(
            store, learner, run, "group_unnamed", people.writes(store, learner, run, sight, perspective=sight)
        )

    assert texts(store.shared(trainer, run)) == ["child", "child", "parent"]
    assert not any("perspective" in event.body for event in store.shared(trainer, run))


def test_the_trainer_of_another_run_sees_nothing(store, people, full):
    run, trainer, learners = full
    _, stranger = people.group(store)
    people.reveals(store, trainer, run)

    for reader in (stranger, people.alone(store), store.local_visit("ana"), Visit("", learners[0].learner_id)):
        assert store.shared(reader, run) == store.tallies(reader, run) == store.led(reader, run) == []
        assert store.participants(reader, run) == []
        assert store.revealed(reader, run) == frozenset()


def test_only_the_trainer_of_a_run_reveals(store, people, full):
    run, _, [learner, *_] = full
    _, stranger = people.group(store)

    for visit in (learner, stranger, store.record_visit(learner.learner_id, "screen", run.id)):
        with pytest.raises(StoreError, match="nothing was stored"):
            people.reveals(store, visit, run)


def test_everyone_in_a_group_knows_how_it_is_led(store, people, full):
    run, trainer, [learner, *_] = full
    people.reveals(store, trainer, run)
    store.append(trainer, run, people.event(kind="lead", about="room", do="pace"))

    assert [event.kind for _, event in store.led(learner, run)] == ["reveal", "lead"]
    assert store.revealed(learner, run) == {("small", "notice")}
