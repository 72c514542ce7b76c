"""Thematic coding: which words can carry which codes, how a codebook grows, and what it adds up to."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework.activity.code import Thematic
from casework.activity.code_state import STEPS_BACK
from casework.activity.code_texts import Answer, Answers, clean, content_ids, sentences
from casework.activity.code_themes import count_themes, count_together
from casework.activity.rules import fold
from casework.content import Codebook
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

CODEBOOK = {
    "schema": 1,
    "id": "needs",
    "language": "en",
    "title": "What leaders need",
    "summary": "What stands in the way.",
    "rights": "Ours.",
    "codes": [
        {"id": "time", "name": "Time", "definition": "There is too little of it.", "example": "We run."},
        {"id": "space", "name": "Space", "definition": "A room of one's own.", "exclude": "Time."},
        {"id": "people", "name": "People", "definition": "Colleagues who leave."},
    ],
}
TEXTS = ["We have no time. The room is loud.", "Nobody stays. I run.", "A door that closes."]
ANSWERS = Answers(tuple(Answer(f"a{number}", text, f"p{number}") for number, text in enumerate(TEXTS)), floor=2)


def coding(answers=ANSWERS, **changes):
    return Thematic(Codebook.model_validate({**CODEBOOK, **changes}), answers)


def numbered(number):
    return f"{number:032x}"


def after(rules, *bodies):
    """Return the state after intents that the rules allow; the first has the number 0."""
    state = rules.start()
    for number, body in enumerate(bodies):
        state = rules.apply(state, rules.decide(state, {"id": numbered(number), **body}, NOW))
    return state


def excerpt(answer, start, end, *codes):
    return {"do": "excerpt", "answer": answer, "start": start, "end": end, "codes": list(codes)}


def back(number):
    return {"do": "step_back", "step": numbered(number)}


def passages(rules, state, answer="a0"):
    return [(one["start"], one["end"], one["codes"]) for one in rules.view(state)["excerpts"].get(answer, ())]


def names(rules, state):
    return [one["name"] for one in rules.view(state)["codes"]]


TIME, SPACE, BOTH = excerpt("a0", 8, 15, "time"), excerpt("a0", 17, 34, "space"), excerpt("a0", 0, 34, "time", "space")
ADD = {"do": "add_code", "name": "Noise", "definition": "What is loud."}
MERGE = {"do": "merge_code", "code": "space", "into": "time"}


@pytest.fixture
def rules():
    return coding()


def test_words_of_an_answer_carry_one_code_or_several(rules):
    state = after(rules, BOTH, TIME)

    assert passages(rules, state) == [(0, 34, ["time", "space"]), (8, 15, ["time"])]


def test_the_same_words_marked_again_carry_both_codes_as_one_excerpt(rules):
    state = after(rules, TIME, excerpt("a0", 8, 15, "people"))

    assert passages(rules, state) == [(8, 15, ["time", "people"])]


def test_an_excerpt_can_be_coded_anew_and_lifted(rules):
    other = after(rules, TIME, {"do": "recode", "answer": "a0", "excerpt": numbered(0), "codes": ["people", "space"]})
    gone = after(rules, TIME, {"do": "lift", "answer": "a0", "excerpt": numbered(0)})

    assert passages(rules, other) == [(8, 15, ["space", "people"])]
    assert passages(rules, gone) == []


def test_an_answer_that_no_code_fits_counts_as_read_until_it_carries_one(rules):
    nothing = {"do": "nothing", "answer": "a0", "nothing": True}

    assert rules.view(after(rules, nothing))["nothing"] == ["a0"]
    assert rules.view(after(rules, nothing, TIME))["nothing"] == []
    assert rules.view(after(rules, nothing, {**nothing, "nothing": False}))["nothing"] == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (excerpt("a9", 0, 2, "time"), "no longer among those"),
        (excerpt("a2", 0, 99, "time"), "no longer where they were"),
        (excerpt("a2", 1, 2, "time"), "no longer where they were"),
        (excerpt("a0", 5, 5, "time"), "no longer where they were"),
        (excerpt("a0", 0, 2, "nothing"), "no longer in the codebook"),
        ({"do": "add_code", "name": "TIME"}, "already"),
        ({"do": "reword_code", "code": "space", "name": "time"}, "already"),
        ({"do": "merge_code", "code": "space", "into": "space"}, "^$"),
        ({"do": "split_code", "code": "time", "name": "Hurry", "excerpts": [numbered(7)]}, "^$"),
        ({"do": "write", "prompt": numbered(7), "perspective": "", "text": "A note."}, "^$"),
        (back(7), "^$"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(rules, body, why):
    with pytest.raises(Refused, match=why):
        rules.decide(rules.start(), {"id": numbered(0), **body}, NOW)


def test_a_code_can_be_added_and_used_at_once(rules):
    state = after(rules, ADD, excerpt("a0", 17, 34, numbered(0)))

    assert names(rules, state) == ["Time", "Space", "People", "Noise"]
    assert passages(rules, state) == [(17, 34, [numbered(0)])]


def test_a_code_can_be_reworded_and_keeps_its_excerpts(rules):
    state = after(rules, TIME, {"do": "reword_code", "code": "time", "name": "Hurry", "definition": "We run."})

    assert names(rules, state) == ["Hurry", "Space", "People"]
    assert passages(rules, state) == [(8, 15, ["time"])]


def test_a_code_goes_into_another_with_its_excerpts_and_what_comes_late_goes_along(rules):
    state = after(rules, TIME, SPACE, BOTH, MERGE, excerpt("a2", 0, 6, "space"))

    assert names(rules, state) == ["Time", "People"]
    assert passages(rules, state) == [(0, 34, ["time"]), (8, 15, ["time"]), (17, 34, ["time"])]
    assert passages(rules, state, "a2") == [(0, 6, ["time"])]


def test_a_code_keeps_its_number_when_another_goes(rules):
    assert [one["number"] for one in rules.view(after(rules, MERGE))["codes"]] == [1, 3]


def test_some_excerpts_of_a_code_go_to_a_new_one(rules):
    split = {"do": "split_code", "code": "time", "name": "Hurry", "excerpts": [numbered(0)]}
    state = after(rules, BOTH, excerpt("a1", 14, 20, "time"), split)

    assert passages(rules, state) == [(0, 34, ["space", numbered(2)])]
    assert passages(rules, state, "a1") == [(14, 20, ["time"])]


def test_the_last_steps_can_be_taken_back_one_after_the_other(rules):
    state = after(rules, TIME, SPACE, MERGE, back(2), back(1))

    assert passages(rules, state) == [(8, 15, ["time"])]
    assert names(rules, state) == ["Time", "Space", "People"]


def test_one_press_too_many_takes_back_nothing_else(rules):
    state = after(rules, TIME, SPACE, back(1))

    with pytest.raises(Refused):
        rules.decide(state, {"id": numbered(9), **back(1)}, NOW)


def test_so_many_steps_can_be_taken_back_and_no_more(rules):
    many = [{"do": "nothing", "answer": "a0", "nothing": number % 2 == 0} for number in range(STEPS_BACK + 5)]

    assert len(after(rules, *many).steps) == STEPS_BACK


def test_the_history_says_what_became_of_the_codebook(rules):
    reword = {"do": "reword_code", "code": "time", "name": "Hurry", "definition": ""}
    state = after(rules, ADD, reword, {**reword, "definition": "We run."}, MERGE)

    assert [one["text"] for one in rules.view(state)["history"]] == [
        "“Space” went into “Hurry”.",
        "What “Hurry” stands for was reworded.",
        "“Time” is now called “Hurry”.",
        "“Noise” was added.",
    ]


def test_a_memo_stays_with_its_excerpt_even_if_that_was_gone_for_a_while(rules):
    memo = {"do": "write", "prompt": numbered(0), "perspective": "", "text": "Ask about this."}
    gone = {"do": "lift", "answer": "a0", "excerpt": numbered(0)}

    assert rules.view(after(rules, TIME, memo, gone))["responses"] == {}
    assert (
        rules.view(after(rules, TIME, memo, gone, back(2)))["responses"][f"{numbered(0)}/"]["text"] == "Ask about this."
    )


def test_a_coding_goes_on_over_the_same_answers_in_another_order(rules):
    state = after(rules, TIME, excerpt("a1", 0, 6, "people"))
    turned = coding(Answers(ANSWERS.all[::-1]))

    assert passages(turned, state) == [(8, 15, ["time"])]
    assert [one["answers"] for one in count_themes(turned, state)] == [1, 0, 1]
    assert passages(coding(Answers(ANSWERS.all[1:])), state) == []


def test_an_excerpt_of_words_that_became_fewer_is_not_shown(rules):
    shorter = coding(Answers((Answer("a0", "We have"),)))

    assert passages(shorter, after(rules, TIME)) == []


def test_a_code_that_left_the_file_leaves_the_rest_as_it_is(rules):
    state = after(rules, BOTH)
    fewer = coding(codes=CODEBOOK["codes"][1:])
    event = rules.decide(rules.start(), {"id": numbered(0), **BOTH}, NOW)

    assert passages(fewer, fold(fewer, [event])) == [(0, 34, ["space"])]
    assert passages(rules, state) == [(0, 34, ["time", "space"])]


# -- what it adds up to -----------------------------------------------------------------------------


def test_themes_count_answers_excerpts_and_people_from_the_floor_on(rules):
    state = after(rules, TIME, BOTH, excerpt("a1", 14, 20, "time"))

    counted = {one["code"]: (one["answers"], one["excerpts"], one["people"]) for one in count_themes(rules, state)}
    assert counted == {"time": (2, 3, 2), "space": (1, 1, None), "people": (0, 0, None)}


def test_people_are_not_counted_where_one_is_unknown():
    rules = coding(Answers((ANSWERS.all[0], Answer("a1", TEXTS[1]))))

    assert count_themes(rules, after(rules, TIME, excerpt("a1", 0, 6, "time")))[0]["people"] is None


def test_codes_come_together_in_an_answer_and_on_the_same_words(rules):
    apart = count_together(rules, after(rules, TIME, SPACE))
    over = count_together(rules, after(rules, TIME, excerpt("a0", 12, 20, "space")))

    assert apart == [{"one": "time", "other": "space", "answers": 1, "overlapping": 0}]
    assert over == [{"one": "time", "other": "space", "answers": 1, "overlapping": 1}]


# -- texts ------------------------------------------------------------------------------------------


def test_the_same_words_twice_have_two_ids_that_stay():
    one, other, again = content_ids(["Time.", "Space.", "Time."])

    assert again == f"{one}-2"
    assert sorted(content_ids(["Space.", "Time.", "Time."])) == sorted([one, other, again])


@given(st.text(max_size=60))
def test_cleaned_words_stay_as_they_are_and_can_be_sent(text):
    told = clean(text)

    assert clean(told) == told
    assert told.encode().decode() == told


@given(st.text("ab .!?…\n”", max_size=60))
def test_sentences_hold_every_letter_once_and_in_order(text):
    spans = sentences(text)

    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(letter.isspace() for place, letter in enumerate(text) if place not in covered)


# -- anything, in any order -------------------------------------------------------------------------

CODES = st.sampled_from(["time", "space", "people", "gone", numbered(0), numbered(3)])
IDS = st.integers(0, 12).map(numbered)
PLACES = st.integers(-1, 40)
NAMES = st.sampled_from(["Time", "Noise", "noise", "  ", "<b>Hurry</b>", "x" * 81])
MESSAGES = st.one_of(
    st.fixed_dictionaries(
        {
            "do": st.just("excerpt"),
            "answer": st.sampled_from(["a0", "a1", "a9", "../a"]),
            "start": PLACES,
            "end": PLACES,
            "codes": st.lists(CODES, max_size=3),
        }
    ),
    st.fixed_dictionaries(
        {"do": st.just("recode"), "answer": st.sampled_from(["a0", "a1"]), "excerpt": IDS, "codes": st.lists(CODES)}
    ),
    st.fixed_dictionaries({"do": st.just("lift"), "answer": st.sampled_from(["a0", "a1"]), "excerpt": IDS}),
    st.fixed_dictionaries(
        {"do": st.just("nothing"), "answer": st.sampled_from(["a0", "a1"]), "nothing": st.booleans()}
    ),
    st.fixed_dictionaries({"do": st.just("add_code"), "name": NAMES}),
    st.fixed_dictionaries({"do": st.just("reword_code"), "code": CODES, "name": NAMES}),
    st.fixed_dictionaries({"do": st.just("merge_code"), "code": CODES, "into": CODES}),
    st.fixed_dictionaries(
        {"do": st.just("split_code"), "code": CODES, "name": NAMES, "excerpts": st.lists(IDS, max_size=4)}
    ),
    st.fixed_dictionaries({"do": st.just("step_back"), "step": IDS}),
    st.fixed_dictionaries({"do": st.just("write"), "prompt": IDS, "perspective": st.just(""), "text": st.text()}),
    st.fixed_dictionaries({"do": st.sampled_from(["undo", "share", ""]), "form": st.just("code")}),
)


class Coder(RuleBasedStateMachine):
    """Somebody who does anything in any order, twice, late, and out of place."""

    def __init__(self):
        super().__init__()
        self.rules = coding()
        self.state, self.events, self.seen = self.rules.start(), [], {}

    @rule(message=MESSAGES, number=st.integers(0, 12))
    def send(self, message, number):
        before = self.rules.view(self.state)
        try:
            event = self.rules.decide(self.state, {"id": numbered(number), **message}, NOW)
        except Refused:
            assert self.rules.view(self.state) == before
            return
        if any(one.id == event.id for one in self.events):
            return  # the store knows it: a repeat is the same event
        self.events.append(event)
        self.state = self.rules.apply(self.state, event)
        if event.kind != "step_back":
            self.seen[event.id] = before

    @rule()
    def take_back(self):
        if not self.state.steps:
            return
        step = self.state.steps[-1].id
        self.send_back(step)
        now = self.rules.view(self.state)
        assert now["excerpts"] == self.seen[step]["excerpts"]
        assert now["codes"] == self.seen[step]["codes"]

    def send_back(self, step):
        message = {"id": numbered(1000 + len(self.events)), "do": "step_back", "step": step}
        self.events.append(self.rules.decide(self.state, message, NOW))
        self.state = self.rules.apply(self.state, self.events[-1])

    @invariant()
    def every_excerpt_is_of_words_that_are_there_and_carries_codes_that_stand(self):
        view = self.rules.view(self.state)
        standing = {one["code"] for one in view["codes"]}
        for answer, found in view["excerpts"].items():
            text = self.rules.answers.by_id[answer].text
            for one in found:
                assert text[one["start"] : one["end"]].strip()
                assert one["codes"]
                assert set(one["codes"]) <= standing

    @invariant()
    def no_two_codes_are_called_the_same(self):
        called = [name.casefold() for name in names(self.rules, self.state)]
        assert len(called) == len(set(called))

    @invariant()
    def a_reload_shows_the_same(self):
        assert self.rules.view(fold(self.rules, self.events)) == self.rules.view(self.state)

    @invariant()
    def the_counts_are_those_of_the_excerpts(self):
        view = self.rules.view(self.state)
        shown = [code for found in view["excerpts"].values() for one in found for code in one["codes"]]
        assert {one["code"]: one["excerpts"] for one in view["codes"]} == {
            one["code"]: shown.count(one["code"]) for one in view["codes"]
        }


def test_whatever_somebody_does_the_coding_holds_together():
    run_state_machine_as_test(Coder, settings=settings(max_examples=60, stateful_step_count=30, deadline=None))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=st.one_of(st.none(), st.text(), st.dictionaries(st.text(), st.integers())))
def test_a_message_that_is_none_is_refused(rules, message):
    with pytest.raises(Refused):
        rules.decide(rules.start(), message, NOW)
