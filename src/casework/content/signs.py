"""The small drawn signs on paper and on the map; those of the perspectives are the same as in the front end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PERSPECTIVES: Mapping[str, str] = {
    "child": (
        "M12 12.4a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 4.4c-.1-1.7 1.2-2.7 2.5-2.1M5.8 20.5c.5-3.7 2.7-5.7 6.2-5.7s5.7 2 "
        "6.2 5.7"
    ),
    "parent": (
        "M9.5 10.3a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4M2.8 20.8c.4-5 2.7-7.8 6.7-7.8 1.7 0 3.1.5 4.2 1.5M17.5 "
        "17a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M13.6 21c.5-1.7 1.9-2.6 3.9-2.6s3.4.9 3.9 2.6"
    ),
    "practitioner": (
        "M9 9.8a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2M2.5 20.8c.4-5 2.6-8 6.5-8 1.3 0 2.4.3 3.3 1M13.5 "
        "16h7.5v5h-7.5zM15.5 16v-1.2c0-1.5 3.5-1.5 3.5 0V16"
    ),
    "relationship": "M9 17.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M15 17.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11",
    "other": "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14M12 13.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4",
}
"""A path on 24 by 24 for each sign a perspective can have."""

MARKS: Mapping[str, str] = {
    "pause": "M9 6v12M15 6v12",
    "new": "M12 4v16M4 12h16M6.5 6.5l11 11M17.5 6.5l-11 11",
    "end": "M6 6h12v12h-12z",
    "back": "M20 18v-6a5 5 0 0 0-5-5h-9M10 3l-4 4 4 4",
}
"""The same for what a scene holds: a pause, something new, an end; and for a way back."""


def draw(path: str, colour: str, size: int = 24) -> str:
    """Return a sign as SVG, for a place inside a line; the word beside it says the same."""
    return (
        f'<svg class="cw-sign cw-{colour}" viewBox="0 0 24 24" width="{size}" height="{size}" aria-hidden="true" '
        f'focusable="false">{stroke(path)}</svg>'
    )


def stroke(path: str) -> str:
    """Return the line of a sign, in the colour of the text around it."""
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )
