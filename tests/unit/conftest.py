"""A small case that every rule can be tried on, made as a facilitator makes one: from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casework.content import Case, Checklist, Folder

if TYPE_CHECKING:
    from pathlib import Path

CASE = """\
schema: 1
id: small
language: en
title: A small case
summary: Two people and a door.
setting: home-visiting
minutes: 10
content_note: Nobody is hurt.
objectives: [Notice first.]
sources: [{id: own, cite: Written for the tests.}]
rights: Ours.
people: [{id: child, name: Noa, role: two years old}]
perspectives: [child, parent]
scenes:
  - id: arrival
    text: Noa stands at the **door**.
    pause:
      reflect:
        - {id: notice, prompt: What do you see?, perspectives: [child, parent]}
        - {id: body, prompt: And in you?}
    choices:
      - {id: sit, text: Sit down., to: floor, opens: Time., closes: The clock.}
      - {id: leave, text: Leave., to: street, opens: Air., closes: The room.}
  - id: floor
    text: The floor is cold.
    new_information: A grandmother left last week.
    pause:
      reflect:
        - {id: notice-again, again: notice, prompt: And now?}
    next: supper
  - id: supper
    text: Rice.
    choices:
      - {id: stay, text: Stay., to: home, opens: A., closes: B.}
      - {id: look-back, text: Look back., to: street, opens: C., closes: D., when: {visited: floor}}
  - id: street
    text: Wind.
    end: true
  - id: home
    text: Warm.
    end: true
moments:
  - id: at-the-door
    title: At the door
    beats:
      - {at: 0, text: She rises.}
      - {at: 5, text: He looks.}
      - {at: 9, text: The door.}
trainer_notes: A SECRET FOR THE TRAINER.
"""

PERSPECTIVES = """\
schema: 1
id: lenses
language: en
title: Lenses
rights: Ours.
perspectives:
  - {id: child, name: The child, question: What is it like down there?, sign: child}
  - {id: parent, name: The parent, question: What is it like at the stove?, sign: parent}
"""

CHECKLIST = """\
schema: 1
id: small-list
language: en
title: A small list
summary: Two things.
sources: [{id: own, cite: Written for the tests.}]
rights: Ours.
items:
  - {id: waits, text: Waits., definition: Lets a silence be., key: w}
  - {id: names, text: Names., definition: Says what is seen., key: n}
"""


@pytest.fixture(scope="session")
def small_files() -> dict[str, str]:
    """Return the files of one small case, its perspectives and a checklist, by where they stand."""
    return {
        "cases/small.yaml": CASE,
        "perspectives/lenses.yaml": PERSPECTIVES,
        "checklists/small-list.yaml": CHECKLIST,
    }


@pytest.fixture
def workbooks(tmp_path: Path, small_files: dict[str, str]) -> Path:
    """Return a folder of workbooks with one small case, its perspectives and a checklist."""
    folder = tmp_path / "workbooks"
    for name, text in small_files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def case(workbooks: Path) -> Case:
    """Return the small case."""
    return Folder(workbooks).find_case("small", "en")


@pytest.fixture
def checklist(workbooks: Path) -> Checklist:
    """Return the small checklist."""
    return Folder(workbooks).find_checklist("small-list", "en")
