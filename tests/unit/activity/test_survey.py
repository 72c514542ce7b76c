"""The rules of a survey, and what no sequence of intents may do to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activity.group import Group
from casework.activity.rules import fold
from casework.activity.survey import Answering, SurveyState
from casework.content import Survey, load_document
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
GROUP = Group("Ana Ruiz")
SAMPLE = Path(__file__).parents[1] / "content" / "sample" / "surveys" / "needs.yaml"


def needs(**changes):
    """Return the survey of the samples, with some of it changed."""
    return load_document(SAMPLE, Survey).model_copy(update=changes)


@pytest.fixture
def rules():
    return Answering(needs())


def body(item, value):
    return {"do": "answer", "item": item, "value": value}


def words(item, text, place=""):
    return {"do": "write", "prompt": item, "perspective": place, "text": text}


def after(rules, *bodies, group=None):
    """Return the state after intents that the rules allow."""
    state = rules.start()
    for number, one in enumerate(bodies):
        state = rules.apply(state, rules.decide(state, {"id": f"{number:032x}", **one}, NOW, group))
    return state


def values(rules, state):
    return {name: answer.value for name, answer in rules.answers(state).items()}


@pytest.mark.parametrize(
    ("item", "value", "text"),
    [
        ("heard", 5, "5: Always"),
        ("heard", 3, "3"),
        ("meet", "meeting", "We meet"),
        ("cards", {"time": "ours", "room": "others"}, "Ours to change: Time; Not ours: A room"),
        ("when", "2026-02-28", "2026-02-28"),
    ],
)
def test_an_answer_is_kept_as_a_value_and_in_words(rules, item, value, text):
    [answer] = rules.answers(after(rules, body(item, value))).values()

    assert (answer.value, answer.text) == (value, text)


def test_what_one_writes_is_an_answer_too(rules):
    state = after(
        rules,
        words("who", " my supervisor "),
        words("next", "Meet on Tuesdays", "2-what"),
        words("next", "Ask for a room", "1-what"),
    )

    assert values(rules, state) == {
        "who": "my supervisor",
        "next": [{"what": "Ask for a room"}, {"what": "Meet on Tuesdays"}],
    }
    assert rules.answers(state)["next"].text == "What: Ask for a room\nWhat: Meet on Tuesdays"


def test_an_answer_can_be_taken_back(rules):
    assert after(rules, body("heard", 4), body("heard", None)).given == {}


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("heard", 6),
        ("heard", 0),
        ("heard", True),
        ("heard", "5"),
        ("meet", "elsewhere"),
        ("meet", ["meeting"]),
        ("cards", {"time": "nowhere"}),
        ("cards", ["time", "room"]),
        ("when", "2026-02-30"),
        ("when", "tomorrow"),
        ("why", "meeting"),
        ("unknown", 1),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(rules, item, value):
    with pytest.raises(Refused, match=r"cannot be answered so|does not know"):
        rules.decide(rules.start(), {"id": "f" * 32, **body(item, value)}, NOW)


@pytest.mark.parametrize(
    "message",
    [
        words("heard", "five"),
        words("unknown", "?"),
        words("why", "?", "1-what"),
        words("next", "?", "31-what"),
        words("next", "?", "01-what"),
        words("next", "?", "1-where"),
        words("next", "?"),
        {"do": "go", "item": "unknown"},
        words("who", "x" * 81),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(rules, message):
    with pytest.raises(Refused, match=r"no such question|initials are enough"):
        rules.decide(rules.start(), {"id": "f" * 32, **message}, NOW)


def test_an_order_of_cards_holds_each_card_once():
    items = tuple(item.model_copy(update={"piles": None}) for item in needs().items)
    rules = Answering(needs(items=items))
    state = after(rules, body("cards", ["room", "time"]))

    assert rules.answers(state)["cards"].text == "1. A room, 2. Time"
    for order in (["room"], ["room", "room"], {"room": "ours"}):
        with pytest.raises(Refused):
            rules.decide(state, {"id": "f" * 32, **body("cards", order)}, NOW)


def test_what_is_hidden_does_not_count_and_is_not_lost(rules):
    asked = after(rules, body("meet", "no-time"), words("why", "The phones."))
    hidden = after(rules, body("meet", "no-time"), words("why", "The phones."), body("meet", "meeting"))

    assert values(rules, asked) == {"meet": "no-time", "why": "The phones."}
    assert values(rules, hidden) == {"meet": "meeting"}
    assert "why" in rules.view(hidden)["hidden"]
    assert rules.view(hidden)["responses"]["why/"]["text"] == "The phones."


def test_an_item_that_waits_for_a_hidden_one_is_hidden_too():
    later = needs().items[3].model_copy(update={"relevant": None})
    chain = (
        needs()
        .items[4]
        .model_copy(update={"relevant": needs().items[3].relevant.model_copy(update={"item": "low", "is_": "x"})})
    )
    rules = Answering(needs(items=(*needs().items[:3], later, chain)))

    assert rules.view(rules.start())["hidden"] == ["cards"]


def test_it_can_be_ended_with_everything_empty_and_taken_up_again(rules):
    assert after(rules, {"do": "finish"}).finished
    assert not after(rules, {"do": "finish"}, {"do": "reopen"}).finished


def test_it_goes_on_where_it_was(rules):
    assert rules.view(after(rules, {"do": "go", "item": "cards"}))["at"] == "cards"


def test_a_profile_is_drawn_only_at_the_end_and_turns_reversed_items_around(rules):
    answered = [body("heard", 5), body("alone", 1)]

    assert rules.view(after(rules, *answered))["profile"] is None
    assert rules.view(after(rules, *answered, {"do": "finish"}))["profile"] == [
        {"id": "support", "value": 5.0, "low": 1, "high": 5, "answered": 2, "of": 2}
    ]


@pytest.mark.parametrize(
    ("method", "answered", "value"),
    [("mean", [], None), ("mean", ["heard"], 4), ("sum", ["heard"], None), ("sum", ["heard", "alone"], 6)],
)
def test_a_number_that_rests_on_too_little_is_none(method, answered, value):
    subscales = tuple(one.model_copy(update={"method": method}) for one in needs().subscales)
    rules = Answering(needs(subscales=subscales))
    state = after(rules, *(body(name, 4) for name in answered), {"do": "finish"})
    [line] = rules.view(state)["profile"]

    assert (line["value"], line["answered"], line["of"]) == (value, len(answered), 2)
    assert (line["low"], line["high"]) == ((2, 10) if method == "sum" else (1, 5))


def test_a_later_round_shows_the_first_only_once_it_is_ended():
    before = Answering(needs(), "before")
    first = after(before, body("heard", 2), {"do": "finish"})
    later = Answering(needs(), "after", lambda: first)
    open_, ended = after(later, body("heard", 4)), after(later, body("heard", 4), {"do": "finish"})

    assert (before.about, later.about) == ("needs/before", "needs/after")
    assert (later.view(open_)["again"], later.view(open_)["earlier"]) == (True, None)
    assert later.view(ended)["earlier"]["answers"]["heard"]["value"] == 2
    assert later.view(ended)["earlier"]["profile"][0]["value"] == 2
    assert before.view(first)["again"] is False


def test_it_is_shared_as_a_whole_without_what_is_private_or_hidden():
    items = tuple(item.model_copy(update={"private": item.id == "alone"}) for item in needs().items)
    rules = Answering(needs(items=items, share="group_unnamed"))
    state = after(
        rules,
        body("meet", "no-time"),
        words("why", "Phones."),
        body("meet", "meeting"),
        body("alone", 2),
        body("heard", 3),
    )
    events = rules.view(state, GROUP)["events"]
    give = {"id": "e" * 32, "do": "share", "form": "survey", "audience": "group_unnamed", "events": events}
    event = rules.decide(state, give, NOW, GROUP)

    assert events == [f"{4:032x}", f"{2:032x}"]
    assert event.share == "group_unnamed"
    assert rules.view(rules.apply(state, event), GROUP)["sharing"]["forms"]["survey"]["events"] == events
    with pytest.raises(Refused, match="changed since"):
        rules.decide(state, {**give, "events": [f"{3:032x}"]}, NOW, GROUP)
    with pytest.raises(Refused, match="no group"):
        rules.decide(state, give, NOW)


def test_events_of_an_older_survey_change_nothing(rules):
    state = after(rules, body("meet", "no-time"), words("why", "Phones."))
    events = [
        rules.decide(rules.start(), {"id": f"{number:032x}", **one}, NOW)
        for number, one in enumerate([body("meet", "no-time"), words("why", "Phones.")])
    ]
    shorter = Answering(needs(items=needs().items[:2]))

    assert fold(rules, events) == state
    assert fold(shorter, events) == SurveyState()


NAMES = st.sampled_from(["heard", "alone", "meet", "why", "cards", "next", "low", "when", "who", "gone"])
VALUES = st.one_of(
    st.none(),
    st.integers(-1, 7),
    st.booleans(),
    st.sampled_from(["meeting", "no-time", "2026-01-31", "2026-13-01", "time"]),
    st.lists(st.sampled_from(["time", "room"]), max_size=3),
    st.dictionaries(st.sampled_from(["time", "room", "x"]), st.sampled_from(["ours", "others", "y"])),
    st.floats(),
)
MESSAGES = st.one_of(
    st.fixed_dictionaries({"do": st.sampled_from(["finish", "reopen", "begin", "nonsense"])}),
    st.fixed_dictionaries({"do": st.just("go"), "item": NAMES}),
    st.fixed_dictionaries({"do": st.just("answer"), "item": NAMES, "value": VALUES}),
    st.fixed_dictionaries(
        {
            "do": st.just("write"),
            "prompt": NAMES,
            "perspective": st.sampled_from(["", "1-what", "30-what", "31-what", "0-what", "²-what", "1-"]),
            "text": st.text(max_size=100),
        }
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("share"),
            "form": st.sampled_from(["survey", "other"]),
            "audience": st.sampled_from(["private", "trainer", "group_unnamed", "group_named"]),
            "events": st.lists(st.integers(0, 30).map(lambda n: f"{n:032x}"), max_size=3),
        }
    ),
)


@given(messages=st.lists(MESSAGES, max_size=30), group=st.sampled_from([None, GROUP]))
def test_no_sequence_of_intents_breaks_the_survey(messages, group):
    rules = Answering(needs(share="trainer"))
    state, events = rules.start(), []
    for number, message in enumerate(messages):
        try:
            event = rules.decide(state, {"id": f"{number:032x}", **message}, NOW, group)
        except Refused:
            continue
        events.append(event)
        state = rules.apply(state, event)
        view = rules.view(state, group)

        hidden = set(view["hidden"])
        assert ("why" in hidden) == (values(rules, state).get("meet") != "no-time")
        assert ("low" in hidden) == (values(rules, state).get("heard") != 1)
        assert not hidden & view["answers"].keys()
        assert all(answer["text"] for answer in view["answers"].values())
        assert (view["sharing"] is None) == (group is None)
    assert fold(rules, events) == state
    assert fold(rules, [*events, *events[:3]]).given.keys() <= {item.id for item in rules.survey.items}
