"""Checking many files at once, as ``casework check`` does."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from casework.content.anywhere import find_faults_anywhere
from casework.content.case import Case
from casework.content.coding import Coding, find_misfits
from casework.content.folder import Folder, find_folder, is_content
from casework.content.inspection import Spot, inspect
from casework.content.kinds import KINDS, guess_kind
from casework.content.loader import spot_of
from casework.content.nearest import suggest
from casework.content.notebooks import Outline, check_outline, compare_outlines, read_outline
from casework.content.perspective import PerspectiveSet
from casework.content.problem import Place, Problem, name_element
from casework.content.reading import find_hard_reading
from casework.content.translation_files import base_path, check_translations, find_strays, translations_in
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content.document import Document
    from casework.content.moment import MomentSet

_STORY = re.compile(r"scenes/[^/]+/(text|new_information)")


def check(*paths: Path | str, information: bool = False) -> list[Problem]:
    """Return every problem in some files and folders.

    Parameters
    ----------
    *paths : pathlib.Path or str
        Files, or folders with ``cases/``, ``perspectives/``, ``checklists/`` or notebooks somewhere below them;
        ``./workbooks`` if none is given.
    information : bool
        Whether to tell also what is only good to know, such as how many ways a case has.

    Returns
    -------
    list of Problem
        By file and line. Files are named as seen from the folder given, or from the working directory.

    Raises
    ------
    ContentError
        If a path does not exist, or there is nothing to check.
    """
    run = _Run()
    problems = [problem for file in find_files(*paths) for problem in run.look_at(file)]
    problems.extend(compare_outlines(run.outlines))
    return [problem for problem in problems if information or problem.severity != "information"]


@dataclass(frozen=True)
class File:
    """A file to check, and what it is taken for."""

    spot: Spot
    """Where it lies."""
    kind: type[Document] | None
    """What it should hold; nothing for a notebook."""


@dataclass
class _Run:
    """One check, and what it remembers from file to file."""

    outlines: dict[Path, Outline] = field(default_factory=dict)
    shelves: dict[tuple[Path, str, str], str] = field(default_factory=dict)
    folders: dict[Path, Folder] = field(default_factory=dict)
    translations: dict[Path, dict[Path, list[Path]]] = field(default_factory=dict)
    cases: dict[tuple[Path, str], Case | None] = field(default_factory=dict)

    def look_at(self, file: File) -> Iterator[Problem]:
        """Yield the problems of one file, those with other files among them."""
        root = file.spot.root
        folder = self.folders.get(root) or self.folders.setdefault(root, Folder(find_folder(root)))
        if file.kind is None:
            outline = self.outlines[file.spot.path.absolute()] = read_outline(file.spot.path, file.spot.shown)
            yield from check_outline(outline, file.spot.path, folder.ids, lambda name: self._find_case(folder, name))
            return
        content, problems = inspect(file.spot, file.kind, folder.perspectives)
        yield from problems
        yield from self._look_beside(file.spot, file.kind)
        if isinstance(content, PerspectiveSet):
            yield from _find_doubled(content, file.spot, self.shelves)
        elif isinstance(content, Case):
            yield from _check_looks(content, file.spot, folder)
        elif isinstance(content, Coding):
            yield from _check_coding(content, file.spot, folder)

    def _look_beside(self, spot: Spot, kind: type[Document]) -> Iterator[Problem]:
        """Yield the problems of a file's translations; with the first of a folder, of those that stand alone."""
        folder = spot.path.parent
        if folder not in self.translations:
            self.translations[folder] = translations_in(folder)
            yield from find_strays(self.translations[folder], spot.shown.removesuffix(spot.path.name))
        yield from check_translations(spot.path, spot.shown, kind, self.translations[folder])
        for path in self.translations[folder].get(spot.path, ()):
            shown = f"{spot.shown.removesuffix(spot.path.name)}{path.name}"
            yield from _check_words(Spot(path, spot.root, shown))

    def _find_case(self, folder: Folder, name: str) -> Case | None:
        """Return a case in the language it is written in, if there is one and it can be used."""
        if (folder.path, name) not in self.cases:
            known = name in folder.ids("cases")
            spots = (Spot(layer / "cases" / f"{name}.yaml", layer, name) for layer in folder.layers() if known)
            found = next((spot for spot in spots if spot.path.is_file()), None)
            case = inspect(found, Case, folder.perspectives, remarks=False)[0] if found else None
            self.cases[folder.path, name] = case
        return self.cases[folder.path, name]


def find_files(*paths: Path | str) -> list[File]:
    """Return the files that `check` looks at; raises as it does."""
    places = [Path(path) for path in paths or ("workbooks",)]
    files = [file for place in places for file in _files_at(place, named_alone=len(places) == 1)]
    unique = {file.spot.path.absolute(): file for file in reversed(files)}
    return sorted(unique.values(), key=lambda file: file.spot.shown)


