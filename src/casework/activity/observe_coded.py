"""An observation, and a reference, as codings on one line of time, so that they can be laid side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.differing import Coded
from casework.activity.observe_summary import lasted, observed

if TYPE_CHECKING:
    from casework.activity.observe_ground import Ground
    from casework.activity.observe_state import ObserveState
    from casework.content import Checklist, Coding, ReferenceMark


def coded_marks(state: ObserveState, ground: Ground, checklist: Checklist) -> list[Coded]:
    """Return what one person marked, answered and rated."""
    items = {item.id: item for item in checklist.items}
    end = ground.begins + observed(state, ground)
    found = []
    for mark in state.marks:
        if mark.item in items:
            start, until = lasted(mark, ground, end)
            found.append(Coded(mark.item, start, until if items[mark.item].kind == "state" else None))
    for name, answers in state.answers.items():
        for interval, told in answers.items():
            found.append(Coded(name, ground.interval_at(items[name], interval), seen=told.value == 1))
    return found + [Coded(name, seen=told.value) for name, told in state.ratings.items()]


def coded_reference(reference: Coding, ground: Ground, checklist: Checklist) -> list[Coded]:
    """Return what a reference coding holds, with its reasons."""
    kinds = {item.id: item.kind for item in checklist.items}
    return [_coded(mark, kinds[mark.item], ground) for mark in reference.marks if mark.item in kinds]


def _coded(mark: ReferenceMark, kind: str, ground: Ground) -> Coded:
    start = mark.at or 0.0
    if kind == "rating":
        return Coded(mark.item, seen=mark.value, reason=mark.reason)
    left = mark.answer == "no"
    end = _end(mark, start, ground) if kind == "state" and not left else None
    return Coded(mark.item, start, end, seen=not left, reason=mark.reason)


def _end(mark: ReferenceMark, start: float, ground: Ground) -> float:
    """Return where a state ended; over beats, one that began and ended in the same beat lasted that beat."""
    if not ground.starts:
        return mark.until if mark.until is not None else float("inf")
    if mark.until is None:
        return ground.end_of(len(ground.starts) - 1)
    return max(mark.until, ground.end_of(ground.starts.index(start)))
