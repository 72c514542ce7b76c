"""What the front end of every activity is given beside its content, whether a kernel or a room gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.page import PROTOCOL
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE_WORDS = ("deal", "fallback", "page", "saved", "share", "who", "write")
"""The interface's words that every activity's page needs; each needs those of its own name, too."""


def dress(  # noqa: PLR0913  what every page is told
    activity: str, place: str, run: str, language: str, *, theme: Mapping[str, str], durable: bool = True
) -> dict[str, Any]:
    """Return what a page of an activity is given beside its content, as JSON.

    Parameters
    ----------
    activity : str
        The activity's name.
    place : str
        Tells it from all others in this run.
    run : str
        The run's id.
    language : str
        Which language the page speaks.
    theme : Mapping[str, str]
        The folder's own colors.
    durable : bool
        Whether drafts may stay on the device; not on a shared computer.
    """
    said = words(language)
    return {
        "protocol": PROTOCOL,
        "activity": activity,
        "key": place,
        "run": run,
        "language": language,
        "words": {key: text for key, text in said.items() if key.partition(".")[0] in {*_PAGE_WORDS, activity}},
        "who": said["who.private"],
        "theme": dict(theme),
        "durable": durable,
    }
