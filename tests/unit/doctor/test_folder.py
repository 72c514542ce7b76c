"""What `casework doctor` finds in a folder of workbooks, each time with one thing made wrong."""

from __future__ import annotations

import os

from casework.cli import _doctor_keeping as keeping
from casework.cli._finding import Finding


def test_it_says_what_is_in_a_folder(folder):
    found = list(keeping.look_at_folder(folder))

    assert [each.level for each in found] == ["good", "good", "good"]
    assert found[1].says == "2 pages, in en and es."
    assert found[2].says == "casework check finds nothing to mend."


def test_it_says_that_there_is_no_folder_or_nothing_in_it(tmp_path):
    none = list(keeping.look_at_folder(tmp_path / "not-there"))
    empty = list(keeping.look_at_folder(tmp_path))

    assert [each.level for each in none] == ["mend"]
    assert "Make one: casework new workbook ID" in empty[1].says
    assert empty[2].says.startswith("The folder has no cases of its own")


def test_it_names_a_notebook_that_is_none(folder):
    (folder / "en" / "the-first-goodbye.ipynb").write_text("no notebook", "utf-8")

    found = list(keeping.look_at_folder(folder))

    assert found[1].says.startswith("en/the-first-goodbye.ipynb cannot be read as a notebook.")


def test_it_names_what_may_not_be_read_or_changed(folder, monkeypatch):
    shut = folder / "cases" / "first-goodbye.yaml"
    monkeypatch.setattr(keeping.os, "access", lambda path, _mode: path != shut)
    closed = list(keeping.look_at_folder(folder))
    monkeypatch.setattr(keeping.os, "access", lambda _path, mode: mode != os.W_OK)
    fixed = list(keeping.look_at_folder(folder))

    assert closed == [
        Finding("mend", "Folder", f"This account may not read {shut}. Run: chmod -R u+rX {folder}"),
    ]
    assert (fixed[0].level, "not changed" in fixed[0].says) == ("note", True)
