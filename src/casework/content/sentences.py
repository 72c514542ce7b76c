"""What a validation says, in words for the person who wrote the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from casework.content.nearest import nearest, offer, suggest
from casework.content.problem import Finding, Place, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_MANY = 200
_ID_RULE = "use small letters, digits and single hyphens, and begin with a letter"


def translate(error: ValidationError, kind: type[BaseModel]) -> Iterator[Finding]:
    """Yield a finding for each thing that a validation found wrong in a file of a kind."""
    details = error.errors(include_url=False)
    misspelt = {
        (*detail["loc"][:-1], _meant(detail, kind)) for detail in details[:_MANY] if detail["type"] == "extra_forbidden"
    }
    for detail in details:
        if not _follows(detail, misspelt, details):
            message, remedy = _SENTENCES.get(detail["type"], _anything_else)(detail, kind)
            yield Finding(detail["loc"], message, remedy)


def _follows(detail: ErrorDetails, misspelt: Collection[Place], details: Collection[ErrorDetails]) -> bool:
    """Return whether something is wrong only because something else is, which is told by itself."""
    if detail["type"] == "missing":
        return detail["loc"] in misspelt
    if detail["type"] == "too_short":  # pydantic counts the entries that are in order
        return bool(len(detail["input"]) >= detail["ctx"]["min_length"])
    if detail["type"] == "unknown_perspective":
        return any(other["loc"] == ("language",) for other in details)
    return False


def _meant(detail: ErrorDetails, kind: type[BaseModel]) -> str:
    return nearest(str(detail["loc"][-1]), _fields(_model_at(kind, detail["loc"][:-1]))) or ""


def _missing(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
    model, key = _model_at(kind, detail["loc"][:-1]), str(detail["loc"][-1])
    purpose = _fields(model)[key].description or ""
    return f"the key '{key}' is missing", f"add it: {as_clause(purpose)}"


def _unknown_key(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
    model = _model_at(kind, detail["loc"][:-1])
    known = list(_fields(model))
    return f"the key {quote(str(detail['loc'][-1]))} is not known here", suggest(str(detail["loc"][-1]), known)


def _no_text(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
    found = detail["input"]
    if found is None:
        return _empty(detail, kind)
    remedies: dict[type, str] = {
        dict: "put the text in quotes, for YAML takes its colon for a key's",
        list: "write one text without dashes or brackets",
    }
    return _misfit(detail, "text"), remedies.get(type(found), "put it in quotes")


def _expect(what: str, remedy: str) -> Callable[[ErrorDetails, type[BaseModel]], tuple[str, str]]:
    def sentences(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
        return _empty(detail, kind) if detail["input"] is None else (_misfit(detail, what), remedy)

    return sentences


def _no_keys(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
    if detail["input"] is None:
        return _empty(detail, kind)
    keys = ", ".join(name for name, field in _fields(_model_at(kind, detail["loc"])).items() if field.is_required())
    remedy = f"write its keys below it: {keys}" if keys else "write its keys below it"
    return f"{_name(detail)} should have keys of its own, but {_found(detail['input'])} stands there", remedy


def _too_few(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    least, found = detail["ctx"]["min_length"], detail["ctx"]["actual_length"]
    needed = "at least one entry" if least == 1 else f"at least {least} entries"
    return f"{_name(detail)} needs {needed}, but has {found or 'none'}", "add what is missing"


def _too_many(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    return f"{_name(detail)} has more than {detail['ctx']['max_length']} entries", "take some out"


def _too_short(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
    if detail["loc"][-1] == "alt":
        return "there is no alternative text ('alt' is empty)", "say in a sentence what it shows"
    return _empty(detail, kind)


def _too_long(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    return f"{_name(detail)} is longer than {detail['ctx']['max_length']} characters", "shorten it"


def _out_of_range(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    context = detail["ctx"]
    bounds = {"ge": "at least", "gt": "more than", "le": "at most"}
    bound = next(f"{said} {context[key]:g}" for key, said in bounds.items() if key in context)
    return f"{_name(detail)} is {_found(detail['input'])}", f"write a number of {bound}"


def _bad_pattern(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    key = _last_key(detail)
    if key == "language":
        return f"{_found(detail['input'])} is no language code", "write a code such as en, es or es-MX"
    if key == "url":
        return f"{_found(detail['input'])} is no address", "write it in full, with https:// in front"
    if str(detail["ctx"]["pattern"]).startswith("^#"):
        return f"{_found(detail['input'])} is no color", 'write it as "#0b6e6e", with the quotation marks'
    if key == "key":
        return (
            f"the key {_found(detail['input'])} is not one small letter or digit",
            "choose one, such as a or 1",
        )
    return f"{_found(detail['input'])} cannot be an id", _ID_RULE


def _not_one_of(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    if detail["loc"] == ("schema",):
        return (
            f"{_name(detail)} is {_found(detail['input'])}, which this version does not know",
            "write schema: 1",
        )
    offered = [part.strip("'") for part in str(detail["ctx"]["expected"]).replace(" or ", ", ").split(", ")]
    found = detail["input"]
    return f"{_name(detail)} cannot be {_found(found)}", offer(offered)


def _unknown_perspective(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    remedy = suggest(
        detail["input"],
        detail["ctx"]["known"],
        otherwise="describe it here in full, with id, name and question",
    )
    return f"no perspective is called {quote(detail['input'])}", remedy


def _anything_else(detail: ErrorDetails, _kind: type[BaseModel]) -> tuple[str, str]:
    return f"{_name(detail)} cannot be {_found(detail['input'])}", "write something else"


_WHOLE = _expect("a whole number", "write it in digits, without quotes")
_NUMBER = _expect("a number", "write it in digits, without quotes")
_LIST = _expect("a list", "begin each entry on a line of its own with a dash")
_SENTENCES: dict[str, Callable[[ErrorDetails, type[BaseModel]], tuple[str, str]]] = {
    "bool_type": _expect("true or false", "write true, or take the key out"),
    "extra_forbidden": _unknown_key,
    "finite_number": _NUMBER,
    "float_type": _NUMBER,
    "greater_than_equal": _out_of_range,
    "int_type": _WHOLE,
    "less_than_equal": _out_of_range,
    "literal_error": _not_one_of,
    "missing": _missing,
    "model_type": _no_keys,
    "greater_than": _out_of_range,
    "no_date": _expect("a day", "write it as 2026-11-21"),
    "string_pattern_mismatch": _bad_pattern,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "string_type": _no_text,
    "too_long": _too_many,
    "too_short": _too_few,
    "tuple_type": _LIST,
    "unknown_perspective": _unknown_perspective,
}


def _empty(detail: ErrorDetails, kind: type[BaseModel]) -> tuple[str, str]:
    key = detail["loc"][-1]
    needed = isinstance(key, str) and _fields(_model_at(kind, detail["loc"][:-1]))[key].is_required()
    return f"{_name(detail)} is empty", "write something there" + ("" if needed else ", or take it out")


def _misfit(detail: ErrorDetails, expected: str) -> str:
    return f"{_name(detail)} should be {expected}, but {_found(detail['input'])} stands there"


def _name(detail: ErrorDetails) -> str:
    """Name a value by its key: ``'title'``, or ``entry 2 of 'objectives'``."""
    last = detail["loc"][-1]
    return f"entry {last + 1} of '{_last_key(detail)}'" if isinstance(last, int) else f"'{last}'"


def _last_key(detail: ErrorDetails) -> str:
    return next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "")


def _found(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {str(value)[:40]}"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict | list):
        return "a group of keys" if isinstance(value, dict) else "a list"
    return "nothing"


def as_clause(purpose: str) -> str:
    """Turn a field's description into the end of a sentence."""
    clause = purpose.split(";", maxsplit=1)[0].split(" (", maxsplit=1)[0].rstrip(".").replace("`", "")
    return clause[:1].lower() + clause[1:]


def _model_at(kind: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model that holds the value at a path."""
    for key in path:
        if isinstance(key, str) and key in (fields := _fields(kind)):
            kind = _inner_model(fields[key].annotation) or kind
    return kind


def _inner_model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401  any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _inner_model(part))), None)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}
