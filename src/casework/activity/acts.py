"""What a trainer does with a group: which acts it sees, which can be taken back, and what they let be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.activity.events import Event

LEADING = frozenset({"reveal", "lead"})
"""The kinds of events with which a trainer leads: ``reveal`` shows a form to the group, ``lead`` is every other act,
named in its body. Everyone in the group may know of them."""

PUBLIC = frozenset(
    {"start", "open", "extend", "close", "pace", "move", "reveal", "approve", "hide", "spotlight", "deal", "end"}
)
"""The acts that the group sees, so that the trainer may take back the last of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with whoever did it, as the store keeps it."""

    who: str
    event: Event


def act_of(event: Event) -> str:
    """Return what the trainer did in an event."""
    return "reveal" if event.kind == "reveal" else str(event.body.get("do", ""))


def last_public(acts: Sequence[Entry]) -> Entry | None:
    """Return what undo would take back."""
    return next((act for act in reversed(acts) if act_of(act.event) in PUBLIC), None)


def taken_back(acts: Sequence[Entry], act_id: str) -> tuple[Entry, ...] | None:
    """Return some acts without the last public one, if that is the one named; None if it is not."""
    last = last_public(acts)
    return None if last is None or last.event.id != act_id else tuple(act for act in acts if act is not last)


def vote_form(scene: str) -> str:
    """Return the form under which the votes of a scene are revealed."""
    return f"vote/{scene}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the trainer lets the group see of what was given to it."""

    revealed: frozenset[tuple[str, str]] = frozenset()
    """What it is about, and the form."""
    held: frozenset[tuple[str, str]] = frozenset()
    """The forms whose written words wait until each card is approved."""
    approved: frozenset[tuple[str, str]] = frozenset()
    """Cards, each with the words that were approved."""
    hidden: frozenset[str] = frozenset()

    def after(self, event: Event) -> Self:
        """Return what is shown after one of the acts that settle it; any other changes nothing."""
        body = event.body
        match act_of(event):
            case "reveal":
                return replace(self, revealed=self.revealed | {(event.about, body["form"])})
            case "vote":  # the same scene's earlier votes are seen no longer
                return replace(self, revealed=self.revealed - {(event.about, vote_form(body["scene"]))})
            case "hold":
                form = {(event.about, body["form"])}
                return replace(self, held=self.held | form if body["on"] else self.held - form)
            case "approve":
                return replace(self, approved=self.approved | {(body["card"], body["words"])})
            case "hide":
                card = {body["card"]}
                return replace(self, hidden=self.hidden | card if body["hidden"] else self.hidden - card)
        return self
