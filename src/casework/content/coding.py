"""A reference coding: what some people marked in a moment with a checklist, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from casework.content.document import Document, Id, Part, Source, Words
from casework.content.nearest import suggest
from casework.content.problem import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.content.checklist import Checklist, ChecklistItem
    from casework.content.moment import Moment

Seconds = Annotated[float, Field(strict=True, ge=0, le=86_400, allow_inf_nan=False)]
"""Seconds since the moment began."""


class ReferenceMark(Part):
    """One thing that was marked, or that was looked at and left, with the reason."""

    id: Id
    """Names the mark within the file."""
    item: Id
    """The item of the checklist."""
    beat: Seconds | None = None
    """The beat, named by the second that it begins at."""
    seconds: Seconds | None = None
    """The second of a recording."""
    until: Seconds | None = None
    """Where a state ended: the second of a recording, or the second that the beat begins at in which it ends."""
    answer: Literal["yes", "no"] | None = None
    """For an interval, whether it was seen; ``no`` with any other kind tells why something was not marked."""
    value: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    """The number on the scale, for an item of the kind ``rating``."""
    reason: Words
    """What in the moment speaks for it, in a sentence or two."""

    @property
    def at(self) -> float | None:
        """Where it stands in time; None for a rating of the whole."""
        return self.seconds if self.beat is None else self.beat


class Coding(Document):
    """A file of marks that others made in a moment, to lay one's own beside."""

    kind: ClassVar[str] = "coding"
    folder: ClassVar[str] = "codings"

    summary: Words
    """Who made it and how, in a sentence or two."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """What it rests on."""
    case: Id | None = None
    """The case that the moment stands in."""
    moment_set: Id | None = None
    """The file of moments that it stands in, for one that belongs to no case."""
    moment: Id
    """The moment that was observed."""
    checklist: Id
    """The checklist that it was observed with."""
    marks: Annotated[tuple[ReferenceMark, ...], Field(min_length=1, max_length=2000)]
    """In the order of time."""

    def find_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the file alone; `find_misfits` says what does not fit what it names."""
        if (self.case is None) == (self.moment_set is None):
            message = "there is no place for the moment" if self.case is None else "there are two places for the moment"
            yield Finding((), message, "name either its 'case' or its 'moment_set'")
        for index, mark in enumerate(self.marks):
            place = ("marks", index)
            if mark.beat is not None and mark.seconds is not None:
                yield Finding((*place, "seconds"), "there are both 'beat' and 'seconds'", "keep one of them")
            if mark.until is not None and (mark.at is None or mark.until < mark.at):
                yield Finding((*place, "until"), "it ends before it begins", "let 'until' be the later one")


def find_misfits(coding: Coding, moment: Moment, checklist: Checklist) -> Iterator[Finding]:
    """Yield a finding for each mark that does not fit the moment and the checklist that a coding names."""
    items = {item.id: item for item in checklist.items}
    beats = [beat.at for beat in moment.beats]
    for index, mark in enumerate(coding.marks):
        place: Place = ("marks", index)
        item = items.get(mark.item)
        if item is None:
            message = f"the checklist '{checklist.id}' has no item '{mark.item}'"
            yield Finding((*place, "item"), message, suggest(mark.item, list(items)))
            continue
        yield from _check_time(mark, place, beats, item)
        yield from _check_kind(mark, place, item, checklist)


def _check_time(mark: ReferenceMark, place: Place, beats: Sequence[float], item: ChecklistItem) -> Iterator[Finding]:
    wanted, other = ("beat", "seconds") if beats else ("seconds", "beat")
    if getattr(mark, other) is not None:
        told = "is told in beats" if beats else "is a recording"
        yield Finding((*place, other), f"the moment {told}", f"write '{wanted}' in the place of '{other}'")
    elif mark.at is None and item.kind != "rating":
        yield Finding(place, f"a mark of the kind '{item.kind}' needs '{wanted}'", "add where it was seen")
    for key in ("beat", "until"):
        if beats and (at := getattr(mark, key)) is not None and at not in beats:
            nearest = min(beats, key=lambda beat: abs(beat - at))
            yield Finding((*place, key), f"no beat begins at {at:g} seconds", f"perhaps {nearest:g} is meant")


def _check_kind(mark: ReferenceMark, place: Place, item: ChecklistItem, checklist: Checklist) -> Iterator[Finding]:
    if mark.until is not None and item.kind != "state":
        yield Finding((*place, "until"), f"'{item.id}' is no state, and has no end", "take it out")
    if item.kind == "interval" and mark.answer is None:
        yield Finding(place, f"'{item.id}' is looked for in intervals", "add 'answer': yes or no")
    if item.kind != "interval" and mark.answer == "yes":
        yield Finding((*place, "answer"), "a mark says yes by standing here", "take it out")
    if item.kind != "rating":
        if mark.value is not None:
            yield Finding((*place, "value"), f"'{item.id}' is not rated", "take it out")
        return
    scale = next((one for one in checklist.scales if one.id == item.scale), None)
    if scale and (mark.value is None or not scale.lowest <= mark.value <= scale.highest):
        found = "no 'value'" if mark.value is None else f"the value {mark.value}"
        remedy = f"give it one from {scale.lowest} to {scale.highest}"
        yield Finding((*place, "value") if mark.value is not None else place, f"the rating has {found}", remedy)
