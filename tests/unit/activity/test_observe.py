"""The rules of the observation, and what no sequence of intents may do to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.observe import Observe
from casework.activity.rules import fold
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def rules(case, checklist):
    return Observe(case.id, case.find_moment("at-the-door"), checklist)


def after(rules, *bodies):
    """Return the state after intents that the rules allow."""
    state = rules.start()
    for number, body in enumerate(bodies):
        event = rules.decide(state, {"id": f"{number:032x}", **body}, NOW)
        state = rules.apply(state, event)
    return state


BEGIN = {"do": "begin"}
MARK = {"do": "mark", "item": "waits", "beat": 0, "clock": 1.5}


def test_a_mark_carries_its_beat_and_the_pages_clock(rules):
    [mark] = rules.view(after(rules, BEGIN, MARK))["marks"]

    assert mark == {"id": f"{1:032x}", "item": "waits", "beat": 0, "clock": 1.5}


def test_a_mark_can_be_taken_back(rules):
    state = after(rules, BEGIN, MARK, {"do": "undo", "mark": f"{1:032x}"})

    assert state.marks == ()


def test_a_double_press_counts_once(rules):
    state = after(rules, BEGIN, MARK)
    slip = {"id": "f" * 32, **MARK, "clock": 1.8}

    with pytest.raises(Refused, match=r"^$"):
        rules.decide(state, slip, NOW)


def test_the_same_item_counts_again_a_moment_later(rules):
    assert len(after(rules, BEGIN, MARK, {**MARK, "clock": 4}).marks) == 2


def test_it_comes_back_to_the_beat_where_it_was(rules):
    assert rules.view(after(rules, BEGIN, {"do": "at_beat", "beat": 2}))["beat"] == 2


def test_it_can_be_finished_and_reopened(rules):
    finished = after(rules, BEGIN, {"do": "finish"})
    reopened = after(rules, BEGIN, {"do": "finish"}, {"do": "reopen"})

    assert (finished.finished, reopened.finished) == (True, False)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({**MARK, "item": "unknown"}, "no such item"),
        ({**MARK, "beat": 3}, "no such beat"),
        ({"do": "at_beat", "beat": 99}, "no such beat"),
        ({"do": "mark", "item": "waits", "beat": -1, "clock": 0}, "does not know"),
        ({"do": "mark", "item": "waits", "beat": 0, "clock": float("nan")}, "does not know"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(rules, body, why):
    state = after(rules, BEGIN)

    with pytest.raises(Refused, match=why):
        rules.decide(state, {"id": "f" * 32, **body}, NOW)


def test_nothing_is_marked_before_it_began(rules):
    with pytest.raises(Refused):
        after(rules, MARK)


MESSAGES = st.one_of(
    st.fixed_dictionaries({"do": st.sampled_from(["begin", "finish", "reopen", "write", "nonsense"])}),
    st.fixed_dictionaries({"do": st.just("at_beat"), "beat": st.integers(-2, 5)}),
    st.fixed_dictionaries(
        {
            "do": st.just("mark"),
            "item": st.sampled_from(["waits", "names", "other"]),
            "beat": st.integers(-1, 4),
            "clock": st.floats(),
        }
    ),
    st.fixed_dictionaries({"do": st.just("undo"), "mark": st.integers(0, 30).map(lambda n: f"{n:032x}")}),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, max_size=40))
def test_no_sequence_of_intents_breaks_the_observation(rules, messages):
    state, events = rules.start(), []
    for number, message in enumerate(messages):
        try:
            event = rules.decide(state, {"id": f"{number:032x}", **message}, NOW)
        except Refused:
            continue
        events.append(event)
        state = rules.apply(state, event)

        assert -1 <= state.beat < len(rules.moment.beats)
        assert state.beat >= 0 or not (state.marks or state.finished)
        assert len({mark.id for mark in state.marks}) == len(state.marks)
        assert all(mark.item in {"waits", "names"} for mark in state.marks)
    assert fold(rules, events) == state
