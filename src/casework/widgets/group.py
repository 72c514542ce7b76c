"""The trainer's bar in a notebook: what a group is led with."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Mapping


class GroupWidget(ActivityWidget):
    """What a trainer leads a group with; it shows nothing to anyone else.

    It holds no right and no secret: the page asks the server, with the trainer's own cookie, for the rooms, their codes
    and links, and leads over a WebSocket of its own. What is here only says what the notebook shows.

    Its traits besides `content` and `state` follow the notebook and can be observed or linked; they cannot be set.
    """

    name = "group"

    agenda: t.List[dict[str, Any]] = t.List(t.Dict(), read_only=True)
    """The notebook's activities in the order of its cells, as a room is given them: `place`, `activity`, `content`,
    `options`, `language`, `content_hash`. Those of cells that run later are added when they run."""
    role = t.Unicode("learner", read_only=True)
    """Whose page it is: ``"trainer"``, ``"owner"`` (a notebook of one's own) or ``"learner"``."""
    room = t.Unicode(None, allow_none=True, read_only=True)
    """The public id of the room that this page leads; None if there is none."""

    @t.observe("state")
    def _follow(self, change: Mapping[str, Any]) -> None:
        state = change["new"]
        self.set_trait("agenda", [stop["item"] for stop in state.get("agenda", ())])
        self.set_trait("role", state.get("role", "learner"))
        self.set_trait("room", state.get("room"))

    def fallback(self) -> str:
        """Return the agenda, and how a group is led with it."""
        words = self.content["words"]
        stops = [escape(f"{words['group.' + stop['item']['activity']]}: {stop['title']}") for stop in self._stops]
        told = [_html.listing(stops)] if stops else []
        return _html.section(words["group.title"], *told, _html.note(words["fallback.group"]))

    @property
    def _stops(self) -> list[dict[str, Any]]:
        stops: list[dict[str, Any]] = self.state["agenda"]
        return stops
