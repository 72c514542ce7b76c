"""Pictures of people beside each other: from how many places they looked, and what each of them marked when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from casework.report.drawings import EDGE, LINE, lines, whole, wrapped, write
from casework.report.pictures import SMALL, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from casework.report.drawings import Paint


# -- from how many places people looked ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slope:
    """How many wrote from one place, time after time."""

    name: str
    counts: tuple[int, ...]
    color: str
    """The name of its color in a theme."""

    @property
    def before(self) -> int:
        """How many wrote the first time."""
        return self.counts[0]

    @property
    def after(self) -> int:
        """How many wrote the last time."""
        return self.counts[-1]


_SLOPE_TALL, _APART, _BESIDE = 2.5, 0.25, 0.045
_LEFT, _RIGHT = 0.55, 2.35


def paint_slopes(
    slopes: Sequence[Slope], heads: Sequence[tuple[str, int]], told: Sequence[str] = ("0", "0")
) -> tuple[float, Paint]:
    """Return the height of a picture, and what draws a line for each place: how many wrote, time after time.

    Parameters
    ----------
    slopes : sequence of Slope
        The places.
    heads : sequence of (str, int)
        What stands above, and over how many times; where it is several, these are numbered below it, and lines that
        lead from one head to the next are dashed.
    told : sequence of str, optional
        What stands at the bottom, at the left and at the right.
    """
    tall = max(_SLOPE_TALL, len(slopes) * _APART + 0.3)
    numbered = any(many > 1 for _, many in heads)
    top = 0.85 if numbered else 0.6
    height = tall + top - 0.05

    def paint(figure: Figure, colors: Mapping[str, str]) -> None:
        axes = whole(figure, height)
        axes.set_xlim(0, WIDTH - 2 * EDGE)
        most = max((each for slope in slopes for each in slope.counts), default=1) or 1
        bottom = height - 0.2
        places = _slope_head(axes, heads, colors)
        for x in places:
            axes.plot([x, x], [top - 0.15, bottom + 0.1], color=colors["line"], linewidth=1, zorder=0)
        at = {number: bottom - (bottom - top) * number / most for number in range(most + 1)}
        ends = _dodged([at[slope.after] for slope in slopes])
        starts = {at[slope.before]: slope.before for slope in slopes}
        aside = _aside([slope.counts for slope in slopes])
        for slope, end, mark, by in zip(slopes, ends, _marks(len(slopes)), aside, strict=True):
            color, y = colors[slope.color], [at[count] + by for count in slope.counts]
            _line(axes, places, y, (color, mark), [many for _, many in heads])
            axes.plot((_RIGHT + 0.08, _RIGHT + 0.24), (y[-1], end), color=color, linewidth=0.8)
            write(axes, _RIGHT + 0.28, end, f"{slope.after or told[-1]}  {slope.name}", color)
        for y_at, number in starts.items():
            write(axes, _LEFT - 0.14, y_at, str(number or told[0]), colors["ink"], ha="right")

    return height, paint


def _slope_head(axes: Axes, heads: Sequence[tuple[str, int]], colors: Mapping[str, str]) -> list[float]:
    """Write what stands above, and return where the times are."""
    times = sum(many for _, many in heads)
    places = [_LEFT + (_RIGHT - _LEFT) * number / max(1, times - 1) for number in range(times)]
    start = 0
    for text, many in heads:
        here = places[start : start + many]
        write(axes, sum(here) / many, 0.15, text, colors["soft"], size=SMALL, ha="center")
        for number, x in enumerate(here if many > 1 else (), 1):
            write(axes, x, 0.42, str(number), colors["soft"], size=SMALL, ha="center")
        start += many
    return places


def _line(axes: Axes, places: Sequence[float], y: Sequence[float], look: tuple[str, str], spans: Sequence[int]) -> None:
    """Draw a line, dashed where it leads from one head to the next, if any head stands over several times."""
    color, mark = look
    if max(spans) == 1:
        axes.plot(places, y, color=color, linewidth=2.2, marker=mark, markersize=7)
        return
    start = 0
    for many in spans:
        end = start + many
        axes.plot(places[start:end], y[start:end], color=color, linewidth=2.2, marker=mark, markersize=7)
        axes.plot(places[end - 1 : end + 1], y[end - 1 : end + 1], color=color, linewidth=1.4, linestyle=(0, (2, 2)))
        start = end


def _marks(many: int) -> list[str]:
    """Return a shape for each line, so that color alone never tells one from another."""
    return [("o", "s", "^", "D", "v", "P", "X")[number % 7] for number in range(many)]


def _aside(lines_drawn: Sequence[tuple[int, ...]]) -> list[float]:
    """Return by how much to draw each line lower, in inches, so that none lies on one that runs the same way."""
    return [_BESIDE * lines_drawn[:number].count(each) for number, each in enumerate(lines_drawn)]


def _dodged(wanted: Sequence[float]) -> list[float]:
    """Return places near those that are wanted, far enough apart to write in."""
    order = sorted(range(len(wanted)), key=lambda each: wanted[each])
    placed = {each: wanted[each] for each in order}
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + _APART)
    over = max(0.0, max(placed.values(), default=0.0) - max(wanted, default=0.0))
    return [placed[each] - over / 2 for each in range(len(wanted))]


# -- what coders marked when --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lane:
    """What each coder marked of one item: from when to when, or at one moment."""

    text: str
    coders: tuple[tuple[tuple[float, float], ...], ...]


_CODER = 0.085


def paint_timeline(
    lanes: Sequence[Lane], ends: tuple[float, float], scale: Sequence[tuple[float, str]]
) -> tuple[float, Paint]:
    """Return the height of a picture, and what draws for each item a line for each coder, with a stroke at marks."""
    texts = [wrapped(each.text) for each in lanes]
    foot = 0.3
    height = (
        foot
        + 0.1
        + sum(len(text) * LINE + len(each.coders) * _CODER + 0.26 for each, text in zip(lanes, texts, strict=True))
    )

    def paint(figure: Figure, colors: Mapping[str, str]) -> None:
        from matplotlib.collections import PolyCollection  # noqa: PLC0415  only when something is drawn

        axes = whole(figure, height)
        axes.set_xlim(0, WIDTH - 2 * EDGE)
        first, reach = 0.1, WIDTH - 2 * EDGE - 0.2
        span = (ends[1] - ends[0]) or 1

        def at(when: float) -> float:
            return first + reach * (when - ends[0]) / span

        y = 0.05
        for each, text in zip(lanes, texts, strict=True):
            y = lines(axes, 0, y, text, colors["ink"]) + 0.08
            low = y + len(each.coders) * _CODER
            for when, _ in scale:
                axes.plot([at(when)] * 2, [y, low], color=colors["line"], linewidth=0.8, zorder=0)
            rows = [y + _CODER * (number + 0.5) for number in range(len(each.coders))]
            axes.hlines(rows, at(ends[0]), at(ends[1]), colors=colors["line"], linewidth=0.8, zorder=0)
            strokes = [
                (at(begun) - (0.035 if ended == begun else 0), max(at(ended) - at(begun), 0.07), row)
                for row, coder in zip(rows, each.coders, strict=True)
                for begun, ended in coder
            ]
            half = 0.4 * _CODER
            corners = [
                [(x, row - half), (x + wide, row - half), (x + wide, row + half), (x, row + half)]
                for x, wide, row in strokes
            ]
            axes.add_collection(PolyCollection(corners, facecolors=colors["accent"], edgecolors="none"), autolim=False)
            y = low
            y += 0.18
        for when, said in scale:
            write(axes, at(when), y + 0.02, said, colors["soft"], size=SMALL, ha="center")

    return height, paint
