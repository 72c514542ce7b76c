"""The files of translations: where they stand, what they hold, and what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ValidationError

from casework.content.nearest import suggest
from casework.content.problem import Place, Problem
from casework.content.sentences import translate as tell
from casework.content.translation import Translation, compare, source_mark
from casework.content.translation_keys import find_strings
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import read_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from casework.content.translation import Entry
    from casework.content.translation_keys import SourceString
    from casework.content.yaml_tree import Tree

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_FEW = 6


class Base(NamedTuple):
    """The file that is translated, as far as its translations need to know it."""

    id: str
    """Its id."""
    language: str
    """Its own language."""
    strings: Mapping[str, SourceString]
    """What can be translated, by key."""


def base_of(kind: type[BaseModel], value: Mapping[str, Any]) -> Base:
    """Return what the translations of a file need to know of it.

    Parameters
    ----------
    kind : type
        The model of the file, such as `Case`.
    value : mapping
        What stands in it.
    """
    return Base(str(value.get("id", "")), str(value.get("language", "")), find_strings(kind, value))


def translation_path(path: Path, language: str) -> Path | None:
    """Return where the translation of a file into a language stands, or would stand; None for no language code."""
    return path.with_name(f"{path.stem}.{language}.yaml") if _LANGUAGE.fullmatch(language) else None


def translations_in(folder: Path) -> dict[Path, list[Path]]:
    """Return the translations in a folder, each list under the file that it stands beside."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (base := base_path(path)) is not None:
            found.setdefault(base, []).append(path)
    return found


def base_path(path: Path) -> Path | None:
    """Return the file that a translation stands beside, or None if this is no translation by its name."""
    stem, _, language = path.stem.rpartition(".")
    if path.suffix != ".yaml" or not stem or stem.startswith(".") or not _LANGUAGE.fullmatch(language):
        return None
    return path.with_name(f"{stem}.yaml")


def inspect_translation(
    path: Path, shown: str, base: Base, *, exchanged: bool = False
) -> tuple[Translation | None, list[Problem]]:
    """Read a translation and return what it holds, if it can be used, with every problem in it.

    Parameters
    ----------
    path : pathlib.Path
        The translation.
    shown : str
        What problems call it.
    base : Base
        The file that it stands beside.
    exchanged : bool, optional
        Whether its strings go to a translator and back, which is how those are dropped that the file no longer has:
        they are then no fault of it.
    """
    try:
        _refuse_link(path)
        tree = read_tree(path)
    except UnreadableError as error:
        return None, [Problem(shown, error.line, "", error.message, error.remedy)]
    try:
        translation = Translation.model_validate(tree.value)
    except ValidationError as error:
        return None, sorted(
            Problem(shown, tree.line(each.path), _name(each.path), each.message, each.remedy)
            for each in tell(error, Translation)
        )
    problems = [*_check_head(translation, path, shown, tree, base), *_check_strings(translation, shown, tree, base)]
    problems += [] if exchanged else _find_gone(translation, shown, tree, base)
    usable = all(problem.severity == "warning" for problem in problems)
    return translation if usable else None, sorted(problems, key=lambda problem: problem.line)


def load_translation(path: Path, shown: str, base: Base, *, exchanged: bool = False) -> Translation:
    """Return what a translation holds, or raise `ContentError` with a line for each problem."""
    translation, problems = inspect_translation(path, shown, base, exchanged=exchanged)
    if translation is None:
        raise ContentError("\n".join(str(each) for each in problems if each.severity == "error"))
    return translation


def check_translations(
    path: Path, shown: str, kind: type[BaseModel], translations: Mapping[Path, list[Path]]
) -> Iterator[Problem]:
    """Yield the problems in the translations of a file; what is wrong with the file itself is told elsewhere.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    shown : str
        What problems call it.
    kind : type
        Its model.
    translations : mapping
        As `translations_in` returns them for its folder.
    """
    beside = translations.get(path, ())
    if not beside:
        return
    try:
        base = base_of(kind, read_tree(path).value)
    except UnreadableError:
        return
    for each in beside:
        yield from inspect_translation(each, shown.removesuffix(path.name) + each.name, base)[1]


def find_strays(translations: Mapping[Path, list[Path]], shown: str) -> Iterator[Problem]:
    """Yield a problem for each translation in a folder that stands beside nothing."""
    for base, beside in translations.items():
        if not base.is_file():
            remedy = f"put '{base.name}' there, or take this file away"
            for each in beside:
                yield Problem(f"{shown}{each.name}", 1, "", f"there is no '{base.name}' that it translates", remedy)


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise UnreadableError(1, "the file is a link", "put the file itself there")


def _check_head(translation: Translation, path: Path, shown: str, tree: Tree, base: Base) -> Iterator[Problem]:
    """See that a translation stands beside what it translates, under the name of its language."""
    if translation.translates != base.id:
        message = f"it translates '{translation.translates}', but stands beside '{base.id}'"
        yield Problem(shown, tree.line(("translates",)), "", message, f"write translates: {base.id}, or move the file")
    language, line = path.stem.rpartition(".")[2], tree.line(("language",))
    if translation.language != language:
        message = f"the language is '{translation.language}', but the file is called '{path.name}'"
        yield Problem(shown, line, "", message, "let the two agree")
    elif translation.language == base.language:
        message = f"the file beside it is written in '{language}' already"
        yield Problem(shown, line, "", message, "change what stands there, and take this translation away")


def _find_gone(translation: Translation, shown: str, tree: Tree, base: Base) -> Iterator[Problem]:
    for key in translation.strings:
        if key not in base.strings:
            message, remedy = "the file beside it has no such string", suggest(key, base.strings)
            yield Problem(shown, tree.line(("strings", key)), _name(("strings", key)), message, remedy)


def _check_strings(translation: Translation, shown: str, tree: Tree, base: Base) -> Iterator[Problem]:
    entries = compare(base.strings, translation.strings)
    for entry in entries:
        if entry.state == "stale":
            yield _stale(entry, translation, shown, tree)
    missing = [entry.source.key for entry in entries if entry.state == "missing"]
    if missing:
        names = ", ".join(f"'{key}'" for key in missing[:_FEW]) + (", …" if len(missing) > _FEW else "")
        count = "one string is" if len(missing) == 1 else f"{len(missing)} strings are"
        remedy = f"until then, learners read '{base.language}' there"
        line = tree.line(("strings",))
        yield Problem(shown, line, "", f"{count} not translated yet: {names}", remedy, "warning")


def _stale(entry: Entry, translation: Translation, shown: str, tree: Tree) -> Problem:
    key, mark = entry.source.key, source_mark(entry.source.text)
    message = (
        "its source has changed since it was translated"
        if translation.strings[key].of
        else "it does not say which wording it translates"
    )
    remedy = f"read both again; once they agree, write of: '{mark}'"
    return Problem(shown, tree.line(("strings", key)), _name(("strings", key)), message, remedy, "warning")


def _name(place: Place) -> str:
    """Name the string that a place is in."""
    return f"string '{place[1]}'" if len(place) > 1 and place[0] == "strings" else ""
