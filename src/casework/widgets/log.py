"""The RSC log in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Literal

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_COLUMNS = ("date", "minutes", "kind", "people", "provider", "credential", "topics", "other", "note")


class LogWidget(ActivityWidget):
    """A learner's log of reflective supervision and consultation, with what was planned and what it adds up to.

    It shows the same log in every workbook.
    """

    name = "log"

    entries = t.List(t.Dict(), read_only=True)
    """The meetings, the latest first: each with `id`, `date` (such as ``"2026-11-21"``), `minutes`, `kind`
    (``"individual"`` or ``"group"``), `people`, `provider`, `credential`, `topics` and `other`."""
    minutes = t.Int(read_only=True)
    """All minutes in the log."""

    @t.observe("state")
    def _follow_state(self, _change: object = None) -> None:
        if "entries" in self.state:
            self.set_trait("entries", [dict(entry) for entry in self.state["entries"]])
            self.set_trait("minutes", self.state["totals"]["all"]["minutes"])

    def to_frame(self) -> pd.DataFrame:
        """Return the meetings as a frame, one row for each, the earliest first.

        Returns
        -------
        pandas.DataFrame
            With the columns `date` (datetime64), `minutes` (whole minutes), `kind` (``"individual"`` or ``"group"``),
            `people` (nullable), `provider`, `credential`, `topics` (their ids, joined by ``"; "``), `other` and `note`.
        """
        import pandas as pd  # noqa: PLC0415  only for those who ask for a frame

        notes = self.state["responses"]
        rows = [
            {
                **entry,
                "topics": "; ".join(entry["topics"]),
                "note": notes.get(f"{entry['id']}/note", {}).get("text", ""),
            }
            for entry in reversed(self.entries)
        ]
        frame = pd.DataFrame(rows, columns=list(_COLUMNS))
        return frame.astype({"date": "datetime64[s]", "minutes": "int64", "people": "Int64"})

    def totals(self, by: Literal["month", "year", "provider", "kind"] = "month") -> pd.DataFrame:
        """Return what the log adds up to, as a frame.

        Parameters
        ----------
        by : {"month", "year", "provider", "kind"}
            What to add up by.

        Returns
        -------
        pandas.DataFrame
            Indexed by `by`. By month: `individual`, `group`, `held`, `planned` and `due`, in minutes; by year:
            `meetings`, `minutes`, `individual`, `group`; by provider: `credential`, `minutes`, `meetings`; by kind:
            `minutes`.

        Raises
        ------
        ValueError
            If `by` is none of these.
        """
        import pandas as pd  # noqa: PLC0415  only for those who ask for a frame

        if by not in _TOTALS:
            known = ", ".join(repr(one) for one in _TOTALS)
            raise ValueError(f"totals() cannot add up by {by!r}; choose one of {known}.")
        columns = _TOTALS[by]
        return pd.DataFrame(_lines(self.state, by), columns=[by, *columns]).set_index(by)

    def fallback(self) -> str:
        """Return what the log holds in two lines, and no more: a log is private."""
        page = self.content
        return _html.section(
            page["words"]["log.title"],
            f"<p>{escape(page['words']['log.lead'])}</p>",
            _html.note(page["words"]["fallback.log"]),
        )


_TOTALS = {
    "month": ("individual", "group", "held", "planned", "due"),
    "year": ("meetings", "minutes", "individual", "group"),
    "provider": ("credential", "minutes", "meetings"),
    "kind": ("minutes",),
}


def _lines(state: Mapping[str, Any], by: str) -> list[dict[str, Any]]:
    totals = state["totals"]
    match by:
        case "month":
            return list(state["months"])
        case "year":
            return [{"year": int(year), **one} for year, one in sorted(totals.items()) if year != "all"]
        case "provider":
            return list(totals["all"]["providers"])
    return [{"kind": kind, "minutes": totals["all"][kind]} for kind in ("individual", "group")]
