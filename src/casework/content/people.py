"""People, and what is between them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.content.document import Document, Id, Name, Part, Words
from casework.content.nearest import suggest
from casework.content.problem import Finding

Place = Literal["family", "around", "practitioner", "consultant"]
"""Where somebody stands on a map, from the child outwards."""


class Person(Part):
    """Somebody in the story."""

    id: Id
    """Names the person within the file."""
    name: Name
    """What the others call them."""
    role: Words
    """Who they are to the child, or what brings them here."""
    place: Place = "family"
    """Where they stand on a relationship map: near the child, further around, or at work with the family."""


class Tie(Part):
    """What is between two people."""

    between: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)]
    """The ids of the two."""
    text: Words | None = None
    """What can be said about it."""


class RelationshipMap(Document):
    """A file of people and ties around one child."""

    kind: ClassVar[str] = "map"
    folder: ClassVar[str] = "maps"

    summary: Words
    """What the map shows."""
    people: Annotated[tuple[Person, ...], Field(min_length=1, max_length=100)]
    """Who is on it; the first stands in the middle."""
    ties: Annotated[tuple[Tie, ...], Field(max_length=500)] = ()
    """What is between them."""

    def find_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the ties."""
        return find_tie_faults(self.ties, self.people)


def find_tie_faults(ties: Sequence[Tie], people: Sequence[Person]) -> Iterator[Finding]:
    """Yield a finding for each tie that joins nobody, one person alone, or two who are joined already."""
    known = [person.id for person in people]
    seen: set[frozenset[str]] = set()
    for index, tie in enumerate(ties):
        pair = frozenset(tie.between)
        for position, name in enumerate(tie.between):
            if name not in known:
                remedy = suggest(name, known, otherwise="describe them under 'people'")
                yield Finding(("ties", index, "between", position), f"no person has the id '{name}'", remedy)
        if len(pair) == 1:
            yield Finding(("ties", index, "between"), "the tie joins a person to themselves", "name two people")
        elif pair in seen:
            yield Finding(("ties", index), "these two are joined already", "say both in one tie")
        seen.add(pair)
