"""What every file that a facilitator writes has in common."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StringConstraints

from casework.content.problem import Finding

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""A name for files and records: small letters, digits, hyphens. Never shown, never changed by rewording."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words for people; where a field says so, Markdown."""


@dataclass(frozen=True)
class Translatable:
    """Marks what a translation says in its own language; `translation_keys` derives the keys from these marks."""

    at: str = ""
    """Where a translation finds it: below its parent under the name of its field, unless this says otherwise.
    ``.`` is the parent's own place, ``./name`` another name there, ``/name`` a place at the top."""
    stays: bool = False
    """Whether it stays as it is where a translation is silent, as a person's name does."""


Words = Annotated[Text, Translatable()]
"""Text that a translation has to say again."""
Name = Annotated[Text, Translatable(stays=True)]
"""Text that a translation may say again: a name, a telephone number."""
Label = Annotated[Text, Translatable(at=".")]
"""The words of a part that has no other words, so that a translation finds them at the part itself."""
Share = Literal["device", "private", "trainer", "group_unnamed", "group_named"]
"""The widest audience that can be offered for what someone writes."""
Minutes = Annotated[int, Field(strict=True, ge=1, le=600)]
"""How long something takes in a group, in whole minutes."""
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
"""A language code, such as ``en``, ``es`` or ``es-MX``."""


def _write_digits(value: Any) -> Any:  # noqa: ANN401  whatever stands in the file
    """Take ``key: 1`` for the text that it is; YAML reads a number."""
    return str(value) if type(value) is int else value


Word = Annotated[Text, BeforeValidator(_write_digits, json_schema_input_type=str | int)]
"""A text that may look like a whole number."""


class Part(BaseModel):
    """A part of a file: it cannot be changed once it is read, and holds no key that is not known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, ignored_types=(cached_property,)
    )


class Source(Part):
    """Where something comes from, as one would cite it."""

    id: Id
    """Names the source within the file."""
    cite: Text
    """Author, year, title, place."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Where it can be read."""


class Document(Part):
    """The keys that every file begins with."""

    kind: ClassVar[str]
    """What such a file is called."""
    folder: ClassVar[str]
    """The folder that such files lie in."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    """The version of the format; written ``schema: 1``."""
    id: Id
    """The same as the file's name without its ending."""
    language: Language
    """The language that the file is written in."""
    title: Words
    """What people call it."""
    sources: tuple[Source, ...] = ()
    """What it rests on."""
    rights: Words
    """Who wrote it and what others may do with it."""
    reviewed_by: tuple[Text, ...] = ()
    """Who has read it with the field's eyes."""
    translated_by: tuple[Text, ...] = ()
    """Who has carried it into this language."""

    _path: Path | None = PrivateAttr(default=None)
    _base: tuple[str, str] | None = PrivateAttr(default=None)
    _borrowed: frozenset[str] = PrivateAttr(default=frozenset())

    @property
    def path(self) -> Path | None:
        """The file that this was read from, if it was read from one."""
        return self._path

    @property
    def base_language(self) -> str:
        """The language that it was written in, before any translation."""
        return self._base[0] if self._base else self.language

    @property
    def borrowed(self) -> frozenset[str]:
        """The keys of the strings that are still in the base language; empty unless this is a translation."""
        return self._borrowed

    @cached_property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits that change when anything in the content does.

        Neither the order of keys counts nor those left at their default, so that the hash of a file stays as
        it is when a later version of the format learns a new key. A translation has the hash of what it
        translates, so that answers in both languages belong together.
        """
        if self._base:
            return self._base[1]
        content: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]

    def find_faults(self) -> Iterator[Finding]:
        """Yield what must be mended, beyond the form of the file, before it can be used."""
        return iter(())

    def find_remarks(self, *, sound: bool) -> Iterator[Finding]:  # noqa: ARG002  kinds of files have some
        """Yield what does no harm but was hardly meant, and what is good to know.

        Parameters
        ----------
        sound : bool
            Whether the file is without faults, so that one can follow what it names.
        """
        return iter(())
