"""The rules of the observation, and what no sequence of intents may do to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.group import Group
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.activity.rules import fold
from casework.content import Checklist, Moment
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MOMENT = {
    "id": "at-the-door",
    "title": "At the door",
    "beats": [{"at": at, "text": "So."} for at in (0, 5, 9, 20)],
}
FILM = {"id": "film", "title": "Film", "media": {"file": "a.mp4", "alt": "A film.", "transcript": "Words."}}
CHECKLIST = {
    "schema": 1,
    "id": "kinds",
    "language": "en",
    "title": "Kinds",
    "summary": "Every kind.",
    "rights": "Ours.",
    "sources": [{"id": "own", "cite": "Written for the tests."}],
    "scales": [
        {"id": "much", "lowest": 1, "highest": 4, "labels": [{"at": 1, "text": "Not"}, {"at": 4, "text": "All"}]}
    ],
    "items": [
        {"id": "waits", "text": "Waits", "definition": "A silence is."},
        {"id": "names", "text": "Names", "definition": "Says it."},
        {"id": "near", "kind": "state", "text": "Near", "definition": "Close.", "excludes": ["far"]},
        {"id": "far", "kind": "state", "text": "Far", "definition": "Not close."},
        {"id": "holds", "kind": "state", "text": "Holds", "definition": "In a hand."},
        {"id": "looks", "kind": "interval", "seconds": 10, "sampling": "partial", "text": "L", "definition": "Eyes."},
        {"id": "pace", "kind": "rating", "scale": "much", "text": "Pace", "definition": "How fast."},
    ],
}
GROUNDS = {
    "beats": Ground("small/at-the-door", "At the door", Moment.model_validate(MOMENT)),
    "media": Ground("moments/set/film", "Film", Moment.model_validate(FILM)),
    "live": Ground("live/lunch", "Lunch"),
}
GROUP = Group("Ana Ruiz")


def rules_over(ground):
    return Observe(GROUNDS[ground], Checklist.model_validate(CHECKLIST))


@pytest.fixture
def rules():
    return rules_over("beats")


class Person:
    """Someone who observes, on a page whose clock ticks once a second."""

    def __init__(self, rules, group=None):
        self.rules, self.group = rules, group
        self.state = rules.start()
        self.number = 0
        self.events = []

    def do(self, kind, **body):
        self.number += 1
        if kind in {"mark", "start_state", "end_state"}:
            body.setdefault("clock", float(self.number))
        message = {"id": f"{self.number:032x}", "do": kind, **body}
        event = self.rules.decide(self.state, message, NOW + timedelta(seconds=self.number), self.group)
        self.state = self.rules.apply(self.state, event)
        self.events.append(event)
        return event.id

    def view(self):
        return self.rules.view(self.state, self.group)

    def marks(self):
        return [(mark["item"], mark["beat"], mark["untilBeat"], mark["lasts"]) for mark in self.view()["marks"]]

    def summary(self, item):
        if not self.state.finished:
            self.do("finish")
        return self.view()["summary"][item]


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


# -- any sequence ---------------------------------------------------------------------------------

IDS = st.integers(0, 40).map(lambda number: f"{number:032x}")
PLACES = st.fixed_dictionaries({}, optional={"beat": st.integers(-1, 5), "seconds": st.floats(-1, 90)})
ITEMS = st.sampled_from(["waits", "names", "near", "far", "holds", "looks", "pace", "other"])
CLOCKS = st.one_of(st.floats(), st.floats(0, 60))


def message(kind, **fields):
    return st.tuples(st.fixed_dictionaries({"do": st.just(kind), **fields}), PLACES)


MESSAGES = st.one_of(
    st.tuples(st.fixed_dictionaries({"do": st.sampled_from(["begin", "finish", "reopen", "nonsense"])}), st.just({})),
    st.tuples(st.fixed_dictionaries({"do": st.just("at_beat"), "beat": st.integers(-2, 5)}), st.just({})),
    message("mark", item=ITEMS, clock=CLOCKS),
    message("start_state", item=ITEMS, clock=CLOCKS),
    message("start_state", item=st.sampled_from(["near", "far", "holds"]), clock=CLOCKS),
    message("end_state", mark=IDS, clock=CLOCKS),
    message("correct", mark=IDS, item=st.one_of(st.none(), ITEMS), until_beat=st.one_of(st.none(), st.integers(0, 4))),
    st.tuples(st.fixed_dictionaries({"do": st.just("undo"), "mark": IDS}), st.just({})),
    st.tuples(
        st.fixed_dictionaries(
            {
                "do": st.just("answer"),
                "item": ITEMS,
                "interval": st.integers(-1, 6),
                "answer": st.sampled_from(["yes", "no", "unknown"]),
            }
        ),
        st.just({}),
    ),
    st.tuples(st.fixed_dictionaries({"do": st.just("rate"), "item": ITEMS, "value": st.integers(-1, 6)}), st.just({})),
    st.tuples(st.fixed_dictionaries({"do": st.just("pause"), "seconds": st.floats()}), st.just({})),
    st.tuples(st.fixed_dictionaries({"do": st.just("go_on"), "when": st.integers(-1, 10**15)}), st.just({})),
    st.tuples(
        st.fixed_dictionaries(
            {
                "do": st.just("write"),
                "prompt": st.sampled_from(["beat-0", "beat-9", "second-5", "second-99999", "x"]),
                "perspective": st.sampled_from(["", "child"]),
                "text": st.text(max_size=5),
            }
        ),
        st.just({}),
    ),
).map(lambda parts: {**parts[0], **parts[1]})


def check(rules, state):
    """See that what may never be is not."""
    ground, items = rules.ground, rules.items
    assert state.beat >= 0 or not (state.marks or state.finished or state.answers or state.ratings or state.notes)
    assert len({mark.id for mark in state.marks}) == len(state.marks)
    lasting = [mark.item for mark in state.marks if mark.lasts]
    assert len(set(lasting)) == len(lasting)
    assert not {"near", "far"} <= set(lasting)
    for mark in state.marks:
        assert ground.has(mark.beat, mark.seconds)
        assert items[mark.item].kind in {"point", "state"}
        if mark.until_beat is not None or mark.until is not None:
            assert ground.at(mark.until_beat, mark.until) >= ground.at(mark.beat, mark.seconds)
    assert all(1 <= told.value <= 4 for told in state.ratings.values())
    assert state.reached >= state.beat
    told = rules.view(state)
    if state.finished:
        for name, summary in told["summary"].items():
            assert items[name].kind != "interval" or min(summary.values()) >= 0
            assert items[name].kind != "state" or 0 <= (summary["share"] or 0) <= 1


@pytest.mark.parametrize("ground", GROUNDS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, max_size=40))
def test_no_sequence_of_intents_breaks_the_observation(ground, messages):
    rules = rules_over(ground)
    state, events = rules.start(), []
    begun = [{"do": "begin"}, *messages]
    for number, body in enumerate(begun):
        try:
            event = rules.decide(state, {"id": f"{number:032x}", **body}, NOW)
        except Refused:
            continue
        events.append(event)
        state = rules.apply(state, event)
        check(rules, state)
    assert fold(rules, events) == state
    assert fold(rules, [*events, *events[1:]]).beat >= 0
