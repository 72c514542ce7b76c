import json
import shutil
import time

import nbformat
import pytest

from casework.content import check, notebooks

CELLS = (
    "# A heading",
    'import casework as cw\n\nsession = cw.Session("doors", language="en")\ncase = session.case("two-doors")',
    "case.walk()",
    'case.reflect("notice")',
    'session.checklist("table").observe(case, "at-the-table")',
)


def write(path, cells, language="en"):
    """Write a notebook; a cell that begins with # is Markdown."""
    kinds = nbformat.v4
    made = [
        kinds.new_markdown_cell(text, id=f"c{number}")
        if text.startswith("#")
        else kinds.new_code_cell(text.replace('language="en"', f'language="{language}"'), id=f"c{number}")
        for number, text in enumerate(cells)
    ]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(kinds.new_notebook(cells=made), path)
    return path


def said(folder):
    return [str(problem) for problem in check(folder)]


@pytest.fixture
def english(desk):
    return write(desk.path / "en" / "doors.ipynb", CELLS)


@pytest.mark.usefixtures("english")
def test_a_good_notebook_has_no_problems(desk):
    write(desk.path / "es" / "doors.ipynb", CELLS, "es")

    assert said(desk.path) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'case("two-doors")',
            'case("to-doors")',
            "cell 2: there is no case 'to-doors'; perhaps 'two-doors' is meant",
        ),
        (
            'reflect("notice")',
            'reflect("notice", "notic")',
            "cell 4: the case 'two-doors' has no prompt 'notic'; perhaps 'notice' is meant",
        ),
        (
            'checklist("table")',
            'checklist("tabel")',
            "cell 5: there is no checklist 'tabel'; perhaps 'table' is meant",
        ),
        (
            '"at-the-table"',
            '"at-a-table"',
            "cell 5: the case 'two-doors' has no moment 'at-a-table'; perhaps 'at-the-table' is meant",
        ),
        (
            'Session("doors"',
            'Session("door"',
            "cell 2: the session is 'door', but the notebook is called 'doors.ipynb'; write 'doors'",
        ),
        (
            'language="en"',
            'language="es"',
            "cell 2: the session speaks 'es', but the notebook lies in en/; write language=\"en\"",
        ),
        (
            "case.walk()",
            "case.walk(",
            "cell 3: this is no Python that can be read; run the cell, and see",
        ),
    ],
)
def test_what_is_wrong_in_a_cell_is_told(desk, old, new, line):
    path = write(desk.path / "en" / "doors.ipynb", [cell.replace(old, new) for cell in CELLS])

    (told,) = said(desk.path)

    assert told.partition(": ")[2] == line
    number = int(told.split(":")[1])
    assert json.dumps(new)[1:-1] in path.read_text("utf-8").splitlines()[number - 1]


def test_magic_lines_are_passed_by(desk):
    write(desk.path / "en" / "doors.ipynb", [*CELLS, "%matplotlib inline\n!ls\ncase.walk()", "%%bash\nls ("])

    assert said(desk.path) == []


def test_a_case_can_be_used_without_a_name(desk):
    write(desk.path / "en" / "doors.ipynb", [*CELLS, 'session.case("two-doors").reflect("x")'])

    (told,) = said(desk.path)

    assert "cell 6: the case 'two-doors' has no prompt 'x'" in told


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (CELLS[:-1], "es/doors.ipynb:1: it has 4 cells, and en/doors.ipynb has 5"),
        ((*CELLS[:3], CELLS[4], CELLS[3]), "cell 4: it is out of step with the same cell of en/doors.ipynb"),
        (
            (*CELLS[:3], 'case.reflect("notice-again")', CELLS[4]),
            "cell 4: it is out of step with the same cell of en/doors.ipynb",
        ),
        ((*CELLS[:2], "# Text", *CELLS[3:]), "cell 3: it is out of step with the same cell of en/doors.ipynb"),
    ],
)
@pytest.mark.usefixtures("english")
def test_notebooks_out_of_step_are_told(desk, cells, line):
    write(desk.path / "es" / "doors.ipynb", cells, "es")

    (told,) = said(desk.path)

    assert line in told
    assert told.endswith("; let both have the same cells in the same order")


def test_a_notebook_about_something_else_is_passed_by(desk):
    write(desk.path / "en" / "other.ipynb", ['thing.case("nowhere")'])

    assert said(desk.path) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": [1]}', "\0", "[" * 100_000, '{"cells": [{"source": 1}]}'])
def test_what_is_no_notebook_is_told(desk, text):
    (desk.path / "broken.ipynb").write_text(text)

    assert said(desk.path) == [
        "broken.ipynb:1: this is no notebook that can be read; open it in JupyterLab, and save it again"
    ]


def test_a_notebook_too_large_is_not_read(desk, monkeypatch):
    monkeypatch.setattr(notebooks, "LARGEST_NOTEBOOK", 1_000_000)
    (desk.path / "large.ipynb").write_text(" " * 1_000_001)

    assert said(desk.path) == ["large.ipynb:1: the notebook is larger than 1 MB; clear its outputs"]


def test_nothing_in_a_cell_is_run(desk, tmp_path):
    write(desk.path / "en" / "doors.ipynb", [*CELLS, f'open("{tmp_path / "made"}", "w")'])

    said(desk.path)

    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    "source", ["(" * 50_000, "-" * 100_000 + "1", "a" + ".a" * 100_000, "x = '''" + "\\\\" * 50_000]
)
def test_a_cell_that_is_hard_to_parse_is_told_in_time(desk, source):
    write(desk.path / "en" / "doors.ipynb", [*CELLS, source])
    start = time.monotonic()

    said(desk.path)

    assert time.monotonic() - start < 20


def test_a_case_is_found_only_by_its_id(desk, tmp_path):
    shutil.copy(desk.case, tmp_path / "two-doors.yaml")
    write(desk.path / "en" / "doors.ipynb", [*CELLS, 'session.case("../../two-doors").reflect("x")'])

    (told,) = said(desk.path)

    assert "there is no case '../../two-doors'" in told
