"""Thematic coding in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Literal

import traitlets as t

from casework.activity.code_table import COLUMNS, coded_rows, handed_on
from casework.activity.code_texts import Answers
from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

THEMES = ("code", "name", "definition", "answers", "excerpts", "people")


class CodeWidget(ActivityWidget):
    """Answers to read, and a codebook beside them: one marks words and says what they carry."""

    name = "code"

    answers = Answers(())
    """What is coded."""
    codes = t.Tuple(read_only=True)
    """The names of the codes that stand, in the order of the codebook; for `observe` and `link`."""
    excerpts = t.Tuple(read_only=True)
    """Each excerpt as its answer's id, where it begins and ends, and the ids of its codes."""
    read = t.Int(read_only=True)
    """How many answers carry a code, or were read and carry none."""

    @t.observe("state")
    def _follow(self, change: Mapping[str, Any]) -> None:
        state = change["new"]
        if "codes" not in state:
            return
        told = (
            (answer, one["start"], one["end"], tuple(one["codes"]))
            for answer, passages in state["excerpts"].items()
            for one in passages
        )
        self.set_trait("codes", tuple(one["name"] for one in state["codes"]))
        self.set_trait("excerpts", tuple(told))
        self.set_trait("read", len({*state["excerpts"], *state["nothing"]}))

    def to_frame(self) -> pd.DataFrame:
        """Return the coding as a table, one row for each excerpt and code.

        Returns
        -------
        pandas.DataFrame
            ``answer`` (its id), ``number`` (its place among the answers, from 1), ``person`` (the pseudonym of who
            wrote it; empty where nobody knows), ``code`` and ``name``, ``text`` (the words), ``start`` and ``end``
            (in characters of the answer), ``memo``, ``coder`` and ``excerpt`` (its id).
        """
        import pandas as pd  # noqa: PLC0415  for those who ask for a table

        rows = list(coded_rows(self.state, self.answers, self.content["coder"]))
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"number": int, "start": int, "end": int})

    def themes(self) -> pd.DataFrame:
        """Return the codes with what carries them, in the order of the codebook.

        Returns
        -------
        pandas.DataFrame
            ``code`` (its id), ``name``, ``definition``, ``answers`` and ``excerpts`` (how many), and ``people``: how
            many different ones wrote those answers; missing where not all are known, and where there are fewer than the
            floor.
        """
        import pandas as pd  # noqa: PLC0415  for those who ask for a table

        return pd.DataFrame(self.state["codes"], columns=list(THEMES)).astype({"people": "Int64"})

    def co_occurrence(self, by: Literal["answers", "overlapping"] = "answers") -> pd.DataFrame:
        """Return in how many answers two codes come together, as a table of codes by codes.

        Parameters
        ----------
        by : {"answers", "overlapping"}
            Whether the same answer is enough, or their excerpts share words.

        Returns
        -------
        pandas.DataFrame
            Indexed by the codes' names, with a column for each. On the diagonal: in how many answers a code is.

        Raises
        ------
        ValueError
            If `by` is neither.
        """
        import pandas as pd  # noqa: PLC0415  for those who ask for a table

        if by not in {"answers", "overlapping"}:
            raise ValueError(f"co_occurrence() cannot count by {by!r}; write 'answers' or 'overlapping'.")
        names = {one["code"]: one["name"] for one in self.state["codes"]}
        index = pd.Index(list(names.values()), name="code")
        table = pd.DataFrame(0, index=index, columns=list(names.values()))
        for one in self.state["codes"]:
            table.loc[one["name"], one["name"]] = one["answers"]
        for pair in self.state["together"]:
            one, other = names[pair["one"]], names[pair["other"]]
            table.loc[one, other] = table.loc[other, one] = pair[by]
        return table

    def quotations(self, code: str | None = None, *, to: Literal["me", "group"] = "me") -> pd.DataFrame:
        """Return the words that carry a code.

        Parameters
        ----------
        code : str, optional
            The id or the name of a code; all codes, if not given.
        to : {"me", "group"}
            Who is to read them. The group is given only words that were shared with it and shown to it; whoever holds
            this notebook, all that they may read here.

        Returns
        -------
        pandas.DataFrame
            ``code``, ``name``, ``text``, ``answer`` and ``number``, in the order of the answers.

        Raises
        ------
        ValueError
            If there is no such code, or nobody like `to`.
        """
        if to not in {"me", "group"}:
            raise ValueError(f"quotations() cannot be for {to!r}; write 'me' or 'group'.")
        frame = self.to_frame()[["code", "name", "text", "answer", "number"]]
        if code is not None:
            self._check_code(code)
            frame = frame[(frame["code"] == code) | (frame["name"] == code)]
        if to == "group":
            given = {one.id for one in self.answers.all if one.openness == "group"}
            frame = frame[frame["answer"].isin(given)]
        return frame.reset_index(drop=True)

    def _check_code(self, code: str) -> None:
        known = {key for one in self.state["codes"] for key in (one["code"], one["name"])}
        if code not in known:
            names = ", ".join(repr(name) for name in self.codes)
            raise ValueError(f"quotations() knows no code {code!r}; the codebook has {names}.")

    def coding(self) -> dict[str, Any]:
        """Return the coding as it is handed on, to be laid beside others': places and codes, and no answer."""
        return handed_on(self.state, self.content["codebook"], self.content["coder"])

    def fallback(self) -> str:
        """Return the codes with what they stand for, and how many answers there are; none of the answers."""
        words = self.content["words"]
        told = (f"<strong>{escape(one['name'])}</strong> {escape(one['definition'])}" for one in self.state["codes"])
        read = words["code.read"].format(read=self.read, all=len(self.answers.all))
        return _html.section(
            f"{words['code.eyebrow']}: {self.content['title']}",
            f"<p>{escape(self.content['summary'])}</p>",
            _html.listing(told),
            f"<p>{escape(read)}</p>",
            _html.note(words["fallback.code"]),
        )
