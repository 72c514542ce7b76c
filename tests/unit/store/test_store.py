"""What a store does, whichever database is behind it."""

from __future__ import annotations

import threading

import pytest

from casework.errors import StoreError
from casework.store import Visit


def test_a_device_is_found_again_by_its_token(store):
    device = store.register_device()

    assert store.find_device(device.token) == device
    assert store.find_device("guessed") is None


def test_two_devices_are_two_learners(store):
    assert store.register_device().learner_id != store.register_device().learner_id


def test_a_visit_is_found_by_its_id(store, people):
    visit = people.alone(store)

    assert store.find_visit(visit.id) == visit


def test_an_unknown_visit_is_refused_with_a_sentence(store):
    with pytest.raises(StoreError, match="not known here"):
        store.find_visit("0" * 32)


def test_a_local_account_stays_the_same_learner(store):
    first, second = store.local_visit("ana"), store.local_visit("ana")

    assert first == second
    assert first.role == "owner"
    assert store.local_visit("luz").learner_id != first.learner_id


def test_a_learners_run_of_a_workbook_goes_on(store, people):
    visit = people.alone(store)

    run = store.open_run(visit, "the-first-goodbye")

    assert store.open_run(visit, "the-first-goodbye") == run
    assert store.open_run(visit, "another") != run
    assert store.open_run(people.alone(store), "the-first-goodbye") != run


def test_an_event_comes_back_as_it_was(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    event = people.event("¿Qué ve? 🚪 \u202e <b>")

    assert store.append(visit, run, event)

    assert [found for _, found in store.events(visit, run)] == [event]


def test_a_repeated_event_is_stored_once(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    event = people.event()
    store.append(visit, run, event)

    assert not store.append(visit, run, event)

    assert len(store.events(visit, run)) == 1


def test_only_what_came_after_a_number_is_read(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    store.append(visit, run, people.event())
    [(number, _)] = store.events(visit, run)
    later = people.writes(store, visit, run)

    assert [found.id for _, found in store.events(visit, run, after=number)] == [later.id]


def test_nobody_reads_what_another_wrote(store, people):
    author, other = people.alone(store), people.alone(store)
    run = store.open_run(author, "the-first-goodbye")
    store.append(author, run, people.event())

    assert store.events(other, run) == []


def test_nobody_writes_into_anothers_run(store, people):
    run = store.open_run(people.alone(store), "the-first-goodbye")

    with pytest.raises(StoreError, match="someone else"):
        store.append(people.alone(store), run, people.event())


def test_an_event_of_an_unknown_learner_is_never_called_stored(store, people):
    run, _ = people.group(store)
    nobody = Visit("x", "0" * 32, "learner", run.id)

    with pytest.raises(StoreError, match="nothing was stored"):
        store.append(nobody, run, people.event())


def test_someone_has_work_once_they_did_something(store, people):
    visit = people.alone(store)
    before = store.has_work(visit.learner_id)
    store.append(visit, store.open_run(visit, "the-first-goodbye"), people.event())

    assert not before
    assert store.has_work(visit.learner_id)


def test_a_second_process_sees_what_was_stored(store, people, opened):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    store.append(visit, run, people.event())

    assert opened(store.url).events(visit, run) == store.events(visit, run)


def test_two_tabs_that_open_at_once_share_one_run(store, people, opened):
    visit = people.alone(store)
    found = []
    stores = [opened(store.url) for _ in range(4)]
    tabs = [threading.Thread(target=lambda s=s: found.append(s.open_run(visit, "the-first-goodbye"))) for s in stores]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert len(set(found)) == 1
    assert len(found) == 4


def test_a_visit_of_an_unknown_learner_is_refused_with_a_sentence(store):
    with pytest.raises(StoreError, match="not in the store"):
        store.record_visit("0" * 32)


def test_words_of_any_kind_come_back_as_they_were(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    words = "\x00 \ud800 'quoted' \"twice\" \\ %s :name é é 🚪"

    event = people.writes(store, visit, run, words, about="x" * 300)

    assert [found for _, found in store.events(visit, run)] == [event]


def test_a_moment_comes_back_in_utc(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    event = people.writes(store, visit, run)

    [(_, found)] = store.events(visit, run)

    assert found.at == event.at
    assert found.at.tzname() == "UTC"


def test_events_that_arrive_together_are_read_in_order_and_none_is_passed_over(store, people, opened):
    """A later number that is there before an earlier one would be read first, and the earlier one never."""
    run, _ = people.group(store)
    visit = people.joins(store, run)
    others = [opened(store.url) for _ in range(4)]

    def write(mine):
        for _ in range(15):
            people.writes(mine, visit, run)

    writers = [threading.Thread(target=write, args=(mine,)) for mine in others]
    for writer in writers:
        writer.start()
    last, seen = 0, []
    while any(writer.is_alive() for writer in writers) or store.events(visit, run, last):
        for number, event in store.events(visit, run, last):
            assert number > last
            last = number
            seen.append(event.id)

    assert seen == [event.id for _, event in store.events(visit, run)]
    assert len(seen) == 60


def test_a_run_that_was_never_there_is_said_in_a_sentence(store):
    with pytest.raises(StoreError, match="no such session"):
        store.find_run("0" * 32)


def test_a_forgotten_device_stands_for_nobody(store):
    device = store.register_device()

    store.forget_device(device.token)

    assert store.find_device(device.token) is None
    assert store.register_device().learner_id != device.learner_id
