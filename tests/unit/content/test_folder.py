import shutil

import pytest

from casework.content import Folder, find_folder, folder, shipped_folder
from casework.errors import ContentError


@pytest.fixture
def shipped(desk, tmp_path, monkeypatch):
    """Stand a copy of the sample in for the workbooks that come with the library."""
    path = tmp_path / "shipped"
    shutil.copytree(desk.path, path)
    monkeypatch.setattr(folder, "shipped_folder", lambda: path)
    return path


def test_the_nearest_folder_above_is_found(desk):
    inner = desk.path / "cases" / "images"

    assert find_folder(inner) == desk.path.resolve()
    assert find_folder(desk.case) == desk.path.resolve()


def test_the_working_directory_is_where_looking_begins(desk, monkeypatch):
    monkeypatch.chdir(desk.path / "perspectives")

    assert find_folder() == desk.path.resolve()
    assert Folder().path == desk.path.resolve()


def test_without_a_folder_above_the_shipped_one_is_found(tmp_path, shipped):
    assert find_folder(tmp_path) == shipped


def test_the_shipped_folder_holds_cases():
    assert (shipped_folder() / "cases").is_dir()


def test_an_installation_without_workbooks_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "__file__", str(tmp_path / "a" / "b" / "content" / "folder.py"))

    with pytest.raises(ContentError, match=r"There are no workbooks in .*; install casework again"):
        shipped_folder()


def test_a_case_is_found_by_its_id(desk):
    case = Folder(desk.path).find_case("two-doors", "en")

    assert case.path == desk.case


def test_a_checklist_is_found_by_its_id(desk):
    assert Folder(desk.path).find_checklist("table").title == "At the table"


def test_what_a_folder_lacks_is_taken_from_the_shipped_one(desk, shipped):
    desk.case.unlink()
    desk.perspectives.unlink()

    case = Folder(desk.path).find_case("two-doors")

    assert case.path == shipped / "cases" / "two-doors.yaml"
    assert case.find_perspective("child").name == "The child"


def test_what_a_folder_has_goes_before_the_shipped_one(desk, shipped):
    desk.edit(desk.perspectives, ("name: The child", "name: Noor"))

    assert Folder(desk.path).perspectives("en")["child"].name == "Noor"
    assert Folder(shipped).perspectives("en")["child"].name == "The child"


def test_perspectives_of_another_language_are_left_out(desk, shipped):
    assert shipped
    assert set(Folder(desk.path).perspectives("en")) == {"child", "parent"}
    assert set(Folder(desk.path).perspectives("es")) == set()


def test_perspectives_that_changed_are_read_again(desk):
    before = Folder(desk.path).perspectives("en")["child"].name
    desk.edit(desk.perspectives, ("name: The child", "name: The youngest"))

    assert (before, Folder(desk.path).perspectives("en")["child"].name) == ("The child", "The youngest")


def test_an_unknown_id_raises_with_the_nearest(desk, shipped):
    assert shipped
    with pytest.raises(ContentError) as caught:
        Folder(desk.path).find_case("to-doors")

    assert str(caught.value) == f"There is no case 'to-doors' in {desk.path}; perhaps 'two-doors' is meant."


@pytest.mark.parametrize("wanted", ["", "../cases/two-doors", "cases/two-doors", "two-doors.yaml", "TWO-DOORS"])
def test_an_id_is_no_path(desk, wanted):
    with pytest.raises(ContentError, match="There is no case"):
        Folder(desk.path).find_case(wanted)


def test_a_language_that_is_not_there_yet_raises(desk):
    with pytest.raises(ContentError, match="'two-doors' is written in 'en' and not yet translated into 'es'"):
        Folder(desk.path).find_case("two-doors", "es")


def test_a_file_under_another_name_than_its_id_raises(desk):
    desk.case.rename(desk.case.with_name("doors.yaml"))

    with pytest.raises(ContentError) as caught:
        Folder(desk.path).find_case("doors")

    assert str(caught.value) == (
        "cases/doors.yaml:2: the id is 'two-doors', but the file is called 'doors.yaml'; "
        "call the file 'two-doors.yaml', or change the id"
    )


def test_perspectives_that_cannot_be_used_raise_with_their_line(desk):
    desk.edit(desk.perspectives, ("question: What is at the height of her eyes?, ", ""))

    with pytest.raises(ContentError) as caught:
        Folder(desk.path).perspectives("en")

    assert str(caught.value) == (
        "perspectives/everybody.yaml:7: perspective 'child': the key 'question' is missing; "
        "add it: what guides one in looking from there"
    )


def test_a_folder_shows_its_path(desk):
    assert repr(Folder(desk.path)) == f"Folder({str(desk.path)!r})"


def test_a_folder_does_without_shipped_workbooks(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "__file__", str(tmp_path / "a" / "b" / "content" / "folder.py"))

    assert Folder(desk.path).find_case("two-doors").id == "two-doors"
    with pytest.raises(ContentError, match="There is no checklist 'x'"):
        Folder(desk.path / "cases").find_checklist("x")
