"""Follows docs/facilitators.md from its first step to its last, as somebody would who has nothing else."""

import re
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from click.testing import CliRunner

from casework.cli import main
from casework.content import check
from casework.content.finding import find_case

PAGE = (Path(__file__).parents[2] / "docs" / "facilitators.md").read_text("utf-8")
CASES = Path("workbooks", "cases")
SPANISH = {"title": "La tetera", "text": "La tetera empieza a cantar.", "prompt": "¿Qué hacen sus manos ahora?"}


def blocks(text):
    return re.findall(r"^```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def steps():
    return dict(re.findall(r"^## (\d+)\. [^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def opened(monkeypatch):
    """Note what would be opened: pages in a browser, folders as a server."""
    found = []
    server = SimpleNamespace(run=lambda folder, **_: found.append(folder), Guards=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "casework.serve", server)
    monkeypatch.setattr("webbrowser.open", found.append)
    return found


def type_in(step):
    said = []
    for language, text in blocks(step):
        for line in text.splitlines() if language == "sh" else ():
            done = CliRunner().invoke(main, shlex.split(line)[1:])
            assert done.exit_code == 0, f"{line}: {done.output}"
            said.append(done.output)
    return said


def edit(step, *names):
    (_, old), (_, new) = [block for block in blocks(step) if block[0] in {"find", "replace"}]
    for name in names:
        path = CASES / name
        text = path.read_text("utf-8")
        assert old.rstrip("\n") in text
        path.write_text(text.replace(old.rstrip("\n"), new.rstrip("\n")), "utf-8")


def translate(path):
    """Fill in what is missing, and say of the rest that it is right."""
    book = openpyxl.load_workbook(path)
    rows = list(book.active.iter_rows(min_row=2))
    head = [cell.value for cell in rows[0]]
    for row in rows[1:]:
        cells = dict(zip(head, row, strict=False))
        if cells["state"].value == "missing":
            cells["translation"].value = SPANISH[cells["key"].value.rpartition("/")[2]]
        elif cells["state"].value == "stale":
            cells["state"].value = "done"
    book.save(path)


def test_somebody_who_follows_the_page_has_a_case_of_their_own(steps, opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    type_in(steps["1"])
    edit(steps["3"], "the-red-mat.yaml", "the-red-mat.es.yaml")
    edit(steps["4"], "the-red-mat.yaml")
    edit(steps["5"], "the-red-mat.yaml")
    assert "warning" in type_in(steps["6"])[-1]
    type_in(steps["7"].split("Save, and")[0])
    translate(tmp_path / "red-mat.xlsx")
    assert "nothing to mend" in type_in(steps["7"].split("Save, and")[1])[-1]
    type_in(steps["8"])
    type_in(steps["9"])

    case, told = find_case("the-red-mat"), find_case("the-red-mat", "es")
    assert [scene.id for scene in case.scenes][1:4] == ["clothespins", "the-kettle", "ten-to-four"]
    assert case.find_prompt("hands").share == "private"
    assert told.find_scene("the-kettle").title == "La tetera"
    assert any(person.name.startswith("Joyce") for person in case.people)
    assert "Ruth" not in (CASES / "the-red-mat.es.yaml").read_text("utf-8")
    assert opened[0].startswith("file:")
    assert opened[1:] == [Path("workbooks")]
    assert check("workbooks") == []


def test_the_page_leaves_no_step_out(steps):
    assert list(steps) == [str(number) for number in range(1, 10)]
