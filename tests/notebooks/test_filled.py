"""Every workbook runs on a store that a learner has filled, too, and finds their words there."""

import os
import random
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from casework.session import Session

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r'session\.case\("([^"]+)"\)')


def cases_of(path):
    """Return the ids of the cases that a workbook opens."""
    cells = nbformat.read(path, as_version=4).cells
    return sorted({name for cell in cells if cell.cell_type == "code" for name in NAMED.findall(cell.source)})


# Each in one language: that both run, and show the same, is tested elsewhere.
NAMES = sorted(path.stem for path in (ROOT / "workbooks/en").glob("*.ipynb"))
EDITIONS = [ROOT / "workbooks" / ("en", "es")[number % 2] / f"{name}.ipynb" for number, name in enumerate(NAMES)]
WORKBOOKS = [path for path in EDITIONS if cases_of(path)]
WORDS = "¿Qué ve? “A hand” <b>&amp;</b> 🚪"


class SimulatedLearner:
    """Walks through a case to an end, writing in every field on the way."""

    def __init__(self, widget, seed):
        self.widget, self.random, self.said = widget, random.Random(seed), []
        widget.send = lambda message, buffers=None: self.said.append((message, buffers))

    def do(self, kind, **body):
        self.widget._handle_custom_msg({"id": f"{self.random.getrandbits(128):032x}", "do": kind, **body}, [])
        assert "ack" in self.said[-1][0], (kind, body, self.said[-1])

    def walk(self):
        self.do("start")
        while not self.at_an_end():
            scene, step = self.scene(), self.widget.state["step"]
            if step == "pause":
                self.write(scene["pause"]["reflect"])
            if step == "turn" and scene["choices"]:
                self.do("choose", scene=scene["id"], choice=self.random.choice(self.widget.state["choices"]))
            else:
                self.do("go_on", scene=scene["id"], step=step)

    def scene(self):
        return self.widget.content["scenes"][self.widget.state["scene"]]

    def at_an_end(self):
        return self.scene()["end"] and self.widget.state["step"] == "turn"

    def write(self, prompts):
        for prompt in prompts:
            for perspective in self.widget.content["prompts"][prompt]["perspectives"] or [""]:
                self.do("write", prompt=prompt, perspective=perspective, text=WORDS)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_workbook_runs_on_what_a_learner_left(path, empty_store, monkeypatch):
    for name in ("CASEWORK_VISIT", "SERVER_SOFTWARE"):
        monkeypatch.delenv(name, raising=False)
    session = Session(path.stem, language=path.parent.name, folder=path.parent)
    learners = [SimulatedLearner(session.case(name).walk(), f"{path.parent.name} {name}") for name in cases_of(path)]
    for learner in learners:
        learner.walk()
    notebook = nbformat.read(path, as_version=4)
    asked = (
        f"for name in {cases_of(path)}:\n"
        "    view = session.case(name).walk().state\n"
        "    print(view['scene'], len(view['responses']), {one['text'] for one in view['responses'].values()})"
    )
    notebook.cells.append(nbformat.v4.new_code_cell(asked))
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})

    client.execute(env={**os.environ, "CASEWORK_STORE": empty_store})

    states = [learner.widget.state for learner in learners]
    told = [f"{state['scene']} {len(state['responses'])} {{{WORDS!r}}}\n" for state in states]
    printed = "".join(output.text for output in notebook.cells[-1].outputs if output.name == "stdout")  # in any pieces
    assert printed == "".join(told)
