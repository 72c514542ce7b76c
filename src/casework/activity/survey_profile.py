"""What rated items add up to: one number for each subscale, or nothing where too little was answered.

A number here is a way of looking at one's own answers. It has no cut-off and no name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.survey_answers import Answer
    from casework.content import Scale, Survey, SurveyItem
    from casework.content.survey import Subscale


@dataclass(frozen=True, slots=True)
class Line:
    """One subscale of a profile."""

    id: str
    value: float | None
    """The mean or the sum; None where it rests on too little, or its items have different scales."""
    low: float
    """The lowest number it could be."""
    high: float
    """The highest number it could be."""
    answered: int
    """How many items it rests on."""
    of: int
    """How many belong to it."""

    def view(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {name: getattr(self, name) for name in ("id", "value", "low", "high", "answered", "of")}


def profile(survey: Survey, answers: Mapping[str, Answer]) -> list[Line]:
    """Return a line for each subscale, in the order of the file.

    A mean needs half of its items at least, a sum needs all. Items with `reverse` are turned around first.

    Parameters
    ----------
    survey : Survey
        What was answered.
    answers : Mapping[str, Answer]
        The answers that count, by item.
    """
    items = {item.id: item for item in survey.items}
    scales = {scale.id: scale for scale in survey.scales}
    return [_line(subscale, [items[name] for name in subscale.items], scales, answers) for subscale in survey.subscales]


def _line(
    subscale: Subscale, items: list[SurveyItem], scales: Mapping[str, Scale], answers: Mapping[str, Answer]
) -> Line:
    spans = [scales[item.scale or ""] for item in items]
    given = [
        _turned(item, scale, answers[item.id].value)
        for item, scale in zip(items, spans, strict=True)
        if item.id in answers
    ]
    whole = subscale.method == "sum"
    enough = len(given) == len(items) if whole else 2 * len(given) >= len(items)
    alike = len({(scale.lowest, scale.highest) for scale in spans}) == 1
    value = sum(given) / (1 if whole else len(given)) if enough and alike else None
    times = len(items) if whole else 1
    return Line(subscale.id, value, spans[0].lowest * times, spans[0].highest * times, len(given), len(items))


def _turned(item: SurveyItem, scale: Scale, value: int) -> int:
    return scale.lowest + scale.highest - value if item.reverse else value
