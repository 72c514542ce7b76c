"""Pictures on a scale: how many gave which answer, and how means moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.report.drawings import EDGE, LINE, lines, whole, wrapped, write
from casework.report.pictures import SMALL, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from casework.report.drawings import Paint


@dataclass(frozen=True, slots=True)
class Spread:
    """How many gave which answer to one item."""

    text: str
    counts: tuple[int, ...]
    """By the marks of the scale, from the lowest."""
    head: str = ""
    """A heading above it, where a new group begins; the texts of a group then stand at the left of their lines."""

    @property
    def people(self) -> int:
        """How many answered."""
        return sum(self.counts)


# -- spread of ratings --------------------------------------------------------------------------------

_ROW, _GAP, _HEAD = 0.36, 0.14, 0.5
_CLOSE = 0.02  # between lines of one group, in inches
_EDGE = 0.35  # left free beside the marks, in inches
_BESIDE = 1.5  # where the first mark is if words stand at its left, in inches
_LARGEST = 0.155  # the radius of a full circle, in inches


def paint_spreads(spreads: Sequence[Spread], marks: Sequence[int], ends: tuple[str, str]) -> tuple[float, Paint]:
    """Return what draws, for each item, a circle at each mark: the larger, the more people gave it.

    Parameters
    ----------
    spreads : sequence of Spread
        The items, in their order.
    marks : sequence of int
        The marks of the scale.
    ends : tuple of str
        What its lowest and its highest mark mean.

    Returns
    -------
    float
        How tall the picture is.
    callable
        What draws it.
    """
    grouped = any(each.head for each in spreads)
    above = [wrapped(each.head if grouped else each.text) if each.head or not grouped else [] for each in spreads]
    gaps = [_GAP if text else _CLOSE for text in above]
    height = _HEAD + sum(len(text) * LINE + _ROW + gap for text, gap in zip(above, gaps, strict=True))
    places = _places(len(marks), _BESIDE if grouped else _EDGE)
    largest = min(_LARGEST, (places[1] - places[0]) * 0.48) if len(places) > 1 else _LARGEST

    def paint(figure: Figure, colors: Mapping[str, str]) -> None:
        axes = whole(figure, height)
        axes.set_xlim(0, WIDTH - 2 * EDGE)
        _scale_head(axes, places, marks, ends, colors)
        y = _HEAD - _GAP
        most = max((max(each.counts) for each in spreads), default=1) or 1
        for each, text, gap in zip(spreads, above, gaps, strict=True):
            y = lines(axes, 0, y + gap, text, colors["ink"]) + _ROW / 2
            axes.plot([places[0], places[-1]], [y, y], color=colors["line"], linewidth=1, zorder=0)
            if grouped:
                write(axes, 0, y, each.text, colors["soft"], size=SMALL)
            for place, count in zip(places, each.counts, strict=True):
                if count:
                    _circle(axes, (place, y), largest * max(count / most, 0.3) ** 0.5, colors)
                    write(axes, place, y, str(count), colors["ink"], ha="center")
            y += _ROW / 2

    return height, paint


def _circle(axes: Axes, at: tuple[float, float], radius: float, colors: Mapping[str, str]) -> None:
    from matplotlib.patches import Circle  # noqa: PLC0415  only when something is drawn

    axes.add_patch(Circle(at, radius, facecolor=colors["paper"], edgecolor="none"))
    axes.add_patch(Circle(at, radius, facecolor=colors["accent"], alpha=0.3, edgecolor="none"))


def _places(many: int, first: float = _EDGE) -> list[float]:
    last = WIDTH - 2 * EDGE - _EDGE
    return [first + (last - first) * number / max(1, many - 1) for number in range(many)]


def _scale_head(
    axes: Axes, places: Sequence[float], marks: Sequence[int], ends: tuple[str, str], colors: Mapping[str, str]
) -> None:
    write(axes, places[0] - _EDGE, 0.12, ends[0], colors["soft"], size=SMALL)
    write(axes, WIDTH - 2 * EDGE, 0.12, ends[1], colors["soft"], size=SMALL, ha="right")
    for place, mark in zip(places, marks, strict=True):
        write(axes, place, 0.33, str(mark), colors["soft"], size=SMALL, ha="center")


# -- before and after, on a scale ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """A mean before and after."""

    text: str
    before: float
    after: float


def paint_moves(moved: Sequence[Moved], marks: Sequence[int], ends: tuple[str, str]) -> tuple[float, Paint]:
    """Return the height of a picture, and what draws for each item an open circle before and a full one after."""
    texts = [wrapped(each.text) for each in moved]
    height = _HEAD + sum(len(text) * LINE + _ROW + _GAP for text in texts)

    def paint(figure: Figure, colors: Mapping[str, str]) -> None:
        axes = whole(figure, height)
        axes.set_xlim(0, WIDTH - 2 * EDGE)
        places = _places(len(marks))
        _scale_head(axes, places, marks, ends, colors)
        step = (places[-1] - places[0]) / max(1, marks[-1] - marks[0])
        y = _HEAD
        for each, text in zip(moved, texts, strict=True):
            y = lines(axes, 0, y, text, colors["ink"]) + _ROW / 2
            axes.plot([places[0], places[-1]], [y, y], color=colors["line"], linewidth=1, zorder=0)
            at = [places[0] + (mean - marks[0]) * step for mean in (each.before, each.after)]
            axes.plot(at, [y, y], color=colors["accent"], linewidth=2.5, solid_capstyle="butt", zorder=1)
            for x, face in zip(at, ("paper", "accent"), strict=True):
                axes.scatter(
                    [x], [y], s=62, linewidths=1.8, edgecolors=colors["accent"], facecolors=colors[face], zorder=2
                )
            y += _ROW / 2 + _GAP

    return height, paint
