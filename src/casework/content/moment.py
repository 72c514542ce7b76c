"""Something to observe."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import Field

from casework.content.document import Document, Id, Label, Part, Words
from casework.content.media import Recording
from casework.content.nearest import suggest
from casework.content.problem import Finding, Place
from casework.errors import ContentError


class Beat(Part):
    """A stretch of a moment, from its second on."""

    at: Annotated[float, Field(strict=True, ge=0, le=36_000, allow_inf_nan=False)]
    """Seconds since the moment began."""
    text: Label
    """What can be seen and heard (Markdown)."""


class Moment(Part):
    """Something to observe: told in beats, or a recording."""

    id: Id
    """How workbooks name the moment."""
    title: Words
    """What people call it."""
    introduction: Words | None = None
    """What an observer needs to know before it begins (Markdown)."""
    beats: Annotated[tuple[Beat, ...], Field(min_length=1, max_length=1000)] = ()
    """In the order of time."""
    media: Recording | None = None
    """A film or a recording, in the place of beats."""


class MomentSet(Document):
    """A file of moments that workbooks share."""

    kind: ClassVar[str] = "moments"
    folder: ClassVar[str] = "moments"

    content_note: Words | None = None
    """What may come close (Markdown); shown before the start."""
    moments: Annotated[tuple[Moment, ...], Field(min_length=1, max_length=100)]
    """What can be observed."""
    trainer_notes: Words | None = None
    """For whoever leads (Markdown); never on a learner's page."""

    def find_moment(self, moment_id: str) -> Moment:
        """Return the moment of an id, or raise `ContentError`."""
        for moment in self.moments:
            if moment.id == moment_id:
                return moment
        remedy = suggest(moment_id, [moment.id for moment in self.moments])
        raise ContentError(f"'{self.id}' has no moment '{moment_id}'; {remedy}.")

    def find_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the moments."""
        return find_moment_faults(self.moments)


def find_moment_faults(moments: Sequence[Moment]) -> Iterator[Finding]:
    """Yield a finding for each moment without anything to observe, and each beat out of order."""
    for index, moment in enumerate(moments):
        place = ("moments", index)
        if not moment.beats and moment.media is None:
            yield Finding(place, "there is nothing to observe", "add 'beats', or 'media' with its transcript")
        elif moment.beats and moment.media is not None:
            yield Finding((*place, "media"), "there are both 'beats' and 'media'", "keep one of them")
        yield from _check_beats((*place, "beats"), moment)


def _check_beats(place: Place, moment: Moment) -> Iterator[Finding]:
    for index, (before, beat) in enumerate(pairwise(moment.beats), start=1):
        if beat.at <= before.at:
            yield Finding(
                (*place, index),
                f"it begins at {beat.at:g} seconds, the one before it at {before.at:g}",
                "put the beats in the order of time, each with a time of its own",
            )
