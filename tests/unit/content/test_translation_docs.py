"""The page on translation says only what works."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from casework.cli import main
from casework.content import Folder

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "translation.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


@pytest.fixture
def here(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "workbooks", tmp_path / "workbooks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command):
    program, *arguments = shlex.split(command)
    assert program == "casework"
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def translate(path):
    """Do what a translator does, to the first row and a name."""
    book = load_workbook(path)
    for line in book.active.iter_rows(min_row=3):
        if line[0].value in {"title", "scenes/the-mat/text"}:
            line[3].value = f"Em português: {line[2].value}"
    book.save(path)


def test_each_command_does_what_the_page_says(here):
    for command in COMMANDS:
        run(command)
        if command == COMMANDS[0]:
            translate(here / "goodbye.xlsx")

    case = Folder(here / "workbooks").find_case("first-goodbye", "pt")
    assert case.title == "Em português: The first goodbye"
    assert case.translated_by == ("Ana Ruiz",)
    assert "summary" in case.borrowed
    assert (here / "workbooks" / "cases" / "first-goodbye.pt.yaml").is_file()
    assert (here / "perspectives.xlsx").is_file()
    assert (here / "checklist.xlsx").is_file()


def test_the_commands_name_what_the_file_no_longer_has(here):
    path = here / "workbooks/cases/first-goodbye.yaml"
    path.write_text(path.read_text("utf-8").replace("the-mat", "the-red-mat"), "utf-8")

    told = run("casework translate export first-goodbye --to es again.xlsx").splitlines()[1]

    assert re.fullmatch(
        r"\d+ strings? of the translation no longer in cases/first-goodbye: scenes/the-mat/.*text.*\. "
        r"They are in the file as 'gone'; importing it drops them\.",
        told,
    )
    assert ", 0 gone" not in (status := run("casework translate status"))
    assert re.search(r"^cases/first-goodbye\.es\.yaml .* missing, \d+ gone$", status, re.MULTILINE)


def test_the_commands_say_how_far_one_is(here):
    written = re.fullmatch(r"(\d+) strings written to goodbye\.xlsx, (\d+) of them to translate\.\n", run(COMMANDS[0]))
    every, missing = map(int, written.groups())
    standing = f"{every - missing + 2} done, 0 stale, {missing - 2} missing\n"

    translate(here / "goodbye.xlsx")
    said = run(COMMANDS[1])

    path = "workbooks/cases/first-goodbye.pt.yaml"
    assert said == f"2 strings new, changed or dropped in {path}: {standing[:-1]}.\n"
    status = run("casework translate status")
    assert re.search(rf"cases/first-goodbye\.es\.yaml +{every} done, 0 stale, 0 missing\n", status)
    assert re.search(rf"cases/first-goodbye\.pt\.yaml +{standing}", status)


def test_a_row_that_does_not_fit_is_one_sentence(here):
    run(COMMANDS[0])
    book = load_workbook(here / "goodbye.xlsx")
    book.active["A3"] = "titel"
    book.save(here / "goodbye.xlsx")

    done = CliRunner().invoke(main, ["translate", "import", "goodbye.xlsx"])

    assert (done.exit_code, done.stderr) == (
        1,
        "goodbye.xlsx: row 3: the file has no string 'titel'; perhaps 'title' is meant\n",
    )


def test_status_of_a_folder_without_translations_says_how_to_begin(here):
    for path in (here / "workbooks").rglob("*.e[ns].yaml"):
        path.unlink()

    assert run("casework translate status").startswith("Nothing is translated yet; begin with:")


def test_the_state_words_of_the_page_are_those_of_the_sheet(here):
    run(COMMANDS[0])
    states = {line[4].value for line in load_workbook(here / "goodbye.xlsx").active.iter_rows(min_row=3)}

    assert states == {"missing", "kept"}
    assert all(f"`{state}`" in PAGE for state in ("missing", "stale", "done", "kept"))
