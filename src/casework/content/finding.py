"""A file of content by what a person calls it on the command line: its id, or its path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casework.content.folder import Folder, content_files, find_folder, home_of, shipped_folder
from casework.content.loader import load_case
from casework.content.nearest import suggest
from casework.errors import ContentError

if TYPE_CHECKING:
    from casework.content.case import Case


def find_file(name: str, where: str, folder: Path | None = None) -> Path:
    """Return the file that a name stands for.

    Parameters
    ----------
    name : str
        A path, or the id of a file in the folder, or of one that comes with the library.
    where : str
        The folder of its kind, such as ``"cases"``.
    folder : pathlib.Path, optional
        The folder of workbooks to look in first; the nearest one, or ``./workbooks``, if not given.

    Raises
    ------
    ContentError
        If there is no such file.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        path = Path(name)
        if path.is_file():
            return path
        raise ContentError(f"There is no file '{name}'; write its name as seen from {Path.cwd()}.")
    folders = [folder or default_folder(), shipped_folder()]
    files = [path for each in folders for path in content_files(each / where)]
    for path in files:
        if path.stem == name:
            return path
    remedy = suggest(name, [path.stem for path in files], otherwise="the folder holds none yet")
    raise ContentError(f"There is no {where.removesuffix('s')} '{name}' in {folders[0]}; {remedy}.")


def default_folder() -> Path:
    """Return the folder of workbooks that a command means when none is named."""
    here = Path("workbooks")
    return here if (here / "cases").is_dir() else find_folder()


def find_case(name: str, language: str | None = None, folder: Path | None = None) -> Case:
    """Return the case that a name stands for.

    Parameters
    ----------
    name : str
        A path, or an id, as for `find_file`.
    language : str, optional
        The language to tell it in; the one that it is written in, if not given.
    folder : pathlib.Path, optional
        As for `find_file`.

    Raises
    ------
    ContentError
        If there is no such case, or it cannot be used.
    """
    path = find_file(name, "cases", folder)
    home = Folder(find_folder(home_of(path)))
    case = load_case(path, folder=home)
    if language in {None, case.language}:
        return case
    if path.resolve().parent != (home.path / "cases").resolve():
        raise ContentError(f"'{path}' lies outside a folder of workbooks; copy it into cases/ to see it translated.")
    return home.find_case(case.id, str(language))
