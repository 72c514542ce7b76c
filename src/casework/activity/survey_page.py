"""What the pages of a survey and of its action plan are given of the content, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.page import Tongue
from casework.content.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.content import Survey, SurveyItem

_NO_SEED = frozenset({"date", "person", "plan"})
"""The kinds of items that no step grows from."""


def survey_page(survey: Survey, round_id: str | None = None, *, one_by_one: bool = False) -> dict[str, Any]:
    """Return what the page of a survey is given.

    Parameters
    ----------
    survey : Survey
        What is answered.
    round_id : str, optional
        Which round.
    one_by_one : bool, optional
        Whether each item is a page of its own.
    """
    tongue = Tongue(survey)
    return {
        **tongue.told(),
        "id": survey.id,
        "title": survey.title,
        "summary": tongue.html("summary", survey.summary),
        "rights": to_plain(survey.rights),
        "minutes": survey.minutes,
        "round": round_id,
        "scales": {scale.id: scale.model_dump(exclude={"id"}) for scale in survey.scales},
        "items": [_item(item, tongue) for item in survey.items],
        "subscales": [{"id": one.id, "name": one.name, "method": one.method} for one in survey.subscales],
        "pages": list(_single_pages(survey) if one_by_one else _pages(survey, tongue)),
    }


def plan_page(survey: Survey) -> dict[str, Any]:
    """Return what the page of the action plan is given: the items that a step can grow from."""
    tongue = Tongue(survey)
    return {
        **tongue.told(),
        "id": survey.id,
        "title": survey.title,
        "items": [{"id": item.id, "text": to_plain(item.text)} for item in survey.items if item.kind not in _NO_SEED],
        "pages": list(_pages(survey, tongue)),
    }


def _item(item: SurveyItem, tongue: Tongue) -> dict[str, Any]:
    place = f"items/{item.id}"
    return {
        "id": item.id,
        "kind": item.kind,
        "html": tongue.inline(f"{place}/text", item.text),
        "text": to_plain(item.text),
        "hint": tongue.inline(f"{place}/hint", item.hint) if item.hint else None,
        "private": item.private,
        "scale": item.scale,
        **{name: _options(found) for name in ("options", "piles", "columns") if (found := getattr(item, name))},
    }


def _options(options: Any) -> list[dict[str, str]]:  # noqa: ANN401  options, piles or columns
    return [{"id": option.id, "text": option.text} for option in options]


def _single_pages(survey: Survey) -> Iterator[dict[str, Any]]:
    for item in survey.items:
        yield {"id": item.id, "title": None, "introduction": None, "items": [item.id]}


def _pages(survey: Survey, tongue: Tongue) -> Iterator[dict[str, Any]]:
    """Yield the pages of the file, each with its items; one that holds all where the file has none."""
    names = [item.id for item in survey.items]
    if not survey.pages:
        yield {"id": survey.id, "title": None, "introduction": None, "items": names}
        return
    starts = [names.index(page.begins) for page in survey.pages]
    for page, start, end in zip(survey.pages, starts, [*starts[1:], len(names)], strict=True):
        introduction = page.introduction and tongue.html(f"pages/{page.id}/introduction", page.introduction)
        yield {"id": page.id, "title": page.title, "introduction": introduction, "items": names[start:end]}
