"""What one sees of a page, wherever in it a shadow begins: what is cut, off the side or small, and what Tab reaches.

Where they take `inside`, it is a selector of an element, of whose shadow they see alone what is in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hands import SMALLEST

if TYPE_CHECKING:
    from playwright.sync_api import Page

EYES = (Path(__file__).parent / "eyes.js").read_text("utf-8")


def look(page: Page, what: str, *told: object) -> Any:
    """Return what one of the functions in ``eyes.js`` finds."""
    script = EYES[EYES.index("(() =>") :].strip()
    return page.evaluate(f"(told) => {script}.{what}(...told)", list(told))


def off_the_page(page: Page, inside: str = "") -> list[str]:
    """Return what lies off the side of a page, or is cut, or makes it scroll sideways."""
    return list(look(page, "off", inside))


def too_small(page: Page) -> list[str]:
    """Return what a finger may press and would not hit."""
    return list(look(page, "small", SMALLEST - 0.5))


def smallest_letters(page: Page) -> tuple[float, str]:
    """Return the size of the smallest letters that are seen, in pixels, and what they say."""
    size, says = look(page, "smallest")
    return size, says


def come_through(page: Page, inside: str = "") -> list[str]:
    """Press Tab until everything was reached that can be; return what never was, or did not show its focus."""
    names = look(page, "begin", inside)
    missing, dim = set(range(len(names))), set()
    for _ in range(2 * len(names) + 20):
        if not missing:
            break
        page.keyboard.press("Tab")
        at, shows = look(page, "now")
        missing.discard(at)
        if at >= 0 and not shows:
            dim.add(at)
    return [f"never reached: {names[at]}" for at in missing] + [f"shows no focus: {names[at]}" for at in dim]
