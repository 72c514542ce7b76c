from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from casework.serve.gallery import Edition, find_file, find_workbooks

if TYPE_CHECKING:
    from pathlib import Path


def test_gathers_the_languages_of_a_workbook_under_its_id(workbooks: Path) -> None:
    goodbye = next(each for each in find_workbooks(workbooks) if each.id == "goodbye")
    assert goodbye.editions == (
        Edition("en/goodbye.ipynb", "en", "The first goodbye", "A kitchen, a coat.", 25),
        Edition("es/goodbye.ipynb", "es", "La primera despedida", "Una cocina."),
    )


def test_shows_a_workbook_in_another_language_if_it_must(workbooks: Path) -> None:
    goodbye = next(each for each in find_workbooks(workbooks) if each.id == "goodbye")
    assert goodbye.edition("es").language == "es"
    assert goodbye.edition("fr").language == "en"


def test_names_a_workbook_without_a_heading_after_its_file(workbooks: Path) -> None:
    nameless = next(each for each in find_workbooks(workbooks) if each.id == "nameless")
    assert (nameless.editions[0].title, nameless.editions[0].summary) == ("Nameless", "")


def test_puts_what_is_for_facilitators_after_what_is_for_everybody(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    told = {"a": {"casework": {"for": "facilitators"}}, "b": {}, "c": {"casework": "?"}, "d": None}
    for name, metadata in told.items():
        cells = [{"cell_type": "markdown", "id": "t", "metadata": {}, "source": f"# {name}"}]
        (tmp_path / "en" / f"{name}.ipynb").write_text(json.dumps({"cells": cells, "metadata": metadata}))

    assert [each.id for each in find_workbooks(tmp_path)] == ["b", "c", "d", "a"]


def test_puts_workbooks_where_they_say_that_they_stand(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    told = {"a": {}, "b": {"place": 2}, "c": {"place": 1}, "d": {"place": True}, "e": {"place": "0"}}
    for name, about in told.items():
        (tmp_path / "en" / f"{name}.ipynb").write_text(json.dumps({"cells": [], "metadata": {"casework": about}}))

    assert [each.id for each in find_workbooks(tmp_path)] == ["c", "b", "a", "d", "e"]


def test_puts_what_cannot_be_opened_last_and_says_why(
    workbooks: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.ipynb").write_text("[]")
    (tmp_path / "en" / "b.ipynb").write_text((workbooks / "en" / "goodbye.ipynb").read_text())
    with caplog.at_level(logging.WARNING, "casework"):
        found = find_workbooks(tmp_path)
    assert [each.id for each in found] == ["b", "a"]
    assert not found[1].editions[0].readable
    assert caplog.messages[0].startswith(f"{tmp_path / 'en' / 'a.ipynb'} cannot be opened")


def test_finds_a_notebook_by_its_address(workbooks: Path) -> None:
    assert find_file(workbooks, "en/goodbye.ipynb") == workbooks / "en" / "goodbye.ipynb"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "en",
        "en/",
        "en/missing.ipynb",
        "cases/case.yaml",
        "../secret.ipynb",
        "en/../../secret.ipynb",
        "/etc/passwd",
        "/en/goodbye.ipynb",
        "en//goodbye.ipynb",
        "en\\goodbye.ipynb",
        "en/./goodbye.ipynb",
        "en/.ipynb_checkpoints/goodbye.ipynb",
        "en/goodbye.ipynb\0",
        "en/goodbye.ipynb\n",
        "e" * 5000 + ".ipynb",
    ],
)
def test_finds_nothing_by_any_other_name(workbooks: Path, name: str) -> None:
    assert find_file(workbooks, name) is None


def test_does_not_follow_a_link_out_of_the_folder(tmp_path: Path, workbooks: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out.ipynb").symlink_to(workbooks / "en" / "goodbye.ipynb")
    assert find_file(folder, "out.ipynb") is None
