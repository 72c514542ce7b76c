"""Which strings of a file are translated, and under which keys: derived from the models, for any kind of file.

A key leads to a string by names that stay when others come in between: ``title``, ``objectives/1``,
``people/child/role``, ``choices/sit-down/opens``, ``moments/at-the-door/beats/6``. Parts of a list are named
by their id, else by their time, else by their position, counted from one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from pydantic import BaseModel

from casework.content.document import Translatable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.content.problem import Place

Models = tuple[type[BaseModel], ...]

_LEFT_OUT = "translated_by", "reviewed_by"


@dataclass(frozen=True)
class SourceString:
    """One string of a file that a translation says in its own language."""

    key: str
    """How translations name it."""
    text: str
    """In the language of the file, without blank space around it."""
    place: Place
    """Where it stands in the file."""
    about: str = ""
    """What it is, for people; a sentence."""
    stays: bool = False
    """Whether it stays as it is where a translation is silent."""


class _Field(NamedTuple):
    mark: Translatable | None
    models: Models
    about: str


def find_strings(kind: type[BaseModel], value: Mapping[str, Any]) -> dict[str, SourceString]:
    """Return what can be translated in a file, by key, in the order of the file.

    Parameters
    ----------
    kind : type
        The model of the file, such as `Case`.
    value : mapping
        What stands in the file. Shared parts that it only names, such as perspectives, are translated
        where they stand.
    """
    strings: dict[str, SourceString] = {}
    for string in _strings((kind,), value, "", ()):
        strings.setdefault(string.key, string)
    return strings


def _strings(models: Models, value: Mapping[str, Any], above: str, place: Place) -> Iterator[SourceString]:
    """Yield the strings of a part and of all that it holds."""
    fields = _fields(models)
    for name, content in value.items():
        if name in fields and name not in _LEFT_OUT:
            field = fields[name]
            yield from _under(field, content, _join(above, name, field.mark), (*place, name))


def _under(field: _Field, content: object, key: str, place: Place) -> Iterator[SourceString]:
    if isinstance(content, list):
        for index, each in enumerate(content):
            yield from _under(field, each, f"{key}/{_name(each, index)}", (*place, index))
    elif isinstance(content, dict) and field.models:
        yield from _strings(field.models, content, key, place)
    elif isinstance(content, str) and field.mark and not field.models and content.strip():
        yield SourceString(key, content.strip(), place, field.about, field.mark.stays)


def _join(above: str, name: str, mark: Translatable | None) -> str:
    if mark and mark.at == ".":
        return above
    if mark and mark.at.startswith("./"):
        return f"{above}/{mark.at.removeprefix('./')}"
    if mark and mark.at:
        return mark.at.removeprefix("/")
    return f"{above}/{name}" if above else name


def _name(part: object, index: int) -> str:
    if isinstance(part, dict):
        for key in ("id", "at"):
            if isinstance(found := part.get(key), str | int | float):
                return found if isinstance(found, str) else f"{found:g}"
    return str(index + 1)


@cache
def _fields(models: Models) -> dict[str, _Field]:
    """Return the fields of some models by key."""
    fields: dict[str, _Field] = {}
    for model in models:
        hints = get_type_hints(model, include_extras=True)
        for name, field in model.model_fields.items():
            hint, about = hints[name], field.description or ""
            fields.setdefault(field.alias or name, _Field(_mark(hint), _inner_models(hint), about))
    return fields


def _mark(annotation: object) -> Translatable | None:
    """Return the outermost mark within an annotation."""
    for each in getattr(annotation, "__metadata__", ()):
        if isinstance(each, Translatable):
            return each
    return next((mark for part in get_args(annotation) if (mark := _mark(part))), None)


def _inner_models(annotation: object) -> Models:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for part in get_args(annotation) for model in _inner_models(part))
