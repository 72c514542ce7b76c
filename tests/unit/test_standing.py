"""What stands, folded, is what everything folded is: however often words were written over, in every activity."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.code import Thematic
from casework.activity.code_texts import Answer, Answers
from casework.activity.group import Group
from casework.activity.log import Log
from casework.activity.map import Map
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.activity.plan import Plan
from casework.activity.rules import fold
from casework.activity.survey import Answering
from casework.activity.walk import Walk
from casework.content import Checklist, Codebook, Survey, load_document
from casework.content.people import RelationshipMap
from casework.errors import Refused
from casework.session.desk import Ledger
from casework.store import open_store

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAMPLE = Path(__file__).parent / "content" / "sample" / "surveys" / "needs.yaml"
DRAWN = {
    "schema": 1,
    "id": "around",
    "language": "en",
    "title": "Around Noa",
    "summary": "Who is there.",
    "rights": "Ours.",
    "people": [{"id": "noa", "name": "Noa", "role": "Two"}, {"id": "luz", "name": "Luz", "role": "Her mother"}],
    "ties": [],
}
TEXTS = ("", "  ", "First.", "Then.", "At last.")
FIRST, SECOND = f"{0:032x}", f"{1:032x}"


def offered(case):
    """Return the case with every prompt offered to the whole group."""
    scenes = []
    for scene in case.scenes:
        if scene.pause:
            asked = (one.model_copy(update={"share": "group_named"}) for one in scene.pause.reflect)
            pause = scene.pause.model_copy(update={"reflect": tuple(asked)})
            scenes.append(scene.model_copy(update={"pause": pause}))
        else:
            scenes.append(scene)
    return case.model_copy(update={"scenes": tuple(scenes)})


def walk(case):
    begun = ({"do": "start"}, {"do": "go_on", "scene": "arrival", "step": "read"})
    return Walk(offered(case)), begun, [("notice", "child"), ("notice", "parent"), ("body", "")], ["notice"]


def survey(_case):
    return Answering(load_document(SAMPLE, Survey)), (), [("why", ""), ("who", ""), ("next", "1-what")], ["survey"]


def plan(_case):
    begun = ({"do": "add"}, {"do": "review", "step": FIRST, "number": 0, "how": "changed"})
    return Plan(load_document(SAMPLE, Survey)), begun, [(FIRST, "what"), (FIRST, "note-0"), (SECOND, "what")], []


def log(_case):
    begun = ({"do": "add", "entry": FIRST, "date": "2026-11-20", "minutes": 90, "kind": "group"},)
    return Log(today=lambda: date(2026, 11, 22)), begun, [(FIRST, "note")], []


def relationships(_case):
    return Map(RelationshipMap.model_validate(DRAWN)), (), [("luz", "noa"), ("noa", "luz")], ["map"]


def observation(case):
    checklist = Checklist.model_validate(
        {
            "schema": 1,
            "id": "kinds",
            "language": "en",
            "title": "Kinds",
            "summary": "One.",
            "rights": "Ours.",
            "sources": [{"id": "own", "cite": "Written for the tests."}],
            "items": [{"id": "waits", "text": "Waits", "definition": "A silence is."}],
        }
    )
    begun, notes = ({"do": "begin"},), [("beat-0", ""), ("beat-1", "")]
    return Observe(Ground("small/at-the-door", "At the door", case.moments[0]), checklist), begun, notes, []


def thematic(_case):
    book = {**DRAWN, "id": "needs", "codes": [{"id": "time", "name": "Time", "definition": "Too little."}]}
    answers = Answers((Answer("one", "We have no time."),))
    begun = [{"do": "excerpt", "answer": "one", "start": 0, "end": end, "codes": ["time"]} for end in (2, 7)]
    rules = Thematic(Codebook.model_validate({k: v for k, v in book.items() if k not in {"people", "ties"}}), answers)
    return rules, begun, [(FIRST, ""), (SECOND, "")], []


OTHERS = (
    {"do": "lift", "answer": "one", "excerpt": FIRST},
    {"do": "add_code", "name": "Space"},
    {"do": "untie", "one": "luz", "other": "noa"},
    {"do": "tie", "one": "luz", "other": "noa", "quality": "close"},
    {"do": "remove", "step": FIRST},
    {"do": "restore", "step": FIRST},
    {"do": "remove", "of": FIRST},
    {"do": "finish"},
    {"do": "reopen"},
    {"do": "step_out"},
    {"do": "answer", "item": "heard", "value": 3},
)


def steps(places, forms):
    """Return what somebody does: they write a great deal, do other things now and then, and share."""
    said = [
        {"do": "write", "prompt": prompt, "perspective": perspective, "text": text}
        for prompt, perspective in places
        for text in TEXTS
    ]
    audiences = ("private", "trainer", "group_unnamed", "group_named")
    given = [{"do": "share", "form": form, "audience": audience} for form in forms for audience in audiences]
    return st.lists(st.sampled_from(said) | st.sampled_from([*OTHERS, *given]), max_size=50)


def play(store, visit, run, rules, messages):
    """Do what the rules allow, each step stored, and return the state after all of it."""
    state, group = rules.start(), Group("Ana Ruiz")
    for number, message in enumerate(messages):
        if message["do"] == "share" and message["audience"] != "private":
            events = [each.id for each in current(state)]
            message = {**message, "events": events}  # noqa: PLW2901  as a page would name what it shows
        try:
            event = rules.decide(state, {"id": f"{number:032x}", **message}, AT, group)
        except Refused:
            continue
        store.append(visit, run, event)
        state = rules.apply(state, event)
    return state


def current(state):
    """Return what stands in the fields of the first prompt, or in all of them."""
    filled = {name: each for name, each in getattr(state, "responses", {}).items() if each.text.strip()}
    return [each for name, each in filled.items() if name.startswith("notice/")] or list(filled.values())


def told(store, case, activity, more):
    """Do something in a new run; return its rules, the state after it, what stands and everything."""
    rules, begun, *_ = activity(case)
    visit = store.local_visit("ana")
    run = store.open_run(visit, "a-workbook")
    state = play(store, visit, run, rules, [*begun, *more])
    assert Ledger(store, visit, run).desk(rules).state == state
    return rules, state, store.standing(visit, run), store.events(visit, run)


def words(prompt, perspective, text):
    return {"do": "write", "prompt": prompt, "perspective": perspective, "text": text}


@pytest.mark.parametrize("activity", [walk, survey, plan, log, relationships, observation, thematic])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_stands_says_what_everything_says(case, activity, data):
    _, _, places, forms = activity(case)
    with open_store("sqlite://") as store:
        rules, state, standing, everything = told(store, case, activity, data.draw(steps(places, forms)))

    assert fold(rules, [event for _, event in standing]) == fold(rules, [each for _, each in everything]) == state
    assert all(each in everything for each in standing)
    assert standing[:1] == everything[:1]
    assert standing[-1:] == everything[-1:]


NOTICED = "notice", "child"
ONE_AND_OTHER = "luz", "noa"


@pytest.mark.parametrize(
    ("activity", "more", "left_out"),
    [
        (walk, [words(*NOTICED, text) for text in ("One.", "Two.", "Three.", "Four.")], 2),
        (
            walk,
            [
                words(*NOTICED, "One."),
                words(*NOTICED, "Two."),
                {"do": "share", "form": "notice", "audience": "trainer"},
                *(words(*NOTICED, text) for text in ("Three.", "Four.")),
            ],
            1,  # what was shared stays
        ),
        (
            relationships,
            [
                words(*ONE_AND_OTHER, "One."),
                {"do": "untie", "one": "luz", "other": "noa"},
                words(*ONE_AND_OTHER, "Two."),
                words(*ONE_AND_OTHER, ""),
            ],
            0,  # the second brought the tie back, though it is empty now
        ),
    ],
)
def test_what_was_written_over_is_left_out_unless_it_counts(case, activity, more, left_out):
    with open_store("sqlite://") as store:
        rules, state, standing, everything = told(store, case, activity, more)

    assert fold(rules, [event for _, event in standing]) == state
    assert len(everything) - len(standing) == left_out
