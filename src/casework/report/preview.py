"""The map of a case as a page to look at, and as something a notebook shows."""

from __future__ import annotations

import base64
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from casework.content.drawing import STYLE, draw_key, draw_map, list_map, tell_map, tell_ways
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.content import Case


class CaseMap:
    """The map of a case, as a notebook shows it: a picture, and the same in words.

    Parameters
    ----------
    case : Case
        The case.
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    def __repr__(self) -> str:
        return tell_map(self.case)

    def _repr_html_(self) -> str:
        told = words(self.case.language)["print.map_list"]
        return (
            f"<style>{STYLE}</style><p>{escape(tell_ways(self.case))}</p>{figure(self.case)}"
            f"<details><summary>{escape(told)}</summary>{list_map(self.case)}</details>"
        )

    def _repr_mimebundle_(self, **_: object) -> Mapping[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}


def preview_page(case: Case) -> str:
    """Return the page of ``casework preview``: one HTML file that needs nothing else.

    Parameters
    ----------
    case : Case
        The case, in the language to show it in.
    """
    from jinja2 import Environment  # noqa: PLC0415  only when a page is made
    from markupsafe import Markup  # noqa: PLC0415  as above

    told = words(case.language)
    source = resources.files("casework.report").joinpath("preview.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(
        case=case,
        words=told,
        label=told["print.map_of"].format(title=case.title),
        ways=tell_ways(case),
        figure=Markup(figure(case)),  # noqa: S704  made here, every word escaped
        listed=Markup(list_map(case)),  # noqa: S704  as above
        style=Markup(STYLE),  # noqa: S704  our own
        fonts=Markup(fonts()),  # noqa: S704  our own
    )


def figure(case: Case) -> str:
    """Return the picture in a box that scrolls, with what its signs mean."""
    label = escape(words(case.language)["print.map_of"].format(title=case.title), quote=True)
    return (
        f'<div class="cw-map"><div class="cw-map-box" tabindex="0" role="region" aria-label="{label}">{draw_map(case)}'
        f"</div>{draw_key(case)}</div>"
    )


def fonts() -> str:
    """Return the story's letters as CSS that carries them along."""
    faces = []
    for name, style in (("casework-serif", "normal"), ("casework-serif-italic", "italic")):
        data = resources.files("casework").joinpath("static", "fonts", f"{name}.woff2").read_bytes()
        address = f"data:font/woff2;base64,{base64.b64encode(data).decode()}"
        faces.append(f'@font-face {{ font-family: "Casework Serif"; font-style: {style}; src: url("{address}"); }}')
    return "\n".join(faces)
