"""A survey in a notebook."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

COLUMNS = ("survey", "round", "item", "kind", "question", "value", "text", "asked", "answered_at")


class SurveyWidget(ActivityWidget):
    """A survey to answer, once or in a round of several.

    A notebook can `observe` or `link` what follows from the answers: `answers` and `finished`.
    """

    name = "survey"

    answers = t.Dict(read_only=True)
    """What is answered, by the id of the item; what is hidden is not among it. It follows the state."""
    finished = t.Bool(read_only=True)
    """Whether the survey has been ended. It follows the state."""

    @t.observe("state")
    def _follow(self, change: Mapping[str, Any]) -> None:
        told = change["new"].get("answers", {})
        self.set_trait("answers", {item: answer["value"] for item, answer in told.items()})
        self.set_trait("finished", bool(change["new"].get("finished")))

    def to_frame(self) -> pd.DataFrame:
        """Return the answers as a frame.

        Returns
        -------
        pandas.DataFrame
            One row for each item, in the order of the survey, with the columns `survey`, `round` (empty if
            there is only one), `item` and `kind`, `question` (its words), `value` (a number, an id, a text, a list
            or a dict; None if it is empty), `text` (the same in words), `asked` (bool: not hidden) and `answered_at`
            (UTC).
        """
        import pandas as pd  # noqa: PLC0415  the heaviest import of all

        frame = pd.DataFrame(self._rows(), columns=list(COLUMNS)).astype({"asked": bool, "value": object})
        return frame.assign(answered_at=pd.to_datetime(frame["answered_at"], utc=True))

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        survey, round_id = self.content["id"], self.content["round"] or ""
        hidden = self.state["hidden"]
        for item in self.content["items"]:
            answer = self.state["answers"].get(item["id"], {"value": None, "text": "", "at": None})
            told = (item["id"], item["kind"], item["text"], answer["value"], answer["text"])
            yield (survey, round_id, *told, item["id"] not in hidden, answer["at"])

    def fallback(self) -> str:
        """Return the pages, their items and what each can be answered with."""
        page, words = self.content, self.content["words"]
        return _html.section(page["title"], page["summary"], *_pages(page), _html.note(words["fallback.survey"]))


def _pages(page: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pages; items of pages that say nothing of themselves stand in one list."""
    asked = {item["id"]: f"{item['html']}{_choices(item, page)}" for item in page["items"]}
    for said, pages in groupby(page["pages"], lambda one: _said(one, page)):
        yield said + _html.listing(asked[item] for one in pages for item in one["items"])


def _said(one: Mapping[str, Any], page: Mapping[str, Any]) -> str:
    """Return a page's title and introduction, where it has them."""
    title = one["title"] and _html.said(page, f"pages/{one['id']}/title", one["title"])
    return (f"<h4>{title}</h4>" if title else "") + (one["introduction"] or "")


def _choices(item: Mapping[str, Any], page: Mapping[str, Any]) -> str:
    """Return what an item can be answered with, as a quiet line."""
    if scale := page["scales"].get(item["scale"]):
        told = [f"{label['at']} {label['text']}" for label in scale["labels"]]
    else:
        told = [one["text"] for name in ("options", "piles", "columns") for one in item.get(name, ())]
    return f"<br><small>{escape(' · '.join(told))}</small>" if told else ""
