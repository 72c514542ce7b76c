"""What an observation adds up to, item by item: how often, how long, in how many intervals, which number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.activity.observe_ground import Ground
    from casework.activity.observe_state import Observation, ObserveState
    from casework.content import Checklist, ChecklistItem


def observed(state: ObserveState, ground: Ground) -> float:
    """Return how many seconds were observed.

    Over beats these are the beats one came to; of a recording, what was seen of it; live, what the clock says.
    """
    if state.beat < 0:
        return 0.0
    if ground.starts:
        return ground.end_of(min(state.reached, len(ground.starts) - 1)) - ground.begins
    told = state.clock.seconds if state.clock else state.seen
    return max([told, *(mark.until or mark.seconds or 0.0 for mark in state.marks)])


def lasted(mark: Observation, ground: Ground, end: float) -> tuple[float, float]:
    """Return from which second to which a mark lasted; one that has not ended lasts as long as was observed.

    Over beats a state lasts from the beat where it began to the one where it ended; one that ended in the beat where it
    began lasts that beat.
    """
    start = ground.at(mark.beat, mark.seconds)
    if mark.lasts:
        return start, max(start, end)
    if mark.until_beat is None and mark.until is None:
        return start, start
    until = ground.at(mark.until_beat, mark.until)
    if mark.beat is not None:
        until = max(until, ground.end_of(mark.beat)) if mark.until_beat == mark.beat else until
    return start, until


def summaries(state: ObserveState, ground: Ground, checklist: Checklist) -> dict[str, dict[str, Any]]:
    """Return for each item what it adds up to.

    Returns
    -------
    dict
        By item. Of a point: ``count`` and ``perMinute``; of a state: ``count``, ``seconds``, ``share`` of the time and
        ``overlaps``, the seconds that it shared with others; of an interval: ``yes``, ``no``, ``unknown``; of a rating:
        ``value``.
    """
    return {item.id: _summary(item, state, ground, checklist) for item in checklist.items}


def _summary(item: ChecklistItem, state: ObserveState, ground: Ground, checklist: Checklist) -> dict[str, Any]:
    whole = observed(state, ground)
    if item.kind == "rating":
        told = state.ratings.get(item.id)
        return {"value": told.value if told else None}
    if item.kind == "interval":
        return _intervals(item, state, ground, whole)
    if item.kind == "state":
        return _states(item, state, ground, checklist)
    count = sum(mark.item == item.id for mark in state.marks)
    return {"count": count, "perMinute": 60 * count / whole if whole else None}


def _intervals(item: ChecklistItem, state: ObserveState, ground: Ground, whole: float) -> dict[str, int]:
    answers = [told.value for told in state.answers.get(item.id, {}).values()]
    begun = ground.intervals(item, whole + ground.begins)
    return {"yes": sum(answers), "no": len(answers) - sum(answers), "unknown": max(0, begun - len(answers))}


def _states(item: ChecklistItem, state: ObserveState, ground: Ground, checklist: Checklist) -> dict[str, Any]:
    whole = observed(state, ground)
    end = whole + ground.begins
    spans = {
        other.id: [lasted(mark, ground, end) for mark in state.marks if mark.item == other.id]
        for other in checklist.items
        if other.kind == "state"
    }
    mine = spans.pop(item.id)
    seconds = sum(until - start for start, until in _joined(mine))
    shared = {name: _shared(mine, other) for name, other in spans.items()}
    return {
        "count": len(mine),
        "seconds": seconds,
        "share": min(1.0, seconds / whole) if whole else None,
        "overlaps": {name: length for name, length in shared.items() if length},
    }


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return spans in the order of time, those that touch made one, so that no second counts twice."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _shared(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> float:
    """Return how many seconds lie in both."""
    return sum(
        max(0.0, min(end, until) - max(start, since)) for start, end in _joined(one) for since, until in _joined(other)
    )
