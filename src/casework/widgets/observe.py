"""The observation checklist in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

COLUMNS = ("item", "text", "kind", "beat", "seconds", "until_beat", "until", "value", "note")
"""The columns of `ObserveWidget.to_frame`."""


class ObserveWidget(ActivityWidget):
    """Something to observe, and a checklist of what to look for in it: a moment in beats, a recording, or life."""

    name = "observe"

    marks = t.List(t.Dict(), read_only=True)
    """What is marked now, in the order of marking; for `observe` and `link`."""
    finished = t.Bool(read_only=True)
    """Whether the observation is finished; it may be reopened."""

    @t.observe("state")
    def _on_state(self, change: Any) -> None:  # noqa: ANN401  traitlets' own
        self.set_trait("marks", list(change["new"].get("marks", ())))
        self.set_trait("finished", bool(change["new"].get("finished", False)))

    def to_frame(self) -> pd.DataFrame:
        """Return what was marked, answered, rated and noted, a row for each.

        Returns
        -------
        pandas.DataFrame
            With the columns ``item`` (its id; None for a note), ``text`` (its words), ``kind`` (``point``, ``state``,
            ``interval``, ``rating`` or ``note``), ``beat`` (counted from 0; missing where there are none), ``seconds``
            (since the beginning), ``until_beat`` and ``until`` (where a state ended; missing while it lasts), ``value``
            (for an interval 1 is yes and 0 is no; for a rating the number) and ``note`` (what was written).
        """
        import pandas as pd  # noqa: PLC0415  only for those who want a table

        frame = pd.DataFrame(list(self._rows()), columns=list(COLUMNS))
        whole = dict.fromkeys(("beat", "until_beat", "value"), "Int64")
        return frame.astype({**whole, "seconds": "Float64", "until": "Float64"})

    def _rows(self) -> Iterator[dict[str, Any]]:
        items = {item["id"]: item for item in self.content["checklist"]["items"]}
        for mark in self.state["marks"]:
            ends = {"until_beat": mark["untilBeat"], "until": self._second(mark["untilBeat"], mark["until"])}
            yield self._row(items[mark["item"]], mark["beat"], mark["seconds"]) | ends
        for name, answers in self.state["answers"].items():
            for number, seen in sorted(answers.items(), key=lambda one: int(one[0])):
                at = (int(number), None) if self._beats else (None, float(int(number) * items[name]["seconds"]))
                yield self._row(items[name], *at) | {"value": int(seen)}
        for name, value in self.state["ratings"].items():
            yield self._row(items[name]) | {"value": value}
        for cell, told in self.state["responses"].items():
            what, _, number = cell.rstrip("/").partition("-")
            at = (int(number), None) if what == "beat" else (None, float(number))
            yield self._row({"id": None, "text": None, "kind": "note"}, *at) | {"note": told["text"]}

    def _row(self, item: dict[str, Any], beat: int | None = None, seconds: float | None = None) -> dict[str, Any]:
        told = {"item": item["id"], "text": item["text"], "kind": item["kind"]}
        return dict.fromkeys(COLUMNS) | told | {"beat": beat, "seconds": self._second(beat, seconds)}

    @property
    def _beats(self) -> list[dict[str, Any]]:
        beats: list[dict[str, Any]] = self.content["moment"]["beats"]
        return beats

    def _second(self, beat: int | None, seconds: float | None) -> float | None:
        return self._beats[beat]["at"] if beat is not None and seconds is None else seconds

    def fallback(self) -> str:
        """Return what is observed, what may come close in it, and the checklist with its definitions."""
        page = self.content
        items = (
            f"<strong>{escape(item['text'])}</strong> {escape(item['definition'])}"
            for item in page["checklist"]["items"]
        )
        moment, media = page["moment"], page["moment"]["media"]
        parts = [moment["introduction"], moment["contentNote"], *([media["transcript"]] if media else [])]
        said = "fallback.observe" if page["ground"] == "beats" else f"fallback.observe_{page['ground']}"
        return _html.section(
            f"{moment['title']}: {page['checklist']['title']}",
            *parts,
            _html.listing(items),
            _html.note(page["words"][said]),
        )
