"""Where everybody stands on a relationship map: rings around the child, worked out once for page, file and paper.

The same people stand in the same places each time. Lengths are in pixels of the page at its usual size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GAP = 14.0
_MOST_LINES = 4
_ROUNDS = 60
_EDGE = 6.0
_CROWD = 2000
"""People times lines from which on no way around is looked for: there is none, and looking takes seconds."""
_BENDS = (0.0, 0.14, -0.14, 0.28, -0.28, 0.42, -0.42, 0.58, -0.58)
_SAMPLES = tuple(step / 14 for step in range(1, 14))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: wide as a page, or narrow as a telephone."""

    name: str
    width: float
    least: float
    """The least height."""
    letter: float
    """How wide a letter is, about."""
    line: float
    """From one line of a name to the next."""
    usual: int
    """Letters in one line of a name."""
    longest: int
    """Letters in one line where a single word needs them."""
    side: float
    """Blank space on both sides of a name."""
    rings: Mapping[str, tuple[float, float]]
    """Half of the width and of the height of each ring."""


WIDE = Sheet(
    "wide", 500, 430, 8.8, 20, 11, 14, 10,
    {"family": (158, 122), "around": (206, 206), "practitioner": (95, 214), "consultant": (95, 300)},
)  # fmt: skip
NARROW = Sheet(
    "narrow", 240, 400, 7.3, 17, 9, 12, 7,
    {"family": (84, 112), "around": (84, 200), "practitioner": (60, 206), "consultant": (60, 288)},
)  # fmt: skip
SHEETS: Mapping[str, Sheet] = {sheet.name: sheet for sheet in (WIDE, NARROW)}


@dataclass(slots=True)
class Box:
    """One person on a sheet: the middle of their box, its size, and the lines of their name."""

    id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    fixed: bool = False

    def view(self) -> dict[str, Any]:
        """Return it as JSON."""
        size = {"width": round(self.width), "height": round(self.height)}
        return {"x": round(self.x, 1), "y": round(self.y, 1), **size, "lines": list(self.lines)}

    def overlaps(self, other: Box) -> bool:
        """Return whether two boxes stand too close."""
        return self._over_x(other) > 0 and self._over_y(other) > 0

    def _over_x(self, other: Box) -> float:
        return (self.width + other.width) / 2 + GAP - abs(self.x - other.x)

    def _over_y(self, other: Box) -> float:
        return (self.height + other.height) / 2 + GAP - abs(self.y - other.y)

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point falls on the box or close to it."""
        return abs(x - self.x) < self.width / 2 + 4 and abs(y - self.y) < self.height / 2 + 4


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with everybody on it."""

    width: float
    height: float
    centre: tuple[float, float]
    rings: tuple[tuple[float, float], ...]
    """Half of the width and height of the rings that are drawn behind."""
    boxes: Mapping[str, Box]
    bends: Mapping[tuple[str, str], float]
    """How far a line swings out to the side, as a part of its length, so that it runs behind nobody else."""

    def view(self) -> dict[str, Any]:
        """Return it as JSON; a line is named by its pair, joined by a slash."""
        return {
            "width": self.width,
            "height": self.height,
            "centre": list(self.centre),
            "rings": [list(ring) for ring in self.rings],
            "boxes": {id_: box.view() for id_, box in self.boxes.items()},
            "bends": {"/".join(two): bend for two, bend in self.bends.items()},
        }


