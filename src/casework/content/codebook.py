"""Codes for reading what people wrote, in thematic coding."""

from typing import Annotated, ClassVar

from pydantic import Field

from casework.content.document import Document, Id, Part, Words


class Code(Part):
    """One theme that a passage can carry."""

    id: Id
    """Names the code in what is stored."""
    name: Words
    """A word or two."""
    definition: Words
    """What it stands for, so that two people code the same."""
    include: Words | None = None
    """When to use it."""
    exclude: Words | None = None
    """When not to use it, and what to use instead."""
    example: Words | None = None
    """A passage that carries it."""


class Codebook(Document):
    """A file of codes."""

    kind: ClassVar[str] = "codebook"
    folder: ClassVar[str] = "codebooks"

    summary: Words
    """What is coded with it, and for what."""
    codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=300)]
    """In the order in which they are offered."""
