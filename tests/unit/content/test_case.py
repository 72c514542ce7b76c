import subprocess
import sys

import pydantic
import pytest

from casework.content import Case, load_case, load_checklist, load_perspectives
from casework.errors import ContentError


def test_a_case_has_what_its_file_says(desk):
    case = load_case(desk.case)

    assert case.title == "Two doors"
    assert case.path == desk.case
    assert [scene.id for scene in case.scenes] == ["hallway", "kitchen", "ending"]
    assert case.find_scene("kitchen").new_information == "Her brother moved out on Sunday."
    assert case.find_moment("at-the-table").beats[1].at == 6
    assert case.find_prompt("notice").share == "group_unnamed"
    assert case.find_scene("kitchen").choices[1].when.chose == "wait"
    assert case.find_scene("hallway").targets() == ("kitchen", "kitchen")
    assert case.support[0].contact == "down the hall"


def test_shared_perspectives_stand_in_the_case_in_full(desk):
    case = load_case(desk.case)

    assert [each.id for each in case.perspectives] == ["child", "parent", "sibling"]
    assert case.find_perspective("child").question == "What is at the height of her eyes?"
    assert case.find_perspective("sibling").sign == "other"


def test_prompts_come_with_their_scenes_in_order(desk):
    case = load_case(desk.case)

    assert [(scene.id, prompt.id) for scene, prompt in case.prompts()] == [
        ("hallway", "notice"),
        ("kitchen", "notice-again"),
    ]


def test_a_prompt_that_asks_again_inherits_the_perspectives(desk):
    case = load_case(desk.case)

    assert case.find_prompt("notice-again").perspectives == ("child", "parent")


def test_a_prompt_that_asks_again_may_name_its_own_perspectives(desk):
    desk.edit(desk.case, ("again: notice", "again: notice\n          perspectives: [sibling]"))

    assert load_case(desk.case).find_prompt("notice-again").perspectives == ("sibling",)


def test_a_prompt_that_asks_again_may_do_without_perspectives(desk):
    desk.edit(desk.case, ("again: notice", "again: notice\n          perspectives: []"))

    assert load_case(desk.case).find_prompt("notice-again").perspectives == ()


@pytest.mark.parametrize(
    ("find", "message"),
    [
        (lambda case: case.find_scene("hallwy"), "scene 'hallwy'; perhaps 'hallway' is meant."),
        (lambda case: case.find_prompt("x"), "prompt 'x'; choose one of 'notice', 'notice-again'."),
        (lambda case: case.find_moment(""), "moment ''; choose one of 'at-the-table'."),
        (lambda case: case.find_perspective("chil"), "perspective 'chil'; perhaps 'child' is meant."),
    ],
)
def test_what_a_case_has_not_raises_with_the_nearest(desk, find, message):
    case = load_case(desk.case)

    with pytest.raises(ContentError) as caught:
        find(case)

    assert str(caught.value) == f"The case 'two-doors' has no {message}"


def test_a_case_cannot_be_changed(desk):
    case = load_case(desk.case)

    with pytest.raises(pydantic.ValidationError):
        case.title = "Three doors"


def test_the_hash_stays_as_long_as_the_content_does(desk):
    before = load_case(desk.case).content_hash
    desk.edit(desk.case, ("title: Two doors", "# a note\ntitle:   'Two doors'"))

    assert load_case(desk.case).content_hash == before
    assert len(before) == 16
    assert int(before, 16)


@pytest.mark.parametrize(
    "edit", [("Two doors", "Two windows"), ("at: 6", "at: 7"), ("There is a bus", "There is a train")]
)
def test_the_hash_changes_with_the_content(desk, edit):
    before = load_case(desk.case).content_hash
    desk.edit(desk.case, edit)

    assert load_case(desk.case).content_hash != before


def test_the_hash_changes_with_a_shared_perspective(desk):
    before = load_case(desk.case).content_hash
    desk.edit(desk.perspectives, ("height of her eyes", "height of her knees"))

    assert load_case(desk.case).content_hash != before


def test_a_key_left_at_its_default_does_not_change_the_hash(desk):
    before = load_case(desk.case).content_hash
    desk.edit(desk.case, ("rights:", "reviewed_by: []\nrights:"))

    assert load_case(desk.case).content_hash == before


def test_every_field_explains_itself():
    waiting, seen = [Case], {}
    while waiting:
        model = waiting.pop()
        for name, field in model.model_fields.items():
            seen[f"{model.__name__}.{name}"] = field.description
        waiting.extend(each for each in model.__subclasses__() if each.__name__ not in seen)

    assert [name for name, description in seen.items() if not description] == []


def test_a_checklist_has_what_its_file_says(desk):
    checklist = load_checklist(desk.checklist)

    assert [item.key for item in checklist.items] == ["l", "2"]
    assert checklist.items[0].kind == "point"
    assert checklist.items[0].excludes == ("turns-away",)
    assert len(checklist.content_hash) == 16


def test_a_file_of_perspectives_has_what_it_says(desk):
    shared = load_perspectives(str(desk.perspectives))

    assert [(each.id, each.sign) for each in shared.perspectives] == [("child", "child"), ("parent", "parent")]


def test_a_file_that_cannot_be_used_raises_with_every_problem(desk, monkeypatch):
    monkeypatch.chdir(desk.path)
    desk.edit(desk.case, ("minutes: 20", "minutes: long"), ("    minutes: 3\n", "    minuts: 3\n"))

    with pytest.raises(ContentError) as caught:
        load_case("cases/two-doors.yaml")

    assert str(caught.value).splitlines() == [
        (
            "cases/two-doors.yaml:7: 'minutes' should be a whole number, but 'long' stands there; "
            "write it in digits, without quotes"
        ),
        "cases/two-doors.yaml:22: scene 'hallway': the key 'minuts' is not known here; perhaps 'minutes' is meant",
    ]


def test_a_file_with_warnings_alone_can_be_used(desk):
    desk.edit(desk.case, ("objectives:\n  - Stay a minute longer with what one sees.\n", ""))

    assert load_case(desk.case).objectives == ()


def test_importing_the_content_loads_no_yaml_and_no_markdown():
    code = "import casework.content, sys; print({'yaml', 'markdown_it', 'nh3', 'click'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
