"""The observation checklist in a notebook."""

from __future__ import annotations

from html import escape

from casework.widgets import _html
from casework.widgets._base import STATIC, ActivityWidget


class ObserveWidget(ActivityWidget):
    """A moment told in beats, and a checklist of what to look for in it."""

    name = "observe"
    _esm = STATIC / "observe.js"

    def fallback(self) -> str:
        """Return the checklist with its definitions."""
        page = self.content
        items = (
            f"<strong>{escape(item['text'])}</strong> {escape(item['definition'])}"
            for item in page["checklist"]["items"]
        )
        return _html.section(
            f"{page['moment']['title']}: {page['checklist']['title']}",
            page["moment"]["introduction"],
            _html.listing(items),
            _html.note(page["words"]["fallback.observe"]),
        )
