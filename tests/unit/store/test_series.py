"""What is one's own in a series of a group's runs: read for one's own page, as far as nothing of it was erased."""

from __future__ import annotations

import pytest


@pytest.fixture
def series(store):
    """Return three runs, each of which goes on from the one before."""
    runs = [store.open_group_run("small", convener="Ana Ruiz")]
    for _ in range(2):
        runs.append(store.open_group_run("small", convener="Ana Ruiz", continues=runs[-1]))
    return runs


def texts(found):
    return [[event.body["text"] for event in events if event.kind == "write"] for events in found]


def test_somebody_finds_what_they_did_before_run_by_run(store, people, series):
    ana, ben = (people.joins(store, series[0]) for _ in range(2))
    for number, run in enumerate(series):
        for who, visit in (("Ana", ana), ("Ben", ben)):
            again = store.join_run(run, visit.learner_id)
            people.writes(store, again, run, f"{who}, {number}.")

    assert texts(store.room_earlier(series[2], ana.learner_id)) == [["Ana, 0."], ["Ana, 1."]]
    assert texts(store.room_earlier(series[1], ana.learner_id)) == [["Ana, 0."]]
    assert texts(store.room_earlier(series[2], ana.learner_id, most=1)) == [["Ana, 1."]]
    assert store.room_earlier(series[0], ana.learner_id) == []
    assert store.room_earlier(series[2], "somebody else") == []


def test_who_missed_a_run_finds_what_they_did_before_it(store, people, series):
    ana = people.joins(store, series[0])
    people.writes(store, ana, series[0], "In the first.")

    assert texts(store.room_earlier(series[2], ana.learner_id)) == [["In the first."]]


def test_nothing_is_found_behind_a_run_that_is_erased(store, people, series):
    ana = people.joins(store, series[0])
    people.writes(store, ana, series[0], "In the first.")

    store.erase_run(series[1])

    assert store.room_earlier(series[2], ana.learner_id) == []
    assert [store.goes_on(run) for run in (series[0], series[2])] == [False, False]


def test_a_run_goes_on_as_long_as_the_one_before_is_there(store, series):
    assert [store.goes_on(run) for run in series] == [False, True, True]
