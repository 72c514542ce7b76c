"""The small case that the tests of content read, put before somebody in a browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from conftest import Server

SAMPLE = Path(__file__).parents[1] / "unit" / "content" / "sample"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def write_case(server: Server, name: str, **changes: str) -> None:
    """Put the case, what one hears in it and its checklist into a server's folder, under a name of its own.

    Parameters
    ----------
    server : Server
        Where to.
    name : str
        The id of this copy: others may be on the same server.
    **changes : str
        What to put in the place of a line that begins so, such as ``media=""``.
    """
    for each in ("cases/sounds/hum.mp3", "checklists/table.yaml"):
        (server.folder / each).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE / each, server.folder / each)
    lines = (SAMPLE / "cases" / "three-stops.yaml").read_text("utf-8").splitlines()
    for key, change in ({"id": f"id: {name}"} | changes).items():
        number = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
        lines[number] = lines[number].partition(key)[0] + change
    (server.folder / "cases" / f"{name}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def write_book(server: Server, name: str, title: str, *cells: str) -> None:
    """Put a workbook of a few cells into a server's folder."""
    made = [nbformat.v4.new_markdown_cell(f"# {title}"), *map(nbformat.v4.new_code_cell, cells)]
    notebook = nbformat.v4.new_notebook(cells=made, metadata=KERNEL)
    nbformat.write(notebook, server.folder / "en" / f"{name}.ipynb")
