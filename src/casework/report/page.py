"""A report as a page: one HTML file that needs nothing else and prints well, or a part of another page."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

    from casework.report.document import Document
    from casework.report.drawings import Drawing

_STYLE = """\
:root { color-scheme: light dark; }
body { margin: 3rem auto; padding: 0 1.25rem; background: light-dark(#fbf8f3, #16202a);
  color: light-dark(#22303a, #e8e4dc); font: 1.1rem/1.6 Charter, Georgia, serif; }
@page { margin: 18mm 16mm; }
@media print { :root { color-scheme: light; } body { margin: 0; padding: 0; background: none; font-size: 10.5pt; } }"""


def _nothing() -> None:
    pass


def as_part(document: Document, step: Callable[[], None] = _nothing, *, top: int = 1) -> str:
    """Return a report as HTML that can stand in a page.

    Parameters
    ----------
    document : Document
        The report.
    step : callable, optional
        Called after each picture.
    top : int, optional
        The level of its first heading in that page.
    """

    def drawn(drawing: Drawing) -> str:
        step()
        return drawing.svg()

    return _template().render(document=document, said=words(document.language), drawn=drawn, top=top)


def as_page(document: Document, step: Callable[[], None] = _nothing) -> str:
    """Return a report as one HTML file; `step` is called after each picture."""
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f"{as_part(document, step)}\n</main>\n</body>\n</html>\n"
    )


@cache
def _template() -> Template:
    from jinja2 import Environment  # noqa: PLC0415  only when something is written

    source = resources.files("casework.report").joinpath("report.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
