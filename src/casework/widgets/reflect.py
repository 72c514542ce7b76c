"""The multi-perspective form in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget
from casework.widgets._frames import words_frame

if TYPE_CHECKING:
    import pandas as pd


class ReflectWidget(ActivityWidget):
    """Prompts of a case, each from several perspectives, in the words that the walk keeps.

    Its traits besides `content` and `state` follow what the learner does and can be observed or linked; they cannot
    be set.
    """

    name = "reflect"

    prompts: t.List[str] = t.List(t.Unicode(), read_only=True)
    """The ids of the prompts that are open: those that the walk has come to."""
    responses: t.Dict[str, str] = t.Dict(read_only=True)
    """What was written in them, by ``"prompt/perspective"`` (``"prompt/"`` where a prompt has none)."""

    @t.observe("state")
    def _follow(self, change: Any) -> None:  # noqa: ANN401  as traitlets hands it over
        state = change["new"]
        opened = state.get("prompts", [])
        said = state.get("responses", {})
        self.set_trait("prompts", list(opened))
        self.set_trait("responses", {n: one["text"] for n, one in said.items() if n.partition("/")[0] in opened})

    def to_frame(self) -> pd.DataFrame:
        """Return what was written.

        Returns
        -------
        pandas.DataFrame
            One row for each field: `prompt` and `perspective` (ids; the latter empty where a prompt has none),
            `round` (1, and 2 where it asks again), `text` (empty where nothing was written, and for what stays on a
            device) and `at` (when, UTC).
        """
        return words_frame(self.content["prompts"], self.state["responses"])

    def fallback(self) -> str:
        """Return the prompts and the perspectives they ask from."""
        page = self.content
        asked = (_html.questions(prompt, page) for prompt in page["prompts"])
        note = _html.note(page["words"]["fallback.reflect"])
        return _html.section(page["title"], *asked, note, lang=_html.lang(page, "title"))
