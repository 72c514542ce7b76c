"""What to look for while observing."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from casework.content.document import Document, Id, Part, Source, Words


def _write_digit(value: Any) -> Any:  # noqa: ANN401  whatever stands in the file
    """Take ``key: 1`` for the key that it is; YAML reads a number."""
    return str(value) if type(value) is int else value


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
    key: Annotated[str, BeforeValidator(_write_digit), Field(pattern=r"^[a-z0-9]$")] | None = None
    """The key on the keyboard that marks it."""


class Checklist(Document):
    """A file of items to observe in a moment."""

    summary: Words
    """What the checklist is for, in a sentence or two."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """What it rests on."""
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1)]
    """In the order in which they are shown."""
