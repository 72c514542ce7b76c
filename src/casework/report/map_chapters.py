"""The relationship map in one's own pages: the drawing, each tie in words, and what differs from the first round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.map_drawing import draw_svg, picture_address
from casework.activity.map_view import drawing, heading, names_of, pair_name, quality_name, round_name, set_beside
from casework.report.chapter import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.map import Map, MapState


def map_chapters(rules: Map, state: MapState, words: Mapping[str, str]) -> list[Chapter]:
    """Return the map that one drew, with one's notes; nothing while nothing is drawn."""
    if not rules.events(state):
        return []
    shown = drawing(rules, state)
    names = names_of(shown)
    entries = [
        (pair_name(tie, names, words), "\n".join(filter(None, (quality_name(tie, words), tie["note"].strip()))))
        for tie in shown["ties"]
    ]
    if (beside := set_beside(rules, state)) is not None:
        entries.append((words["map.differs"], "\n".join(beside["differs"])))
    under = round_name(rules)
    title = " · ".join(filter(None, (heading(rules), under)))
    picture = picture_address(draw_svg(shown, heading(rules), under, words))
    return [Chapter(words["map.pages"].format(title=title), tuple(entries), picture, " ".join(shown["told"]))]
