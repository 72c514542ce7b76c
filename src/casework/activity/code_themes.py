"""What a coding adds up to: themes with counts, which of them come together, and the words that carry them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.activity.code import Thematic
    from casework.activity.code_state import Coded, CodeState, Passage

Row = dict[str, Any]


def shown_passages(rules: Thematic, now: Coded) -> Iterator[tuple[str, Passage]]:
    """Yield each excerpt of the answers that are here, in their order; none that no longer fits the words."""
    for answer in rules.answers.all:
        for one in now.passages.get(answer.id, ()):
            if one.end <= len(answer.text):
                yield answer.id, one


def count_themes(rules: Thematic, state: CodeState) -> list[Row]:
    """Return each code that stands with its answers, excerpts and people, in the order of the codebook.

    `people` is None where somebody is unknown, and where there are fewer than the floor of whose answers they are.
    """
    excerpts: Counter[str] = Counter()
    answers: dict[str, set[str]] = defaultdict(set)
    for answer, passage in shown_passages(rules, state.now):
        for code in passage.codes:
            excerpts[code] += 1
            answers[code].add(answer)
    return [
        {
            "code": one.id,
            "name": one.name,
            "definition": one.definition,
            "answers": len(answers[one.id]),
            "excerpts": excerpts[one.id],
            "people": _people(rules, answers[one.id]),
        }
        for one in state.now.codes.values()
        if not one.into
    ]


def _people(rules: Thematic, answers: set[str]) -> int | None:
    people = {rules.answers.by_id[one].person for one in answers}
    known = "" not in people and len(people) >= max(1, rules.answers.floor)
    return len(people) if known else None


def count_together(rules: Thematic, state: CodeState) -> list[Row]:
    """Return each pair of codes that come together: in how many answers, and in how many of them on the same words."""
    places = {code: place for place, code in enumerate(state.now.codes)}
    here: dict[str, list[Passage]] = defaultdict(list)
    for answer, passage in shown_passages(rules, state.now):
        here[answer].append(passage)
    answers, words = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for passages in here.values():
        codes = sorted({code for one in passages for code in one.codes}, key=places.__getitem__)
        answers.update(combinations(codes, 2))
        words.update(_on_the_same_words(passages, places))
    return [
        {"one": one, "other": other, "answers": answers[one, other], "overlapping": words[one, other]}
        for one, other in sorted(answers, key=lambda pair: (-answers[pair], places[pair[0]], places[pair[1]]))
    ]


def _on_the_same_words(passages: Sequence[Passage], places: dict[str, int]) -> set[tuple[str, str]]:
    """Return the pairs of codes whose excerpts share a character; passages stand in the order of the text."""
    found: set[tuple[str, str]] = set()
    for number, one in enumerate(passages):
        codes = set(one.codes)
        found.update(combinations(sorted(codes, key=places.__getitem__), 2))
        for other in passages[number + 1 :]:
            if other.start >= one.end:
                break
            found |= {_pair(a, b, places) for a in codes for b in other.codes if a != b}
    return found


def _pair(one: str, other: str, places: dict[str, int]) -> tuple[str, str]:
    return (one, other) if places[one] < places[other] else (other, one)
