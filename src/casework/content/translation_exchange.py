"""What ``casework translate`` does: strings of a file out to a translator, back in, and how far they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casework.content.folder import content_files, find_folder
from casework.content.kinds import KINDS
from casework.content.loader import spot_of
from casework.content.nearest import suggest
from casework.content.translation import Translation, compare
from casework.content.translation_files import base_of, load_translation, translation_path, translations_in
from casework.content.translation_table import Table, find_changes, find_gone, gone_rows, to_rows
from casework.content.translation_writing import write_strings
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from casework.content.translation import TranslatedString
    from casework.content.translation_files import Base


class Desk(NamedTuple):
    """A file and its translation into one language, side by side."""

    name: str
    """The file, as seen from its folder, without its ending: ``cases/first-goodbye``."""
    value: dict[str, Any]
    """What stands in it."""
    base: Base
    """What can be translated in it."""
    path: Path
    """Its translation."""
    translation: Translation | None
    """What that holds, if it is there."""

    def table(self, language: str) -> Table:
        """Return all strings in both languages."""
        rows = to_rows(self.value, compare(self.base.strings, self.told))
        return Table(self.name, language, (*rows, *gone_rows(self.base, self.told)))

    @property
    def told(self) -> Mapping[str, TranslatedString]:
        """What the translation says, by key; nothing if it is not there."""
        return self.translation.strings if self.translation else {}


class Standing(NamedTuple):
    """How far the translation of one file into one language is."""

    file: str
    """The translation, as seen from its folder."""
    done: int
    """Strings that are translated, or names that stay as they are."""
    stale: int
    """Strings whose source has changed since."""
    missing: int
    """Strings that are not translated."""
    gone: int = 0
    """Strings that the file no longer has."""


def export_strings(wanted: str, language: str, target: Path, folder: Path | None = None) -> Table:
    """Write every string of a file, with its translation so far, for a translator.

    Parameters
    ----------
    wanted : str
        An id, or a name such as ``checklists/everyday-interaction`` where several files have the id.
    language : str
        The language to translate into.
    target : pathlib.Path
        Where to write: a spreadsheet (``.xlsx``) or a PO file (``.po``).
    folder : pathlib.Path, optional
        The folder of workbooks; ``./workbooks`` or the nearest one, if not given.

    Returns
    -------
    Table
        What was written.

    Raises
    ------
    ContentError
        If there is no such file, it cannot be read, or the target has another ending.
    """
    write, _ = _format(target)
    table = open_desk(_find(wanted, folder or _folder_here()), language).table(language)
    try:
        write(table, target)
    except OSError as error:
        raise ContentError(f"'{target}' cannot be written ({error.strerror}); name another file.") from error
    return table


def import_strings(
    source: Path, folder: Path | None = None, translators: Iterable[str] = ()
) -> tuple[Path, int, Standing]:
    """Take the translations of a spreadsheet or PO file over into the file of the translation.

    Parameters
    ----------
    source : pathlib.Path
        What came back from the translator.
    folder : pathlib.Path, optional
        The folder of workbooks; ``./workbooks`` or the nearest one, if not given.
    translators : iterable of str
        Who translated; added to the names in the file.

    Returns
    -------
    path : pathlib.Path
        The translation that was written.
    changed : int
        How many strings are new, changed or dropped, since the file no longer has them.
    standing : Standing
        How far the translation is now.

    Raises
    ------
    ContentError
        If any row has an unknown key, or a source that the file no longer has; then nothing is written.
    """
    _, read = _format(source)
    if not source.is_file():
        raise ContentError(f"There is no file '{source}'; name one that came back from a translator.")
    table = read(source, source.name)
    path = _find(table.name, folder or _folder_here())
    desk = open_desk(path, table.language)
    changes = find_changes(table, desk.base, desk.told, source.name)
    gone = find_gone(table, desk.base, desk.told)
    try:
        write_strings(desk.path, desk.base, table.language, changes, translators, gone)
    except OSError as error:
        raise ContentError(f"'{desk.path}' cannot be written ({error.strerror}).") from error
    return desk.path, len(changes) + len(gone), _standing(open_desk(path, table.language))


def find_standings(folder: Path | None = None) -> Iterator[Standing]:
    """Yield how far each file of a folder is in each language that any of them is translated into."""
    root = folder or _folder_here()
    languages = {
        beside.stem.rpartition(".")[2]
        for kind in KINDS
        for found in translations_in(root / kind).values()
        for beside in found
    }
    for kind in KINDS:
        for path in content_files(root / kind):
            own = _read(path).get("language")
            for language in sorted(languages):
                if language != own:
                    yield _standing(open_desk(path, language))


def open_desk(path: Path, language: str) -> Desk:
    """Return a file and its translation into a language, side by side."""
    value = _read(path)
    kind = KINDS[path.parent.name]
    base = base_of(kind, value)
    beside = translation_path(path, language)
    if beside is None:
        raise ContentError(f"{language!r} is no language code; write one such as es or es-MX.")
    if language == base.language:
        raise ContentError(f"'{base.id}' is written in '{language}' already; name the language to translate into.")
    found = load_translation(beside, spot_of(beside).shown, base, exchanged=True) if beside.exists() else None
    return Desk(f"{path.parent.name}/{path.stem}", value, base, beside, found)


def _folder_here() -> Path:
    """Return ``./workbooks``, or else the nearest folder that holds ``cases/``."""
    here = Path.cwd() / "workbooks"
    return here if (here / "cases").is_dir() else find_folder()


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_tree(path).value
    except UnreadableError as error:
        raise ContentError(f"{spot_of(path).shown}:{error.line}: {error.message}; {error.remedy}") from error


def _standing(desk: Desk) -> Standing:
    states = [row.state for row in desk.table("").rows]
    stale, missing = states.count("stale"), states.count("missing")
    done, file = states.count("done") + states.count("kept"), f"{desk.path.parent.name}/{desk.path.name}"
    return Standing(file, done, stale, missing, states.count("gone"))


def _find(wanted: str, root: Path) -> Path:
    """Return the file of an id or a name."""
    files = {f"{kind}/{path.stem}": path for kind in KINDS for path in content_files(root / kind)}
    name = wanted.removesuffix(".yaml")
    found = [path for full, path in files.items() if name in (full, path.stem)]
    found = found or [path for path in files.values() if str(path.with_suffix("")).endswith(f"/{name}")]
    if len(found) == 1:
        return found[0]
    if found:
        choice = " or ".join(f"'{path.parent.name}/{path.stem}'" for path in found)
        raise ContentError(f"Several files have the id '{wanted}'; write {choice}.")
    known = files if "/" in name else [path.stem for path in files.values()]
    raise ContentError(f"There is no file '{wanted}' in {root}; {suggest(name, known)}.")


def _format(path: Path) -> Any:  # noqa: ANN401  a writer and a reader
    """Return what writes and what reads a file, by its ending."""
    from casework.content import translation_po, translation_sheet  # noqa: PLC0415  one of the two is needed

    if path.suffix.lower() == ".xlsx":
        return translation_sheet.write_sheet, translation_sheet.read_sheet
    if path.suffix.lower() == ".po":
        return translation_po.write_po, translation_po.read_po
    raise ContentError(f"'{path.name}' is no file to exchange strings by; give it the ending .xlsx or .po.")
