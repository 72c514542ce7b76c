"""Several people's codings of the same answers: where they differed, and only then how far they agree.

The unit is an answer or a sentence; a code counts in it if any excerpt that carries it shares a character with it. An
answer that a coder has not read is missing, and not uncoded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from casework.activity.code_texts import sentences
from casework.content.words import words
from casework.errors import ReportError
from casework.report.agreement_marks import differences_frame
from casework.report.agreement_said import agreement_frame, explain_agreement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

Unit = Literal["answer", "sentence"]

_SHOWN = 40
"""How many places are shown where coders differed; the frame holds them all."""
_OWN_ID = 32
_NONE = "\u2013"
"""A dash, where a figure says nothing."""


def coding_units(
    codings: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str], unit: Unit = "answer"
) -> pd.DataFrame:
    """Return who gave which code to which answer or sentence.

    Parameters
    ----------
    codings : mapping of str to mapping
        By coder, what `casework.widgets.CodeWidget.coding` gives, or a file of it holds.
    answers : mapping of str to str
        The answers by their ids.
    unit : {"answer", "sentence"}
        What is compared.

    Returns
    -------
    pandas.DataFrame
        One row for each code, answer and sentence (index `item`, `answer`, `start`, `end`; where the unit begins and
        ends in the answer), and one column for each coder: True, False, or missing where they have not read the answer.
        Codes that coders added themselves are the same if they are called the same.

    Raises
    ------
    ReportError
        If the unit is none, something is no coding, or there is none.
    """
    import pandas as pd  # noqa: PLC0415  only when something is compared

    if unit not in {"answer", "sentence"}:
        raise ReportError(f"Codings are compared by 'answer' or by 'sentence', not by {unit!r}; use one of these.")
    if not codings:
        raise ReportError("There is no coding to lay beside another; name two coders or more.")
    read = {coder: _Read(coder, told) for coder, told in codings.items()}
    items = list(dict.fromkeys(key for one in read.values() for key in one.keys.values()))
    places = [
        (answer, start, end)
        for answer, text in answers.items()
        if any(answer in one.read for one in read.values())
        for start, end in (sentences(text) if unit == "sentence" else [(0, len(text))])
    ]
    index = pd.MultiIndex.from_tuples(
        [(item, *place) for item in items for place in places], names=["item", "answer", "start", "end"]
    )
    columns = {
        coder: pd.array([one.says(item, place) for item in items for place in places], dtype="boolean")
        for coder, one in read.items()
    }
    return pd.DataFrame(columns, index=index, columns=list(codings))


class _Read:
    """One person's coding, to be asked what it says of a place."""

    def __init__(self, coder: str, told: Mapping[str, Any]) -> None:
        try:
            names = {one["id"]: str(one["name"]) for one in told["codes"]}
            self.keys = {one: one if len(one) != _OWN_ID else names[one].casefold() for one in names}
            self.names = {self.keys[one]: name for one, name in names.items()}
            self.read = frozenset(told["read"])
            self._spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
            for one in told["excerpts"]:
                for code in one["codes"]:
                    at = self._spans.setdefault((self.keys[code], one["answer"]), [])
                    at.append((int(one["start"]), int(one["end"])))
        except (KeyError, TypeError, ValueError) as error:
            raise ReportError(
                f"What {coder!r} gave is no coding; take it along anew from the page, and use that file."
            ) from error

    def says(self, item: str, place: tuple[str, int, int]) -> bool | None:
        """Return whether a code is given there; None where the answer was not read."""
        answer, start, end = place
        if answer not in self.read:
            return None
        return any(begin < end and start < stop for begin, stop in self._spans.get((item, answer), ()))


