"""Which language our own pages speak."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from casework.content.words import languages, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = "site."


def site_words(language: str) -> Mapping[str, str]:
    """Return what our pages say in a language; in English for a language they do not speak."""
    return _site_words(_known(language) or "en")


@cache
def _site_words(language: str) -> Mapping[str, str]:
    said = words(language)
    return MappingProxyType({key.removeprefix(_OURS): said[key] for key in said if key.startswith(_OURS)})


def open_words(language: str) -> str:
    """Return the words on the button that opens a workbook, in the workbook's own language."""
    known = _known(language)
    return words(known)["site.open"] if known else language


def choose_language(accept: str) -> str:
    """Return the language of ours that a browser's ``Accept-Language`` prefers, or English."""
    for part in sorted(accept.split(","), key=_weight, reverse=True):
        if known := _known(part.split(";")[0].strip()):
            return known
    return "en"


def _known(language: str) -> str | None:
    code = language.split("-", maxsplit=1)[0].lower()
    return code if code in languages() else None


def _weight(part: str) -> float:
    try:
        return float(part.partition(";q=")[2] or 1)
    except ValueError:
        return 0
