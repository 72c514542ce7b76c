"""The vignette walkthrough in a notebook."""

from __future__ import annotations

from html import escape

from casework.widgets import _html
from casework.widgets._base import STATIC, ActivityWidget


class WalkWidget(ActivityWidget):
    """A walk through a case: scenes, pauses to write, choices, ends."""

    name = "walk"
    _esm = STATIC / "walk.js"

    def fallback(self) -> str:
        """Return the content note, the people and the first scene."""
        page, words = self.content, self.content["words"]
        people = (f"<strong>{escape(one['name'])}</strong>, {escape(one['role'])}" for one in page["people"])
        first = page["scenes"][page["first"]]
        return _html.section(
            page["title"],
            page["summary"],
            page["contentNote"],
            _html.listing(people),
            f"<blockquote>{first['html']}</blockquote>",
            _html.note(words["fallback.walk"].format(scenes=len(page["scenes"]))),
        )
