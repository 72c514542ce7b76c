"""Run workbooks on an empty store, and keep in each what it shows where no widget can run.

``python tests/notebooks/execute.py workbooks`` writes the outputs back; with ``--check`` it writes nothing, names the
workbooks whose outputs are no longer current, and ends with 1 if there are any.

What is kept is text and HTML alone: no widget state and no pictures of a widget, and cells are counted from 1, so that
running twice writes the same file. (nbval takes a cell with outputs and no count for one that never ran.)
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KEPT = ("text/html", "text/plain")


def workbooks(path: Path) -> list[Path]:
    """List the notebooks at or under a path."""
    found = [path] if path.is_file() else sorted(path.rglob("*.ipynb"))
    return [one for one in found if ".ipynb_checkpoints" not in one.parts]


def executed(path: Path) -> nbformat.NotebookNode:
    """Run a notebook from top to bottom on an empty store, and return it with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory(prefix="casework-") as folder:
        environment = {
            name: value for name, value in os.environ.items() if name not in ("CASEWORK_VISIT", "SERVER_SOFTWARE")
        }
        environment["CASEWORK_STORE"] = f"sqlite:///{folder}/casework.sqlite"
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            record_timing=False,
            store_widget_state=False,
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute(env=environment)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        cell.execution_count = number
        cell.outputs = [kept(output, number) for output in cell.outputs]
    return notebook


def kept(output: nbformat.NotebookNode, number: int) -> nbformat.NotebookNode:
    """Reduce an output to what reads well anywhere and does not change from run to run."""
    if "data" in output:
        output.data = {kind: output.data[kind] for kind in KEPT if kind in output.data}
        output.metadata = {}
    if "execution_count" in output:
        output.execution_count = number
    return output


def as_text(notebook: nbformat.NotebookNode, before: nbformat.NotebookNode) -> str:
    """Write a notebook as its file holds it; what running adds to its metadata is left out."""
    notebook.metadata = before.metadata
    return nbformat.writes(notebook) + "\n"


def main() -> int:
    """Run every workbook that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if an output is not current")
    options = parser.parse_args()
    stale = False
    for path in [one for given in options.paths for one in workbooks(given)]:
        text = as_text(executed(path), nbformat.read(path, as_version=4))
        if text == path.read_text("utf-8"):
            print(f"{path}: current")  # noqa: T201
        elif options.check:
            stale = True
            print(f"{path}: its outputs are not current. Run `make notebooks` and commit what it writes.")  # noqa: T201
        else:
            path.write_text(text, "utf-8")
            print(f"{path}: written")  # noqa: T201
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
