"""What all pictures share: colors, sizes and type, and the words that say the same to those who cannot see them."""

from __future__ import annotations

import hashlib
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from casework.content.theme import DARK, LIGHT
from casework.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matplotlib.figure import Figure

WIDTH = 4.6
"""How wide a picture is, in inches; narrow, so that its words can be read on a phone."""

TEXT, SMALL = 11.5, 10.0
"""The sizes of type, in points."""

_SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_LOOKS: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK, "page": LIGHT}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what says the same in words; a notebook shows all of it."""

    svg: str
    """The drawing: an SVG that can stand in a page or in a file of its own."""
    alt: str
    """What it shows, in a sentence or two."""
    caption: str
    """Whose figures these are, as HTML."""
    table: str
    """The figures themselves, as an HTML table."""
    summary: str
    """The words that open the table."""

    def html(self) -> str:
        """Return the picture, its caption and its table as a figure for a page."""
        return (
            f'<figure class="cw-picture" style="margin: 1rem 0; max-width: 32rem; overflow-wrap: anywhere">{self.svg}'
            f'<figcaption style="font-size: 0.875em">{self.caption}</figcaption>'
            f'<details style="font-size: 0.875em"><summary>{escape(self.summary)}</summary>'
            f'<div style="overflow-x: auto; overflow-wrap: normal" tabindex="0" role="group" '
            f'aria-label="{escape(self.summary)}">{self.table}</div></details></figure>'
        )

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        return f"Picture({self.alt!r})"


@contextmanager
def canvas(theme: str, height: float) -> Iterator[tuple[Figure, Mapping[str, str]]]:
    """Lend an empty figure, and the colors to draw on it with.

    Nothing is left behind: no window, no global state, no change to anyone's own plots.

    Parameters
    ----------
    theme : {"light", "dark", "page"}
        The colors; ``"page"`` follows the page that the picture stands in.
    height : float
        In inches; the width is `WIDTH`.

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    if theme not in _LOOKS:
        raise ReportError(f"Pictures know the themes {', '.join(_LOOKS)}, not {theme!r}; use one of these.")
    import matplotlib as mpl  # noqa: PLC0415  only when something is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415

    colors = _LOOKS[theme]
    with mpl.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "casework",
            "font.family": "DejaVu Sans",
            "font.size": TEXT,
            "text.parse_math": False,  # a dollar sign is one
            "text.color": colors["ink"],
            "axes.edgecolor": colors["edge"],
            "xtick.color": colors["soft"],
            "figure.facecolor": colors["paper"],
        }
    ):
        yield Figure(figsize=(WIDTH, height)), colors


def as_svg(figure: Figure, theme: str, alt: str) -> str:
    """Return a figure as an SVG element that says what it shows, and whose ids are its own on any page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What was drawn on a `canvas`, while it is lent.
    theme : {"light", "dark", "page"}
        The same as for the canvas.
    alt : str
        What the picture shows.
    """
    file = io.StringIO()
    nobody = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(file, format="svg", metadata=nobody, facecolor=figure.get_facecolor())
    drawn = file.getvalue()
    drawn = drawn[drawn.index("<svg") :].replace("\n", " ").strip()
    drawn = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", drawn, count=1)  # it would reach the whole page
    drawn = re.sub(r"font-family: [^;\"]*", f"font-family: {_SANS}", drawn)
    name = "cw-" + hashlib.sha256(f"{theme}{drawn}".encode()).hexdigest()[:10]
    drawn = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", drawn)
    head = f'<svg role="img" aria-labelledby="{name}-alt" style="{_FIT}"'
    drawn = re.sub(r'<svg (.*?)width="[^"]*" height="[^"]*"', rf"{head} \1", drawn, count=1)
    start = drawn.index(">") + 1
    drawn = f'{drawn[:start]}<title id="{name}-alt">{escape(alt)}</title>{drawn[start:]}'
    return _following(drawn) if theme == "page" else drawn


_FIT = "display: block; width: 100%; height: auto; stroke-linejoin: round; stroke-linecap: butt"


def _following(drawn: str) -> str:
    """Let the colors follow the page: its own, if it has any, and else ours in its light."""
    for name, light in LIGHT.items():
        own = f"var(--cw-{name.replace('_', '-')}, light-dark({light}, {DARK[name]}))"
        drawn = re.sub(rf"(?<=: ){light}", own, drawn)
    return drawn
