"""The event: one thing that one person did, as it is stored and folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one person did.

    Parameters
    ----------
    id : str
        Made by the page that sent it, so that a repeat is the same event.
    kind : str
        What was done: the `do` of the intent (``"write"``, ``"choose"``, ``"mark"``, ...).
    about : str
        The content it concerns: a case's id, or case, moment and checklist joined by ``/``.
    body : Mapping[str, Any]
        The intent's other fields, as JSON.
    at : datetime
        When it was accepted, UTC.
    share : str
        The widest audience that may see it; ``"private"`` until its author says otherwise.
    content_hash : str
        Which version of the content it answered.
    """

    id: str
    kind: str
    about: str
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)
    share: str = "private"
    content_hash: str = ""


def place_of(event: Event) -> str | None:
    """Return what tells the place of some words from every other, or None for what is no words.

    Of all that was ever written in one place, what stands there now needs only the first and the last. Empty words
    have a place beside the others, since taking words out is not always the same as never having written any.
    """
    if event.kind != "write":
        return None
    blank = not str(event.body.get("text", "")).strip()
    return "\n".join(
        (event.about, str(event.body.get("prompt")), str(event.body.get("perspective")), "empty" if blank else "words")
    )
