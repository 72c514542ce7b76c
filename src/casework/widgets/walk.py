"""The vignette walkthrough in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import traitlets as t

from casework.widgets import _html
from casework.widgets._base import ActivityWidget
from casework.widgets._frames import way_frame, words_frame

if TYPE_CHECKING:
    import pandas as pd


class WalkWidget(ActivityWidget):
    """A walk through a case: scenes, pauses to write, choices, ends.

    Its traits besides `content` and `state` follow what the learner does and can be observed or linked; they cannot
    be set.
    """

    name = "walk"

    scene = t.Unicode(None, allow_none=True, read_only=True)
    """The id of the scene one is at; None before the first."""
    step = t.Unicode("start", read_only=True)
    """Where in it: ``"start"`` (before the first scene), ``"read"``, ``"pause"`` or ``"turn"``."""
    way: t.List[str] = t.List(t.Unicode(), read_only=True)
    """The ids of the scenes on the way to here, in order."""
    responses: t.Dict[str, str] = t.Dict(read_only=True)
    """What was written, by ``"prompt/perspective"`` (``"prompt/"`` where a prompt has none)."""
    finished = t.Bool(default_value=False, read_only=True)
    """Whether an end of the case is reached."""
    stepped_out = t.Bool(default_value=False, read_only=True)
    """Whether one has stepped out, which is a way of taking part."""

    @t.observe("state")
    def _follow(self, change: Any) -> None:  # noqa: ANN401  as traitlets hands it over
        state = change["new"]
        self.set_trait("scene", state.get("scene"))
        self.set_trait("step", state.get("step", "start"))
        self.set_trait("way", [stop["scene"] for stop in state.get("way", ())])
        self.set_trait("responses", {name: one["text"] for name, one in state.get("responses", {}).items()})
        self.set_trait("finished", state.get("end") is not None)
        self.set_trait("stepped_out", state.get("steppedOut", False))

    def to_frame(self, of: Literal["words", "way"] = "words") -> pd.DataFrame:
        """Return what was written, or the way that was taken.

        Parameters
        ----------
        of : str, optional
            ``"words"`` or ``"way"``.

        Returns
        -------
        pandas.DataFrame
            Of the words, one row for each field: `prompt` and `perspective` (ids; the latter empty where a prompt
            has none), `round` (1, and 2 where it asks again), `text` (empty where nothing was written, and for what
            stays on a device) and `at` (when, UTC).
            Of the way, one row for each scene on it: `stop` (1, 2, ...), `scene` (id), `title`, and `choice` (id),
            `text`, `opens` and `closes` of the choice that led on; empty where none did.
        """
        if of == "way":
            return way_frame(self.content, self.state["way"])
        if of != "words":
            raise ValueError(f"to_frame() can give 'words' or 'way', and not {of!r}.")
        return words_frame(self.content["prompts"].values(), self.state["responses"])

    def fallback(self) -> str:
        """Return the content note, the people and the first scene."""
        page, words = self.content, self.content["words"]
        people = (
            f"<strong>{_html.said(page, '', one['name'])}</strong>, "
            f"{_html.said(page, 'people/' + one['id'] + '/role', one['role'])}"
            for one in page["people"]
        )
        first = page["scenes"][page["first"]]
        return _html.section(
            page["title"],
            page["summary"],
            page["contentNote"],
            _html.listing(people),
            f"<blockquote>{first['html']}</blockquote>",
            _html.note(words["fallback.walk"].format(scenes=len(page["scenes"]))),
            lang=_html.lang(page, "title"),
        )
