"""The rules of an action plan, and what no sequence of intents may do to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from casework.activity.plan import MOST_STEPS, Plan
from casework.activity.rules import fold
from casework.content import Survey, load_document
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
NEEDS = load_document(Path(__file__).parents[1] / "content" / "sample" / "surveys" / "needs.yaml", Survey)
STEP = f"{0:032x}"
ADD = {"do": "add", "item": "heard"}


@pytest.fixture
def rules():
    return Plan(NEEDS, lambda: {"heard": "2"})


def after(rules, *bodies):
    """Return the state after intents that the rules allow, a week apart."""
    state = rules.start()
    for number, one in enumerate(bodies):
        at = NOW + timedelta(weeks=number)
        state = rules.apply(state, rules.decide(state, {"id": f"{number:032x}", **one}, at))
    return state


def words(text, place="what", step=STEP):
    return {"do": "write", "prompt": step, "perspective": place, "text": text}


def review(number, how="going-on"):
    return {"do": "review", "step": STEP, "number": number, "how": how}


def test_a_step_grows_from_an_item_and_stands_beside_ones_answer(rules):
    view = rules.view(after(rules, ADD))

    assert [(step["id"], step["item"], step["open"]) for step in view["steps"]] == [(STEP, "heard", True)]
    assert view["answered"] == {"heard": "2"}


def test_a_step_can_be_free(rules):
    assert after(rules, {"do": "add"}).steps[STEP].item is None


def test_a_step_says_what_who_by_when_and_the_sign(rules):
    day = {"do": "by", "step": STEP, "day": "2026-02-01"}
    state = after(rules, ADD, words("Meet"), words("R. T.", "who"), words("We sit down", "sign"), day)

    assert [state.text(STEP, place) for place in ("what", "who", "sign")] == ["Meet", "R. T.", "We sit down"]
    assert state.steps[STEP].by == "2026-02-01"
    assert after(rules, ADD, day, {**day, "day": None}).steps[STEP].by is None


def test_a_removed_step_can_be_put_back_with_its_words(rules):
    gone = {"do": "remove", "step": STEP}
    state = after(rules, ADD, words("Meet"), gone, {"do": "restore", "step": STEP})

    assert after(rules, ADD, gone).steps[STEP].removed
    assert not state.steps[STEP].removed
    assert state.text(STEP, "what") == "Meet"


def test_a_review_says_how_it_went_on_its_day_with_its_note(rules):
    state = after(rules, ADD, words("Half of us came.", "note-0"), review(0), review(1, "done"))
    [first, second] = rules.view(state)["steps"][0]["reviews"]

    assert (first["how"], first["at"]) == ("going-on", "2026-01-19T09:00:00+00:00")
    assert second["how"] == "done"
    assert not state.steps[STEP].open
    assert state.text(STEP, "note-0") == "Half of us came."


def test_the_note_of_a_review_that_was_made_stays_as_it_was(rules):
    state = after(rules, ADD, words("First.", "note-0"), review(0))

    with pytest.raises(Refused, match="no longer in the plan"):
        rules.decide(state, {"id": "f" * 32, **words("Other.", "note-0")}, NOW)


def test_a_second_press_makes_no_second_review(rules):
    with pytest.raises(Refused, match=r"^$"):
        rules.decide(after(rules, ADD, review(0)), {"id": "f" * 32, **review(0)}, NOW)


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"do": "add", "item": "unknown"}, "no such question"),
        (words("?", step="e" * 32), "no longer in the plan"),
        (words("?", "how"), "no longer in the plan"),
        (words("?", "note-1"), "no longer in the plan"),
        ({"do": "remove", "step": "e" * 32}, "no longer in the plan"),
        ({"do": "by", "step": STEP, "day": "2026-02-30"}, "does not know"),
        ({"do": "by", "step": STEP, "day": 20260230}, "does not know"),
        (review(0, "failed"), "does not know"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(rules, message, why):
    with pytest.raises(Refused, match=why):
        rules.decide(after(rules, ADD), {"id": "f" * 32, **message}, NOW)


def test_a_full_plan_says_so(rules):
    state = after(rules, *[ADD] * MOST_STEPS)

    with pytest.raises(Refused, match="holds 100 steps"):
        rules.decide(state, {"id": "f" * 32, **ADD}, NOW)


def test_a_step_outlives_the_item_that_it_grew_from(rules):
    events = [rules.decide(rules.start(), {"id": STEP, **ADD}, NOW)]
    changed = Plan(NEEDS.model_copy(update={"items": NEEDS.items[1:]}))

    [step] = changed.view(fold(changed, events))["steps"]
    assert (step["id"], step["item"]) == (STEP, None)


class AnyPlan(RuleBasedStateMachine):
    """Anything that pages may send, in any order."""

    steps = Bundle("steps")

    def __init__(self):
        super().__init__()
        self.rules = Plan(NEEDS)
        self.state, self.events, self.number = self.rules.start(), [], 0

    def send(self, **message):
        self.number += 1
        intent_id = f"{self.number:032x}"
        try:
            event = self.rules.decide(self.state, {"id": intent_id, **message}, NOW)
        except Refused:
            return None
        self.events.append(event)
        self.state = self.rules.apply(self.state, event)
        return intent_id

    @rule(target=steps, item=st.sampled_from([None, "heard", "gone", 3]))
    def add(self, item):
        return self.send(do="add", item=item) or multiple()

    @rule(step=steps | st.just("e" * 32), place=st.sampled_from(["what", "note-0", "note-1", "", "x"]), text=st.text())
    def write(self, step, place, text):
        self.send(do="write", prompt=step, perspective=place, text=text)

    @rule(step=steps, day=st.sampled_from([None, "2026-03-01", "soon", 5]))
    def by(self, step, day):
        self.send(do="by", step=step, day=day)

    @rule(step=steps, do=st.sampled_from(["remove", "restore", "review"]))
    def turn(self, step, do):
        self.send(do=do, step=step)

    @rule(step=steps, number=st.integers(-1, 3), how=st.sampled_from(["done", "going-on", "changed", "let-go", "no"]))
    def review(self, step, number, how):
        self.send(do="review", step=step, number=number, how=how)

    @invariant()
    def it_holds_together(self):
        assert fold(self.rules, self.events) == self.state
        assert {name.partition("/")[0] for name in self.state.responses} <= self.state.steps.keys()
        for step in self.rules.view(self.state)["steps"]:
            assert step["by"] in (None, "2026-03-01")
            done = bool(step["reviews"]) and step["reviews"][-1]["how"] in {"done", "let-go"}
            assert step["open"] == (not step["removed"] and not done)


TestAnyPlan = AnyPlan.TestCase