@dataclass(frozen=True)
class CodersBeside:
    """Several codings side by side; a notebook shows where they differ first, then how far they agree."""

    units: pd.DataFrame = field(repr=False)
    """As `coding_units` gives it."""
    answers: Mapping[str, str] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    """What each code is called."""
    unit: Unit
    language: str

    @property
    def differed(self) -> pd.DataFrame:
        """Where coders differed, one row for each code and place.

        Columns: `code`, `name`, `answer`, `text` (the words), `gave` and `left` (the coders who gave the code there,
        and those who read the same and did not, as tuples). Those places come first where most codes differ.
        """
        frame = differences_frame(self.units).reset_index()
        text = [self.answers[one["answer"]][one["start"] : one["end"]] for one in frame.to_dict("records")]
        told = frame.assign(text=text, name=frame["item"].map(self.names)).rename(
            columns={"item": "code", "marked": "gave", "unmarked": "left"}
        )
        many = told.groupby(["answer", "start"])["code"].transform("size")
        ordered = told.assign(many=many).sort_values("many", ascending=False, kind="stable")
        return ordered[["code", "name", "answer", "text", "gave", "left"]].reset_index(drop=True)

    @property
    def agreement(self) -> pd.DataFrame:
        """How far coders agree, by code and on all together: the columns of `agreement_frame`, and `name`."""
        frame = agreement_frame(self.units)
        frame.insert(0, "name", [self.names.get(item, "") for item in frame.index])
        return frame

    def _repr_html_(self) -> str:
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        told, differed = words(self.language), self.differed
        yield f"<section lang='{escape(self.language)}'><h3>{escape(told['code.beside'])}</h3>"
        yield f"<p>{escape(told['code.beside_first'])}</p>"
        yield self._places(differed) if len(differed) else f"<p>{escape(told['code.beside_none'])}</p>"
        yield f"<h3>{escape(told['code.beside_agree'])}</h3>"
        yield f"<p>{escape(told[f'code.beside_unit_{self.unit}'])} {escape(told['code.beside_read'])}</p>"
        yield self._figures()
        yield "</section>"

    def _places(self, differed: pd.DataFrame) -> str:
        told = words(self.language)
        said = told["code.beside_answers"].format(shown=min(_SHOWN, len(differed)), all=len(differed))
        coders = list(self.units.columns)
        rows = (
            [row["text"], row["name"], *(_mark(coder, row["gave"], row["left"]) for coder in coders)]
            for row in differed.head(_SHOWN).to_dict("records")
        )
        head = [told["code.beside_place"], told["code.theme"], *coders]
        return f"<p>{escape(said)}</p>" + _table(head, rows)

    def _figures(self) -> str:
        told, frame = words(self.language), self.agreement
        head = [told[f"code.{key}"] for key in ("theme", "beside_percent", "beside_kappa", "beside_alpha", "beside")]
        told_rows = frame.to_dict("records")
        rows = [
            [
                one["name"] or told["code.beside_all"],
                _share(one["percent"], self.language),
                *(_number(one[key], self.language) for key in ("kappa", "alpha")),
                str(one["differed"]),
            ]
            for one in told_rows
        ]
        said = (self._said(one) for one in told_rows)
        return _table(head, rows) + "".join(f"<p>{line}</p>" for line in said if line)

    def _said(self, one: Mapping[Any, Any]) -> str:
        """Return the sentence that goes with a row's figures: for all codes, and for each where kappa needs one."""
        key, filled = explain_agreement(one["percent"], one["kappa"], one["units"], self.language)
        if one["name"] and key != "agreement.rare":
            return ""
        told = words(self.language)
        name = one["name"] or told["code.beside_all"]
        return f"<b>{escape(name)}</b>: {escape(told[key].format(**filled))}"


def compare_codings(
    codings: Mapping[str, Mapping[str, Any]],
    answers: Mapping[str, str],
    unit: Unit = "answer",
    language: str = "en",
) -> CodersBeside:
    """Lay several people's codings of the same answers side by side.

    Parameters
    ----------
    codings : mapping of str to mapping
        By coder, what `casework.widgets.CodeWidget.coding` gives, or a file of it holds.
    answers : mapping of str to str
        The answers by their ids.
    unit : {"answer", "sentence"}
        What is compared: whole answers, or sentence by sentence.
    language : str
        In which it speaks.

    Returns
    -------
    CodersBeside
        With `differed` and `agreement` as frames.

    Raises
    ------
    ReportError
        If the unit is none, or something is no coding.
    """
    units = coding_units(codings, answers, unit)
    names: dict[str, str] = {}
    for coder, told in codings.items():
        for key, name in _Read(coder, told).names.items():
            names.setdefault(key, name)
    return CodersBeside(units, dict(answers), names, unit, language)


def _mark(coder: str, gave: tuple[str, ...], left: tuple[str, ...]) -> str:
    return "●" if coder in gave else "○" if coder in left else _NONE


def _share(value: float, language: str) -> str:
    from babel.numbers import format_percent  # noqa: PLC0415  only when something is shown

    return _NONE if math.isnan(value) else str(format_percent(value, locale=language))


def _number(value: float, language: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415  as above

    return _NONE if math.isnan(value) else str(format_decimal(value, format="0.00", locale=language))


def _table(head: list[str], rows: Any) -> str:  # noqa: ANN401  rows of strings
    top = "".join(f"<th scope='col'>{escape(str(name))}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(text))}</td>' for text in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
