"""The pictures of reports: one look, each with words that say the same, and its figures as a table."""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from casework.report.pictures import SMALL, TEXT, WIDTH, Picture, as_svg, canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Side = Literal["left", "center", "right"]
    Paint = Callable[[Figure, Mapping[str, str]], None]

WRAP = 46
"""How many letters a line of a picture holds."""

LINE = 0.21
"""How tall a line is, in inches."""

EDGE = 0.12
"""Left free at both sides, in inches."""
_SHARP = 200


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that can be drawn in any theme, with its words and its figures."""

    title: str
    height: float
    """In inches."""
    paint: Paint
    """Draws it on a figure, with the colors of a theme."""
    alt: str
    """What it shows, in a sentence or two."""
    caption: str
    """What one has to know to read it."""
    table: pd.DataFrame
    """The figures, with columns and cells as people read them."""
    table_title: str = ""
    """What the table is called, if not as the picture."""

    def picture(self, theme: str = "page") -> Picture:
        """Return it drawn, with its table, for a notebook or a page."""
        from html import escape  # noqa: PLC0415

        table = self.table.to_html(index=False, border=0, justify="left", classes="cw-figures")
        return Picture(self.svg(theme), self.alt, f"<p>{escape(self.caption)}</p>", table, self.title)

    def svg(self, theme: str = "page") -> str:
        """Return it as an SVG element."""
        with canvas(theme, self.height) as (figure, colors):
            self.paint(figure, colors)
            return as_svg(figure, theme, self.alt)

    def png(self) -> bytes:
        """Return it as a picture of dots, on a light ground, for documents that hold no other."""
        file = io.BytesIO()
        with canvas("light", self.height) as (figure, colors):
            self.paint(figure, {**colors, "paper": "#ffffff"})
            figure.savefig(file, format="png", dpi=_SHARP, facecolor="#ffffff")
        return file.getvalue()


def wrapped(text: str, letters: int = WRAP) -> list[str]:
    """Return the lines of a text."""
    return textwrap.wrap(text, letters) or [""]


def whole(figure: Figure, height: float, *, foot: float = 0.0, left: float = EDGE, right: float = EDGE) -> Axes:
    """Return axes over a whole figure, whose y is in inches from the top, without frame or ticks."""
    axes = figure.add_axes((left / WIDTH, foot / height, 1 - (left + right) / WIDTH, 1 - foot / height))
    axes.set_ylim(height - foot, 0)
    axes.set_facecolor("none")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def write(  # noqa: PLR0913  what it takes to set a line
    axes: Axes, x: float, y: float, text: str, color: str, *, size: float = TEXT, ha: Side = "left"
) -> None:
    """Write a line whose middle is at `y`."""
    axes.text(x, y, text, color=color, fontsize=size, va="center", ha=ha, clip_on=False)


def lines(  # noqa: PLR0913  as of `write`
    axes: Axes, x: float, y: float, text: Sequence[str], color: str, *, size: float = TEXT
) -> float:
    """Write some lines below `y`, and return where they end."""
    for line in text:
        write(axes, x, y + LINE / 2, line, color, size=size)
        y += LINE
    return y


# -- bars: ways, months -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its words, made of one part or of two."""

    text: str
    parts: tuple[float, ...]
    told: str
    """What stands at its end."""
    head: str = ""
    """A heading above it, where a new group of bars begins."""


_BAR = 0.24


def paint_bars(bars: Sequence[Bar]) -> tuple[float, Paint]:
    """Return the height of a picture, and what draws bars from nought, under headings."""
    texts = [wrapped(bar.text) for bar in bars]
    heads = [wrapped(bar.head, WRAP - 4) if bar.head else [] for bar in bars]
    tall = [
        len(text) * LINE + _BAR + 0.14 + len(head) * LINE + (0.2 if head else 0)
        for text, head in zip(texts, heads, strict=True)
    ]
    height = sum(tall) + 0.15

    def paint(figure: Figure, colors: Mapping[str, str]) -> None:
        axes = whole(figure, height)
        axes.set_xlim(0, WIDTH - 2 * EDGE)
        most = max((sum(bar.parts) for bar in bars), default=1) or 1
        reach, y = WIDTH - 2 * EDGE - 0.95, 0.05
        for bar, text, head in zip(bars, texts, heads, strict=True):
            if head:
                y = lines(axes, 0, y + 0.12, head, colors["soft"]) + 0.08
            y = lines(axes, 0, y, text, colors["ink"]) + 0.02
            start = 0.0
            for part, (face, hatch) in zip(
                bar.parts, ((colors["accent"], ""), (colors["paper"], "////")), strict=False
            ):
                width = reach * part / most
                axes.barh(
                    y + _BAR / 2,
                    width,
                    _BAR,
                    start,
                    facecolor=face,
                    hatch=hatch,
                    edgecolor=colors["accent"],
                    linewidth=0.8,
                )
                start += width
            write(axes, start + 0.08, y + _BAR / 2, bar.told, colors["ink"])
            y += _BAR + 0.12

    return height, paint


# -- one way ------------------------------------------------------------------------------------------


def paint_way(stops: Sequence[tuple[str, str]]) -> tuple[float, Paint]:
    """Return the height of a picture, and what draws one way: its scenes below each other, the turns between them."""
    texts = [(wrapped(scene, WRAP - 6), wrapped(choice, WRAP - 4) if choice else []) for scene, choice in stops]
    tall = [max(0.42, (len(scene) + len(choice)) * LINE + 0.3) for scene, choice in texts]
    height = sum(tall) + 0.1

    def paint(figure: Figure, colors: Mapping[str, str]) -> None:
        axes = whole(figure, height)
        axes.set_xlim(0, WIDTH - 2 * EDGE)
        y, x = 0.1, 0.14
        axes.plot([x, x], [y + LINE / 2, y + sum(tall[:-1]) + LINE / 2], color=colors["accent"], linewidth=2, zorder=0)
        for (scene, choice), high in zip(texts, tall, strict=True):
            axes.scatter([x], [y + LINE / 2], s=70, color=colors["accent"], zorder=1)
            below = lines(axes, 0.4, y, scene, colors["ink"])
            lines(axes, 0.4, below + 0.04, choice, colors["soft"], size=SMALL)
            y += high

    return height, paint
