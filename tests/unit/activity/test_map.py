"""Drawing the relationships around a child: what one may do, what is kept, what two rounds say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.group import Group
from casework.activity.map import CONSULTANT, ME, MOST_ADDED, Map, pair
from casework.activity.rules import fold
from casework.content.people import RelationshipMap
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

CONTENT = {
    "schema": 1,
    "id": "around-noa",
    "language": "en",
    "title": "Around Noa",
    "summary": "Who is there.",
    "rights": "Ours.",
    "people": [
        {"id": "noa", "name": "Noa", "role": "Two years old"},
        {"id": "luz", "name": "Luz", "role": "Her mother"},
        {"id": "abuela", "name": "The grandmother", "role": "On the telephone", "place": "around"},
    ],
    "ties": [{"between": ["noa", "luz"], "text": "Noa looks for her."}, {"between": ["abuela", "luz"]}],
}
GROUP = Group("Ana")


def a_map(name=None, first=None, **changes):
    return Map(RelationshipMap.model_validate({**CONTENT, **changes}), name, first)


def numbered(number):
    return f"{number:032x}"


def events_of(rules, *bodies, group=None, begin=0):
    """Return the events of intents that the rules allow."""
    state, events = rules.start(), []
    for number, body in enumerate(bodies, begin):
        events.append(rules.decide(state, {"id": numbered(number), **body}, NOW, group))
        state = rules.apply(state, events[-1])
    return events


def after(rules, *bodies, group=None):
    return fold(rules, events_of(rules, *bodies, group=group))


def tie(one, other, quality):
    return {"do": "tie", "one": one, "other": other, "quality": quality}


def note(one, other, text):
    one, other = pair(one, other)
    return {"do": "write", "prompt": one, "perspective": other, "text": text}


def ties(rules, state):
    return {(one["one"], one["other"]): one["quality"] for one in rules.view(state)["ties"]}


CLOSE = tie("noa", "luz", "close")
ADD = {"do": "add", "name": "upstairs neighbor", "place": "around"}


@pytest.fixture
def rules():
    return a_map()


def test_the_people_of_the_file_are_there_the_child_first(rules):
    people = rules.view(rules.start())["people"]

    assert [(one["name"], one["place"]) for one in people] == [
        ("Noa", "child"),
        ("Luz", "family"),
        ("The grandmother", "around"),
        ("Me", "practitioner"),
        ("My supervisor", "consultant"),
    ]


def test_ones_own_place_is_offered_where_the_file_fills_it():
    people = [*CONTENT["people"], {"id": "dalia", "name": "Dalia", "role": "Home visitor", "place": "practitioner"}]
    rules = a_map(people=people)

    view = rules.view(after(rules, {"do": "bring", "person": ME}))

    assert [one["name"] for one in rules.view(rules.start())["offered"]] == ["Me"]
    assert view["offered"] == []
    assert [one["name"] for one in view["people"]][3:] == ["Dalia", "Me", "My supervisor"]


def test_a_tie_of_the_file_has_no_quality_until_one_says_it(rules):
    assert ties(rules, rules.start()) == {("luz", "noa"): None, ("abuela", "luz"): None}
    assert ties(rules, after(rules, CLOSE))["luz", "noa"] == "close"


def test_it_does_not_matter_who_of_the_two_is_named_first(rules):
    state = after(rules, CLOSE, tie("luz", "noa", "strained"))

    assert ties(rules, state) == {("luz", "noa"): "strained", ("abuela", "luz"): None}


def test_a_tie_can_be_taken_away_and_its_note_is_kept_for_later(rules):
    both = [tie("noa", ME, "both"), note("noa", ME, "I carry her home.")]
    away = after(rules, *both, {"do": "untie", "one": ME, "other": "noa"})
    again = after(rules, *both, {"do": "untie", "one": ME, "other": "noa"}, tie(ME, "noa", "unknown"))

    assert (ME, "noa") not in ties(rules, away)
    [back] = [one for one in rules.view(again)["ties"] if one["one"] == ME]
    assert (back["quality"], back["note"]) == ("unknown", "I carry her home.")


def test_a_tie_of_the_file_stays_when_what_was_said_is_taken_away(rules):
    state = after(rules, CLOSE, {"do": "untie", "one": "noa", "other": "luz"})

    assert ties(rules, state)["luz", "noa"] is None


def test_words_about_two_people_are_on_the_map_before_a_quality_is(rules):
    assert ties(rules, after(rules, note("abuela", "noa", "A song?")))["abuela", "noa"] is None


def test_someone_added_can_be_tied_renamed_taken_off_and_put_back(rules):
    added, person = [ADD, tie(numbered(0), "noa", "distant")], numbered(0)
    renamed = after(rules, *added, {"do": "rename", "person": person, "name": "  lady with a bird "})
    off = after(rules, *added, {"do": "remove", "person": person})
    back = after(rules, *added, {"do": "remove", "person": person}, {"do": "bring", "person": person})

    assert rules.people(renamed)[person].name == "lady with a bird"
    assert person not in rules.people(off)
    assert (person, "noa") not in ties(rules, off)
    assert {"id": person, "name": "upstairs neighbor"} in rules.view(off)["offered"]
    assert ties(rules, back)[person, "noa"] == "distant"


@pytest.mark.parametrize("body", [{"do": "remove", "person": "luz"}, {"do": "rename", "person": "luz", "name": "X"}])
def test_the_people_of_the_file_stay_as_they_are(rules, body):
    with pytest.raises(Refused, match=r"^$"):
        after(rules, body)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (tie("noa", "nobody", "close"), "not on the map any more"),
        (tie("noa", "noa", "close"), "needs two people"),
        (tie("noa", "luz", "lovely"), "does not know"),
        (note("noa", "nobody", "Words."), "not on the map any more"),
        ({**ADD, "name": "   "}, "does not know"),
        ({"do": "move", "person": "luz", "on": "wide", "x": float("nan"), "y": 0}, "does not know"),
        ({"do": "move", "person": "luz", "on": "wide", "x": 1.2, "y": 0}, "does not know"),
        ({"do": "share", "form": "map", "audience": "trainer", "events": []}, "no group here"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(rules, body, why):
    with pytest.raises(Refused, match=why):
        after(rules, body)


def test_there_is_room_for_so_many_and_no_more(rules):
    full = [{**ADD, "name": f"neighbor {n}"} for n in range(MOST_ADDED)]

    with pytest.raises(Refused, match="no more room"):
        after(rules, *full, ADD)


def test_the_child_stays_in_the_middle(rules):
    with pytest.raises(Refused, match=r"^$"):
        after(rules, {"do": "move", "person": "noa", "on": "wide", "x": 0, "y": 0})


def test_a_move_holds_on_the_drawing_where_it_was_made(rules):
    before = rules.view(rules.start())["layouts"]
    moved = rules.view(after(rules, {"do": "move", "person": "luz", "on": "wide", "x": 0.5, "y": 0.05}))["layouts"]

    assert moved["wide"]["boxes"]["luz"]["x"] == pytest.approx(moved["wide"]["width"] / 2)
    assert moved["narrow"] == before["narrow"]


def test_it_can_be_finished_and_gone_on_with(rules):
    finish = [{"do": "finish"}]

    assert rules.view(after(rules, *finish))["finished"]
    assert not rules.view(after(rules, *finish, {"do": "reopen"}))["finished"]
    assert ties(rules, after(rules, *finish, CLOSE))["luz", "noa"] == "close"  # one that was on its way


def test_each_round_is_about_itself():
    assert [a_map(name).about for name in (None, "before", "in-june")] == [
        "around-noa/map",
        "around-noa/map/before",
        "around-noa/map/in-june",
    ]


def test_the_map_is_said_in_words_without_the_notes(rules):
    told = " ".join(rules.view(after(rules, CLOSE, note("noa", "luz", "Her back.")))["told"])

    assert "In the middle: Noa. Family: Luz." in told
    assert "Noa and Luz: Close." in told
    assert "Luz and The grandmother: Nothing said yet." in told
    assert "Her back." not in told


def two_rounds(first, second):
    before = a_map("before")
    rules = a_map("after", first=lambda: (before, after(before, *first)))
    return rules.view(after(rules, *second))["beside"]


def test_a_second_round_begins_afresh_and_says_what_differs():
    beside = two_rounds(
        [CLOSE, tie("noa", ME, "close"), {**ADD, "name": "A bird"}, tie("luz", "abuela", "unknown")],
        [tie("noa", "luz", "both"), tie("luz", "abuela", "unknown"), ADD],
    )

    assert beside["differs"] == [
        "Only on this map: upstairs neighbor.",
        "Only on the first map: A bird.",
        "Noa and Luz: first close, now close and strained.",
        "Noa and Me: first close, now no line.",
        "The same on both: Luz and The grandmother.",
    ]


def test_someone_added_to_both_rounds_under_the_same_name_is_the_same():
    beside = two_rounds(
        [ADD, tie(numbered(0), "noa", "close")],
        [CLOSE, {**ADD, "name": "Upstairs Neighbor"}, tie(numbered(1), "noa", "close")],
    )

    assert "The same on both: Noa and upstairs neighbor; Luz and The grandmother." in beside["differs"]
    assert not any("Only on" in sentence for sentence in beside["differs"])


def test_nothing_stands_beside_a_second_round_while_the_first_is_empty():
    assert two_rounds([], [CLOSE]) is None


def test_a_person_who_leaves_the_file_takes_their_ties_along_and_nothing_breaks():
    events = events_of(a_map(), CLOSE, tie("abuela", ME, "close"), note("abuela", "noa", "A song?"))
    fewer = a_map(people=CONTENT["people"][:2], ties=[])

    view = fewer.view(fold(fewer, events))

    assert [(one["one"], one["other"]) for one in view["ties"]] == [("luz", "noa")]
    assert view["events"] == [numbered(0)]


def test_a_group_is_offered_the_map_without_a_name(rules):
    state = after(rules, CLOSE)
    share = {"do": "share", "form": "map", "audience": "group_unnamed", "events": [numbered(0)]}

    assert rules.view(state)["sharing"] is None
    assert rules.view(state, GROUP)["sharing"]["forms"]["map"]["widest"] == "group_unnamed"
    given = after(rules, CLOSE, share, group=GROUP)
    assert rules.view(given, GROUP)["sharing"]["forms"]["map"]["audience"] == "group_unnamed"
    with pytest.raises(Refused, match="not with so many"):
        after(rules, CLOSE, {**share, "audience": "group_named"}, group=GROUP)
    with pytest.raises(Refused, match="have changed since"):
        after(rules, CLOSE, CLOSE, share, group=GROUP)


def test_nothing_is_given_to_a_group_before_anything_is_drawn(rules):
    assert rules.view(rules.start())["events"] == []
    assert rules.view(after(rules, {"do": "move", "person": "luz", "on": "wide", "x": 0, "y": 0}))["events"] == []


PEOPLE = st.sampled_from(["noa", "luz", "abuela", ME, CONSULTANT, "nobody", *map(numbered, range(6))])
SPOT = st.floats(-0.2, 1.2) | st.just(float("nan"))
MESSAGES = st.one_of(
    st.fixed_dictionaries({"do": st.sampled_from(["finish", "reopen", "begin", "nonsense"])}),
    st.fixed_dictionaries(
        {
            "do": st.just("tie"),
            "one": PEOPLE,
            "other": PEOPLE,
            "quality": st.sampled_from(["close", "strained", "both", "distant", "unknown", "given", ""]),
        }
    ),
    st.fixed_dictionaries({"do": st.just("untie"), "one": PEOPLE, "other": PEOPLE}),
    st.fixed_dictionaries(
        {"do": st.just("write"), "prompt": PEOPLE, "perspective": PEOPLE, "text": st.sampled_from(["", " ", "Words."])}
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("add"),
            "name": st.text(max_size=90),
            "place": st.sampled_from(["family", "around", "practitioner", "consultant", "child"]),
        }
    ),
    st.fixed_dictionaries({"do": st.just("rename"), "person": PEOPLE, "name": st.text(max_size=90)}),
    st.fixed_dictionaries({"do": st.sampled_from(["remove", "bring"]), "person": PEOPLE}),
    st.fixed_dictionaries(
        {
            "do": st.just("move"),
            "person": PEOPLE,
            "on": st.sampled_from(["wide", "narrow", "tall"]),
            "x": SPOT,
            "y": SPOT,
        }
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, max_size=40), repeated=st.lists(st.integers(0, 39), max_size=10))
def test_no_sequence_of_intents_breaks_the_map(rules, messages, repeated):
    state, events = rules.start(), []
    for number, message in enumerate(messages):
        try:
            event = rules.decide(state, {"id": numbered(number), **message}, NOW)
        except Refused:
            continue
        events.append(event)
        state = rules.apply(state, event)
        view = rules.view(state)

        there = [one["id"] for one in view["people"]]
        assert there[:3] == ["noa", "luz", "abuela"]
        assert len(set(there)) == len(there)
        assert all(one["name"].strip() for one in view["people"])
        pairs = [(one["one"], one["other"]) for one in view["ties"]]
        assert len(set(pairs)) == len(pairs)
        assert all(one < other and {one, other} <= set(there) for one, other in pairs)
        assert set(view["layouts"]["wide"]["boxes"]) == set(there)
    assert fold(rules, events) == state
    late = [events[number] for number in repeated if number < len(events)]
    rules.view(fold(rules, [*events, *late]))


def what_is_seen(rules, state):
    shown = rules.view(state)
    guests = {one["id"] for one in rules.view(rules.start())["people"] if one["own"]}
    people = [one for one in shown["people"] if one["id"] not in guests]
    return people, [one for one in shown["ties"] if not {one["one"], one["other"]} & guests]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, max_size=40))
def test_the_events_that_are_shared_make_the_map_that_its_author_saw(rules, messages):
    state, events = rules.start(), []
    for number, message in enumerate(messages):
        try:
            events.append(rules.decide(state, {"id": numbered(number), **message}, NOW))
        except Refused:
            continue
        state = rules.apply(state, events[-1])
    own = set(rules.events(state))

    given_away = fold(rules, [event for event in events if event.id in own])

    if own:
        assert what_is_seen(rules, given_away) == what_is_seen(rules, state)
        assert replace(given_away, finished=False).aside == frozenset()
