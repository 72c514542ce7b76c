"""The curriculum that comes with the library: each of its stories can be walked, and its pages belong together."""

import json
import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from casework.activity.walk import Walk
from casework.content import Folder
from casework.content.words import languages
from casework.serve.rehearsal.paths import MOST_PATHS, find_paths

WORKBOOKS = Path(__file__).parents[3] / "workbooks"
FOLDER = Folder(WORKBOOKS)
CASES = sorted(path.stem for path in (WORKBOOKS / "cases").glob("*.yaml") if "." not in path.stem)
NOTEBOOKS = sorted(path.stem for path in (WORKBOOKS / "en").glob("*.ipynb"))
LINK = re.compile(r"\]\(([^)#]+)\)")
AT = datetime(2026, 11, 22, tzinfo=UTC)


class Learner:
    """Walks through a case as its rules allow, and writes at each pause whatever it asks."""

    def __init__(self, case):
        self.walk, self.numbers = Walk(case), count(1)
        self.state = self.walk.start()
        self.scenes = {scene.id: scene for scene in case.scenes}

    def does(self, do, **body):
        intent = {"id": f"{next(self.numbers):032x}", "do": do, **body}
        self.state = self.walk.apply(self.state, self.walk.decide(self.state, intent, AT))

    def goes(self, path):
        """Go one path to its end."""
        self.does("start")
        for _, choice in path:
            self.reads()
            self.does("choose", scene=self.state.here, choice=choice)
        self.reads()
        assert self.walk.at_end(self.state), f"{path} stops at {self.state.here}"

    def turns(self):
        return self.state.step == "turn" and self.walk.open_choices(self.state)

    def reads(self):
        """Read and write up to where there is something to choose, or to the end."""
        while not (self.walk.open_choices(self.state) and self.state.step == "turn") and not self.walk.at_end(
            self.state
        ):
            pause = self.scenes[self.state.here].pause
            if self.state.step == "pause" and pause:
                for prompt in pause.reflect:
                    self.writes(prompt)
            self.does("go_on", scene=self.state.here, step=self.state.step)

    def writes(self, prompt):
        for perspective in prompt.perspectives or ("",):
            self.does("write", prompt=prompt.id, perspective=perspective, text=f"¿Qué ve? {prompt.id} {perspective}")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", CASES)
def test_every_choice_scene_and_end_of_a_case_is_come_to(name, language):
    case = FOLDER.find_case(name, language)
    turns = {(scene.id, choice.id) for scene in case.scenes for choice in scene.choices or ()}
    scenes, taken = set(), set()

    paths = find_paths(case)

    assert len(paths) <= MOST_PATHS
    for path in paths:
        if not set(path) <= taken:
            learner = Learner(case)
            learner.goes(path)
            taken |= set(path)
            scenes |= set(learner.state.visited)
    assert taken == turns
    assert scenes == {scene.id for scene in case.scenes}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_workbook_has_the_same_cells_in_every_language(name):
    cells = [
        [(cell["id"], cell["cell_type"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
        for path in sorted(WORKBOOKS.glob(f"*/{name}.ipynb"))
    ]

    assert len(cells) == len(languages())
    assert all(one == cells[0] for one in cells)
    assert cells[0][0][1] == "markdown"
    assert "make-it-yours" in {cell for cell, _ in cells[0]}


@pytest.mark.parametrize(
    "path", sorted(WORKBOOKS.glob("*/*.ipynb")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_a_workbook_leads_to_workbooks_that_are_there(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")

    assert [link for link in LINK.findall(text) if "://" not in link and not (path.parent / link).exists()] == []


def test_trainers_are_told_how_to_lead_each_workbook():
    page = (WORKBOOKS.parent / "docs/trainers.md").read_text("utf-8")

    assert [name for name in NOTEBOOKS if f"(`{name}`)" not in page] == ["activity-gallery"]


def test_what_meets_the_sources_is_there():
    page = (WORKBOOKS.parent / "docs/coverage.md").read_text("utf-8")
    named = re.findall(r"`((?:[a-z]+/)+[\w*.-]+)`", page)
    found = [any([*root.glob(name)] for root in (WORKBOOKS, WORKBOOKS.parent)) for name in named]

    assert len(named) > 60
    assert [name for name, there in zip(named, found, strict=True) if not there] == []
