"""Runs every line that docs/activities.md and its Spanish show, and looks for every picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casework.widgets._base import ActivityWidget

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ["activities.md", "activities.es.md"]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture(params=PAGES)
def text(request: pytest.FixtureRequest) -> str:
    return (DOCS / request.param).read_text("utf-8")


def test_its_lines_make_the_activities(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CASEWORK_VISIT", "SERVER_SOFTWARE", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWORK_STORE", f"sqlite:///{tmp_path / 'casework.sqlite'}")
    known: dict[str, object] = {}
    opening, *blocks = BLOCK.findall(text)
    exec(opening, known)  # noqa: S102  the page's own lines
    lines = [line for block in blocks for line in block.splitlines()]
    made = [eval(line.removeprefix("coding = "), known) for line in lines]  # noqa: S307
    assert len(made) == 10
    assert all(isinstance(one, ActivityWidget) for one in made)


def test_its_pictures_are_there_and_told(text: str) -> None:
    pictures = re.findall(r'<img src="([^"]+)" width="330" alt="([^"]+)">', text)
    assert len(pictures) == 8 == text.count("<img")
    assert all((DOCS / source).is_file() and len(told) > 40 for source, told in pictures)


def test_both_languages_show_the_same_lines() -> None:
    english, spanish = (
        re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL) for page in PAGES
    )
    said = {'language="es"': 'language="en"', "Un almuerzo compartido": "A shared lunch"}
    joined = "\n".join(spanish)
    for there, here in said.items():
        joined = joined.replace(there, here)
    assert joined == "\n".join(english)
