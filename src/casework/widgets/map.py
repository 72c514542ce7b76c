"""The relationship map in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import traitlets as t

from casework.activity.map_drawing import draw_svg, picture_address
from casework.activity.map_view import names_of, pair_name, quality_name
from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


class MapWidget(ActivityWidget):
    """All the relationships around one child, to draw on."""

    name = "map"

    people = t.Tuple(read_only=True)
    """The names of those on the map, the child first."""
    ties = t.Tuple(read_only=True)
    """Each tie as two names and the id of its quality: None where nobody has said one."""
    finished = t.Bool(read_only=True)
    """Whether the learner has finished this round."""

    @t.observe("state")
    def _on_state(self, change: Mapping[str, Any]) -> None:
        """Derive the traits that a notebook may observe."""
        names = names_of(change["new"])
        ties = tuple((names[tie["one"]], names[tie["other"]], tie["quality"]) for tie in change["new"]["ties"])
        self.set_trait("people", tuple(names.values()))
        self.set_trait("ties", ties)
        self.set_trait("finished", change["new"]["finished"])

    def to_frame(self) -> pd.DataFrame:
        """Return the map as a table, one row for each tie.

        Returns
        -------
        pandas.DataFrame
            ``between`` (the two, in words), ``one`` and ``other`` (their names), ``quality`` (``"close"``,
            ``"strained"``, ``"both"``, ``"distant"``, ``"unknown"``, or None where nobody has said one),
            ``given`` (what the file says about it), ``note`` (the learner's words) and ``round``.
        """
        import pandas as pd  # noqa: PLC0415  for those who ask for a table

        columns = ["between", "one", "other", "quality", "given", "note", "round"]
        names = names_of(self.state)
        rows = [
            {
                "between": pair_name(tie, names, self.content["words"]),
                "one": names[tie["one"]],
                "other": names[tie["other"]],
                **{key: tie[key] for key in ("quality", "given", "note")},
                "round": self.content["round"],
            }
            for tie in self.state["ties"]
        ]
        return pd.DataFrame(rows, columns=columns)

    def compare(self) -> pd.DataFrame:
        """Return this round beside the first, one row for each tie of either.

        Returns
        -------
        pandas.DataFrame
            ``between`` (the two, in words), ``before`` and ``after``: the ids of the qualities, ``"given"``
            where nobody said anything about a tie, None where there is none. Empty while there is no
            first round.
        """
        import pandas as pd  # noqa: PLC0415  for those who ask for a table

        beside = self.state["beside"]
        return pd.DataFrame(beside["rows"] if beside else [], columns=["between", "before", "after"])

    def fallback(self) -> str:
        """Return the drawing as a picture, and each tie in words."""
        page, words = self.content, self.content["words"]
        svg = draw_svg(self.state, page["heading"], page["eyebrow"], words)
        names = names_of(self.state)
        roles = (
            f"<strong>{escape(one['name'])}</strong> {escape(one['role'] or words['map.yours'])}"
            for one in self.state["people"]
        )
        said = " ".join(self.state["told"])
        return _html.section(
            " · ".join(filter(None, (page["heading"], page["eyebrow"]))),
            f'<p><img src="{picture_address(svg)}" alt="{escape(said, quote=True)}" width="760"></p>',
            _html.listing(roles),
            _table((_row(tie, names, words) for tie in self.state["ties"]), words),
            _html.note(words["fallback.map"]),
        )


def _row(tie: Mapping[str, Any], names: Mapping[str, str], words: Mapping[str, str]) -> tuple[str, ...]:
    told = " ".join(filter(None, (tie["given"], tie["note"].strip())))
    return pair_name(tie, names, words), quality_name(tie, words), told


def _table(rows: Any, words: Mapping[str, str]) -> str:  # noqa: ANN401  rows of three
    head = "".join(
        f"<th>{escape(words[key])}</th>" for key in ("map.table_pair", "map.table_quality", "map.table_note")
    )
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""
