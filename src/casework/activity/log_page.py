"""What the page of a log is given and never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.log_intents import EARLIEST, MOST_MINUTES
from casework.activity.log_state import TOPICS
from casework.content.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.content import Targets


def log_page(files: Mapping[str, Targets], language: str, suggested: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page of a log is given, as JSON.

    Parameters
    ----------
    files : Mapping[str, Targets]
        The files of targets that are offered, by id.
    language : str
        The page's language.
    suggested : Mapping[str, Any]
        What the form for a series begins with.
    """
    return {
        "topics": list(TOPICS),
        "earliest": EARLIEST.isoformat(),
        "mostMinutes": MOST_MINUTES,
        "suggested": dict(suggested),
        "targets": [_file(targets, language) for targets in files.values()],
    }


def _file(targets: Targets, language: str) -> dict[str, Any]:
    return {
        "id": targets.id,
        "title": targets.title,
        "summary": to_plain(targets.summary),
        "language": targets.base_language if targets.borrowed else language,
        "targets": [
            {"key": f"{targets.id}/{target.id}", "text": target.text, "hours": target.hours}
            for target in targets.targets
        ],
    }
