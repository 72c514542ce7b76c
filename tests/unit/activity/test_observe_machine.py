"""What no sequence of intents may do to an observation."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.rules import fold
from casework.errors import Refused
from observer import GROUNDS, NOW, rules_over

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
    assert fold(rules, events) == rules.apply_all(rules.start(), events) == state
    assert fold(rules, [*events, *events[1:]]).beat >= 0
