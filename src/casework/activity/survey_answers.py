"""What was answered to one item of a survey: as a value for a program, and in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.activity.rules import cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from casework.activity.rules import Response
    from casework.content import Survey, SurveyItem

Value = int | str | list[str] | dict[str, str] | list[dict[str, str]]
"""A number, an id or a text, several ids, a pile for each card, or the rows of a plan."""

MOST_ROWS = 30
"""Rows in one plan of a survey."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What someone last answered to one item."""

    id: str
    value: Any
    """As `Value` has it."""
    at: datetime
    text: str = ""
    """The same in words."""
    events: tuple[str, ...] = ()
    """Everything that made it."""

    def view(self) -> dict[str, Any]:
        """Return it as JSON."""
        at = self.at.isoformat(timespec="seconds")
        return {"id": self.id, "value": self.value, "text": self.text, "at": at}


def answer_of(
    survey: Survey, item: SurveyItem, given: Mapping[str, Answer], responses: Mapping[str, Response]
) -> Answer | None:
    """Return the answer to an item with its words, or None while it is empty."""
    if item.kind == "plan":
        return _plan(item, responses)
    if item.kind in {"open", "person"}:
        written = responses.get(cell(item.id, ""))
        text = written.text.strip() if written else ""
        return Answer(written.id, text, written.at, text, (written.id,)) if written and text else None
    answer = given.get(item.id)
    if answer is None:
        return None
    return Answer(answer.id, answer.value, answer.at, _in_words(survey, item, answer.value), (answer.id,))


def row_of(place: str) -> tuple[int, str]:
    """Return the row and the column that a field of a plan is in; row 0 if it is in none."""
    row, _, column = place.partition("-")
    within = row.isascii() and row.isdecimal() and row == str(int(row)) and 1 <= int(row) <= MOST_ROWS
    return (int(row), column) if within else (0, column)


def _in_words(survey: Survey, item: SurveyItem, value: Any) -> str:  # noqa: ANN401  as `Value` has it
    names = {option.id: option.text for option in item.options or ()}
    match item.kind:
        case "rated":
            return scale_words(survey, item, value)
        case "single":
            return names[value]
        case "multiple":
            return ", ".join(text for name, text in names.items() if name in value)
        case "sort" if item.piles:
            piles = ((pile, [names[card] for card in names if value.get(card) == pile.id]) for pile in item.piles)
            return "; ".join(f"{pile.text}: {', '.join(cards)}" for pile, cards in piles if cards)
        case "sort":
            return ", ".join(f"{place}. {names[card]}" for place, card in enumerate(value, 1))
    return str(value)


def scale_words(survey: Survey, item: SurveyItem, value: int) -> str:
    """Return a number on an item's scale with the words that stand there, if any do."""
    scale = next(scale for scale in survey.scales if scale.id == item.scale)
    said = next((label.text for label in scale.labels if label.at == value), "")
    return f"{value}: {said}" if said else str(value)


def _plan(item: SurveyItem, responses: Mapping[str, Response]) -> Answer | None:
    rows: dict[int, dict[str, str]] = {}
    written: list[Response] = []
    columns = {column.id: column.text for column in item.columns or ()}
    for number in range(1, MOST_ROWS + 1):
        for column in columns:
            response = responses.get(cell(item.id, f"{number}-{column}"))
            if response and response.text.strip():
                rows.setdefault(number, {})[column] = response.text.strip()
                written.append(response)
    if not written:
        return None
    last = max(written, key=lambda response: response.at)
    lines = ("; ".join(f"{columns[column]}: {text}" for column, text in row.items()) for row in rows.values())
    return Answer(last.id, list(rows.values()), last.at, "\n".join(lines), tuple(one.id for one in written))
