"""A thematic coding among one's own pages: what the themes are, and one's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.rules import cell
from casework.report.chapter import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.code import Thematic
    from casework.activity.code_state import CodeState


def code_chapters(rules: Thematic, state: CodeState, words: Mapping[str, str]) -> list[Chapter]:
    """Return the themes with their counts, and one's notes on them; of others' words none."""
    view = rules.view(state)
    if not view["excerpts"]:
        return []
    notes: dict[str, list[str]] = {}
    for passages in view["excerpts"].values():
        for one in passages:
            memo = view["responses"].get(cell(one["id"], ""), {}).get("text", "").strip()
            for code in one["codes"] if memo else ():
                notes.setdefault(code, []).append(memo)
    entries = tuple(
        (
            words["code.chapter_counts"].format(name=one["name"], answers=one["answers"], excerpts=one["excerpts"]),
            "\n".join([one["definition"], *notes.get(one["code"], ())]),
        )
        for one in view["codes"]
        if one["excerpts"]
    )
    return [Chapter(words["code.chapter"].format(title=rules.codebook.title), entries)]
