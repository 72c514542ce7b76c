"""How one's seeing changed, drawn on demand, and one's own pages to keep."""

from __future__ import annotations

from casework.widgets import _html
from casework.widgets._base import ActivityWidget


class ReportWidget(ActivityWidget):
    """What someone wrote, before and after; nothing is drawn until it is asked for."""

    name = "report"

    def fallback(self) -> str:
        """Return a sentence about what will be here."""
        return _html.section(self.content["title"], _html.note(self.content["words"]["fallback.report"]))
