"""Where things stand on the map of scenes: rows by distance from the start, few crossings, straight ways.

The method is Sugiyama's, K., Tagawa, S., & Toda, M. (1981), Methods for visual understanding of hierarchical
system structures, IEEE Transactions on Systems, Man, and Cybernetics 11(2), 109-125: rows, then an order
within each row, then places. What stands between two rows, a choice's words or a way passing by, is a box too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casework.content.graph import SceneGraph, Step

Sizes = dict[str, tuple[float, float]]
"""Widths and heights by id."""

_SWEEPS = 12
_BETWEEN_BOXES = 28.0
_BETWEEN_ROWS = 30.0


@dataclass(eq=False)
class Box:
    """Something with a place on the map: a scene, a choice's words, or a way that only passes by."""

    row: int
    """0 for the first scene; scenes stand in even rows, what lies between them in odd ones."""
    width: float
    height: float
    scene: str | None = None
    """The scene's id."""
    step: Step | None = None
    """The way whose words stand here, or that passes by."""
    x: float = 0.0
    """The middle, from the left edge of the map."""
    y: float = 0.0
    """The upper edge."""
    before: list[Box] = field(default_factory=list)
    """What leads here from the row above."""
    after: list[Box] = field(default_factory=list)
    """What this leads to in the row below."""


@dataclass(frozen=True)
class Layout:
    """All boxes with their places."""

    boxes: list[Box]
    scenes: dict[str, Box]
    returns: list[tuple[Step, Box]]
    """Each step that leads back, and the box that it leaves."""
    width: float
    height: float
    row_ends: list[float]
    """The lower edge of each row."""


def place(
    graph: SceneGraph, size_scene: Sizes, size_words: Sizes, gaps: tuple[float, float] = (_BETWEEN_BOXES, _BETWEEN_ROWS)
) -> Layout:
    """Give every scene and every choice a place.

    Parameters
    ----------
    graph : SceneGraph
        What leads where.
    size_scene : dict of str to (float, float)
        Width and height of each scene's box, by the scene's id.
    size_words : dict of str to (float, float)
        Width and height of each choice's words, by the choice's id.
    gaps : tuple of (float, float), optional
        How far boxes of a row stand apart, and one row from the next.
    """
    scenes = {name: Box(2 * graph.depths[name], *size, scene=name) for name, size in size_scene.items()}
    boxes = list(scenes.values())
    returns: list[tuple[Step, Box]] = []
    for step in graph.steps:
        boxes.extend(_lay(step, scenes, size_words, returns))
    rows = _rows_of(boxes)
    _order(rows)
    _spread(rows, gaps[0])
    ends = _stack(rows, gaps[1])
    _straighten(boxes)
    left = min(box.x - box.width / 2 for box in boxes)
    for box in boxes:
        box.x -= left
    width = max(box.x + box.width / 2 for box in boxes)
    return Layout(boxes, scenes, returns, width, ends[-1], ends)


def _lay(step: Step, scenes: dict[str, Box], words: Sizes, returns: list[tuple[Step, Box]]) -> list[Box]:
    """Return the boxes that a way needs between its scenes, joined to them."""
    start, target = scenes[step.start], scenes[step.target]
    made: list[Box] = []
    last = start
    if step.choice:
        made.append(Box(start.row + 1, *words[step.choice.id], step=step))
    if step.back:
        returns.append((step, made[0] if made else start))
    else:
        made.extend(Box(row, 16.0, 0.0, step=step) for row in range(start.row + 1 + len(made), target.row))
    for box in made:
        _join(last, box)
        last = box
    if not step.back:
        _join(last, target)
    return made


def _join(upper: Box, lower: Box) -> None:
    upper.after.append(lower)
    lower.before.append(upper)


def _rows_of(boxes: Iterable[Box]) -> list[list[Box]]:
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        rows.setdefault(box.row, []).append(box)
    return [rows[number] for number in sorted(rows)]


def _order(rows: list[list[Box]]) -> None:
    """Order each row by the middle of what it is joined to, down and up again, and keep the best order met."""
    best, fewest = [list(row) for row in rows], _count_crossings(rows)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for row, fixed in _pairs(rows, down=down):
            places = {id(box): index for index, box in enumerate(fixed)}
            keys = {}
            for index, box in enumerate(row):
                found = [places[id(other)] for other in (box.before if down else box.after) if id(other) in places]
                keys[id(box)] = (sum(found) / len(found)) if found else float(index)
            row.sort(key=lambda box: keys[id(box)])
        crossings = _count_crossings(rows)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    rows[:] = best


def _pairs(rows: list[list[Box]], *, down: bool) -> Iterable[tuple[list[Box], list[Box]]]:
    """Yield each row to arrange with the row beside it that stays."""
    if down:
        return zip(rows[1:], rows, strict=False)
    return zip(reversed(rows[:-1]), reversed(rows), strict=False)


def _count_crossings(rows: Sequence[Sequence[Box]]) -> int:
    crossings = 0
    for upper, lower in pairwise(rows):
        places = {id(box): index for index, box in enumerate(lower)}
        joins = [sorted(places[id(other)] for other in box.after if id(other) in places) for box in upper]
        ends: list[int] = []
        for found in joins:
            crossings += sum(earlier > place for place in found for earlier in ends)
            ends.extend(found)
    return crossings


def _spread(rows: list[list[Box]], between: float) -> None:
    """Move the boxes of each row towards what they are joined to; none passes another."""
    for row in rows:
        _settle(row, [0.0] * len(row), between)
    for sweep in range(2 * _SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else reversed(rows):
            wanted = [_middle(box.before if down else box.after, box.x) for box in row]
            _settle(row, wanted, between)
    for row in rows:
        _settle(row, [_middle([*box.before, *box.after], box.x) for box in row], between)


def _middle(others: Sequence[Box], otherwise: float) -> float:
    return sum(other.x for other in others) / len(others) if others else otherwise


def _settle(row: Sequence[Box], wanted: Sequence[float], between: float) -> None:
    """Place a row as near as can be to where its boxes should stand, none on another (least squares).

    Boxes that would overlap move together as a block, around the mean of what they want.
    """
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + (left.width + right.width) / 2 + between)
    blocks: list[tuple[float, int]] = []
    for aim, offset in zip(wanted, offsets, strict=True):
        mean, count = aim - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, size = blocks.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        blocks.append((mean, count))
    places = [mean for mean, count in blocks for _ in range(count)]
    for box, start, offset in zip(row, places, offsets, strict=True):
        box.x = start + offset


def _straighten(boxes: list[Box]) -> None:
    """Take out the bends in rows that hold nothing else: a way goes straight through them."""
    for box in [box for box in boxes if not box.height]:
        (upper,), (lower,) = box.before, box.after
        upper.after[upper.after.index(box)] = lower
        lower.before[lower.before.index(box)] = upper
        boxes.remove(box)


def _stack(rows: Sequence[Sequence[Box]], between: float) -> list[float]:
    """Set the rows one below the other; return their lower edges."""
    ends, y = [], 0.0
    for row in rows:
        height = max(box.height for box in row)
        for box in row:
            box.y = y
            if not box.height:
                box.height = height
        ends.append(y + height)
        y += height + between
    return ends
