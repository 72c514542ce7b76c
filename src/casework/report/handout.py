"""A case on paper: a handout to read and write on, or the trainer's guide with notes, minutes and the map."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from casework.content import signs
from casework.content.drawing import STYLE, tell_condition, tell_ways
from casework.content.graph import SceneGraph
from casework.content.markdown import to_html, to_inline_html
from casework.content.media import file_address
from casework.content.words import words
from casework.report.preview import figure, fonts

if TYPE_CHECKING:
    from casework.content import Case, Checklist

_LINES, _LINES_FOR_ONE = 5, 3


def handout(case: Case, checklist: Checklist | None = None, *, trainer: bool = False) -> str:
    """Return a case as one HTML file that needs nothing else and prints well.

    Parameters
    ----------
    case : Case
        The case, in the language to print it in.
    checklist : Checklist, optional
        What to look for in the moments of the case; each gets a sheet, if given.
    trainer : bool
        Whether to print the guide: with trainer's notes, minutes and the map, and no space to write.
    """
    from jinja2 import Environment  # noqa: PLC0415  only when a page is made
    from markupsafe import Markup  # noqa: PLC0415  as above

    told, graph = words(case.language), SceneGraph(case)
    source = resources.files("casework.report").joinpath("handout.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "block": lambda text: Markup(to_html(text)),  # noqa: S704  sanitised there
        "inline": lambda text: Markup(to_inline_html(text)),  # noqa: S704  as above
    }
    return environment.from_string(source).render(
        case=case,
        checklist=checklist,
        trainer=trainer,
        words=told,
        graph=graph,
        branches=any(scene.choices for scene in case.scenes),
        condition=lambda step: tell_condition(step, graph, told),
        picture=lambda name: file_address(case, name),
        sign=lambda kind: Markup(signs.draw(signs.PERSPECTIVES[kind], kind)),  # noqa: S704  our own
        lines=_LINES,
        lines_for_one=_LINES_FOR_ONE,
        ways=tell_ways(case),
        figure=Markup(figure(case)) if trainer else "",  # noqa: S704  made there, every word escaped
        style=Markup(STYLE),  # noqa: S704  our own
        fonts=Markup(fonts()),  # noqa: S704  our own
    )
