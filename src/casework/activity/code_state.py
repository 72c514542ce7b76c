"""What somebody coded, as it stands, and the steps that led there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from casework.activity.rules import Response

STEPS_BACK = 50
"""How many steps one can take back, one after the other."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A code of the codebook as it is now."""

    id: str
    name: str
    definition: str
    own: bool = False
    """Whether it was added while coding."""
    into: str = ""
    """The code that it went into; empty while it stands."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an answer, and the codes that it carries."""

    id: str
    start: int
    end: int
    """Before which character it ends."""
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to the codebook."""

    id: str
    kind: str
    before: str
    """The name of the code that was changed."""
    after: str
    """The name of what it became."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Coded:
    """The codebook and the excerpts as they stand."""

    codes: Mapping[str, Theme]
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    """By answer, in the order of the text."""
    nothing: frozenset[str] = frozenset()
    """The answers that no code fits."""
    history: tuple[Change, ...] = ()
    many: int = 0
    """How many excerpts there are."""

    def standing(self, code: str) -> str | None:
        """Return the code that stands for a code now; None for one that nobody knows."""
        found = self.codes.get(code)
        while found and found.into:
            found = self.codes.get(found.into)
        return found.id if found else None

    def every(self) -> Iterator[tuple[str, Passage]]:
        """Yield each excerpt with its answer."""
        for answer, passages in self.passages.items():
            for one in passages:
                yield answer, one

    def find(self, answer: str, excerpt: str) -> Passage | None:
        """Return an excerpt of an answer."""
        return next((one for one in self.passages.get(answer, ()) if one.id == excerpt), None)

    def knows(self, excerpt: str) -> bool:
        """Return whether there is such an excerpt in any answer."""
        return any(one.id == excerpt for _, one in self.every())

    def put(self, answer: str, passage: Passage) -> Coded:
        """Return it with an excerpt, in place of that of the same id."""
        others = [one for one in self.passages.get(answer, ()) if one.id != passage.id]
        ordered = tuple(sorted([*others, passage], key=lambda one: (one.start, -one.end)))
        many = self.many + len(ordered) - len(self.passages.get(answer, ()))
        return replace(self, passages={**self.passages, answer: ordered}, nothing=self.nothing - {answer}, many=many)

    def lift(self, answer: str, excerpt: str) -> Coded:
        """Return it without an excerpt."""
        left = tuple(one for one in self.passages[answer] if one.id != excerpt)
        others = {name: each for name, each in self.passages.items() if name != answer}
        return replace(self, passages={**others, answer: left} if left else others, many=self.many - 1)

    def recoded(self, change: Callable[[Passage], tuple[str, ...]]) -> Mapping[str, tuple[Passage, ...]]:
        """Return the excerpts with other codes."""
        return {
            answer: tuple(replace(one, codes=change(one)) for one in passages)
            for answer, passages in self.passages.items()
        }


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be taken back."""

    id: str
    kind: str
    before: Coded = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeState:
    """What somebody coded, the last steps, and their memos."""

    now: Coded
    steps: tuple[Step, ...] = ()
    responses: Mapping[str, Response] = field(default_factory=dict)
    """The memos, by `cell` of the excerpt."""

    def after(self, now: Coded, event_id: str, kind: str) -> CodeState:
        """Return the state after a step."""
        step = Step(event_id, kind, self.now)
        return replace(self, now=now, steps=(*self.steps, step)[-STEPS_BACK:])
