"""A small folder of content files, to load and to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "sample"


class Desk:
    """A copy of the sample folder that a test may write in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.case = path / "cases" / "two-doors.yaml"
        self.checklist = path / "checklists" / "table.yaml"
        self.perspectives = path / "perspectives" / "everybody.yaml"

    def edit(self, path: Path, *edits: tuple[str, str]) -> Path:
        """Replace the first place of each text in a file."""
        text = path.read_text("utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def desk(tmp_path):
    shutil.copytree(SAMPLE, tmp_path / "desk")
    return Desk(tmp_path / "desk")


@pytest.fixture(scope="session")
def sample():
    return SAMPLE
