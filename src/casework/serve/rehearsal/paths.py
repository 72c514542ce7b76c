"""Every path through a case, as long as there are not too many: then some that take each choice."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casework.activity.events import Event
from casework.activity.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.activity.walk import WalkState
    from casework.content import Case

MOST_PATHS = 500

Turn = tuple[str, str]
"""A scene, and the choice that is taken there."""

_AT = datetime(2000, 1, 1, tzinfo=UTC)


def find_paths(case: Case, most: int = MOST_PATHS) -> list[tuple[Turn, ...]]:
    """Return paths through a case, each as the choices taken on it, in order; none takes the same choice twice.

    Parameters
    ----------
    case : Case
        What is walked through.
    most : int
        If there are more, only so many as it needs to take every choice that can be taken.
    """
    found: list[tuple[Turn, ...]] = []
    for path in _every_path(Walk(case)):
        found.append(path)
        if len(found) > most:
            return _covering(case, most)
    return found


def _every_path(walk: Walk) -> Iterator[tuple[Turn, ...]]:
    begun: tuple[Turn, ...] = ()
    waiting = [(deed(walk, walk.start(), "start"), begun)]
    while waiting:
        state, path = waiting.pop()
        state = to_turn(walk, state)
        following = [
            (deed(walk, state, "choose", scene=state.here, choice=choice.id), (*path, (str(state.here), choice.id)))
            for choice in walk.open_choices(state)
            if (state.here, choice.id) not in path
        ]
        if not following and walk.at_end(state):
            yield path
        waiting += reversed(following)


def _covering(case: Case, most: int) -> list[tuple[Turn, ...]]:
    """Return for each choice the shortest path that takes it and comes to an end, found scene by scene."""
    walk = Walk(case)
    begun: tuple[Turn, ...] = ()
    to_take = {(scene.id, choice.id) for scene in case.scenes for choice in scene.choices or ()}
    found: list[tuple[Turn, ...]] = []
    seen: set[tuple[str | None, frozenset[Turn]]] = set()
    waiting = [(deed(walk, walk.start(), "start"), begun)]
    while waiting and to_take and len(found) < most:
        state, path = waiting.pop(0)
        state = to_turn(walk, state)
        if walk.at_end(state) and to_take & set(path):
            found.append(path)
            to_take -= set(path)
        for choice in walk.open_choices(state):
            turn = str(state.here), choice.id
            key = turn[0], frozenset({turn, *path[-2:]})
            if turn not in path and key not in seen:
                seen.add(key)
                waiting.append((deed(walk, state, "choose", scene=turn[0], choice=turn[1]), (*path, turn)))
    return found


def to_turn(walk: Walk, state: WalkState) -> WalkState:
    """Return the state once everything was read up to where there is something to choose, or the end."""
    for _ in range(10_000):
        after = deed(walk, state, "go_on", scene=state.here, step=state.step)
        if after == state:
            return state
        state = after
    return state


def deed(walk: Walk, state: WalkState, do: str, **body: Any) -> WalkState:  # noqa: ANN401  as the walk has it
    """Return the state after something that moves one in a walk."""
    return walk.apply(state, Event("", do, walk.about, _AT, body))
