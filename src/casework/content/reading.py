"""How easily a text is read: a grade for English, a degree of ease for Spanish.

English: the Flesch-Kincaid grade (Kincaid et al., 1975, Derivation of new readability formulas, Naval Technical
Training Command). Spanish: the perspicuity of Szigriszt Pazos (1993, Sistemas predictivos de legibilidad del
mensaje escrito, Universidad Complutense de Madrid). Syllables are those of Pyphen's hyphenation.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from casework.content.problem import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content.problem import Place

HIGHEST_GRADE = 8.0
"""The hardest grade for a scene in English."""
LOWEST_EASE = 55.0
"""The lowest ease for a scene in Spanish."""
FEWEST_WORDS = 40
"""Shorter texts say too little about themselves."""

_LINK = re.compile(r"\]\([^)]{0,500}\)")
_WORD = re.compile("[^\\W\\d_]+(?:['\u2019][^\\W\\d_]+)*")
_END = re.compile(r"[.!?…]+(?![\w.])")


def find_hard_reading(place: Place, text: str, language: str) -> Iterator[Finding]:
    """Yield a warning if a text is hard to read; texts in other languages, and short ones, are passed by."""
    measured = measure(text, language)
    if measured is None:
        return
    if language.startswith("en") and measured > HIGHEST_GRADE:
        message = f"it reads at grade {measured:.1f} (Flesch-Kincaid), and should stay at {HIGHEST_GRADE:g} or below"
        yield Finding(place, message, "divide its longest sentences, and choose shorter words", "warning")
    if language.startswith("es") and measured < LOWEST_EASE:
        message = f"it reads with an ease of {measured:.0f} (Szigriszt-Pazos), and should reach {LOWEST_EASE:g}"
        yield Finding(place, message, "divide its longest sentences, and choose shorter words", "warning")


def measure(text: str, language: str) -> float | None:
    """Return the grade of an English text or the ease of a Spanish one; None for others, and for short ones."""
    code = language.split("-", maxsplit=1)[0]
    if code not in {"en", "es"}:
        return None
    plain = _LINK.sub("]", text) if "](" in text else text
    words = _WORD.findall(plain.lower())
    if len(words) < FEWEST_WORDS:
        return None
    known = _syllables(code)
    syllables = sum([known[word] for word in words])
    sentences = max(1, len(_END.findall(plain)))
    if code == "en":
        return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences


class _Syllables(dict[str, int]):
    """How many syllables each word has, counted when it is met first."""

    most = 50_000

    def __init__(self, language: str) -> None:
        import pyphen  # type: ignore[import-untyped]  # noqa: PLC0415  reads its patterns from a file

        super().__init__()
        self._positions = pyphen.Pyphen(lang=language, left=1, right=1).positions

    def __missing__(self, word: str) -> int:
        if len(self) >= self.most:
            self.clear()
        self[word] = count = len(self._positions(word[:60])) + 1
        return count


@cache
def _syllables(code: str) -> _Syllables:
    return _Syllables({"en": "en_US", "es": "es"}[code])
