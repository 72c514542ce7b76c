"""Whose experience one looks from."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.content.document import Document, Id, Part, Words


class Perspective(Part):
    """One person's, or one relationship's, side of a moment."""

    id: Id
    """How cases and prompts name it."""
    name: Words
    """A word or two, such as *The child*."""
    question: Words
    """What guides one in looking from there."""
    sign: Literal["child", "parent", "practitioner", "relationship", "other"] = "other"
    """Which drawn sign and colour stand beside the name."""


class PerspectiveSet(Document):
    """A file of perspectives that cases share."""

    kind: ClassVar[str] = "perspectives"
    folder: ClassVar[str] = "perspectives"

    perspectives: Annotated[tuple[Perspective, ...], Field(min_length=1)]
    """In the order in which they are offered."""
