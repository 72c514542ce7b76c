"""An RSC log among one's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.log import Log
from casework.report.chapter import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.log_state import LogState, Meeting


def log_chapters(_rules: Log, state: LogState, words: Mapping[str, str]) -> list[Chapter]:
    """Return one's meetings, the earliest first, with one's notes: one's own pages are one's own."""
    entries = tuple((_when(meeting, words), _what(state, meeting, words)) for meeting in reversed(state.held()))
    return [Chapter(words["log.title"], entries)] if entries else []


def _when(meeting: Meeting, words: Mapping[str, str]) -> str:
    length = words["log.event_length"].format(minutes=meeting.minutes)
    return f"{meeting.date.isoformat()}, {length}, {words[f'log.{meeting.kind}'].lower()}"


def _what(state: LogState, meeting: Meeting, words: Mapping[str, str]) -> str:
    who = ", ".join(filter(None, (meeting.provider, meeting.credential)))
    topics = "; ".join([*(words[f"log.topic.{topic}"] for topic in meeting.topics), *filter(None, [meeting.other])])
    return "\n".join(filter(None, (who, topics, state.note(meeting.id)))) or words["log.no_provider"]


CHAPTERS = {Log: log_chapters}
"""Whose chapters these are."""
