"""A folder of workbooks, and what can be found in it by id."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.inspection import KINDS, Content, Spot, load
from casework.content.nearest import suggest
from casework.content.perspective import PerspectiveSet
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.content.perspective import Perspective


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

    def perspectives(self, language: str = "en") -> Mapping[str, Perspective]:
        """Return the shared perspectives of a language by id; those of this folder come first.

        Raises
        ------
        ContentError
            If a file of perspectives cannot be used.
        """
        found: dict[str, Perspective] = {}
        for folder in self._layers():
            for path in content_files(folder / "perspectives"):
                shared = _read_perspectives(path, _shown(path, folder))
                for perspective in shared.perspectives if shared.language == language else ():
                    found.setdefault(perspective.id, perspective)
        return MappingProxyType(found)

    def _find(self, where: str, kind: type[Content], wanted: str, language: str) -> Content:
        for folder in self._layers():
            for path in content_files(folder / where):
                if path.stem == wanted:
                    spot = Spot(path, folder, _shown(path, folder))
                    return _in_language(load(spot, kind, self.perspectives), language)
        known = [path.stem for folder in self._layers() for path in content_files(folder / where)]
        remedy = suggest(wanted, known, otherwise="the folder holds none yet")
        raise ContentError(f"There is no {where.removesuffix('s')} '{wanted}' in {self.path}; {remedy}.")

    def _layers(self) -> list[Path]:
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
    parent = path.resolve().parent
    return parent.parent if parent.name in KINDS else parent


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _in_language(content: Content, language: str) -> Content:
    if content.language == language:
        return content
    raise ContentError(
        f"'{content.id}' is written in '{content.language}' and not yet translated into '{language}'; "
        f"ask for it in '{content.language}'."
    )


def _read_perspectives(path: Path, shown: str) -> PerspectiveSet:
    stamp = path.stat()
    return _load_perspectives(Spot(path, path.parent, shown), stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=64)
def _load_perspectives(spot: Spot, _changed_at: int, _size: int) -> PerspectiveSet:
    """Read a file of perspectives once, and again when it has changed; a thousand cases share it."""
    return load(spot, PerspectiveSet)
