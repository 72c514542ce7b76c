"""Walking as a group: where the group is in a walk, everyone is; what each of them wrote stays theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casework.activity.walk import WalkState

if TYPE_CHECKING:
    from collections.abc import Mapping

MOVES = frozenset({"start", "go_on", "choose", "go_back", "again"})
"""What moves someone in a walk; in a led group it is the trainer who does."""


def meet(own: Any, group: Any) -> Any:  # noqa: ANN401  the state of any activity
    """Return the state of someone who is brought to where their group is; what they wrote and said stays."""
    if not isinstance(own, WalkState) or not isinstance(group, WalkState) or not group.way:
        return own
    return replace(
        own,
        step=group.step,
        way=group.way,
        paused=own.paused | group.paused,
        visited=tuple(dict.fromkeys((*own.visited, *group.visited))),
        tried=_joined(own.tried, group.tried),
    )


def _joined(own: Mapping[str, tuple[str, ...]], group: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {scene: tuple(dict.fromkeys((*own.get(scene, ()), *group.get(scene, ())))) for scene in {**own, **group}}
