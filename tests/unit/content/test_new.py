import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cli import main
from casework.content import check
from casework.content.new import NotMade, _rewrite, make
from casework.content.yaml_tree import parse_tree
from casework.errors import ContentError

SHIPPED = Path(__file__).parents[3] / "workbooks"
SOURCE = (SHIPPED / "cases" / "first-goodbye.yaml").read_bytes()
TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1)


def changed_lines(old, new):
    pairs = zip(old.splitlines(), new.splitlines(), strict=True)
    return [(before, after) for before, after in pairs if before != after]


def test_it_changes_the_id_and_the_title_of_a_case_and_no_other_character(tmp_path):
    make("case", "red-door", source="first-goodbye", folder=tmp_path, title="The red door")

    assert changed_lines(SOURCE.decode(), (tmp_path / "cases" / "red-door.yaml").read_text("utf-8")) == [
        ("id: first-goodbye", "id: red-door"),
        ("title: The first goodbye", "title: The red door"),
    ]


def test_it_takes_translations_and_notebooks_in_both_languages_along(tmp_path):
    made = make("case", "red-door", source="first-goodbye", folder=tmp_path, title="The red door")

    assert [path.relative_to(tmp_path).as_posix() for path in made] == [
        "cases/red-door.es.yaml",
        "cases/red-door.yaml",
        "en/red-door.ipynb",
        "es/red-door.ipynb",
    ]
    for language in ("en", "es"):
        notebook = nbformat.read(tmp_path / language / "red-door.ipynb", as_version=4)
        nbformat.validate(notebook)
        opening = next(cell.source for cell in notebook.cells if "Session(" in cell.source)
        assert f'cw.Session("red-door", language="{language}")' in opening
        assert 'session.case("red-door")' in opening
        assert any("session.group()" in cell.source for cell in notebook.cells)  # of all that open it, the case's own
    assert not [problem for problem in check(tmp_path) if problem.severity == "error"]


@pytest.mark.parametrize("kind", ["case", "checklist", "survey", "workbook"])
def test_every_kind_is_made_from_nothing_and_has_nothing_to_mend(kind, tmp_path):
    done = CliRunner().invoke(main, ["new", kind, "my-own", "--folder", str(tmp_path), "--title", "Mine: “¿ñ?” # 1"])

    assert done.exit_code == 0, done.output
    assert "nothing to mend." in done.output


def test_it_takes_the_pictures_of_a_case_along(tmp_path):
    sample = Path(__file__).parent / "sample" / "cases" / "two-doors.yaml"

    made = make("case", "red-door", source=str(sample), folder=tmp_path)

    assert tmp_path / "cases" / "images" / "hallway.svg" in made


@pytest.mark.parametrize("bad", ["Red-Door", "red door", "../red", "-red", "red-", "", "r" * 65, "ñu"])
def test_it_refuses_a_bad_id_in_one_sentence(bad, tmp_path):
    with pytest.raises(ContentError, match="cannot be an id; write small letters") as told:
        make("case", bad, folder=tmp_path)

    assert len(str(told.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_it_overwrites_nothing(tmp_path):
    make("case", "red-door", folder=tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}

    with pytest.raises(ContentError, match="There is a file"):
        make("case", "red-door", source="first-goodbye", folder=tmp_path)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_it_names_a_notebook_that_it_cannot_read(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.ipynb").write_text(json.dumps({"cells": 3}))

    with pytest.raises(NotMade, match="cannot be read as a notebook") as told:
        make("workbook", "other", source="mine", folder=tmp_path)

    assert told.value.said("es") == f"{tmp_path / 'en' / 'mine.ipynb'} no se puede leer como cuaderno; parta de otro."


def test_it_names_the_line_at_which_a_source_cannot_be_read(tmp_path):
    (tmp_path / "torn.yaml").write_text("id: torn\ntitle: [\n", "utf-8")

    with pytest.raises(NotMade, match=r"torn\.yaml cannot be read at line \d: casework check says why\.") as told:
        make("case", "other", source=str(tmp_path / "torn.yaml"), folder=tmp_path)

    assert "no se puede leer en la línea" in told.value.said("es")


@settings(max_examples=40)
@given(title=TITLES.filter(str.strip))
def test_any_title_can_be_read_back_and_nothing_else_changes(title):
    told = parse_tree(_rewrite(SOURCE, {"id": "red-door", "title": title}, Path("a.yaml"))).value

    assert told == parse_tree(SOURCE).value | {"id": "red-door", "title": title}
