"""A learner's own pages of a session: what they wrote and did in it, as one file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casework.activity.walk import Reflect
from casework.content.words import words

if TYPE_CHECKING:
    from casework.live.room import Room
    from casework.live.state import RoomState


def own_pages_of(room: Room, state: RoomState, learner: str) -> str:
    """Return one's own pages, in the language in which one takes part."""
    from casework.report.pages import chapters, own_pages  # noqa: PLC0415  only when someone takes them along

    member = state.members[learner]
    said = words(member.language)
    found, seen = [], set()
    title = said["site.own_title"]
    for item in state.led.agenda:
        playable = room.resolve(item, member.language)
        rules = playable.rules.walk if isinstance(playable.rules, Reflect) else playable.rules
        own = member.states.get(rules.about)
        if own is not None and rules.about not in seen:
            found += chapters(rules, own, said)
            seen.add(rules.about)
        if item is state.led.agenda[0]:
            title = playable.title
    return own_pages(title, found, said, member.language, datetime.now(UTC))
