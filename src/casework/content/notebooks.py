"""What a notebook does with content: which ids it names, and whether both languages do the same."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework.content.kinds import KINDS
from casework.content.nearest import suggest
from casework.content.problem import Problem, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from casework.content.case import Case

LARGEST_NOTEBOOK = 20_000_000
"""Bytes; outputs and pictures count."""

_FOLDERS = {kind.kind: folder for folder, kind in KINDS.items()}
_LANGUAGE = re.compile(r"[a-z]{2}")
_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)


@dataclass(frozen=True)
class Call:
    """One thing that a cell does with content."""

    what: str
    """The method, such as ``case`` or ``reflect``."""
    names: tuple[str, ...]
    """The ids it is given."""
    case: str | None
    """The case that it is about."""
    cell: int
    """The cell, counted from one."""
    line: int
    """The line in the file."""
    language: str | None = None
    """What a ``Session`` speaks."""


@dataclass
class Outline:
    """What a notebook does, cell by cell."""

    shown: str
    """What problems call the file."""
    cells: list[str] = field(default_factory=list)
    """What each cell is, such as ``code``."""
    calls: list[Call] = field(default_factory=list)
    """In the order of the cells."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong already."""

    def done_in(self, cell: int) -> list[tuple[str, tuple[str, ...], str | None]]:
        """Return what one cell does."""
        return [(call.what, call.names, call.case) for call in self.calls if call.cell == cell]

    def add(self, line: int, cell: int, message: str, remedy: str, *, error: bool = True) -> None:
        """Note a problem."""
        element = f"cell {cell}" if cell else ""
        self.problems.append(Problem(self.shown, line, element, message, remedy, "error" if error else "warning"))


def read_outline(path: Path, shown: str) -> Outline:
    """Read what a notebook does; one that has nothing to do with casework does nothing."""
    outline = Outline(shown)
    try:
        if path.stat().st_size > LARGEST_NOTEBOOK:
            outline.add(1, 0, f"the notebook is larger than {LARGEST_NOTEBOOK // 1_000_000} MB", "clear its outputs")
            return outline
        text = path.read_text("utf-8")
        cells = json.loads(text)["cells"]
        sources = [(str(cell["cell_type"]), "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        outline.add(1, 0, "this is no notebook that can be read", "open it in JupyterLab, and save it again")
        return outline
    if "casework" not in text:
        return outline
    raw, at = text.split("\n"), 0
    known: dict[str, str] = {}
    for number, (kind, source) in enumerate(sources, start=1):
        outline.cells.append(kind)
        if kind == "code":
            lines, at = _find_lines(raw, at, source)
            _read_cell(outline, number, source, lines, known)
    return outline


def _find_lines(raw: Sequence[str], at: int, source: str) -> tuple[list[int], int]:
    """Return the line in the file of each line of a cell, and where the search for the next cell begins."""
    lines = []
    for text in source.split("\n"):
        wanted = json.dumps(text, ensure_ascii=False)[1:-1]
        found = next((index for index in range(at, len(raw)) if wanted in raw[index]), at) if wanted else at
        lines.append(found + 1)
        at = found
    return lines, at


def _read_cell(outline: Outline, number: int, source: str, lines: list[int], known: dict[str, str]) -> None:
    if source.lstrip().startswith("%%"):
        return
    try:
        tree = ast.parse(_MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        outline.add(lines[0], number, "this is no Python that can be read", "run the cell, and see", error=False)
        return
    nodes = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Call)), key=_position)
    for assigned in (node for node in ast.walk(tree) if isinstance(node, ast.Assign)):
        if name := _case_of(assigned.value, known):
            known.update({target.id: name for target in assigned.targets if isinstance(target, ast.Name)})
    for node in nodes:
        what = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        names = tuple(arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
        about = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        case = _case_of(node.args[0] if what == "observe" and node.args else about, known)
        language = next((key.value for key in node.keywords if key.arg == "language"), None)
        spoken = language.value if isinstance(language, ast.Constant) and isinstance(language.value, str) else None
        outline.calls.append(Call(what, names, case, number, lines[node.lineno - 1], spoken))


def _position(node: ast.Call) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0


def _case_of(node: ast.expr, known: dict[str, str]) -> str | None:
    """Return the id of the case that an expression is."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "case" and node.args:
        first = node.args[0]
        return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return None


def check_outline(
    outline: Outline, path: Path, ids: Callable[[str], Sequence[str]], find_case: Callable[[str], Case | None]
) -> list[Problem]:
    """Return what is wrong with a notebook by itself.

    Parameters
    ----------
    outline : Outline
        What it does.
    path : pathlib.Path
        Where it lies.
    ids : callable
        Returns the ids of the files in a folder such as ``cases``.
    find_case : callable
        Returns the case of an id, or None if it cannot be used.
    """
    for call in outline.calls:
        if call.what == "Session":
            _check_session(outline, call, path)
        elif call.what in _FOLDERS and call.names and call.names[0] not in (known := ids(_FOLDERS[call.what])):
            message = f"there is no {call.what} {quote(call.names[0])}"
            remedy = suggest(call.names[0], known, otherwise=f"put it into the folder {_FOLDERS[call.what]}/")
            outline.add(call.line, call.cell, message, remedy)
        elif call.case and (case := find_case(call.case)):
            _check_use(outline, call, case)
    return outline.problems


def _check_session(outline: Outline, call: Call, path: Path) -> None:
    if call.names and call.names[0] != path.stem:
        message = f"the session is {quote(call.names[0])}, but the notebook is called {quote(path.name)}"
        outline.add(call.line, call.cell, message, f"write {quote(path.stem)}")
    here = path.absolute().parent.name
    if _LANGUAGE.fullmatch(here) and (call.language or "en") != here:
        message = f"the session speaks {quote(call.language or 'en')}, but the notebook lies in {here}/"
        outline.add(call.line, call.cell, message, f'write language="{here}"')


def _check_use(outline: Outline, call: Call, case: Case) -> None:
    if call.what == "reflect":
        kind, known = "prompt", [prompt.id for _, prompt in case.prompts()]
    elif call.what == "observe":
        kind, known = "moment", [moment.id for moment in case.moments]
    else:
        return
    for name in call.names:
        if name not in known:
            message = f"the case '{case.id}' has no {kind} {quote(name)}"
            outline.add(call.line, call.cell, message, suggest(name, known))


def compare_outlines(outlines: dict[Path, Outline]) -> Iterator[Problem]:
    """Yield a problem for each notebook that does not go step by step with the one in the first language."""
    first: dict[tuple[Path, str], Outline] = {}
    for path in sorted(outlines, key=lambda path: (path.parent.name != "en", path)):
        if _LANGUAGE.fullmatch(path.parent.name) and outlines[path].cells:
            base = first.setdefault((path.parent.parent, path.name), outlines[path])
            if base is not outlines[path]:
                yield from _compare(outlines[path], base)


def _compare(outline: Outline, base: Outline) -> Iterator[Problem]:
    remedy = "let both have the same cells in the same order"
    for number, (kind, other) in enumerate(zip(outline.cells, base.cells, strict=False), start=1):
        if kind != other or outline.done_in(number) != base.done_in(number):
            line = next((call.line for call in outline.calls if call.cell >= number), 1)
            message = f"it is out of step with the same cell of {base.shown}"
            yield Problem(outline.shown, line, f"cell {number}", message, remedy)
            return
    if len(outline.cells) != len(base.cells):
        message = f"it has {len(outline.cells)} cells, and {base.shown} has {len(base.cells)}"
        yield Problem(outline.shown, 1, "", message, remedy)
