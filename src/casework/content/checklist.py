"""What to look for while observing."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.content.document import Document, Id, Part, Source, Word, Words
from casework.content.nearest import suggest
from casework.content.needs import Needs, find_unmet_needs
from casework.content.problem import Finding
from casework.content.scale import Scale, find_scale_faults

_NEEDS: Needs = {
    "point": ((), ()),
    "state": ((), ()),
    "interval": (("seconds", "sampling"), ()),
    "rating": (("scale",), ()),
}


class ChecklistItem(Part):
    """One thing that can be seen or heard."""

    id: Id
    """Names the item in what is stored."""
    text: Words
    """The few words on the button."""
    kind: Literal["point", "state", "interval", "rating"] = "point"
    """Whether it happens, lasts, is looked for at intervals, or is rated."""
    definition: Words
    """What counts, so that two people mark the same."""
    example: Words | None = None
    """One that counts."""
    non_example: Words | None = None
    """One that seems to count and does not."""
    excludes: tuple[Id, ...] = ()
    """Items that cannot hold at the same time."""
    seconds: Annotated[int, Field(strict=True, ge=1, le=3600)] | None = None
    """How long each interval lasts, in whole seconds; over a moment told in beats, each beat is one, however long."""
    sampling: Literal["partial", "whole", "momentary"] | None = None
    """Whether any part of an interval counts, the whole, or its last moment."""
    scale: Id | None = None
    """The scale that it is rated on, one of those under 'scales'."""
    key: Annotated[Word, Field(pattern=r"^[a-z0-9]$")] | None = None
    """The key on the keyboard that marks it."""


class Checklist(Document):
    """A file of items to observe in a moment."""

    kind: ClassVar[str] = "checklist"
    folder: ClassVar[str] = "checklists"

    summary: Words
    """What the checklist is for, in a sentence or two."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """What it rests on."""
    scales: tuple[Scale, ...] = ()
    """What items of the kind ``rating`` are rated on."""
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1, max_length=300)]
    """In the order in which they are shown."""

    def find_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the items and scales."""
        yield from find_unmet_needs(self.items, _NEEDS)
        yield from find_scale_faults(self.scales, self.items)
        yield from self._check_exclusions()
        yield from self._check_keys()

    def _check_exclusions(self) -> Iterator[Finding]:
        known = [item.id for item in self.items]
        for index, item in enumerate(self.items):
            for position, name in enumerate(item.excludes):
                here = ("items", index, "excludes", position)
                if name == item.id:
                    yield Finding(here, "the item excludes itself", "take it out")
                elif name not in known:
                    yield Finding(here, f"the checklist has no item '{name}'", suggest(name, known))

    def _check_keys(self) -> Iterator[Finding]:
        keys: dict[str, str] = {}
        for index, item in enumerate(self.items):
            if item.key is not None and keys.setdefault(item.key, item.id) != item.id:
                message = f"the key '{item.key}' marks '{keys[item.key]}' already"
                yield Finding(("items", index, "key"), message, "choose another letter or digit")
