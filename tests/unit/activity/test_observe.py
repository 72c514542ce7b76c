"""The rules of the observation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.activity.rules import fold
from casework.errors import Refused
from observer import GROUP, NOW, Person, rules_over


@pytest.fixture
def rules():
    return rules_over("beats")


@pytest.fixture
def person(rules):
    one = Person(rules)
    one.do("begin")
    return one


@pytest.fixture
def filming():
    one = Person(rules_over("media"))
    one.do("begin")
    return one


@pytest.fixture
def living():
    one = Person(rules_over("live"))
    one.do("begin", when=1_000_000)
    return one


# -- points ---------------------------------------------------------------------------------------


def test_a_mark_carries_its_beat_and_the_pages_clock(person):
    mark = person.do("mark", item="waits", beat=0, clock=1.5)

    [shown] = person.view()["marks"]
    assert (shown["id"], shown["item"], shown["beat"], shown["clock"]) == (mark, "waits", 0, 1.5)


def test_a_mark_in_a_told_moment_carries_its_second_too(person):
    person.do("mark", item="waits", beat=1, seconds=6.25)

    assert person.view()["marks"][0]["seconds"] == 6.25


def test_a_mark_can_be_taken_back(person):
    person.do("undo", mark=person.do("mark", item="waits", beat=0))

    assert person.state.marks == ()


def test_a_double_press_counts_once(person):
    person.do("mark", item="waits", beat=0, clock=1.5)

    with pytest.raises(Refused, match=r"^$"):
        person.do("mark", item="waits", beat=0, clock=1.8)


def test_the_same_item_counts_again_a_moment_later(person):
    person.do("mark", item="waits", beat=0, clock=1.5)
    person.do("mark", item="waits", beat=0, clock=4)

    assert len(person.state.marks) == 2


def test_points_are_counted_and_set_against_the_time_that_was_observed(person):
    person.do("mark", item="waits", beat=0)
    person.do("at_beat", beat=2)
    person.do("at_beat", beat=1)
    person.do("mark", item="waits", beat=1)

    assert person.summary("waits") == {"count": 2, "perMinute": 60 * 2 / 20}


# -- states ---------------------------------------------------------------------------------------


def test_a_state_lasts_from_the_beat_where_it_began_to_where_it_ended(person):
    near = person.do("start_state", item="near", beat=1)
    person.do("at_beat", beat=3)
    person.do("end_state", mark=near, beat=3)

    assert person.marks() == [("near", 1, 3, False)]
    assert person.summary("near")["seconds"] == 15


def test_a_state_that_begins_and_ends_in_one_beat_lasts_that_beat(person):
    person.do("end_state", mark=person.do("start_state", item="near", beat=1), beat=1)

    assert person.summary("near")["seconds"] == 4


def test_a_state_that_has_not_ended_lasts_as_long_as_was_observed(person):
    person.do("start_state", item="near", beat=0)
    person.do("at_beat", beat=1)

    assert person.summary("near") == {"count": 1, "seconds": 9, "share": 1.0, "overlaps": {}}


def test_beginning_a_state_ends_those_it_excludes_in_the_same_event(person):
    person.do("start_state", item="near", beat=0)
    person.do("start_state", item="holds", beat=0)
    far = person.do("start_state", item="far", beat=2)

    assert person.marks() == [("near", 0, 2, False), ("holds", 0, None, True), ("far", 2, None, True)]
    assert person.state.marks[0].ended_by == far
    assert person.number == 4


def test_taking_back_what_ended_a_state_lets_it_go_on(person):
    person.do("start_state", item="near", beat=0)
    person.do("undo", mark=person.do("start_state", item="far", beat=1))

    assert person.marks() == [("near", 0, None, True)]


def test_taking_it_back_does_not_wake_a_state_beside_one_that_excludes_it(person):
    person.do("start_state", item="near", beat=0)
    far = person.do("start_state", item="far", beat=1)
    person.do("end_state", mark=far, beat=2)
    person.do("start_state", item="near", beat=3)
    person.do("undo", mark=far)

    assert person.marks() == [("near", 0, 1, False), ("near", 3, None, True)]


def test_a_state_cannot_begin_twice(person):
    person.do("start_state", item="near", beat=0)

    with pytest.raises(Refused, match=r"^$"):
        person.do("start_state", item="near", beat=1)


def test_a_slip_of_the_finger_neither_ends_a_state_nor_begins_it_again(person):
    near = person.do("start_state", item="near", beat=0, clock=1)
    with pytest.raises(Refused):
        person.do("end_state", mark=near, beat=0, clock=1.2)
    person.do("end_state", mark=near, beat=0, clock=3)

    with pytest.raises(Refused):
        person.do("start_state", item="near", beat=0, clock=3.3)


def test_states_that_last_at_once_overlap(filming):
    near = filming.do("start_state", item="near", seconds=2)
    holds = filming.do("start_state", item="holds", seconds=4)
    filming.do("end_state", mark=near, seconds=10)
    filming.do("end_state", mark=holds, seconds=14)
    filming.do("finish", seconds=20)

    assert filming.summary("near") == {"count": 1, "seconds": 8, "share": 0.4, "overlaps": {"holds": 6}}
    assert filming.summary("holds")["overlaps"] == {"near": 6}


# -- intervals and ratings ------------------------------------------------------------------------


def test_an_interval_left_open_is_never_counted_as_no(person):
    person.do("at_beat", beat=3)
    person.do("answer", item="looks", interval=0, answer="yes")
    person.do("answer", item="looks", interval=2, answer="no")

    assert person.summary("looks") == {"yes": 1, "no": 1, "unknown": 2}


def test_the_latest_answer_counts_and_can_be_taken_back(person):
    person.do("answer", item="looks", interval=0, answer="yes")
    person.do("answer", item="looks", interval=0, answer="no")
    assert person.view()["answers"] == {"looks": {"0": False}}

    person.do("answer", item="looks", interval=0, answer="unknown")
    assert person.summary("looks") == {"yes": 0, "no": 0, "unknown": 1}


def test_a_recording_falls_into_intervals_of_seconds(filming):
    filming.do("answer", item="looks", interval=2, answer="yes")
    filming.do("finish", seconds=31)

    assert filming.summary("looks") == {"yes": 1, "no": 0, "unknown": 3}


def test_the_latest_rating_counts_and_can_be_taken_back(person):
    person.do("rate", item="pace", value=2)
    person.do("rate", item="pace", value=4)
    assert person.summary("pace") == {"value": 4}

    person.do("rate", item="pace", value=None)
    assert person.summary("pace") == {"value": None}


# -- corrections and notes ------------------------------------------------------------------------


def test_a_correction_moves_a_mark_and_what_it_was_stays(person):
    mark = person.do("mark", item="waits", beat=0)
    correct = person.do("correct", mark=mark, item="names", beat=2)

    [shown] = person.view()["marks"]
    assert (shown["id"], shown["item"], shown["beat"]) == (mark, "names", 2)
    assert shown["was"] == {"item": "waits", "beat": 0, "seconds": None}
    assert [event.id for event in person.events][-2:] == [mark, correct]


def test_a_second_correction_keeps_the_first_place(person):
    mark = person.do("mark", item="waits", beat=0)
    person.do("correct", mark=mark, beat=2)
    person.do("correct", mark=mark, beat=3)

    assert person.view()["marks"][0]["was"]["beat"] == 0


@pytest.mark.parametrize(
    "change",
    [{"item": "near"}, {"item": "gone"}, {"beat": 9}],
    ids=["another kind", "no item", "no beat"],
)
def test_a_mark_is_moved_only_to_where_one_can_be(person, change):
    mark = person.do("mark", item="waits", beat=0)

    with pytest.raises(Refused, match="cannot be moved there"):
        person.do("correct", mark=mark, **change)


def test_a_state_cannot_be_moved_behind_its_end(person):
    near = person.do("start_state", item="near", beat=0)
    person.do("end_state", mark=near, beat=1)

    with pytest.raises(Refused, match="ends after it begins"):
        person.do("correct", mark=near, beat=2)
    person.do("correct", mark=near, beat=2, until_beat=3)
    assert person.marks() == [("near", 2, 3, False)]


def test_a_note_stands_at_a_beat_or_at_a_second(person, filming):
    person.do("write", prompt="beat-1", perspective="", text="Her eyes.")
    filming.do("write", prompt="second-75", perspective="", text="A door.")

    assert person.view()["responses"]["beat-1/"]["text"] == "Her eyes."
    assert filming.view()["responses"]["second-75/"]["text"] == "A door."


# -- recordings and life --------------------------------------------------------------------------


def test_the_clock_of_a_live_observation_goes_on_from_its_events(living):
    living.do("pause", seconds=12.5)
    assert living.view()["clock"] == {"running": False, "seconds": 12.5, "since": 1_000_000}

    living.do("go_on", when=1_050_000)
    assert living.view()["clock"] == {"running": True, "seconds": 12.5, "since": 1_050_000}


def test_the_end_stops_the_clock_and_says_how_long_was_observed(living):
    living.do("mark", item="waits", seconds=4)
    living.do("finish", seconds=30)

    assert living.view()["observed"] == 30
    assert living.summary("waits") == {"count": 1, "perMinute": 2}


def test_a_clock_never_goes_back(living):
    living.do("pause", seconds=20)
    living.do("go_on", when=900)
    living.do("pause", seconds=3)

    assert living.view()["clock"]["seconds"] == 20


def test_a_live_mark_needs_a_second_and_has_no_beat(living):
    for place in ({"beat": 0}, {}):
        with pytest.raises(Refused, match="no such beat"):
            living.do("mark", item="waits", **place)


# -- the whole ------------------------------------------------------------------------------------


def test_it_comes_back_to_the_beat_where_it_was(person):
    person.do("at_beat", beat=2)

    assert person.view()["beat"] == 2


def test_it_can_be_finished_and_reopened(person):
    person.do("finish")
    assert person.view()["finished"]

    person.do("reopen")
    assert not person.view()["finished"]
    assert person.view()["summary"] is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"do": "mark", "item": "unknown", "beat": 0, "clock": 1}, "no such item"),
        ({"do": "mark", "item": "waits", "beat": 4, "clock": 1}, "no such beat"),
        ({"do": "mark", "item": "waits", "beat": -1, "clock": 0}, "does not know"),
        ({"do": "mark", "item": "waits", "beat": 0, "clock": float("nan")}, "does not know"),
        ({"do": "at_beat", "beat": 99}, "no such beat"),
        ({"do": "answer", "item": "gone", "interval": 0, "answer": "yes"}, "no such item"),
        ({"do": "answer", "item": "looks", "interval": 0, "answer": "maybe"}, "does not know"),
        ({"do": "rate", "item": "pace", "value": 5}, r"^$"),
        ({"do": "mark", "item": "near", "beat": 0, "clock": 1}, r"^$"),
        ({"do": "write", "prompt": "beat-9", "perspective": "", "text": "A"}, "no such beat"),
        ({"do": "write", "prompt": "nothing", "perspective": "", "text": "A"}, "no such beat"),
        ({"do": "pause", "seconds": 3}, r"^$"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(person, body, why):
    with pytest.raises(Refused, match=why):
        person.rules.decide(person.state, {"id": "f" * 32, **body}, NOW)


def test_nothing_is_marked_before_it_began(rules):
    with pytest.raises(Refused):
        Person(rules).do("mark", item="waits", beat=0)


def test_marks_made_before_there_were_other_kinds_are_still_there(person):
    person.do("mark", item="waits", beat=1)
    old = replace(person.events[-1], body={"item": "waits", "beat": 1, "clock": 2.0})

    assert fold(person.rules, [person.events[0], old]).marks[0].beat == 1


def test_what_others_marked_comes_only_once_one_has_finished(person):
    assert person.view()["differing"] is None


# -- sharing --------------------------------------------------------------------------------------


def test_a_coding_run_is_shared_as_one_without_its_notes(rules):
    person = Person(rules, GROUP)
    person.do("begin")
    mark = person.do("mark", item="waits", beat=0)
    near = person.do("start_state", item="near", beat=0)
    far = person.do("start_state", item="far", beat=1)
    answer = person.do("answer", item="looks", interval=0, answer="no")
    rating = person.do("rate", item="pace", value=2)
    person.do("write", prompt="beat-0", perspective="", text="Mine alone.")

    told = person.view()
    assert told["events"] == [mark, near, far, answer, rating]
    assert told["sharing"]["forms"]["coding"]["widest"] == "group_unnamed"
    person.do("share", form="coding", audience="group_unnamed", events=told["events"])
    assert person.view()["sharing"]["forms"]["coding"]["audience"] == "group_unnamed"


def test_what_was_taken_back_is_not_shared(rules):
    person = Person(rules, GROUP)
    person.do("begin")
    mark = person.do("mark", item="waits", beat=0)
    person.do("undo", mark=mark)

    with pytest.raises(Refused, match="changed since"):
        person.do("share", form="coding", audience="trainer", events=[mark])


def test_someone_alone_shares_nothing(person):
    assert person.view()["sharing"] is None
    with pytest.raises(Refused, match="no group"):
        person.do("share", form="coding", audience="trainer", events=[])
