"""Checking many files at once, as ``casework check`` does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.folder import Folder, find_folder, is_content
from casework.content.inspection import KINDS, Spot, inspect
from casework.content.loader import spot_of
from casework.content.perspective import PerspectiveSet
from casework.content.problem import Problem
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = type[Case | Checklist | PerspectiveSet]


def check(*paths: Path | str) -> list[Problem]:
    """Return every problem in some files and folders.

    Parameters
    ----------
    *paths : pathlib.Path or str
        Files, or folders with ``cases/``, ``perspectives/`` or ``checklists/`` somewhere below them;
        ``./workbooks`` if none is given.

    Returns
    -------
    list of Problem
        By file and line. Files are named as seen from the folder given, or from the working directory.

    Raises
    ------
    ContentError
        If a path does not exist, or there is nothing to check.
    """
    files = find_files(*paths)
    problems: list[Problem] = []
    shelves: dict[tuple[Path, str, str], str] = {}
    for file in files:
        content, found = file.inspect()
        problems.extend(found)
        if isinstance(content, PerspectiveSet):
            problems.extend(_find_doubled(content, file.spot, shelves))
    return problems


@dataclass(frozen=True)
class File:
    """A file to check, and what it is taken for."""

    spot: Spot
    """Where it lies."""
    kind: Kind
    """What it should hold."""

    def inspect(self) -> tuple[Case | Checklist | PerspectiveSet | None, list[Problem]]:
        """Return what the file holds, if it can be used, and every problem in it."""
        if self.kind is Checklist:
            return inspect(self.spot, Checklist)
        if self.kind is PerspectiveSet:
            return inspect(self.spot, PerspectiveSet)
        return inspect(self.spot, Case, Folder(find_folder(self.spot.root)).perspectives)


def find_files(*paths: Path | str) -> list[File]:
    """Return the files that `check` looks at; raises as it does."""
    places = [Path(path) for path in paths or ("workbooks",)]
    files = [file for place in places for file in _files_at(place, named_alone=len(places) == 1)]
    unique = {file.spot.path.resolve(): file for file in reversed(files)}
    return sorted(unique.values(), key=lambda file: file.spot.shown)


def _files_at(place: Path, *, named_alone: bool) -> list[File]:
    if place.is_file():
        spot = spot_of(place)
        return [File(spot, KINDS.get(place.resolve().parent.name) or _guess_kind(place))]
    if not place.is_dir():
        raise ContentError(f"There is no file or folder '{place}'; name one that holds cases.")
    files = [_file_in(path, place, named_alone=named_alone) for path in _walk(place)]
    if not files:
        raise ContentError(
            f"The folder '{place}' holds nothing to check; name one with cases/, checklists/ or perspectives/ in it."
        )
    return files


def _file_in(path: Path, place: Path, *, named_alone: bool) -> File:
    spot = spot_of(path)
    if named_alone and place.resolve().name not in KINDS:
        spot = Spot(spot.path, spot.root, path.relative_to(place).as_posix())
    return File(spot, KINDS[path.resolve().parent.name])


def _walk(place: Path) -> Iterator[Path]:
    """Yield the content files below a folder that lie in one of ours; hidden folders are passed by."""
    for folder, below, names in os.walk(place):
        below[:] = sorted(name for name in below if not name.startswith("."))
        if Path(folder).resolve().name in KINDS:
            yield from (path for name in sorted(names) if is_content(path := Path(folder, name)))


def _guess_kind(path: Path) -> Kind:
    """Tell what a file outside our folders is by its keys; a case, if nothing else shows."""
    try:
        keys = read_tree(path).value
    except UnreadableError:
        return Case
    if "scenes" in keys:
        return Case
    return Checklist if "items" in keys else PerspectiveSet if "perspectives" in keys else Case


def _find_doubled(content: PerspectiveSet, spot: Spot, shelves: dict[tuple[Path, str, str], str]) -> Iterator[Problem]:
    """Yield a problem for each perspective that an earlier file of the same folder holds already."""
    for index, each in enumerate(content.perspectives):
        other = shelves.setdefault((spot.root, content.language, each.id), spot.shown)
        if other != spot.shown:
            line = read_tree(spot.path).line(("perspectives", index))
            message = f"the file {other} has a perspective of this id already"
            yield Problem(spot.shown, line, f"perspective '{each.id}'", message, "keep one of the two")
