"""What one takes along names questions and steps by their words, in the learner's language, and by their ids."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from casework.content import Folder
from casework.serve.questions import naming
from casework.store import OwnEvent

WORKBOOKS = Path(__file__).parents[3] / "workbooks"
SAMPLE = Path(__file__).parents[1] / "content" / "sample"
NUMBERS = count(1)


def did(kind: str, about: str = "first-goodbye", /, **body: object) -> OwnEvent:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    event_id = f"{next(NUMBERS):032x}"
    return OwnEvent(id=event_id, kind=kind, about=about, at=at, body=body, share="private", content_hash="")


def named(about: str, *events: OwnEvent, language: str = "en"):
    return naming(Folder(WORKBOOKS), about, events, language)


def wrote(prompt: str, perspective: str) -> dict[str, str]:
    return {"prompt": prompt, "perspective": perspective}


def test_names_a_question_of_a_case_and_the_perspective() -> None:
    case = Folder(WORKBOOKS).find_case("first-goodbye", "en")
    prompt = next(prompt for _, prompt in case.prompts() if prompt.perspectives)
    told = named(case.id).question(wrote(prompt.id, prompt.perspectives[0]))
    assert told.startswith(f"{case.find_perspective(prompt.perspectives[0]).name}. ")
    assert len(told) > 30


@pytest.mark.parametrize("language", ["en", "es"])
def test_names_the_items_and_the_answers_of_a_survey(language: str) -> None:
    survey = Folder(SAMPLE).find_survey("needs")
    answered = did("answer", "needs/before", item="meet", value="no-time")

    told = naming(Folder(SAMPLE), "needs/before", [answered], language)
    what, details = told.step(answered)

    options = {option.id: option.text for item in survey.items if item.id == "meet" for option in item.options}
    assert told.title == survey.title
    assert what == {"en": "Answered", "es": "Respondió"}[language]
    assert f"{options['no-time']} (no-time)" in details
    assert "(meet)" in details
    assert told.question(wrote("why", "")) == next(item.text for item in survey.items if item.id == "why")


def test_names_the_note_of_a_log_by_its_meeting() -> None:
    added = did("add", "log", entry="a" * 32, date="2026-11-20", minutes=90, kind="group")

    log = named("log", added, language="es")

    assert log.question(wrote("a" * 32, "note")).startswith("2026-11-20. ")
    what, details = log.step(added)
    assert what == "Añadió"
    assert "reunión: 2026-11-20" in details
    assert "tipo: en grupo (group)" in details


def test_names_the_steps_of_a_plan_by_their_number() -> None:
    first, second = did("add", "x/plan"), did("add", "x/plan")

    plan = named("x/plan", first, second)

    assert plan.question(wrote(second.id, "who")) == "Step 2. Who"
    assert plan.question(wrote(first.id, "note-0")).startswith("Step 1. ")
    assert plan.step(did("review", "x/plan", step=first.id, number=0, how="going-on"))[1].startswith("step: Step 1")


def test_says_steps_in_the_learners_language() -> None:
    shared = did("share", form="notice", audience="group_unnamed", events=["e" * 32])

    what, details = named("gone", language="es").step(shared)

    assert what == "Dijo quién puede verlo"
    assert "el grupo, sin su nombre (group_unnamed)" in details
    assert "e" * 32 not in details


def test_leaves_the_ids_where_the_content_is_gone() -> None:
    told = named("gone")
    assert told.title == "gone"
    assert told.question(wrote("some-question", "child")) == "some-question. child"
    assert told.step(did("explode", "gone", deep={"a": ["b", 1]}))[1] == "deep: a: b, 1"


def test_knows_every_kind_of_step_that_a_page_can_ask_for() -> None:
    kinds = {
        kind
        for file in (Path(__file__).parents[3] / "src/casework/activity").glob("*.py")
        for kind in re.findall(r'do: Literal\["([a-z_]+)"\]', file.read_text())
    }
    words = named("gone").words
    assert kinds - {"write"} <= {key.removeprefix("site.did_") for key in words if key.startswith("site.did_")}
