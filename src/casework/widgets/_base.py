"""What every activity widget shares: traits, heartbeat, acknowledgements, guard and fallback."""

from __future__ import annotations

import difflib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets as t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

log = logging.getLogger("casework")

STATIC = Path(__file__).parent.parent / "static"

FETCHED = "CASEWORK_SCRIPTS_FETCHED"
"""Set where the page around a widget fetches its front end, as those of `casework serve` do."""


class ActivityWidget(anywidget.AnyWidget):
    """One screen of an activity.

    Parameters
    ----------
    content : dict
        What the page shows and never changes, as JSON.
    state : dict
        What the page shows now. Only a view: the truth is kept by whoever answers `on_intent`.
    """

    name: ClassVar[str] = ""
    """The activity's name, which is also the stem of its front end."""

    _esm = t.Unicode().tag(sync=True)
    _anywidget_id = t.Unicode().tag(sync=True)

    content = t.Dict().tag(sync=True)
    """What the page shows and never changes."""
    state = t.Dict().tag(sync=True)
    """What the page shows now."""

    def __init__(self, content: Mapping[str, Any], state: Mapping[str, Any], **options: object) -> None:
        _refuse_unknown(type(self), options)
        super().__init__(content=dict(content), state=dict(state), **options)
        self._answer: Callable[[Mapping[str, Any]], None] | None = None
        self._stands: Callable[[], bool] = lambda: True
        self.on_msg(self._on_message)

    @t.default("_esm")
    def _front_end(self) -> str:
        """Return the script; where the page fetches it, once for all and packed, only how to get it from there."""
        if os.environ.get(FETCHED):
            return f"export default (await casework.script({self.name!r})).default;"
        return (STATIC / f"{self.name}.js").read_text("utf-8")

    @t.default("_anywidget_id")
    def _its_kind(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"

    def add_traits(self, **traits: Any) -> None:  # noqa: ANN401  any kind of trait
        """Add traits; not those of anywidget that there are, or else each widget would be of a class of its own."""
        if missing := {name: trait for name, trait in traits.items() if not self.has_trait(name)}:
            super().add_traits(**missing)

    def on_intent(self, answer: Callable[[Mapping[str, Any]], None], stands: Callable[[], bool] | None = None) -> None:
        """Let `answer` be called with each intent that the page sends, for as long as `stands` says that it may.

        Once it does not, since whoever the page was for left the device or was erased, the page is told so instead.
        """
        self._answer = answer
        if stands is not None:
            self._stands = stands

    def _on_message(self, _widget: object, message: object, _buffers: object) -> None:
        """Answer the heartbeat; pass on the rest. Nothing that happens in here may go unsaid."""
        if not isinstance(message, dict):
            return
        try:
            if not self._stands():
                self.send({"gone": True})
            elif "ping" in message:
                self.send({"pong": message["ping"]})
            elif self._answer is not None:
                self._answer(message)
        except Exception:
            log.exception("An intent of %r could not be answered", self)
            self.unsaved(message.get("id"), "saved.trouble")

    def acknowledge(self, intent_id: str) -> None:
        """Tell the page that an intent is on disk."""
        self.send({"ack": intent_id})

    def refuse(self, intent_id: object, why: str) -> None:
        """Tell the page that an intent will never be accepted, and why."""
        self.send({"refused": intent_id, "why": why})

    def unsaved(self, intent_id: object, why: str) -> None:
        """Tell the page that an intent is not stored yet, and that it should send it again; `why` names its words."""
        self.send({"unsaved": intent_id, "why": self.content.get("words", {}).get(why, "")})

    def give_file(self, intent_id: object, name: str, media_type: str, data: bytes) -> None:
        """Give the page a file for the person to keep."""
        self.send({"file": intent_id, "name": name, "type": media_type}, buffers=[data])

    def fallback(self) -> str:
        """Return HTML that reads well where no widget can run."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.content.get('key', '')!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:  # noqa: ANN401
        """Return the widget, and for a place without widgets its fallback."""
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return {**data, "text/plain": repr(self), "text/html": self.fallback()}, metadata


def _refuse_unknown(kind: type[ActivityWidget], options: Mapping[str, object]) -> None:
    known = kind.class_trait_names()
    for option in options:
        if option not in known:
            near = difflib.get_close_matches(option, known, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise TypeError(f"{kind.__name__} has no option {option!r}.{hint}")
