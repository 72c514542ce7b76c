"""Leading a group from a notebook: what its cells show is the agenda, in their order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from casework.session.notes import trainer_notes
from casework.widgets.group import GroupWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.rules import Rules
    from casework.store import Run


class Agenda:
    """The activities that a notebook shows, in the order of its cells, and the bars that show it.

    Parameters
    ----------
    language : str
        The notebook's.
    role : str
        Whose page it is: ``"trainer"``, ``"owner"`` or ``"learner"``.
    room : Run or None
        The group's run that the page leads.
    workbook : str
        The workbook's id.
    """

    def __init__(self, language: str, role: str, room: Run | None, workbook: str) -> None:
        self._language, self._role, self._room, self._workbook = language, role, room, workbook
        self._stops: dict[str, dict[str, Any]] = {}
        self._bars: list[GroupWidget] = []

    def add(self, kind: str, content: Mapping[str, Any], plays: Mapping[str, Any], rules: Rules[Any]) -> None:
        """Add an activity; one that is there already, since its cell ran again, stays where it was.

        Parameters
        ----------
        kind : str
            The activity's name.
        content : Mapping[str, Any]
            What its page is given, with its key.
        plays : Mapping[str, Any]
            The ids of its `content`, and the `options` that the notebook gives, as `casework.live.agenda` reads them.
        rules : Rules
            What it goes by; they know the version of the content, and what it says to whoever leads.
        """
        item = {"place": content["key"], "activity": kind, "language": self._language}
        item |= {"content_hash": rules.content_hash}
        item |= {"content": plays["content"], "options": dict(plays.get("options", {}))}
        title = content.get("heading") or content["title"]
        self._stops[item["place"]] = {"item": item, "title": title, "notes": trainer_notes(rules)}
        for bar in self._bars:
            bar.state = self._state()

    def bar(self, content: Mapping[str, Any]) -> GroupWidget:
        """Return a trainer's bar that shows this agenda, and follows it."""
        bar = GroupWidget(content, self._state())
        self._bars.append(bar)
        return bar

    def _state(self) -> dict[str, Any]:
        stops = list(self._stops.values()) if self._role != "learner" else []
        state = {"role": self._role, "room": self._room.id if self._room else None, "agenda": stops}
        pages = os.environ.get("CASEWORK_PAGES")
        if pages and self._role == "owner":
            state["rehearse"] = f"{pages}rehearse?workbook={quote(self._workbook)}"
        return state
