"""Where two people saw different things in the same moment, and where they saw the same.

Nobody is right here: two codings are laid side by side, one's own and another, be it a reference or a colleague's. What
comes out is a list of places to talk about, each with what either saw there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.content import Checklist

TOLERANCE = 2.0
"""Seconds by which two people may press at different times for the same thing."""

Seen = bool | int | None
"""What one saw: whether or not, or a number on a scale."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One thing in a coding: an item, seen or not from a second on."""

    item: str
    start: float = 0.0
    end: float | None = None
    """For a state, where it ended."""
    seen: Seen = True
    """Whether; or the number on the scale. False with a point or a state: it was looked at, and left."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where two codings can be laid side by side."""

    item: str
    start: float
    end: float | None
    mine: Seen
    theirs: Seen
    reason: str = ""

    @property
    def same(self) -> bool:
        """Whether both saw the same there."""
        return self.mine == self.theirs

    def view(self, starts: Sequence[float] = ()) -> dict[str, Any]:
        """Return it as JSON; with the beats that it falls on, if there are beats."""
        beat = starts.index(self.start) if self.start in starts else None
        until = starts.index(self.end) if self.end in starts else None
        return {
            "item": self.item,
            "beat": beat,
            "seconds": self.start,
            "untilBeat": until,
            "until": self.end,
            "mine": self.mine,
            "theirs": self.theirs,
            "same": self.same,
            "reason": self.reason,
        }


def where_differed(
    checklist: Checklist,
    mine: Sequence[Coded],
    theirs: Sequence[Coded],
    *,
    until: float,
    tolerance: float = TOLERANCE,
) -> list[Spot]:
    """Return every place where one of two people marked something, in the order of time.

    Parameters
    ----------
    checklist : Checklist
        What both looked for.
    mine, theirs : sequence of Coded
        The two codings, on the same line of time.
    until : float
        How many seconds both observed; what comes later is left out.
    tolerance : float
        By how many seconds the same thing may be marked apart; 0 over beats.

    Returns
    -------
    list of Spot
        Of an interval or a rating that either left open nothing is said: it is unknown, and no difference.
    """
    found: list[Spot] = []
    for item in checklist.items:
        one, other = ([_cut(coded, until) for coded in coding if coded.item == item.id] for coding in (mine, theirs))
        if item.kind != "rating":
            one, other = ([coded for coded in coding if coded.start < until] for coding in (one, other))
        match item.kind:
            case "point":
                found += _points(one, other, tolerance)
            case "state":
                found += _states(one, other, tolerance)
            case "interval" | "rating":
                found += _answers(one, other)
    order = [item.id for item in checklist.items]
    return sorted(found, key=lambda spot: (spot.start, order.index(spot.item)))


def _cut(coded: Coded, until: float) -> Coded:
    return coded if coded.end is None else replace(coded, end=min(coded.end, until))


def _points(mine: Sequence[Coded], theirs: Sequence[Coded], tolerance: float) -> Iterator[Spot]:
    """Lay points side by side: the earliest of each that are near enough to each other are the same."""
    one, other = _by_time(mine, tolerance), _by_time(theirs, tolerance)
    while one or other:
        if one and other and abs(one[0].start - other[0].start) <= tolerance:
            first, second = one.pop(0), other.pop(0)
            yield Spot(first.item, second.start, None, first.seen, second.seen, second.reason)
        elif not other or (one and one[0].start < other[0].start):
            first = one.pop(0)
            yield Spot(first.item, first.start, None, first.seen, theirs=False)
        else:
            second = other.pop(0)
            yield Spot(second.item, second.start, None, mine=False, theirs=second.seen, reason=second.reason)


def _by_time(coded: Sequence[Coded], tolerance: float) -> list[Coded]:
    """Return points in the order of time; over beats, each beat once, however often it was marked there."""
    in_order = sorted(coded, key=lambda one: one.start)
    return in_order if tolerance else list({one.start: one for one in reversed(in_order)}.values())[::-1]


def _states(mine: Sequence[Coded], theirs: Sequence[Coded], tolerance: float) -> Iterator[Spot]:
    """Lay states side by side: the stretches where both, or one alone, saw them last."""
    edges = sorted({edge for one in (*mine, *theirs) for edge in (one.start, one.end) if edge is not None})
    stretches: list[Spot] = []
    for start, end in pairwise(edges):
        held, other = (next((one for one in coding if _lasts(one, start)), None) for coding in (mine, theirs))
        if held is None and other is None:
            continue
        item, reason = (held or other or mine[0]).item, other.reason if other else _left(theirs, start, end)
        here = Spot(item, start, end, held is not None, other is not None, reason)
        last = stretches[-1] if stretches else None
        if last and last.end == start and (last.mine, last.theirs, last.reason) == (here.mine, here.theirs, reason):
            stretches[-1] = Spot(item, last.start, end, here.mine, here.theirs, reason)
        else:
            stretches.append(here)
    for spot in stretches:
        if spot.same or (spot.end or 0.0) - spot.start > tolerance:
            yield spot


def _lasts(coded: Coded, second: float) -> bool:
    return coded.seen is True and coded.end is not None and coded.start <= second < coded.end


def _left(coding: Sequence[Coded], start: float, end: float) -> str:
    """Return why a state was looked at and left within a stretch."""
    return next((one.reason for one in coding if one.seen is False and start <= one.start < end), "")


def _answers(mine: Sequence[Coded], theirs: Sequence[Coded]) -> Iterator[Spot]:
    """Lay answers side by side where both gave one."""
    others = {one.start: one for one in theirs}
    for first in mine:
        if second := others.get(first.start):
            yield Spot(first.item, first.start, first.end, first.seen, second.seen, second.reason)
