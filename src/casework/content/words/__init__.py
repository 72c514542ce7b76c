"""The words of the interface, by key; the words of a case stand in its own files.

Keys name the place where the words appear, not what they say: the activity, a dot, the place. ``{names}`` in
braces are filled in by the page. The English stands in this package, a module for each activity and place;
other languages stand in ``locale/``, as gettext catalogues, which ``make words`` brings up to date.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from casework.content.words.code import CODE
from casework.content.words.frames import FRAMES
from casework.content.words.group import GROUP
from casework.content.words.join import JOIN
from casework.content.words.lab import LAB
from casework.content.words.live import LIVE
from casework.content.words.log import LOG
from casework.content.words.map import MAP
from casework.content.words.observe import OBSERVE
from casework.content.words.page import PAGE
from casework.content.words.print import PRINT
from casework.content.words.reflect import REFLECT
from casework.content.words.report import REPORT
from casework.content.words.reports import REPORTS
from casework.content.words.site import SITE
from casework.content.words.survey import SURVEY
from casework.content.words.taken import TAKEN
from casework.content.words.walk import WALK
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH", "languages", "words"]

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        **PAGE,
        **WALK,
        **REFLECT,
        **OBSERVE,
        **SURVEY,
        **MAP,
        **CODE,
        **LOG,
        **REPORT,
        **REPORTS,
        **FRAMES,
        **PRINT,
        **SITE,
        **LAB,
        **TAKEN,
        **JOIN,
        **LIVE,
        **GROUP,
    }
)
"""The words in English, from which every other language is translated."""

_CATALOGUES = Path(__file__).parents[1] / "locale"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the interface speaks, English first."""
    return ("en", *sorted(path.parts[-3] for path in _CATALOGUES.glob("*/LC_MESSAGES/casework.mo")))


def words(language: str) -> Mapping[str, str]:
    """Find the interface's words in one language.

    Parameters
    ----------
    language : str
        A language code, such as ``"en"``.

    Returns
    -------
    Mapping of str to str
        Sentences by key; it cannot be changed.

    Raises
    ------
    ContentError
        There are no words in this language.

    Examples
    --------
    >>> words("en")["saved.yes"]
    'Saved. {who}'
    >>> words("es")["saved.yes"]
    'Guardado. {who}'
    """
    if language == "en":
        return ENGLISH
    if language in languages():
        return _translated(language)
    known = ", ".join(languages())
    raise ContentError(
        f"The interface has no words in the language {language!r}; it speaks: {known}. Use one of these."
    )


@cache
def _translated(language: str) -> Mapping[str, str]:
    catalogue = gettext.translation("casework", _CATALOGUES, [language])
    return MappingProxyType({key: catalogue.pgettext(key, english) for key, english in ENGLISH.items()})
