"""One's own pages: everything one person wrote in a run, as a document to keep."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from casework.activity.code import Thematic
from casework.activity.map import Map
from casework.activity.observe import Observe
from casework.activity.plan import Plan
from casework.activity.rules import cell
from casework.activity.survey import Answering
from casework.activity.walk import Walk
from casework.content.markdown import to_plain
from casework.report import log_pages
from casework.report.chapter import Chapter
from casework.report.code_chapters import code_chapters
from casework.report.map_chapters import map_chapters
from casework.report.observe_pages import observe_chapters
from casework.report.survey_chapters import plan_chapters, survey_chapters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from markupsafe import Markup

    from casework.activity.rules import Rules
    from casework.activity.walk import WalkState
    from casework.content import Case, Choice


def own_pages(title: str, chapters: Iterable[Chapter], words: Mapping[str, str], language: str, at: datetime) -> str:
    """Return the document: one HTML file that needs nothing else and prints well.

    Parameters
    ----------
    title : str
        The workbook's title.
    chapters : iterable of Chapter
        What it holds.
    words : Mapping[str, str]
        The interface's words in the page's language.
    language : str
        The document's language.
    at : datetime
        When it was made, UTC.
    """
    from jinja2 import Environment  # noqa: PLC0415  only when someone takes their pages along

    source = resources.files("casework.report").joinpath("pages.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(title=title, chapters=list(chapters), words=words, language=language, at=at)


def chapters(rules: Rules[Any], state: Any, words: Mapping[str, str]) -> list[Chapter]:  # noqa: ANN401  as the rules have it
    """Return what one left behind in an activity."""
    return next((told(rules, state, words) for kind, told in _CHAPTERS.items() if isinstance(rules, kind)), [])


def walk_chapters(walk: Walk, state: WalkState, words: Mapping[str, str]) -> list[Chapter]:
    """Return one's way through a case, and what one wrote on it; words for the device alone never came here."""
    from markupsafe import escape  # noqa: PLC0415  comes with the template, for those who take their pages along

    case = walk.case
    turns = tuple(
        (_said(case, f"choices/{choice.id}/text", choice.text), _opened(case, choice, words))
        for stop in state.way
        for choice in case.find_scene(stop.scene).choices or ()
        if choice.id == stop.choice
    )
    written = tuple(
        (_asked(case, prompt.id, name), response.text)
        for _, prompt in case.prompts()
        for name in prompt.perspectives or ("",)
        if (response := state.responses.get(cell(prompt.id, name))) and response.text.strip()
    )
    title = escape(words["pages.written"]).format(title=_said(case, "title", case.title))
    found = [Chapter(title, written)] if written else []
    return found + ([Chapter(words["pages.turns"], turns)] if turns else [])


def _opened(case: Case, choice: Choice, words: Mapping[str, str]) -> str:
    from markupsafe import Markup  # noqa: PLC0415  as above

    opens = _said(case, f"choices/{choice.id}/opens", choice.opens)
    closes = _said(case, f"choices/{choice.id}/closes", choice.closes)
    return Markup("{}: {}\n{}: {}").format(words["walk.opens"], opens, words["walk.closes"], closes)


def _asked(case: Case, prompt_id: str, perspective: str) -> str:
    from markupsafe import Markup  # noqa: PLC0415  as above

    question = _said(case, f"prompts/{prompt_id}/prompt", case.find_prompt(prompt_id).prompt)
    if not perspective:
        return question
    name = _said(case, f"perspectives/{perspective}/name", case.find_perspective(perspective).name)
    return Markup("{}. {}").format(name, question)


def _said(case: Case, key: str, text: str) -> Markup:
    """Return a string of a case as plain text, marked with its language where that is not the page's."""
    from markupsafe import Markup, escape  # noqa: PLC0415  as above

    plain = escape(to_plain(text))
    return Markup('<span lang="{}">{}</span>').format(case.base_language, plain) if key in case.borrowed else plain


_CHAPTERS: Mapping[type[Any], Callable[[Any, Any, Mapping[str, str]], list[Chapter]]] = {
    Map: map_chapters,
    Thematic: code_chapters,
    Walk: walk_chapters,
    **log_pages.CHAPTERS,
    Observe: observe_chapters,
    Answering: survey_chapters,
    Plan: plan_chapters,
}
