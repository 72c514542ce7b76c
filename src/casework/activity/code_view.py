"""What a thematic coding shows: the codebook beside the answers, and what it adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.code_themes import count_themes, count_together, shown_passages
from casework.activity.rules import cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.code import Thematic
    from casework.activity.code_state import Change, CodeState


def code_page(rules: Thematic) -> dict[str, Any]:
    """Return what the page of a coding is given, as JSON."""
    book = rules.codebook
    told = {"include": "code.include", "exclude": "code.exclude", "example": "code.example"}
    return {
        **({"base": book.base_language, "borrowed": sorted(book.borrowed)} if book.borrowed else {}),
        "wide": True,
        "title": book.title,
        "summary": book.summary,
        "codebook": book.id,
        "coder": rules.coder,
        "guide": {
            one.id: [
                {"key": key, "label": label, "text": text} for key, label in told.items() if (text := getattr(one, key))
            ]
            for one in book.codes
        },
        "answers": [[one.id, one.text] for one in rules.answers.all],
    }


def code_view(rules: Thematic, state: CodeState) -> dict[str, Any]:
    """Return what the page of a coding shows now, as JSON."""
    excerpts: dict[str, list[dict[str, Any]]] = {}
    memos: dict[str, dict[str, str]] = {}
    for answer, one in shown_passages(rules, state.now):
        told = {"id": one.id, "start": one.start, "end": one.end, "codes": list(one.codes)}
        excerpts.setdefault(answer, []).append(told)
        if memo := state.responses.get(cell(one.id, "")):
            memos[cell(one.id, "")] = memo.view()
    return {
        "codes": _codes(rules, state),
        "excerpts": excerpts,
        "nothing": [one.id for one in rules.answers.all if one.id in state.now.nothing],
        "together": count_together(rules, state),
        "history": [_told(one, rules.words) for one in reversed(state.now.history)],
        "step": _step(rules, state),
        "responses": memos,
    }


def _step(rules: Thematic, state: CodeState) -> dict[str, str] | None:
    """Return the step that can be taken back; none if it was done in another cell, in answers that are not here."""
    if not state.steps:
        return None
    last = state.steps[-1]
    before, now = last.before, state.now
    moved = {each for each, was in before.passages.items() if now.passages.get(each) != was}
    moved |= {each for each in now.passages if each not in before.passages}
    moved |= before.nothing ^ now.nothing
    elsewhere = moved and before.codes == now.codes and not moved & rules.answers.by_id.keys()
    return None if elsewhere else {"id": last.id, "kind": last.kind}


def _codes(rules: Thematic, state: CodeState) -> list[dict[str, Any]]:
    """Return the codes that stand; each keeps the number that it has had from the beginning."""
    numbers = {code: number for number, code in enumerate(state.now.codes, 1)}
    given = {one.id: one for one in rules.codebook.codes}
    return [
        {
            **one,
            "number": numbers[one["code"]],
            "own": state.now.codes[one["code"]].own,
            "reworded": one["code"] in given and one["name"] != given[one["code"]].name,
        }
        for one in count_themes(rules, state)
    ]


def _told(change: Change, words: Mapping[str, str]) -> dict[str, str]:
    """Return a change of the codebook as a sentence."""
    same = change.kind == "reword_code" and change.before == change.after
    said = words["code.history_defined" if same else f"code.history_{change.kind}"]
    text = said.format(before=change.before, after=change.after)
    return {"id": change.id, "text": text, "at": change.at.isoformat(timespec="seconds")}