def _files_at(place: Path, *, named_alone: bool) -> list[File]:
    if place.is_file():
        base = base_path(place)
        place = base if base and base.is_file() else place
        return [File(spot_of(place), _kind_of(place))]
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
    return File(spot, None if path.suffix == ".ipynb" else KINDS[path.parent.resolve().name])


def _walk(place: Path) -> Iterator[Path]:
    """Yield the notebooks below a folder, and the files in one of ours; hidden folders are passed by."""
    for folder, below, names in os.walk(place):
        below[:] = sorted(name for name in below if not name.startswith("."))
        ours = Path(folder).resolve().name in KINDS
        for name in sorted(names):
            path = Path(folder, name)
            if (ours and is_content(path)) or _is_notebook(path):
                yield path


def _is_notebook(path: Path) -> bool:
    return path.suffix == ".ipynb" and not path.name.startswith(".") and path.is_file()


def _kind_of(path: Path) -> type[Document] | None:
    """Tell what a file is by its ending, its folder, or what stands in it."""
    if path.suffix == ".ipynb":
        return None
    if kind := KINDS.get(path.parent.resolve().name):
        return kind
    try:
        return guess_kind(read_tree(path).value)
    except UnreadableError:
        return Case


def _find_doubled(content: PerspectiveSet, spot: Spot, shelves: dict[tuple[Path, str, str], str]) -> Iterator[Problem]:
    """Yield a problem for each perspective that an earlier file of the same folder holds already."""
    for index, each in enumerate(content.perspectives):
        other = shelves.setdefault((spot.root, content.language, each.id), spot.shown)
        if other != spot.shown:
            message = f"the file {other} has a perspective of this id already"
            yield _problem(spot, ("perspectives", index), message, "keep one of the two")


def _check_looks(case: Case, spot: Spot, folder: Folder) -> Iterator[Problem]:
    """Yield a problem for each pause that names a checklist that is not there."""
    for index, scene in enumerate(case.scenes):
        name = scene.pause.observe.checklist if scene.pause and scene.pause.observe else None
        if name is not None and name not in (known := folder.ids("checklists")):
            remedy = suggest(name, known, otherwise="put it into the folder checklists/")
            yield _problem(
                spot, ("scenes", index, "pause", "observe", "checklist"), f"there is no checklist '{name}'", remedy
            )


def _check_coding(coding: Coding, spot: Spot, folder: Folder) -> Iterator[Problem]:
    """Yield a problem for each thing that a coding names and that is not there, or does not fit."""
    home, which = ("cases", "case") if coding.case else ("moments", "moment_set")
    named = {which: (home, str(coding.case or coding.moment_set)), "checklist": ("checklists", coding.checklist)}
    lost = {key: where for key, (where, name) in named.items() if name not in folder.ids(where)}
    for key, where in lost.items():
        name = named[key][1]
        remedy = suggest(name, folder.ids(where), otherwise=f"put it into the folder {where}/")
        yield _problem(spot, (key,), f"there is no {key.replace('_', ' ')} '{name}'", remedy)
    if lost:
        return
    try:
        holder: Case | MomentSet = (
            folder.find_case(coding.case, coding.language)
            if coding.case
            else folder.find_moments(str(coding.moment_set), coding.language)
        )
        checklist = folder.find_checklist(coding.checklist, coding.language)
    except ContentError as error:
        yield _problem(spot, (), "what it names cannot be used", f"mend this first: {str(error).splitlines()[0]}")
        return
    moments = {moment.id: moment for moment in holder.moments}
    if coding.moment not in moments:
        message = f"'{holder.id}' has no moment '{coding.moment}'"
        yield _problem(spot, ("moment",), message, suggest(coding.moment, list(moments)))
        return
    for found in find_misfits(coding, moments[coding.moment], checklist):
        yield _problem(spot, found.path, found.message, found.remedy)


def _check_words(spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the words of a translation: Markdown that says what no page shows, hard reading."""
    try:
        tree = read_tree(spot.path)
    except UnreadableError:
        return  # told already
    strings, language = tree.value.get("strings"), str(tree.value.get("language"))
    findings = list(find_faults_anywhere(tree.value, spot.path, spot.root))
    for key, entry in strings.items() if isinstance(strings, dict) else ():
        text = entry.get("text") if isinstance(entry, dict) else entry
        if _STORY.fullmatch(key) and isinstance(text, str):
            findings.extend(find_hard_reading(("strings", key), text, language))
    for each in findings:
        element = f"string '{each.path[1]}'" if len(each.path) > 1 else ""
        yield Problem(spot.shown, tree.line(each.path), element, each.message, each.remedy, each.severity)


def _problem(spot: Spot, place: Place, message: str, remedy: str) -> Problem:
    tree = read_tree(spot.path)
    return Problem(spot.shown, tree.line(place), name_element(tree.value, place), message, remedy)
