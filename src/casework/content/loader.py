"""Files to models."""

from __future__ import annotations

from pathlib import Path

from casework.content.case import Case
from casework.content.checklist import Checklist
from casework.content.folder import Folder, find_folder, home_of
from casework.content.inspection import Content, Spot, load
from casework.content.perspective import PerspectiveSet


def load_case(path: Path | str, *, folder: Folder | None = None) -> Case:
    """Read a case.

    Parameters
    ----------
    path : pathlib.Path or str
        The file.
    folder : Folder, optional
        Where the perspectives stand that the case names by id; the nearest one, if not given.

    Returns
    -------
    Case
        The case, with its perspectives in full.

    Raises
    ------
    ContentError
        If the file cannot be used; with a line for each problem.
    """
    spot = spot_of(Path(path))
    return load(spot, Case, (folder or Folder(find_folder(spot.root))).perspectives)


def load_document(path: Path | str, kind: type[Content]) -> Content:
    """Read a file of a kind, such as `Survey`; raises `ContentError` as `load_case` does."""
    return load(spot_of(Path(path)), kind)


def load_checklist(path: Path | str) -> Checklist:
    """Read a checklist; raises `ContentError` as `load_case` does."""
    return load_document(path, Checklist)


def load_perspectives(path: Path | str) -> PerspectiveSet:
    """Read a file of perspectives; raises `ContentError` as `load_case` does."""
    return load_document(path, PerspectiveSet)


def spot_of(path: Path) -> Spot:
    """Return where a file lies; it is shown as seen from the working directory, if it lies below."""
    absolute, here = path.absolute(), Path.cwd()
    shown = absolute.relative_to(here) if absolute.is_relative_to(here) else path
    return Spot(path, home_of(path), shown.as_posix())
