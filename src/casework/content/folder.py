"""A folder of workbooks, and what can be found in it by id."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.codebook import Codebook
from casework.content.coding import Coding
from casework.content.inspection import Content, Spot, load
from casework.content.kinds import KINDS
from casework.content.moment import MomentSet
from casework.content.nearest import suggest
from casework.content.people import RelationshipMap
from casework.content.perspective import PerspectiveSet
from casework.content.survey import Survey
from casework.content.targets import Targets
from casework.content.theme import Theme
from casework.content.translation import translate_into
from casework.content.translation_files import base_of, load_translation, translation_path
from casework.content.yaml_tree import read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from casework.content.perspective import Perspective
    from casework.content.translation import Translation
    from casework.content.translation_files import Base


log = logging.getLogger("casework")


def shipped_folder() -> Path:
    """Return the folder of workbooks that comes with the library.

    Raises
    ------
    ContentError
        If this installation holds none.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "workbooks", package.parent.parent / "workbooks"):
        if (folder / "cases").is_dir():
            return folder
    raise ContentError(f"There are no workbooks in {package}; install casework again.")


def find_folder(start: Path | None = None) -> Path:
    """Return the nearest folder that holds ``cases/``.

    Parameters
    ----------
    start : pathlib.Path, optional
        A folder or a file to look from, upwards; the working directory if not given.

    Returns
    -------
    pathlib.Path
        That folder, or else the one that comes with the library.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "cases").is_dir():
            return folder
    return shipped_folder()


class Folder:
    """A folder of workbooks; what it lacks is taken from the one that comes with the library.

    Parameters
    ----------
    path : pathlib.Path, optional
        A folder that holds ``cases/``; the nearest one, if not given.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = find_folder() if path is None else Path(path)

    def __repr__(self) -> str:
        return f"Folder({str(self.path)!r})"

    def find_case(self, case_id: str, language: str = "en") -> Case:
        """Return the case of an id, or raise `ContentError` with the nearest one."""
        return self._find("cases", Case, case_id, language)

    def find_checklist(self, checklist_id: str, language: str = "en") -> Checklist:
        """Return the checklist of an id, or raise `ContentError` with the nearest one."""
        return self._find("checklists", Checklist, checklist_id, language)

    def find_survey(self, survey_id: str, language: str = "en") -> Survey:
        """Return the survey of an id, or raise `ContentError` with the nearest one."""
        return self._find("surveys", Survey, survey_id, language)

    def find_map(self, map_id: str, language: str = "en") -> RelationshipMap:
        """Return the relationship map of an id, or raise `ContentError` with the nearest one."""
        return self._find("maps", RelationshipMap, map_id, language)

    def find_drawable(self, name: str, language: str = "en") -> Case | RelationshipMap:
        """Return the relationship map of an id, or else the case, whose people can be drawn as well."""
        try:
            return self.find_map(name, language)
        except ContentError:
            return self.find_case(name, language)

    def find_codebook(self, codebook_id: str, language: str = "en") -> Codebook:
        """Return the codebook of an id, or raise `ContentError` with the nearest one."""
        return self._find("codebooks", Codebook, codebook_id, language)

    def find_targets(self, targets_id: str, language: str = "en") -> Targets:
        """Return the targets of an id, or raise `ContentError` with the nearest ones."""
        return self._find("targets", Targets, targets_id, language)

    def find_moments(self, moments_id: str, language: str = "en") -> MomentSet:
        """Return the set of moments of an id, or raise `ContentError` with the nearest one."""
        return self._find("moments", MomentSet, moments_id, language)

    def find_theme(self) -> Theme | None:
        """Return the folder's own colours: the first file in ``themes/``; None if it has none."""
        path = next(iter(content_files(self.path / "themes")), None)
        return None if path is None else load(Spot(path, self.path, _shown(path, self.path)), Theme)

    def own_colors(self) -> dict[str, str]:
        """Return the custom properties that the folder's theme changes; none, if it has no theme that can be used."""
        try:
            theme = self.find_theme()
        except ContentError as error:
            log.warning("The theme is not used: %s", error)
            return {}
        return theme.properties() if theme else {}

    def find_coding(self, coding_id: str, language: str = "en") -> Coding:
        """Return the reference coding of an id, or raise `ContentError` with the nearest one."""
        return self._find("codings", Coding, coding_id, language)

    def perspectives(self, language: str = "en") -> Mapping[str, Perspective]:
        """Return the shared perspectives of a language by id; those of this folder come first.

        Raises
        ------
        ContentError
            If a file of perspectives cannot be used.
        """
        return MappingProxyType({name: perspective for name, (perspective, _) in self._shared(language).items()})

    def _shared(self, *languages: str) -> dict[str, tuple[Perspective, PerspectiveSet]]:
        """Return the shared perspectives with the set that holds them; in the first of some languages they have."""
        found: dict[str, tuple[Perspective, PerspectiveSet]] = {}
        for folder in self.layers():
            sets = [_read_perspectives(path, folder) for path in content_files(folder / "perspectives")]
            for language in languages:
                for shared in filter(None, (told(language) for told in sets)):
                    for perspective in shared.perspectives:
                        found.setdefault(perspective.id, (perspective, shared))
        return found

    def ids(self, where: str) -> list[str]:
        """Return the ids of the files of a kind, named by the folder they lie in."""
        return [path.stem for folder in self.layers() for path in content_files(folder / where)]

    def _find(self, where: str, kind: type[Content], wanted: str, language: str) -> Content:
        for folder in self.layers():
            for path in content_files(folder / where):
                if path.stem == wanted:
                    return self._in_language(Spot(path, folder, _shown(path, folder)), kind, language)
        remedy = suggest(wanted, self.ids(where), otherwise="the folder holds none yet")
        raise ContentError(f"There is no {kind.kind} '{wanted}' in {self.path}; {remedy}.")

    def _in_language(self, spot: Spot, kind: type[Content], language: str) -> Content:
        """Read a file in its own language, or with the translation beside it."""
        base = load(spot, kind, self.perspectives)
        if base.language == language:
            return base
        value = read_tree(spot.path).value
        translation = _load_translation(spot, base_of(kind, value), language)
        shared = self._shared(language, base.language)
        borrowed = [
            f"perspectives/{name}/{key}"
            for name in value.get("perspectives", ())
            if isinstance(name, str) and name in shared
            for key in ("name", "question")
            if shared[name][1].language != language or f"perspectives/{name}/{key}" in shared[name][1].borrowed
        ]
        known = {name: perspective for name, (perspective, _) in shared.items()}
        return translate_into(base, value, translation, known, borrowed)

    def layers(self) -> list[Path]:
        """Return this folder and the shipped one, if there is one."""
        try:
            shipped = shipped_folder()
        except ContentError:
            return [self.path]
        return [self.path] if shipped.resolve() == self.path.resolve() else [self.path, shipped]


