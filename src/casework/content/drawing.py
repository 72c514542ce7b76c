"""The map of a case: its scenes as a picture (SVG), and the same in words for those who do not see it.

The picture needs nothing but itself: no script, no other file, no name that could meet another on the page.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from casework.content import signs
from casework.content.graph import SceneGraph
from casework.content.layout import Box, place
from casework.content.markdown import to_plain
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casework.content.case import Case
    from casework.content.graph import Step
    from casework.content.layout import Layout
    from casework.content.perspective import Perspective
    from casework.content.scene import Scene

_BOX, _TITLE_LINE, _MARKS = 216.0, 21.0, 30.0
_WORDS, _WORDS_LINE = 178.0, 17.0
_PAD = 16.0
_LANE = 16.0
_LONGEST_WORDS = 5
_MANY_WAYS = 9999

STYLE = """\
.cw-map { color-scheme: light dark; --cw-m-paper: light-dark(#fbf8f3, #16202a);
  --cw-m-box: light-dark(#fffdf9, #1d2935);
  --cw-m-ink: light-dark(#22303a, #e8e4dc); --cw-m-soft: light-dark(#51606b, #b4bcc2);
  --cw-m-edge: light-dark(#7d8a93, #8796a2); --cw-m-accent: light-dark(#0b6e6e, #6fc7c1); color: var(--cw-m-ink); }
[data-theme="light"] .cw-map, [data-jp-theme-light="true"] .cw-map { color-scheme: light; }
[data-theme="dark"] .cw-map, [data-jp-theme-light="false"] .cw-map { color-scheme: dark; }
.cw-map svg { display: block; }
.cw-map .cw-child { color: light-dark(#9a5b00, #e0a95c); }
.cw-map .cw-parent { color: light-dark(#7a3b69, #d9a3cb); }
.cw-map .cw-practitioner { color: light-dark(#1f5fa8, #8fbdf0); }
.cw-map .cw-relationship { color: light-dark(#2c6e49, #86cfa6); }
.cw-map .cw-other { color: light-dark(#4a5568, #b8c0cc); }
.cw-map .cw-pause, .cw-map .cw-new, .cw-map .cw-end, .cw-map .cw-back { color: var(--cw-m-accent); }
.cw-map-box { overflow: auto; background: var(--cw-m-paper); border: 1px solid light-dark(#e2dbcf, #31404d);
  border-radius: 0.75rem; }
.cw-map-box svg { margin-inline: auto; }
.cw-map-box:focus-visible { outline: 3px solid var(--cw-m-accent); outline-offset: 3px; }
.cw-map .cw-key { display: flex; flex-wrap: wrap; gap: 0.35rem 1.25rem; margin: 0.75rem 0 0; padding: 0;
  list-style: none;
  font: 0.9375rem/1.5 system-ui, sans-serif; color: var(--cw-m-soft); }
.cw-map .cw-key li { display: flex; gap: 0.4rem; align-items: center; margin: 0; }
.cw-map .cw-sign { flex: none; }
"""
"""What the figure looks like, in light and dark; its classes begin with ``cw-``."""


def draw_map(case: Case) -> str:
    """Return the map as SVG: scenes as boxes, ways as arrows with the choices' words on them."""
    graph = SceneGraph(case)
    scenes = {name: (_BOX, len(_title(scene)) * _TITLE_LINE + _MARKS + 20) for name, scene in graph.scenes.items()}
    choices = [step.choice for step in graph.steps if step.choice]
    sizes = {choice.id: (_WORDS, len(_lines(choice.text)) * _WORDS_LINE + 12) for choice in choices}
    layout = place(graph, scenes, sizes)
    width = layout.width + 2 * _PAD + _LANE * (len(layout.returns) + bool(layout.returns))
    height = layout.height + 2 * _PAD
    label = escape(words(case.language)["print.map_of"].format(title=case.title), quote=True)
    ports = _Ports(layout)
    parts = [
        *(_draw_way(upper, lower, ports, layout) for upper in layout.boxes for lower in upper.after),
        *_draw_returns(layout),
        *(_draw_words(box) for box in layout.boxes if box.step and box.step.choice and box.width == _WORDS),
        *(_draw_scene(box, graph) for box in layout.scenes.values()),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="{-_PAD:.0f} {-_PAD:.0f} {width:.0f} {height:.0f}" '
        'style="color: var(--cw-m-ink, #22303a)">' + "".join(parts) + "</svg>"
    )


def list_map(case: Case) -> str:
    """Return the map in words, as HTML: a list of scenes, each with a list of where its ways lead."""
    graph, told = SceneGraph(case), words(case.language)
    entries = []
    for scene in case.scenes:
        ways = "".join(f"<li>{escape(_tell(step, graph, told))}</li>" for step in graph.after(scene.id))
        name = f"<strong>{escape(graph.name(scene.id))}</strong>"
        entries.append(f"<li>{name}{escape(_tell_marks(scene, graph, told))}{f'<ul>{ways}</ul>' if ways else ''}</li>")
    return f'<ul class="cw-map-list">{"".join(entries)}</ul>'


def tell_map(case: Case) -> str:
    """Return the map in words, as plain text."""
    graph, told = SceneGraph(case), words(case.language)
    lines = [case.title, tell_ways(case), ""]
    for scene in case.scenes:
        lines.append(f"- {graph.name(scene.id)}{_tell_marks(scene, graph, told)}")
        lines.extend(f"  - {_tell(step, graph, told)}" for step in graph.after(scene.id))
    return "\n".join(lines)


def tell_ways(case: Case) -> str:
    """Return how many ways lead through the story, and how long they take, in a few sentences."""
    ways, told = SceneGraph(case).ways(), words(case.language)
    if not ways.count:
        return told["print.ways_none"]
    said = [told["print.way"] if ways.count == 1 else _count_ways(ways.count, told)]
    if ways.longest:
        key = "print.way_minutes" if ways.count == 1 else "print.ways_same"
        if ways.shortest != ways.longest:
            key = "print.ways_minutes"
        said.append(told[key].format(minutes=ways.longest, shortest=ways.shortest, longest=ways.longest))
    if ways.rounds:
        said.append(told["print.ways_round"])
    return " ".join(said)


def draw_key(case: Case) -> str:
    """Return what the signs of the map mean, as HTML."""
    told = words(case.language)
    graph = SceneGraph(case)
    marks = {mark for scene in case.scenes for mark in _marks(scene)}
    marks |= {"back"} if any(step.back for step in graph.steps) else set()
    entries = [
        (signs.draw(path, mark, 20), told[f"print.mark_{mark}"]) for mark, path in signs.MARKS.items() if mark in marks
    ]
    seen = {perspective.id: perspective for scene in case.scenes for perspective in looked_from(scene, case)}
    entries += [(signs.draw(signs.PERSPECTIVES[p.sign], p.sign, 20), p.name) for p in seen.values()]
    return f'<ul class="cw-key">{"".join(f"<li>{sign}{escape(name)}</li>" for sign, name in entries)}</ul>'


def looked_from(scene: Scene, case: Case) -> list[Perspective]:
    """Return the perspectives that a scene's prompts ask for, in the order of the case."""
    asked = {name for prompt in (scene.pause.reflect if scene.pause else ()) for name in prompt.perspectives}
    return [perspective for perspective in case.perspectives if perspective.id in asked]


def _count_ways(count: int, told: Mapping[str, str]) -> str:
    if count > _MANY_WAYS:
        return told["print.ways_many"].format(count=_MANY_WAYS)
    return told["print.ways"].format(count=count)


def _tell(step: Step, graph: SceneGraph, told: Mapping[str, str]) -> str:
    name = graph.name(step.target)
    if step.choice is None:
        return told["print.then_back" if step.back else "print.then"].format(name=name)
    leads = told["print.leads_back" if step.back else "print.leads"].format(name=name)
    return f"{' '.join(to_plain(step.choice.text).split())} → {leads}{_condition(step, graph, told)}"


def _condition(step: Step, graph: SceneGraph, told: Mapping[str, str]) -> str:
    said = tell_condition(step, graph, told)
    return f" ({said})" if said else ""


def tell_condition(step: Step, graph: SceneGraph, told: Mapping[str, str]) -> str:
    """Return when a choice is offered; nothing if it always is."""
    when = step.choice.when if step.choice else None
    if when is None:
        return ""
    if when.visited is not None:
        return told["print.if_visited"].format(letter=graph.name(when.visited))
    found = next(each.choice for each in graph.steps if each.choice and each.choice.id == when.chose)
    return told["print.if_chose"].format(text=" ".join(to_plain(found.text).split()))


def _tell_marks(scene: Scene, graph: SceneGraph, told: Mapping[str, str]) -> str:
    minutes = graph.minutes(scene.id)
    said = [told["print.min"].format(minutes=minutes)] if minutes else []
    said += [
        told[{"pause": "print.mark_pause", "new": "print.mark_new", "end": "print.mark_end"}[m]] for m in _marks(scene)
    ]
    if names := ", ".join(perspective.name for perspective in looked_from(scene, graph.case)):
        said.append(told["print.mark_from"].format(names=names))
    return f": {'; '.join(said)}" if said else ""


def _marks(scene: Scene) -> list[str]:
    held = {"pause": scene.pause, "new": scene.new_information, "end": scene.end}
    return [mark for mark, there in held.items() if there]


def _title(scene: Scene) -> list[str]:
    return wrap(scene.title or to_plain(scene.text).split("\n")[0], 20, max_lines=2, placeholder=" …") or [""]


def _lines(markdown: str) -> list[str]:
    return wrap(to_plain(markdown), 27, max_lines=_LONGEST_WORDS, placeholder=" …") or [""]


class _Ports:
    """Where along its edge each way leaves or meets a box, so that arrows do not fall on one another."""

    def __init__(self, layout: Layout) -> None:
        self.leaving = {id(box): sorted(box.after, key=lambda other: other.x) for box in layout.boxes}
        self.meeting = {id(box): sorted(box.before, key=lambda other: other.x) for box in layout.boxes}

    def leave(self, box: Box, other: Box) -> float:
        return _port(box, self.leaving[id(box)], other)

    def meet(self, box: Box, other: Box) -> float:
        return _port(box, self.meeting[id(box)], other)


def _port(box: Box, joined: list[Box], other: Box) -> float:
    gap = min(36.0, box.width * 0.7 / max(len(joined) - 1, 1))
    return box.x + gap * (joined.index(other) - (len(joined) - 1) / 2)


def _draw_way(upper: Box, lower: Box, ports: _Ports, layout: Layout) -> str:
    """Draw from the lower edge of a box to the upper edge of one in the row below; an arrow where a scene begins."""
    x0, x1 = ports.leave(upper, lower), ports.meet(lower, upper)
    y0, row, y1 = upper.y + upper.height, layout.row_ends[upper.row], lower.y
    tip = y1 - 7 if lower.scene else y1
    middle = (row + tip) / 2
    path = f"M{x0:.1f} {y0:.1f}V{row:.1f}C{x0:.1f} {middle:.1f} {x1:.1f} {middle:.1f} {x1:.1f} {tip:.1f}"
    if lower.scene is None and lower.width != _WORDS:
        path += f"V{y1 + lower.height:.1f}"
    return _line(path) + (_head(x1, y1) if lower.scene else "")


def _line(path: str, *, back: bool = False) -> str:
    dashes = ' stroke-dasharray="5 4"' if back else ""
    colour = "var(--cw-m-accent, #0b6e6e)" if back else "var(--cw-m-edge, #7d8a93)"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round"{dashes}/>'


def _head(x: float, y: float, *, back: bool = False) -> str:
    colour = "var(--cw-m-accent, #0b6e6e)" if back else "var(--cw-m-edge, #7d8a93)"
    return f'<path d="M{x:.1f} {y:.1f}l-5 -9h10z" fill="{colour}"/>'


def _draw_returns(layout: Layout) -> Iterator[str]:
    """Draw the ways back: down, out to a lane at the right, up, and into the scene from above."""
    for number, (step, box) in enumerate(layout.returns):
        target = layout.scenes[step.target]
        lane = layout.width + _LANE * (number + 1)
        out = layout.row_ends[box.row] + 9
        over = target.y - 11
        into = target.x + target.width / 2 - 20 - 12 * (number % 3)
        start = box.x + (box.width / 4 if box.scene else 0)
        path = f"M{start:.1f} {box.y + box.height:.1f}V{out:.1f}H{lane:.1f}V{over:.1f}H{into:.1f}V{target.y - 7:.1f}"
        yield _line(path, back=True) + _head(into, target.y, back=True)


def _draw_words(box: Box) -> str:
    """Write a choice's words on its way."""
    choice = box.step.choice if box.step else None
    lines = _lines(choice.text) if choice else []
    text = _text(lines, box.x, box.y + 6 + 12.5, _WORDS_LINE, 'text-anchor="middle" font-size="13.5"')
    height = len(lines) * _WORDS_LINE + 12
    return (
        f"<g><title>{escape(to_plain(choice.text) if choice else '')}</title>"
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{height:.1f}" rx="8" '
        f'fill="var(--cw-m-paper, #fbf8f3)"/>{text}</g>'
    )


def _draw_scene(box: Box, graph: SceneGraph) -> str:
    scene = graph.scenes[str(box.scene)]
    left, title = box.x - box.width / 2, _title(scene)
    edge = "var(--cw-m-accent, #0b6e6e)" if scene.end else "var(--cw-m-edge, #7d8a93)"
    frame = (
        f'<rect x="{left:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="10" '
        f'fill="var(--cw-m-box, #fffdf9)" stroke="{edge}" stroke-width="{2.5 if scene.end else 1.4}"/>'
    )
    letter = (
        f'<text x="{left + 14:.1f}" y="{box.y + 27:.1f}" font-family="system-ui, sans-serif" font-weight="700" '
        f'font-size="15" fill="var(--cw-m-accent, #0b6e6e)">{graph.letters[scene.id]}</text>'
    )
    serif = 'font-size="17" font-family="\'Casework Serif\', Charter, Georgia, serif"'
    name = _text(title, left + 44, box.y + 27, _TITLE_LINE, serif)
    return f"<g>{frame}{letter}{name}{_draw_marks(box, scene, graph, left)}</g>"


def _draw_marks(box: Box, scene: Scene, graph: SceneGraph, left: float) -> str:
    """Draw the lowest line of a scene: minutes, what it holds, and from where it is looked at."""
    y = box.y + box.height - 31
    minutes, told = graph.minutes(scene.id), words(graph.case.language)
    parts = []
    if minutes:
        said = escape(told["print.min"].format(minutes=minutes))
        parts.append(
            f'<text x="{left + 14:.1f}" y="{y + 15.5:.1f}" font-family="system-ui, sans-serif" font-size="13" '
            f'fill="var(--cw-m-soft, #51606b)">{said}</text>'
        )
    x = left + (72 if minutes else 14)
    for kind in _marks(scene):
        parts.append(_place_sign(signs.MARKS[kind], kind, x, y))
        x += 23
    found = looked_from(scene, graph.case)
    x = box.x + box.width / 2 - 12 - 21 * len(found)
    for index, each in enumerate(found):
        parts.append(_place_sign(signs.PERSPECTIVES[each.sign], each.sign, x + 21 * index, y))
    return "".join(parts)


def _place_sign(path: str, kind: str, x: float, y: float) -> str:
    return f'<g class="cw-{kind}" transform="translate({x:.1f} {y:.1f}) scale(.85)">{signs.stroke(path)}</g>'


def _text(lines: Iterable[str], x: float, y: float, step: float, style: str) -> str:
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + index * step:.1f}">{escape(line)}</tspan>' for index, line in enumerate(lines)
    )
    family = "" if "font-family" in style else ' font-family="system-ui, sans-serif"'
    return f'<text {style}{family} fill="currentColor">{spans}</text>'
