"""The rules of the walk, and what no sequence of intents may do to it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.page import walk_page
from casework.activity.rules import fold
from casework.activity.walk import Reflect, Walk
from casework.content import Folder
from casework.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Walker:
    """Someone who walks: sends intents, keeps the events."""

    def __init__(self, rules):
        self.rules, self.events, self.state, self.numbers = rules, [], rules.start(), count(1)

    def do(self, kind, **body):
        message = {"id": f"{next(self.numbers):032x}", "do": kind, **body}
        event = self.rules.decide(self.state, message, NOW)
        self.events.append(event)
        self.state = self.rules.apply(self.state, event)
        return event

    def here(self):
        return self.state.here, self.state.step


@pytest.fixture
def walker(case):
    return Walker(Walk(case))


def test_it_begins_before_the_first_scene(walker):
    assert walker.here() == (None, "start")


def test_a_scene_is_read_then_paused_at_then_turned_from(walker):
    walker.do("start")
    steps = [walker.here()]
    walker.do("go_on", scene="arrival", step="read")
    steps.append(walker.here())
    walker.do("go_on", scene="arrival", step="pause")
    steps.append(walker.here())

    assert steps == [("arrival", "read"), ("arrival", "pause"), ("arrival", "turn")]


def to_the_turn(walker):
    walker.do("start")
    walker.do("go_on", scene="arrival", step="read")
    walker.do("go_on", scene="arrival", step="pause")


def test_a_choice_leads_on_and_stays_on_the_way(walker):
    to_the_turn(walker)
    walker.do("choose", scene="arrival", choice="sit")

    view = walker.rules.view(walker.state)

    assert view["way"] == [{"scene": "arrival", "choice": "sit"}, {"scene": "floor", "choice": None}]
    assert view["tried"] == {"arrival": ["sit"]}


def test_a_choice_whose_condition_does_not_hold_is_not_offered(walker):
    to_the_turn(walker)
    walker.do("choose", scene="arrival", choice="sit")
    walker.do("go_on", scene="floor", step="read")
    walker.do("go_on", scene="floor", step="pause")
    walker.do("go_on", scene="floor", step="turn")

    assert walker.rules.view(walker.state)["choices"] == ["stay", "look-back"]


def test_going_back_keeps_what_was_written_and_seen(walker):
    to_the_turn(walker)
    walker.do("write", prompt="notice", perspective="child", text="Small hands.")
    walker.do("choose", scene="arrival", choice="leave")
    walker.do("go_back", scene="arrival")

    view = walker.rules.view(walker.state)

    assert walker.here() == ("arrival", "turn")
    assert view["way"] == [{"scene": "arrival", "choice": None}]
    assert view["visited"] == ["arrival", "street"]
    assert view["responses"]["notice/child"]["text"] == "Small hands."


def test_the_later_words_win(walker):
    to_the_turn(walker)
    walker.do("write", prompt="notice", perspective="child", text="One.")
    walker.do("write", prompt="notice", perspective="child", text="Two.")

    assert walker.rules.view(walker.state)["responses"]["notice/child"]["text"] == "Two."


def test_stepping_out_keeps_the_place(walker):
    to_the_turn(walker)
    walker.do("step_out")
    out = walker.rules.view(walker.state)["steppedOut"]
    walker.do("come_back")

    assert out
    assert walker.here() == ("arrival", "turn")


def test_progress_counts_the_longest_way(walker):
    before = walker.rules.view(walker.state)["progress"]
    to_the_turn(walker)
    walker.do("choose", scene="arrival", choice="leave")

    assert before == {"at": 0, "of": 4}
    assert walker.rules.view(walker.state)["progress"] == {"at": 2, "of": 2}


@pytest.mark.parametrize(
    "body",
    [
        {"do": "go_on", "scene": "arrival", "step": "turn"},
        {"do": "choose", "scene": "arrival", "choice": "stay"},
        {"do": "choose", "scene": "home", "choice": "sit"},
        {"do": "start"},
        {"do": "go_back", "scene": "home"},
    ],
)
def test_a_page_that_is_behind_is_told_nothing_but_where_it_is(walker, body):
    to_the_turn(walker)
    was = walker.state

    with pytest.raises(Refused, match=r"^$"):
        walker.rules.decide(was, {"id": "f" * 32, **body}, NOW)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"prompt": "notice-again", "perspective": "child"}, "opens when you have come to its place"),
        ({"prompt": "unknown", "perspective": "child"}, "no longer part of the case"),
        ({"prompt": "notice", "perspective": "teacher"}, "not asked from that view"),
        ({"prompt": "notice", "perspective": ""}, "not asked from that view"),
    ],
)
def test_words_that_have_no_field_are_refused_with_a_sentence(walker, body, why):
    to_the_turn(walker)

    with pytest.raises(Refused, match=why):
        walker.do("write", text="Words.", **body)


def test_a_text_that_is_too_long_is_refused_with_its_limit(walker):
    to_the_turn(walker)

    with pytest.raises(Refused, match="20,000 characters"):
        walker.do("write", prompt="body", perspective="", text="x" * 20_001)


def test_nothing_that_is_written_is_shared(walker):
    to_the_turn(walker)

    assert walker.do("write", prompt="body", perspective="", text="Tired.").share == "private"


def test_a_reflection_opens_when_the_walk_has_come_to_it(case):
    walk = Walk(case)
    reflection = Reflect(walk, ("notice", "notice-again"))
    walker = Walker(walk)
    closed = reflection.view(walker.state)
    to_the_turn(walker)

    opened = reflection.view(walker.state)

    assert (closed["open"], closed["prompts"]) == (False, [])
    assert (opened["open"], opened["prompts"]) == (True, ["notice"])


def test_a_reflection_takes_words_and_nothing_else(case):
    walk = Walk(case)
    reflection = Reflect(walk, ("notice",))
    walker = Walker(walk)
    to_the_turn(walker)

    written = {"id": "a" * 32, "do": "write", "prompt": "notice", "perspective": "child", "text": "Now."}
    event = reflection.decide(walker.state, written, NOW)

    assert event.body["text"] == "Now."
    for refused in ({"id": "b" * 32, "do": "step_out"}, {**written, "prompt": "body", "perspective": ""}):
        with pytest.raises(Refused):
            reflection.decide(walker.state, refused, NOW)


def to_home(walker):
    to_the_turn(walker)
    walker.do("choose", scene="arrival", choice="sit")
    for step in ("read", "pause", "turn"):
        walker.do("go_on", scene="floor", step=step)
    walker.do("choose", scene="supper", choice="stay")


def test_the_end_draws_the_way_and_says_what_else_was_open(walker):
    to_the_turn(walker)
    before = walker.rules.view(walker.state)["end"]
    walker = Walker(walker.rules)
    to_home(walker)

    end = walker.rules.view(walker.state)["end"]

    assert before is None
    assert end["offered"] == {"arrival": ["sit", "leave"], "floor": [], "supper": ["stay", "look-back"], "home": []}
    assert end["unread"] == 1
    assert end["wide"].startswith("<svg")
    assert end["narrow"].startswith("<svg")


def test_a_turn_that_was_never_open_is_not_named_at_the_end(walker):
    to_the_turn(walker)
    walker.do("choose", scene="arrival", choice="leave")

    assert walker.rules.view(walker.state)["end"]["offered"] == {"arrival": ["sit", "leave"], "street": []}


def test_the_trainers_notes_never_reach_the_page(case):
    assert "SECRET" not in str(walk_page(case))


def test_a_picture_comes_with_the_page(workbooks):
    file = workbooks / "cases" / "small.yaml"
    picture = "    image: {file: door.svg, alt: A door.}\n    text: Noa"
    file.write_text(file.read_text().replace("    text: Noa", picture))
    (workbooks / "cases" / "door.svg").write_text("<svg/>")

    page = walk_page(Folder(workbooks).find_case("small", "en"))

    assert page["scenes"]["arrival"]["image"] == {"src": "data:image/svg+xml;base64,PHN2Zy8+", "alt": "A door."}


SCENES = st.sampled_from(["arrival", "floor", "supper", "street", "home", "nowhere", ""])
MESSAGES = st.one_of(
    st.fixed_dictionaries({"do": st.sampled_from(["start", "step_out", "come_back", "again", "explode", None])}),
    st.fixed_dictionaries(
        {"do": st.just("go_on"), "scene": SCENES, "step": st.sampled_from(["read", "pause", "turn", "start"])}
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("choose"),
            "scene": SCENES,
            "choice": st.sampled_from(["sit", "leave", "stay", "look-back", "x"]),
        }
    ),
    st.fixed_dictionaries({"do": st.just("go_back"), "scene": SCENES}),
    st.fixed_dictionaries(
        {
            "do": st.just("write"),
            "prompt": st.sampled_from(["notice", "notice-again", "body", "none"]),
            "perspective": st.sampled_from(["child", "parent", "", "teacher"]),
            "text": st.text(max_size=40),
        }
    ),
    st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=4),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(MESSAGES, max_size=40))
def test_no_sequence_of_intents_breaks_the_walk(case, messages):
    rules = Walk(case)
    scenes = {scene.id for scene in case.scenes}
    state, events = rules.start(), []
    for number, message in enumerate(messages):
        try:
            event = rules.decide(state, {"id": f"{number:032x}", **message}, NOW)
        except Refused:
            continue
        events.append(event)
        state = rules.apply(state, event)

        assert state.here in scenes | {None}
        assert (state.step == "start") == (state.here is None)
        assert {stop.scene for stop in state.way} <= set(state.visited) <= scenes
        assert all(stop.choice is None for stop in state.way[-1:])
        assert set(state.paused) <= set(state.visited)
    assert fold(rules, events) == state
    written = {f"{e.body['prompt']}/{e.body['perspective']}": e.body["text"] for e in events if e.kind == "write"}
    assert {name: response.text for name, response in state.responses.items()} == written
