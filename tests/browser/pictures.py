"""Pictures of what was on the pages of a test that failed."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]


def keep_pictures(contexts: list[BrowserContext], name: str) -> None:
    """Picture every open page of a failed test into `screenshots/`, which git ignores."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    for number, one in enumerate(page for context in contexts for page in context.pages):
        with contextlib.suppress(Exception):  # a picture must not hide what failed
            one.screenshot(path=folder / f"{re.sub('[^a-z0-9-]+', '-', name.lower())}-{number}.png", full_page=True)
