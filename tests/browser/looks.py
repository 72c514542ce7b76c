"""Every way a page can look: in each language, by day and by night, on small phones, phones and computers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import product
from zlib import crc32

LANGUAGES, THEMES, WIDTHS = ("en", "es"), ("light", "dark"), (320, 390, 1280)


@dataclass(frozen=True)
class Look:
    """One way a page can look."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


LOOKS = [Look(*one) for one in product(LANGUAGES, THEMES, WIDTHS)]


def looks_for(name: str) -> list[Look]:
    """Return the looks that a test is run in: all with ``CASEWORK_LOOKS=all``, else one, always the same for a test.

    Tests of other names have other looks, so that together they cover languages, themes and widths.
    """
    if os.environ.get("CASEWORK_LOOKS") == "all":
        return LOOKS
    return [LOOKS[crc32(name.encode()) % len(LOOKS)]]
