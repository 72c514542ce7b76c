"""A translation: the file beside another that says its strings in one more language.

``first-goodbye.es.yaml`` stands beside ``first-goodbye.yaml``. Each string notes which wording it translates, by
eight digits of its hash, so that a string whose source has changed since is known to be *stale*.
"""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field

from casework.content.document import Document, Id, Language, Part, Text
from casework.content.translation_keys import SourceString, find_strings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from casework.content.perspective import Perspective

D = TypeVar("D", bound=Document)

State = Literal["done", "stale", "missing", "kept"]
"""Of a string: translated; translated from an earlier wording; not translated; a name that stays as it is."""


def _note_digits(value: Any) -> Any:  # noqa: ANN401  whatever stands in the file
    """Take eight digits without quotes for what they are; YAML reads a number."""
    return f"{value:08d}" if type(value) is int else value


def _open_short_form(value: Any) -> Any:  # noqa: ANN401  whatever stands in the file
    return {"text": value} if isinstance(value, str) else value


def _nothing_yet(value: Any) -> Any:  # noqa: ANN401  whatever stands in the file
    return {} if value is None else value


class TranslatedString(Part):
    """One string in the language of the translation."""

    of: Annotated[Text, BeforeValidator(_note_digits)] | None = None
    """Which wording it translates: the first eight hexadecimal digits of the SHA-256 of the source string."""
    text: Text
    """What it says in this language."""


class Translation(Part):
    """What a file with translated strings holds."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    """The version of the format; written ``schema: 1``."""
    translates: Id
    """The id of the file that it translates."""
    language: Language
    """The language that it translates into; the same as in the file's name."""
    translated_by: tuple[Text, ...] = ()
    """Who has carried it into this language."""
    reviewed_by: tuple[Text, ...] = ()
    """Who has read it with the field's eyes."""
    strings: Annotated[
        dict[str, Annotated[TranslatedString, BeforeValidator(_open_short_form)]], BeforeValidator(_nothing_yet)
    ] = Field(default_factory=dict)
    """By key, what each string says in this language."""


@dataclass(frozen=True)
class Entry:
    """One string in both languages."""

    source: SourceString
    """In the base language."""
    text: str
    """In the other one; empty if it is not translated."""
    state: State
    """Whether the two still belong together."""


def source_mark(text: str) -> str:
    """Return the eight digits that note which wording a translation is of.

    Examples
    --------
    >>> source_mark("The mat")
    '4a1359c3'
    """
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def compare(strings: Mapping[str, SourceString], translated: Mapping[str, TranslatedString]) -> list[Entry]:
    """Return every string of a file with its translation and its state, in the order of the file."""
    return [_entry(source, translated.get(key)) for key, source in strings.items()]


def _entry(source: SourceString, found: TranslatedString | None) -> Entry:
    if found is None:
        return Entry(source, "", "kept" if source.stays else "missing")
    return Entry(source, found.text, "done" if found.of == source_mark(source.text) else "stale")


def translate_into(
    base: D,
    value: Mapping[str, Any],
    translation: Translation,
    shared: Mapping[str, Perspective],
    borrowed: Collection[str] = (),
) -> D:
    """Return a file's content in the language of a translation; what that lacks is borrowed from the base.

    Parameters
    ----------
    base : Document
        The content in its own language.
    value : mapping
        What stands in its file.
    translation : Translation
        The strings in the other language.
    shared : mapping of str to Perspective
        The shared perspectives in the other language, by id.
    borrowed : collection of str
        Keys of strings within these that are still in the base language.
    """
    kind = type(base)
    entries = compare(find_strings(kind, value), translation.strings)
    told: dict[str, Any] = copy.deepcopy(dict(value))
    for entry in entries:
        if entry.text:
            _put(told, entry)
    told["language"] = translation.language
    told["translated_by"] = list(translation.translated_by)
    told["reviewed_by"] = list(translation.reviewed_by)
    content = kind.model_validate(told, context={"perspectives": shared})
    gaps = {entry.source.key for entry in entries if entry.state == "missing"}
    content._path = base.path  # noqa: SLF001  a file does not say where it lies; its reader does
    content._base = base.language, base.content_hash  # noqa: SLF001  as above
    content._borrowed = frozenset(gaps.union(borrowed))  # noqa: SLF001  as above
    return content


def _put(told: dict[str, Any], entry: Entry) -> None:
    here: Any = told
    for part in entry.source.place[:-1]:
        here = here[part]
    here[entry.source.place[-1]] = entry.text
