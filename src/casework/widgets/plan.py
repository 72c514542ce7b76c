"""An action plan in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

COLUMNS = (
    *("survey", "step", "item", "question", "what", "who", "by", "sign", "open"),
    *("reviews", "how", "note", "reviewed_at", "added_at"),
)


class PlanWidget(ActivityWidget):
    """An action plan: steps that grow from a survey, and how each went.

    It has a front end of its own, because a page that plans need not carry a survey, and the plan is kept with
    its learner while the survey is kept with a run. A notebook can `observe` or `link` its `steps`.
    """

    name = "plan"

    steps: t.List[Any] = t.List(read_only=True)
    """The steps that were not removed, each a dict of the columns of `to_frame`. It follows the state."""

    @t.observe("state")
    def _follow(self, change: Mapping[str, Any]) -> None:
        state = change["new"]
        told = [self._row(step, state["responses"]) for step in state.get("steps", ()) if not step["removed"]]
        self.set_trait("steps", told)

    def to_frame(self) -> pd.DataFrame:
        """Return the plan as a frame.

        Returns
        -------
        pandas.DataFrame
            One row for each step that was not removed, in the order in which they were begun: `survey`, `step`
            (its id), `item` and `question` (what it grew from; empty for a free step), `what`, `who`, `by` (a
            day), `sign` (of success), `open` (bool: neither done nor let go), `reviews` (how many), `how`, `note` and
            `reviewed_at` of the last review, and `added_at` (times in UTC).
        """
        import pandas as pd  # noqa: PLC0415  the heaviest import of all

        frame = pd.DataFrame(self.steps, columns=list(COLUMNS)).astype({"open": bool, "reviews": int})
        return frame.assign(
            by=pd.to_datetime(frame["by"]),
            reviewed_at=pd.to_datetime(frame["reviewed_at"], utc=True),
            added_at=pd.to_datetime(frame["added_at"], utc=True),
        )

    def _row(self, step: Mapping[str, Any], responses: Mapping[str, Any]) -> dict[str, Any]:
        items = {item["id"]: item["text"] for item in self.content["items"]}
        reviews = step["reviews"]
        last = reviews[-1] if reviews else {"how": "", "at": None}
        written = {
            name: responses.get(f"{step['id']}/{name}", {"text": ""})["text"].strip()
            for name in ("what", "who", "sign", f"note-{len(reviews) - 1}")
        }
        return {
            "survey": self.content["id"],
            "step": step["id"],
            "item": step["item"] or "",
            "question": items.get(step["item"], ""),
            "what": written["what"],
            "who": written["who"],
            "by": step["by"],
            "sign": written["sign"],
            "open": step["open"],
            "reviews": len(reviews),
            "how": last["how"],
            "note": written[f"note-{len(reviews) - 1}"],
            "reviewed_at": last["at"],
            "added_at": step["at"],
        }

    def fallback(self) -> str:
        """Return what a step is made of, and the items that steps can grow from."""
        words = self.content["words"]
        fields = (escape(words[f"plan.{name}"]) for name in ("what", "who", "by", "sign"))
        items = (escape(item["text"]) for item in self.content["items"])
        return _html.section(
            words["plan.title"].format(title=self.content["title"]),
            _html.listing(fields),
            f"<p>{escape(words['plan.grow_from'])}</p>",
            _html.listing(items),
            _html.note(words["fallback.plan"]),
        )
