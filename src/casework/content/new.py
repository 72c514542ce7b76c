"""New files: from a template or from one that is there, with an id of their own.

Only the id and the title are written anew, where they stand; every other character of the source stays, its
author's comments and layout too. All is thought out first and written last, and nothing is ever overwritten.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.content.finding import find_file
from casework.content.folder import home_of, shipped_folder
from casework.content.kinds import KINDS, find_kind
from casework.content.words import words
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import parse_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAKES = "case", "workbook", "checklist", "survey"
"""What can be made."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ID = 64
_TEMPLATES = Path(__file__).parent / "templates"
_LANGUAGES = "en", "es"

Files = dict[Path, bytes]


class NotMade(ContentError):  # noqa: N818  what happened
    """Nothing was made; its message is English, and it can say the same in other languages."""

    def __init__(self, why: str, **about: object) -> None:
        self._why, self._about = why, about
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """Return the message in one of the interface's languages."""
        return words(language)[f"site.{self._why}"].format(**self._about)


def make(kind: str, new_id: str, *, source: str | None = None, folder: Path, title: str | None = None) -> list[Path]:
    """Make a new file, and for a case its notebooks in both languages.

    Parameters
    ----------
    kind : str
        One of `MAKES`.
    new_id : str
        The id, which is the file's name too.
    source : str, optional
        An id or a path to begin from; a template, if not given. For a workbook, the workbook or its case.
    folder : pathlib.Path
        The folder of workbooks to write in; it is made if it is not there.
    title : str, optional
        What people will call it; as in the source, if not given.

    Returns
    -------
    list of pathlib.Path
        The files made, in the order of their names.

    Raises
    ------
    ContentError
        If the id is none, a file is there already, or the source is missing or cannot be read.
    """
    if not _ID.fullmatch(new_id) or len(new_id) > _LONGEST_ID:
        raise NotMade("lab_no_id", id=new_id, most=_LONGEST_ID)
    if kind == "workbook":
        files = _notebooks(source, new_id, None, folder, title)
    else:
        where = next(name for name, model in KINDS.items() if model is find_kind(kind))
        path = find_file(source, where, folder) if source else _TEMPLATES / f"{kind}.yaml"
        files = _content(path, new_id, folder / where, title)
        if kind == "case":
            files |= _notebooks(path.stem if source else None, new_id, new_id, folder, title)
    for target in files:
        if target.exists():
            raise NotMade("lab_there", file=target)
    for target, data in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return sorted(files)


def _content(path: Path, new_id: str, target: Path, title: str | None) -> Files:
    """Return a content file, the translations beside it, and the pictures that it names."""
    raw = path.read_bytes()
    changes = {"id": new_id} | ({"title": title} if title else {})
    files = {target / f"{new_id}.yaml": _rewrite(raw, changes, path)}
    for beside in sorted(path.parent.glob(f"{path.stem}.*.yaml")):
        language = beside.name.removeprefix(f"{path.stem}.").removesuffix(".yaml")
        files[target / f"{new_id}.{language}.yaml"] = _rewrite(beside.read_bytes(), {"translates": new_id}, beside)
    home = home_of(path).resolve()
    for name in _named_files(parse_tree(raw).value):
        there = (path.parent / name).resolve()
        goal = target / name
        same = goal.exists() and there.is_file() and goal.read_bytes() == there.read_bytes()
        if there.is_relative_to(home) and there.is_file() and not same:
            files[goal] = there.read_bytes()
    return files


def _rewrite(raw: bytes, changes: dict[str, str], path: Path) -> bytes:
    """Write some of a file's first-level words anew, and leave every other character."""
    import yaml  # noqa: PLC0415  not needed until a file is made

    try:
        parse_tree(raw)
    except UnreadableError as error:
        raise NotMade("lab_unread_line", file=path, line=error.line) from error
    text = raw.decode("utf-8-sig")
    top = yaml.compose(text, Loader=yaml.CSafeLoader)
    nodes = {key.value: value for key, value in top.value} if isinstance(top, yaml.MappingNode) else {}
    if missing := [key for key in changes if not isinstance(nodes.get(key), yaml.ScalarNode)]:
        raise NotMade("lab_unlike", file=path, key=missing[0])
    for key in sorted(changes, key=lambda name: nodes[name].start_mark.index, reverse=True):
        start, end = nodes[key].start_mark.index, nodes[key].end_mark.index
        old = text[start:end]
        text = text[:start] + _scalar(changes[key]) + old[len(old.rstrip()) :] + text[end:]
    return text.encode()


