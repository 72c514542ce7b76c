"""The answers that are coded: texts with ids that stay, and the sentences in them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONGEST_ANSWER = 20_000
"""Characters in one answer: what one field of a page holds."""
MOST_ANSWERS = 10_000
"""How many answers one coding may hold."""
MOST_LETTERS = 5_000_000
"""Characters in all answers of one coding: what a page can be given at once."""

Openness = Literal["own", "trainer", "group"]
"""Who may see the words: whoever holds the notebook, a trainer alone, or the group that they were shown to."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'\u201d\u2019»)\]]*(?=\s|$)|(?=\n)|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One text to code."""

    id: str
    """Stays, in whichever order the answers come: an event's id, or made of the words."""
    text: str
    person: str = ""
    """The pseudonym of who wrote it, where that is known."""
    openness: Openness = "own"


@dataclass(frozen=True)
class Answers:
    """Texts to code, each once, in the order in which they came."""

    all: tuple[Answer, ...]
    floor: int = 0
    """How many people must stand behind a number of people before it is told; 0 where all are one's own data."""

    @cached_property
    def by_id(self) -> Mapping[str, Answer]:
        """The answers by their ids."""
        return {one.id: one for one in self.all}

    def joined(self, others: Answers) -> Answers:
        """Return them with others that are coded along with them; of the same id, the latter."""
        return Answers(tuple({**self.by_id, **others.by_id}.values()), max(self.floor, others.floor))


def clean(text: str) -> str:
    """Return words as they are coded: no unseen characters, lines end as everywhere, nothing around them."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def content_ids(texts: Iterable[str]) -> Iterator[str]:
    """Yield an id for each of some texts, made of its words; the same words again get a number.

    Examples
    --------
    >>> list(content_ids(["Time.", "Space.", "Time."]))
    ['t-54e8c97f8e9a0ba5fc5e', 't-6c9d48e04b2b9b63ec5b', 't-54e8c97f8e9a0ba5fc5e-2']
    """
    met: Counter[str] = Counter()
    for text in texts:
        name = "t-" + hashlib.sha256(text.encode()).hexdigest()[:20]
        met[name] += 1
        yield name if met[name] == 1 else f"{name}-{met[name]}"


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a text begins and ends; a line that ends, ends its sentence, too.

    Examples
    --------
    >>> sentences("She waved. Did he? Yes")
    [(0, 10), (11, 18), (19, 22)]
    """
    return [found.span() for found in _SENTENCE.finditer(text) if found.group().strip()]
