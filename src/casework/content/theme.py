"""The colors of a house: what an organisation puts in the place of ours, checked so that everybody can read on them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from casework.content.document import Document, Part
from casework.content.problem import Finding

Color = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
"""A color, written ``"#0b6e6e"``."""

TEXT, EDGE = 4.5, 3.0
"""The least contrast of words, and of the border of what one presses, to their ground (WCAG 2.2, 1.4.3 and 1.4.11)."""

LIGHT: Mapping[str, str] = {
    "paper": "#fbf8f3",
    "leaf": "#f4eee4",
    "field": "#fffdfa",
    "ink": "#22303a",
    "soft": "#56626b",
    "accent": "#0b6e6e",
    "on_accent": "#ffffff",
    "line": "#dfd5c5",
    "edge": "#857c6d",
    "trouble": "#9b2c1f",
    "child": "#9a5b00",
    "parent": "#7a3b69",
    "practitioner": "#1f5fa8",
    "relationship": "#2c6e49",
    "other": "#4a5568",
}
"""Our own colors on a light page; the stylesheet says the same, and a test holds them together."""

DARK: Mapping[str, str] = {
    "paper": "#16202a",
    "leaf": "#1d2a35",
    "field": "#111a22",
    "ink": "#e8e4dc",
    "soft": "#aab4bb",
    "accent": "#6fc7c1",
    "on_accent": "#10201f",
    "line": "#32424f",
    "edge": "#7d8d99",
    "trouble": "#f2a297",
    "child": "#e9b15c",
    "parent": "#dba5cb",
    "practitioner": "#90bdf0",
    "relationship": "#8fcfab",
    "other": "#b4becb",
}
"""Our own colors on a dark page."""

_GROUNDS = ("paper", "leaf", "field")
_READ_ON_THEM = ("ink", "soft", "accent", "trouble")
_VIEWS = ("child", "parent", "practitioner", "relationship", "other")


class Palette(Part):
    """Colors of a page; those that are not given stay ours."""

    paper: Color | None = None
    """What one reads on."""
    leaf: Color | None = None
    """Panels: a shade off the paper."""
    field: Color | None = None
    """Where one writes."""
    ink: Color | None = None
    """What one reads."""
    soft: Color | None = None
    """What is said quietly."""
    accent: Color | None = None
    """Buttons and links."""
    on_accent: Color | None = None
    """The words on a button."""
    line: Color | None = None
    """Between things; carries no meaning."""
    edge: Color | None = None
    """Around what one presses or writes in."""
    trouble: Color | None = None
    """What did not work."""
    child: Color | None = None
    """The child's view."""
    parent: Color | None = None
    """A parent's view."""
    practitioner: Color | None = None
    """The practitioner's view."""
    relationship: Color | None = None
    """The view of the relationship."""
    other: Color | None = None
    """Any other view."""

    def over(self, ours: Mapping[str, str]) -> dict[str, str]:
        """Return all the colors: these, and ours where there is none."""
        return {**ours, **self.model_dump(exclude_none=True)}


class Theme(Document):
    """A file of colors for all the pages of a folder."""

    kind: ClassVar[str] = "theme"
    folder: ClassVar[str] = "themes"

    light: Palette = Palette()
    """The colors of the light page."""
    dark: Palette = Palette()
    """The colors of the dark page."""

    def find_faults(self) -> Iterator[Finding]:
        """Yield each pair of colors that somebody could not read."""
        for name, palette, ours in (("light", self.light, LIGHT), ("dark", self.dark, DARK)):
            given, colors = palette.model_dump(exclude_none=True), palette.over(ours)
            for front, ground, least in _pairs():
                faint = contrast(colors[front], colors[ground]) < least
                if faint and (front in given or ground in given):
                    yield _too_faint(name, front if front in given else ground, (front, ground), colors, least)

    def properties(self) -> dict[str, str]:
        """Return the stylesheet's custom properties that this theme changes, with their values."""
        changed = {**self.light.model_dump(exclude_none=True), **self.dark.model_dump(exclude_none=True)}
        light, dark = self.light.over(LIGHT), self.dark.over(DARK)
        return {f"--cw-{name.replace('_', '-')}": f"light-dark({light[name]}, {dark[name]})" for name in changed}


def _pairs() -> Iterator[tuple[str, str, float]]:
    """Yield what stands on what, and the contrast that it needs."""
    yield "on_accent", "accent", TEXT
    for ground in _GROUNDS:
        for front in (*_READ_ON_THEM, *_VIEWS):
            yield front, ground, TEXT
        yield "edge", ground, EDGE


def _too_faint(page: str, key: str, pair: tuple[str, str], colors: Mapping[str, str], least: float) -> Finding:
    front, ground = (f"'{name}' {colors[name]}" for name in pair)
    found = contrast(*(colors[name] for name in pair))
    message = f"{front} on {ground} has a contrast of {found:.1f} to 1, and {least:g} to 1 is needed to read it"
    return Finding((page, key), message, "make one of the two darker or lighter")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21.

    Parameters
    ----------
    one, other : str
        As ``"#rrggbb"``.

    References
    ----------
    World Wide Web Consortium (2023). Web Content Accessibility Guidelines 2.2, "contrast ratio".
    """
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the definition's numbers