def bow(start: tuple[float, float], end: tuple[float, float], bend: float) -> tuple[float, float]:
    """Return the point that a line is drawn towards on its way, so that it swings out by `bend`."""
    (x0, y0), (x1, y1) = start, end
    return (x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend


@lru_cache(maxsize=256)
def lay_out(
    sheet: str,
    people: tuple[tuple[str, str, str], ...],
    ties: tuple[tuple[str, str], ...] = (),
    moved: tuple[tuple[str, float, float], ...] = (),
) -> Layout:
    """Return where everybody stands.

    Parameters
    ----------
    sheet : str
        ``"wide"`` or ``"narrow"``.
    people : tuple
        The id, the name and the place of each, the child first.
    ties : tuple
        The pairs that are joined by a line.
    moved : tuple
        The id of each whom the learner moved, and where to, as parts of the width and the height.
    """
    on = SHEETS[sheet]
    boxes = _place(on, people)
    height = _fit(on, boxes)
    for id_, x, y in moved:
        _put(boxes[id_], x * on.width, y * height, on.width, height)
    bends: dict[tuple[str, str], float] = {}
    crowded = len(boxes) * len(ties) > _CROWD
    for one, other in ties:
        swing = 0.0 if crowded else _bend(boxes[one], boxes[other], boxes.values(), on.width, height)
        bends[one, other] = swing
    child = boxes[people[0][0]]
    (across, along), around = on.rings["family"], on.rings["around"]
    rings = [(min(across, 0.74 * around[0]), along)]
    if any(place != "family" for _, _, place in people[1:]):
        rings.append(around)
    return Layout(on.width, round(height, 1), (round(child.x, 1), round(child.y, 1)), tuple(rings), boxes, bends)


def _place(on: Sheet, people: Iterable[tuple[str, str, str]]) -> dict[str, Box]:
    """Stand everybody on their ring, and then apart."""
    boxes: dict[str, Box] = {}
    by_place: dict[str, list[str]] = {}
    for id_, name, place in people:
        boxes[id_] = _box(on, id_, name, child=not boxes)
        if len(boxes) > 1:
            by_place.setdefault(place, []).append(id_)
    for place, ids in by_place.items():
        for id_, angle in zip(ids, _angles(place, len(ids)), strict=True):
            across, along = on.rings[place]
            turn = radians(angle)
            boxes[id_].x, boxes[id_].y = across * cos(turn), along * sin(turn)
    _stand_apart(on, list(boxes.values()))
    return boxes


def _box(on: Sheet, id_: str, name: str, *, child: bool) -> Box:
    letters = min(max(map(len, name.replace("-", "- ").split()), default=0), on.longest)
    lines = tuple(wrap(name, max(on.usual, letters), max_lines=_MOST_LINES, placeholder=" …")) or ("?",)
    width = max(max(map(len, lines)) * on.letter + 2 * on.side, 56.0)
    height = max(len(lines) * on.line + 20, 44.0)
    return Box(id_, 0, 0, width + (12 if child else 0), height + (14 if child else 0), lines, fixed=child)


def _angles(place: str, count: int) -> list[float]:
    """Return where those of one place stand on their ring, in degrees from the right, clockwise; work is below."""
    if place == "family":
        return [38 - 360 * index / count for index in range(count)]
    if place == "around":
        step = 250 / max(count, 2)
        return [294 + step * (index - (count - 1) / 2) for index in range(count)]
    step = 44 if place == "practitioner" else 36
    return [104 + step * (index - (count - 1) / 2) for index in range(count)]


def _stand_apart(on: Sheet, boxes: list[Box]) -> None:
    """Push apart those who stand too close; nobody leaves the sheet at its sides."""
    for _ in range(_ROUNDS):
        if not sum(_push(one, other) for i, one in enumerate(boxes) for other in boxes[:i]):
            break
        for box in boxes:
            _keep_in(on, box)
    for box in boxes:
        _keep_in(on, box)
    placed: list[Box] = []
    for box in sorted(boxes, key=lambda each: (not each.fixed, abs(each.y))):
        while close := next((other for other in placed if box.overlaps(other)), None):
            reach = (box.height + close.height) / 2 + GAP + 0.01
            box.y = close.y + (reach if box.y >= 0 else -reach)
        placed.append(box)


def _push(one: Box, other: Box) -> bool:
    """Push two apart by the shorter way, the one who is fixed not at all; return whether they were too close."""
    if not one.overlaps(other):
        return False
    over_x, over_y = one._over_x(other), one._over_y(other)  # noqa: SLF001  of the same class's making
    across = over_x < over_y
    half = (over_x if across else over_y) / (1 if one.fixed or other.fixed else 2) + 0.01
    ahead = one.x >= other.x if across else one.y >= other.y
    for box, sign in ((one, 1 if ahead else -1), (other, -1 if ahead else 1)):
        if not box.fixed and across:
            box.x += sign * half
        elif not box.fixed:
            box.y += sign * half
    return True


def _keep_in(on: Sheet, box: Box) -> None:
    reach = (on.width - box.width) / 2 - _EDGE
    box.x = 0 if box.fixed else min(max(box.x, -reach), reach)


def _fit(on: Sheet, boxes: Mapping[str, Box]) -> float:
    """Bring everybody onto a sheet that is high enough; return its height."""
    top = min(box.y - box.height / 2 for box in boxes.values()) - _EDGE
    foot = max(box.y + box.height / 2 for box in boxes.values()) + _EDGE
    spare = max(on.least - (foot - top), 0) / 2
    for box in boxes.values():
        box.x += on.width / 2
        box.y += spare - top
    return foot - top + 2 * spare


def _put(box: Box, x: float, y: float, width: float, height: float) -> None:
    box.x = min(max(x, box.width / 2 + _EDGE), width - box.width / 2 - _EDGE)
    box.y = min(max(y, box.height / 2 + _EDGE), height - box.height / 2 - _EDGE)


def _bend(one: Box, other: Box, boxes: Iterable[Box], width: float, height: float) -> float:
    """Return the least bend with which a line between two runs behind nobody else, or else behind the fewest."""
    start, end = (one.x, one.y), (other.x, other.y)
    others = [box for box in boxes if box is not one and box is not other]

    def hits(bend: float) -> int:
        points = list(_curve(start, end, bend))
        out = sum(not (0 < x < width and 0 < y < height) for x, y in points)
        return out + sum(box.holds(x, y) for x, y in points for box in others)

    best, least = 0.0, len(_SAMPLES) * (len(others) + 2)
    for bend in _BENDS:
        if (found := hits(bend)) < least:
            best, least = bend, found
        if not least:
            break
    return best


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> Iterable[tuple[float, float]]:
    x1, y1 = bow(start, end, bend)
    for t in _SAMPLES:
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        yield a * start[0] + b * x1 + c * end[0], a * start[1] + b * y1 + c * end[1]
