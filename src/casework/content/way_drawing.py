"""One's own way, drawn on the map of the scenes: strong where one went, quiet where one did not.

Scenes that were never read are dots without a title, and the ways between them have no words, so that the picture
gives nothing away. It takes its colours from the page: ``--cw-accent``, ``--cw-edge``, ``--cw-field``, ``--cw-ink``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from casework.content.graph import SceneGraph
from casework.content.layout import place
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.content.case import Case
    from casework.content.graph import Step
    from casework.content.layout import Box, Layout

_PAD, _LANE, _GAP = 5.0, 14.0, 14.0
_WIDE_GAP, _NARROW_GAP = 28.0, 12.0
_TURN = 6.0
_DOT, _READ, _STOP = 14.0, 24.0, 34.0
_LINE, _TITLE = 20.0, 144.0
_LETTERS = 17
_WIDEST, _LARGE = 940.0, 420.0

_INK, _SOFT, _FIELD = "var(--cw-ink, #22303a)", "var(--cw-soft, #56626b)", "var(--cw-field, #fffdfa)"
_EDGE, _ACCENT, _ON = "var(--cw-edge, #857c6d)", "var(--cw-accent, #0b6e6e)", "var(--cw-on-accent, #ffffff)"

Turn = tuple[str, str | None]
"""A scene, and the choice that leads on from it."""


@dataclass(frozen=True, slots=True)
class Trodden:
    """Where someone has been.

    Parameters
    ----------
    stops : tuple of (str, str or None)
        The scenes on the way, each with the choice that led on; the last is where it ends.
    visited : frozenset of str
        Every scene ever read, on this way or another.
    tried : Mapping[str, tuple of str]
        The choices ever taken, by scene.
    """

    stops: tuple[Turn, ...]
    visited: frozenset[str]
    tried: Mapping[str, tuple[str, ...]]

    def number(self, scene: str) -> int:
        """Return as which stop a scene was first read on this way; 0 if it was not."""
        return next((number for number, (name, _) in enumerate(self.stops, 1) if name == scene), 0)

    def taken(self, turn: Turn) -> bool:
        """Return whether a turn was taken on this way."""
        return turn in self.stops[:-1]

    def known(self, turn: Turn) -> bool:
        """Return whether a turn was ever taken."""
        scene, choice = turn
        return self.taken(turn) or (choice in self.tried.get(scene, ()) if choice else False)


def draw_way(case: Case, trodden: Trodden, *, wide: bool) -> str | None:
    """Return the way as SVG; None if the map is wider than a page, where titles are asked for.

    Parameters
    ----------
    case : Case
        The case.
    trodden : Trodden
        Where someone has been in it.
    wide : bool
        Whether scenes carry their titles; otherwise only their numbers, for a narrow page.
    """
    graph = SceneGraph(case)
    drawing = _Drawing(graph, trodden, wide=wide)
    return drawing.svg()


class _Drawing:
    def __init__(self, graph: SceneGraph, trodden: Trodden, *, wide: bool) -> None:
        self.graph, self.trodden, self.wide = graph, trodden, wide
        turns = {step.choice.id: (_TURN * 3, _TURN) for step in graph.steps if step.choice}
        self.layout: Layout = place(
            graph, {name: self._size(name) for name in graph.scenes}, turns, (_WIDE_GAP if wide else _NARROW_GAP, _GAP)
        )

    def svg(self) -> str | None:
        lanes = len(self.layout.returns)
        width = self.layout.width + 2 * _PAD + _LANE * (lanes + bool(lanes))
        height = self.layout.height + 2 * _PAD
        if self.wide and width > _WIDEST:
            return None
        large = ' class="cw-large"' if width > _LARGE else ""  # too large to be made smaller: it is scrolled
        label = escape(words(self.graph.case.language)["walk.map"], quote=True)
        ways = sorted([*self._ways(), *self._returns()])  # the way that was taken lies on top
        parts = [*(drawn for _, drawn in ways), *(self._scene(box) for box in self.layout.scenes.values())]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg"{large} role="img" aria-label="{label}" width="{width:.0f}" '
            f'height="{height:.0f}" viewBox="{-_PAD:.0f} {-_PAD:.0f} {width:.0f} {height:.0f}">{"".join(parts)}</svg>'
        )

    def _title(self, scene: str) -> list[str]:
        number = self.trodden.number(scene)
        title = self.graph.scenes[scene].title
        title = title or words(self.graph.case.language)["walk.scene"].format(at=number) if number else title or ""
        return wrap(title, _LETTERS, max_lines=2, placeholder=" …") or [""]

    def _size(self, scene: str) -> tuple[float, float]:
        if scene not in self.trodden.visited:
            return _DOT, _DOT
        if self.wide:
            return _STOP + _TITLE, max(_STOP, 14 + _LINE * len(self._title(scene)))
        return (_STOP, _STOP) if self.trodden.number(scene) else (_READ, _READ)

    # -- ways -------------------------------------------------------------------------------------

    def _ways(self) -> Iterator[tuple[int, str]]:
        alike = Counter((step.start, step.target) for step in self.graph.steps)
        for step in self.graph.steps:
            between = sorted((box for box in self.layout.boxes if box.step is step), key=lambda box: box.row)
            if len(between) == 1 and alike[step.start, step.target] == 1:
                between = []  # one swing, where nothing else takes the same
            if not step.back:
                chain = [self.layout.scenes[step.start], *between, self.layout.scenes[step.target]]
                path = "".join(self._piece(upper, lower) for upper, lower in pairwise(chain))
                yield self._line(step, path)

    def _piece(self, upper: Box, lower: Box) -> str:
        start, end = self.layout.row_ends[upper.row], lower.y
        middle = (start + end) / 2
        begin = f"M{upper.x:.1f} {upper.y + upper.height:.1f}" if upper.scene else ""
        through = "" if lower.scene else f"V{lower.y + lower.height:.1f}"
        curve = f"C{upper.x:.1f} {middle:.1f} {lower.x:.1f} {middle:.1f} {lower.x:.1f} {end:.1f}"
        return f"{begin}V{start:.1f}{curve}{through}"

    def _returns(self) -> Iterator[tuple[int, str]]:
        """Draw the steps that lead back: down, out to a lane at the right, up, and into the scene from above."""
        for number, (step, box) in enumerate(self.layout.returns):
            target, lane = self.layout.scenes[step.target], self.layout.width + _LANE * (number + 1)
            out, over = self.layout.row_ends[box.row] + _GAP / 2, target.y - _GAP / 2
            path = f"M{box.x:.1f} {box.y:.1f}V{out:.1f}H{lane:.1f}V{over:.1f}H{target.x:.1f}V{target.y:.1f}"
            yield self._line(step, path)

    def _line(self, step: Step, path: str) -> tuple[int, str]:
        """Return a way, with how strongly it is drawn."""
        turn = step.start, step.choice.id if step.choice else None
        rank = 2 if self.trodden.taken(turn) else int(self.trodden.known(turn))
        colour, width, dashes = [
            (_EDGE, 1.3, ' stroke-dasharray="1.5 4.5"'),
            (_EDGE, 1.6, ""),
            (_ACCENT, 4.5, ""),
        ][rank]
        drawn = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"'
        return rank, f'{drawn} stroke-linejoin="round"{dashes}/>'

    # -- scenes -----------------------------------------------------------------------------------

    def _scene(self, box: Box) -> str:
        scene = str(box.scene)
        if scene not in self.trodden.visited:
            return _round(
                box.x, box.y + _DOT / 2, _DOT / 2 - 1.5, f'{_fill(_FIELD)} stroke="{_EDGE}" stroke-width="1.3"'
            )
        number = self.trodden.number(scene)
        return self._titled(box, number) if self.wide else self._numbered(box.x, box.y + box.height / 2, number)

    def _numbered(self, x: float, y: float, number: int) -> str:
        """Draw a stop as a disc with its number; one of another way as a ring."""
        if not number:
            return _round(x, y, _READ / 2 - 1.5, f'{_fill(_FIELD)} stroke="{_EDGE}" stroke-width="1.6"')
        last = number == len(self.trodden.stops)
        ground = _ACCENT if last else _FIELD
        disc = _round(x, y, _STOP / 2 - 2, f'{_fill(ground)} stroke="{_ACCENT}" stroke-width="2.5"')
        text = f'text-anchor="middle" font-weight="600" font-size="15" {_fill(_ON if last else _ACCENT)}'
        return f'{disc}<text x="{x:.1f}" y="{y + 5.2:.1f}" font-family="system-ui, sans-serif" {text}>{number}</text>'

    def _titled(self, box: Box, number: int) -> str:
        left = box.x - box.width / 2
        edge = f'stroke="{_ACCENT}" stroke-width="2"' if number else f'stroke="{_EDGE}" stroke-width="1.3"'
        size = f'width="{box.width:.1f}" height="{box.height:.1f}"'
        frame = f'<rect x="{left:.1f}" y="{box.y:.1f}" {size} rx="{_STOP / 2}" {_fill(_FIELD)} {edge}/>'
        disc = self._numbered(left + _STOP / 2, box.y + box.height / 2, number) if number else ""
        lines = self._title(str(box.scene))
        top = box.y + box.height / 2 - _LINE * len(lines) / 2 + 14.5
        x = left + _STOP + 6 if number else box.x
        spans = "".join(
            f'<tspan x="{x:.1f}" y="{top + _LINE * i:.1f}">{escape(line)}</tspan>' for i, line in enumerate(lines)
        )
        serif = 'font-size="15.5" font-family="\'Casework Serif\', Charter, Georgia, serif"'
        anchor = "" if number else ' text-anchor="middle"'
        return f"{frame}{disc}<text {serif}{anchor} {_fill(_INK if number else _SOFT)}>{spans}</text>"


def _fill(colour: str) -> str:
    return f'fill="{colour}"'


def _round(x: float, y: float, radius: float, look: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'