def _scalar(words: str) -> str:
    """Return words as YAML has them on one line: bare where they are read as the same words, else in double quotes."""
    plain = (
        re.fullmatch(r"[A-Za-z][\w' -]*\w", words) and parse_tree(f"title: {words}".encode()).value["title"] == words
    )
    return words if plain else json.dumps(words, ensure_ascii=False)


def _named_files(value: Any) -> Iterator[str]:  # noqa: ANN401  whatever stands in the file
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "file" and isinstance(each, str):
                yield each
            else:
                yield from _named_files(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named_files(each)


def _notebooks(source: str | None, new_id: str, case: str | None, folder: Path, title: str | None) -> Files:
    """Return a notebook in each language, from those of the source; for a case without any, a short one."""
    found: Files = {}
    for language in _LANGUAGES:
        path = _find_notebook(source, language, folder) if source or not case else None
        if path is None and case is None:
            raise NotMade("lab_no_workbook", source=source, language=language, folder=folder)
        try:
            notebook = json.loads(path.read_text(encoding="utf-8")) if path else _short_notebook(new_id, language)
            told = _retell(notebook, new_id, case, title)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotMade("lab_unread", file=path) from error
        found[folder / language / f"{new_id}.ipynb"] = (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()
    return found


def _find_notebook(source: str | None, language: str, folder: Path) -> Path | None:
    """Return the notebook that is called like the source, or is most about it; the first of all without a source."""
    paths = [path for each in (folder, shipped_folder()) for path in sorted((each / language).glob("*.ipynb"))]
    named = [path for path in paths if source in {None, path.stem}]
    return next(iter(named), None) or _most_about(str(source), paths)


def _most_about(case: str, paths: list[Path]) -> Path | None:
    """Return the notebook that opens a case: one that is named after it, or else that opens the fewest others."""
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in paths}
    opened = {path: set(re.findall(r'case\(\\"([^"\\]+)\\"', text)) for path, text in texts.items()}
    about = [path for path in paths if case in opened[path]]
    return min(about, key=lambda path: (case not in path.stem, len(opened[path])), default=None)


def _short_notebook(new_id: str, language: str) -> dict[str, Any]:
    """Return a notebook that walks through a case and reports on it."""
    name = new_id.replace("-", " ").capitalize()
    opening = f'import casework as cw\n\nsession = cw.Session("", language="{language}")\ncase = session.case("")'
    cells = [("title", f"# {name}"), ("open", opening), ("walk", "case.walk()"), ("report", "session.report()")]
    made = []
    for cell_id, text in cells:
        kind = "markdown" if cell_id == "title" else "code"
        made.append({"cell_type": kind, "id": cell_id, "metadata": {}, "source": [text]})
    return {
        "cells": made,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _retell(notebook: Any, new_id: str, case: str | None, title: str | None) -> Any:  # noqa: ANN401  as JSON has it
    """Give a notebook its own id, case and title; what its cells showed is left out, their ids stay."""
    titled = False
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
            text = re.sub(r'(Session\()"[^"]*"', rf'\1"{new_id}"', text)
            text = re.sub(r'(\.case\()"[^"]*"', rf'\1"{case}"', text) if case else text
        elif title and not titled and text.startswith("# "):
            text, titled = re.sub(r"\A# .*", lambda _: f"# {title}", text), True
        elif case:
            text = re.sub(r"cases/[a-z0-9-]+\.yaml", f"cases/{case}.yaml", text)
        cell["source"] = text.splitlines(keepends=True)
    return notebook
