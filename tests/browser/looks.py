"""Every way a page can look: in each language, by day and by night, on small phones, phones and computers.

A test that is marked `looks` is there once for each look that it names. A plain run takes one of them, always the same
for a test and different from test to test (with `looks(per="workbook")`, one for each workbook); ``make browser-all``
takes them all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import pytest

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


def leave_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that a plain run leaves out: of each marked one all looks but one."""
    if os.environ.get("CASEWORK_LOOKS") == "all":
        return []
    variants: dict[str, list[pytest.Item]] = {}
    for item in items:
        if marker := item.get_closest_marker("looks"):
            per = item.callspec.params[marker.kwargs["per"]] if marker.kwargs else ""  # type: ignore[attr-defined]
            variants.setdefault(f"{item.nodeid.partition('[')[0]} {per}", []).append(item)
    return [one for name, found in variants.items() for one in found if one is not _chosen(name, found)]


def _chosen(name: str, found: list[pytest.Item]) -> pytest.Item:
    return found[crc32(name.encode()) % len(found)]
