"""A learner's own pages of a session: what they wrote and did in it and in those before it, as one file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casework.activity.rules import fold
from casework.activity.walk import Reflect
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.activity.rules import Rules
    from casework.live.agenda import Playable
    from casework.live.earlier import Earlier
    from casework.live.room import Room
    from casework.live.state import RoomState
    from casework.report.chapter import Chapter


def own_pages_of(room: Room, state: RoomState, learner: str, earlier: Earlier | None = None) -> str:
    """Return one's own pages, in the language in which one takes part.

    Parameters
    ----------
    room : Room
        The rules of the room.
    state : RoomState
        The room as it is.
    learner : str
        Whose pages.
    earlier : Earlier, optional
        What they did in the sessions that this one goes on from.
    """
    from casework.report.pages import chapters, own_pages  # noqa: PLC0415  only when someone takes them along

    member = state.members[learner]
    said = words(member.language)
    found, seen = [], set()
    title = said["site.own_title"]
    for item in state.led.agenda:
        playable = room.resolve(item, member.language)
        rules = _whole(room.rules_of(state, learner, playable))
        if rules.about not in seen:
            seen.add(rules.about)
            own = member.states.get(rules.about)
            found += chapters(rules, own, said) if own is not None else []
            found += _before(playable, earlier, said, member.language) if earlier else []
        if item is state.led.agenda[0]:
            title = playable.title
    return own_pages(title, found, said, member.language, datetime.now(UTC))


def _whole(rules: Rules[Any]) -> Rules[Any]:
    return rules.walk if isinstance(rules, Reflect) else rules


def _before(playable: Playable, earlier: Earlier, said: Mapping[str, str], language: str) -> Iterator[Chapter]:
    """Yield what one left in an activity in earlier sessions, the latest first, each with its day."""
    from babel.dates import format_date  # noqa: PLC0415  only when someone takes their pages along

    from casework.report.pages import chapters  # noqa: PLC0415  as above

    rules = _whole(playable.rules)
    for session in reversed(earlier.sessions):
        events = session.get(rules.about, ())
        for chapter in chapters(rules, fold(rules, events), said) if events else ():
            day = format_date(events[-1].at, "long", locale=language)
            yield replace(chapter, title=said["pages.earlier"].format(title=chapter.title, date=day))
