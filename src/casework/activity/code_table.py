"""A coding as rows: one for each excerpt and code; and as what is handed on, to be laid beside others'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.rules import cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.activity.code_texts import Answers

COLUMNS = ("answer", "number", "person", "code", "name", "text", "start", "end", "memo", "coder", "excerpt")
"""The columns of a coding: the answer's id and its place among the answers, who wrote it, the code's id and name, the
words, where they begin and end, the memo, whose coding it is, and the excerpt's id."""


def coded_rows(view: Mapping[str, Any], answers: Answers, coder: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each excerpt and code, in the order of the answers and of their words.

    Parameters
    ----------
    view : Mapping
        What the page of a coding is shown.
    answers : Answers
        What is coded.
    coder : str
        Whose coding it is.
    """
    names = {one["code"]: one["name"] for one in view["codes"]}
    for number, answer in enumerate(answers.all, 1):
        for one in view["excerpts"].get(answer.id, ()):
            memo = view["responses"].get(cell(one["id"], ""), {}).get("text", "").strip()
            words = answer.text[one["start"] : one["end"]]
            for code in one["codes"]:
                who = (answer.id, number, answer.person, code, names[code])
                told = (words, one["start"], one["end"], memo, coder, one["id"])
                yield dict(zip(COLUMNS, (*who, *told), strict=True))


def handed_on(view: Mapping[str, Any], codebook: str, coder: str) -> dict[str, Any]:
    """Return a coding as others can lay it beside theirs: places and codes, and none of the answers' words.

    Parameters
    ----------
    view : Mapping
        What the page of a coding is shown.
    codebook : str
        The codebook's id.
    coder : str
        Whose coding it is.
    """
    return {
        "casework": "coding",
        "codebook": codebook,
        "coder": coder,
        "codes": [{"id": one["code"], "name": one["name"]} for one in view["codes"]],
        "read": sorted({*view["excerpts"], *view["nothing"]}),
        "excerpts": [
            {
                **{key: one[key] for key in ("start", "end", "codes")},
                "answer": answer,
                "memo": view["responses"].get(cell(one["id"], ""), {}).get("text", ""),
            }
            for answer, passages in view["excerpts"].items()
            for one in passages
        ],
    }