def content_files(folder: Path) -> list[Path]:
    """Return the content files in a folder, sorted; translations beside them do not count."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if is_content(path))


def is_content(path: Path) -> bool:
    """Return whether a path is a content file by its name: no translation, nothing hidden."""
    name = path.name
    return name.endswith((".yaml", ".yml")) and "." not in path.stem and not name.startswith(".") and path.is_file()


def home_of(path: Path) -> Path:
    """Return the folder that a content file belongs to; its own, if it lies in none."""
    parent = path.parent.resolve()
    return parent.parent if parent.name in KINDS else parent


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _load_translation(spot: Spot, base: Base, language: str) -> Translation:
    """Return the translation that stands beside a file, or raise `ContentError`."""
    path = translation_path(spot.path, language)
    if path is None or not path.is_file():
        raise ContentError(
            f"'{base.id}' is written in '{base.language}' and not yet translated into '{language}'; "
            f"ask for it in '{base.language}'."
        )
    return load_translation(path, _shown(path, spot.root), base)


def _read_perspectives(path: Path, folder: Path) -> Callable[[str], PerspectiveSet | None]:
    """Return what tells the perspectives of a file in a language, or None where they are not translated."""
    spot = Spot(path, folder, _shown(path, folder))
    base = _load_perspectives(spot, None, *_stamp(path))

    def tell(language: str) -> PerspectiveSet | None:
        if base.language == language:
            return base
        beside = translation_path(path, language)
        if beside is None or not beside.is_file():
            return None
        return _load_perspectives(spot, beside, *_stamp(path), *_stamp(beside))

    return tell


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _load_perspectives(spot: Spot, beside: Path | None, *_stamps: int) -> PerspectiveSet:
    """Read a file of perspectives once, and again when it has changed; a thousand cases share it."""
    shared = load(spot, PerspectiveSet)
    if beside is None:
        return shared
    value = read_tree(spot.path).value
    translation = load_translation(beside, _shown(beside, spot.root), base_of(PerspectiveSet, value))
    return translate_into(shared, value, translation, {})
