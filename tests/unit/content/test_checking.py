import pytest

from casework.content import Problem, check
from casework.content.checking import find_files
from casework.content.kinds import KINDS
from casework.content.problem import name_element, quote
from casework.errors import ContentError


def names(*paths):
    return [file.spot.shown for file in find_files(*paths)]


def test_a_good_folder_has_no_problems(desk):
    assert check(desk.path) == []


def test_a_problem_is_one_line():
    problem = Problem("cases/a.yaml", 31, "scene 'arrival'", "there is no way on", "add 'next'")

    assert str(problem) == "cases/a.yaml:31: scene 'arrival': there is no way on; add 'next'"


def test_a_problem_of_the_whole_file_names_no_element():
    assert str(Problem("a.yaml", 1, "", "the file is empty", "write it")) == "a.yaml:1: the file is empty; write it"


def test_elements_without_an_id_are_counted():
    content = {"scenes": [{"id": "a", "choices": [{"to": "b"}, {"id": 7}]}]}

    assert name_element(content, ("scenes", 0, "choices", 1, "id")) == "scene 'a', choice 2"
    assert name_element(content, ("scenes", 4, "title")) == "scene 5"
    assert name_element(content, ("title",)) == ""


def test_a_quotation_is_short_and_on_one_line():
    assert quote("a\nb") == "'a b'"
    assert len(quote("x" * 500)) == 62


def test_every_file_below_a_folder_is_found(desk):
    assert names(desk.path) == [
        "cases/three-stops.yaml",
        "cases/two-doors.yaml",
        "checklists/table.yaml",
        "codebooks/themes.yaml",
        "codings/gate.yaml",
        "maps/street.yaml",
        "moments/garden.yaml",
        "perspectives/everybody.yaml",
        "surveys/needs.yaml",
        "targets/state.yaml",
        "themes/harbor.yaml",
    ]
    assert names(desk.path.parent) == [f"desk/{name}" for name in names(desk.path)]


def test_a_folder_of_one_kind_can_be_named(desk, monkeypatch):
    monkeypatch.chdir(desk.path)

    assert names("cases") == ["cases/three-stops.yaml", "cases/two-doors.yaml"]


def test_a_file_is_named_as_seen_from_the_working_directory(desk, monkeypatch):
    monkeypatch.chdir(desk.path / "cases")

    assert names("two-doors.yaml") == ["two-doors.yaml"]


def test_a_file_outside_the_working_directory_is_named_as_given(desk, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert names(desk.case) == [desk.case.as_posix()]


def test_a_file_named_twice_is_checked_once(desk, monkeypatch):
    monkeypatch.chdir(desk.path)

    assert names("cases", "cases/two-doors.yaml") == ["cases/three-stops.yaml", "cases/two-doors.yaml"]


def test_workbooks_here_are_checked_if_nothing_is_named(desk, monkeypatch):
    desk.path.rename(desk.path.with_name("workbooks"))
    monkeypatch.chdir(desk.path.parent)

    assert len(find_files()) == len(list(desk.path.with_name("workbooks").glob("*/*.yaml")))
    assert check() == []


def test_translations_hidden_files_and_checkpoints_are_passed_by(desk):
    before = len(find_files(desk.path))
    for name in ("two-doors.es.yaml", ".two-doors.yaml", "notes.txt"):
        (desk.path / "cases" / name).write_text("?")
    hidden = desk.path / ".ipynb_checkpoints" / "cases"
    hidden.mkdir(parents=True)
    (hidden / "two-doors-checkpoint.yaml").write_text("?")

    assert len(find_files(desk.path)) == before


def test_another_ending_than_yaml_is_a_problem(desk):
    desk.case.rename(desk.case.with_suffix(".yml"))

    (problem,) = check(desk.path)

    assert problem.remedy == "call the file 'two-doors.yaml', or change the id"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_outside_our_folders_is_known_by_its_keys(desk, tmp_path, kind):
    (tmp_path / "loose").mkdir()
    path = max((desk.path / kind).glob("*.yaml")).rename(tmp_path / "loose" / "file.yaml")

    problems = check(path)

    assert not [problem for problem in problems if "is missing" in problem.message]


@pytest.mark.parametrize("text", ["", "a: 1\n"])
def test_a_file_that_shows_nothing_is_taken_for_a_case(tmp_path, text):
    path = tmp_path / "loose.yaml"
    path.write_text(text)

    assert check(path)


def test_one_perspective_in_two_files_is_a_problem(desk):
    second = desk.perspectives.with_name("more.yaml")
    second.write_text(
        desk.perspectives.read_text().replace("id: everybody", "id: more").replace("id: parent", "id: aunt")
    )

    assert [str(problem) for problem in check(desk.path)] == [
        (
            "perspectives/more.yaml:7: perspective 'child': "
            "the file perspectives/everybody.yaml has a perspective of this id already; keep one of the two"
        ),
    ]


def test_a_path_that_is_not_there_raises(tmp_path):
    with pytest.raises(ContentError, match=r"There is no file or folder '.*nowhere'; name one that holds cases\."):
        check(tmp_path / "nowhere")


def test_a_folder_with_nothing_to_check_raises(tmp_path):
    with pytest.raises(ContentError, match="holds nothing to check"):
        check(tmp_path)
