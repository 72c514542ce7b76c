"""A scale to rate on, as checklists and surveys have it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Protocol

from pydantic import Field

from casework.content.document import Id, Label, Part
from casework.content.nearest import suggest
from casework.content.problem import Finding

Mark = Annotated[int, Field(strict=True, ge=0, le=100)]
"""A number on a scale."""


class ScaleLabel(Part):
    """The words that stand at one number of a scale."""

    at: Mark
    """The number."""
    text: Label
    """What it means."""


class Scale(Part):
    """Whole numbers from the lowest to the highest, with words at both ends at least."""

    id: Id
    """How items name the scale."""
    lowest: Mark = 1
    """The number it begins with."""
    highest: Mark
    """The number it ends with."""
    labels: Annotated[tuple[ScaleLabel, ...], Field(min_length=2)]
    """Words for some of the numbers, or for each, from the lowest on."""


class _Rated(Protocol):
    @property
    def scale(self) -> str | None: ...


def find_scale_faults(scales: Sequence[Scale], items: Iterable[_Rated]) -> Iterator[Finding]:
    """Yield what is wrong with some scales, and with what items say of them."""
    for index, scale in enumerate(scales):
        yield from _check_scale(index, scale)
    known = [scale.id for scale in scales]
    for index, item in enumerate(items):
        if item.scale is not None and item.scale not in known:
            remedy = suggest(item.scale, known, otherwise="describe it under 'scales' at the top of the file")
            yield Finding(("items", index, "scale"), f"there is no scale '{item.scale}'", remedy)


def _check_scale(index: int, scale: Scale) -> Iterator[Finding]:
    place = ("scales", index)
    if scale.highest <= scale.lowest:
        message = f"it ends at {scale.highest}, and begins at {scale.lowest}"
        yield Finding((*place, "highest"), message, "let 'highest' be the greater one")
        return
    marks = [label.at for label in scale.labels]
    if any(after <= before for before, after in pairwise(marks)):
        yield Finding((*place, "labels"), "the labels are not in order", "begin with the lowest, each number once")
    elif (marks[0], marks[-1]) != (scale.lowest, scale.highest):
        message = f"the labels go from {marks[0]} to {marks[-1]}, and the scale from {scale.lowest} to {scale.highest}"
        yield Finding((*place, "labels"), message, "give both ends of the scale their words")
