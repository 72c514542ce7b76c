"""What stands inside the messages to a page, key by key; the messages themselves are in `casework.live.protocol`.

A room draws these as plain dictionaries, which are compared and written out as they are, and never read again. The
tests read every frame of whole sessions by these classes, and compare them with what the pages know of them
(``frontend/room/protocol.ts``), so that none of the three says anything else than the other two. A key with a default
is there for the trainer's page alone.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Inside(BaseModel):
    """What every one of these has."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# -- boards -------------------------------------------------------------------------------------------


class Card(Inside):
    """Words that somebody shared."""

    id: str
    prompt: str
    """What it answers: the form itself, or an item or one of two people in it."""
    perspective: str | None
    text: str
    cut: bool
    language: str
    """In which it was written."""
    name: str | None
    """Whose it is, where its author gave it to the group with their name."""
    words: str | None = None
    audience: str | None = None
    approved: bool | None = None
    alias: str | None = None
    """Stands for its author within this form, where it is given to the trainer."""
    hidden: bool | None = None


class Pair(Inside):
    """Two cards of one person: what they wrote first, and later."""

    first: str
    later: str


class Spread(Inside):
    """How many gave which answer."""

    people: int
    values: dict[str, int]


class Mark(Inside):
    """How many of the coders marked an item at one place."""

    item: str
    beat: int | None
    second: int | None
    interval: int | None
    people: int
    differ: int
    """How many of them would have to see it as the others do, for all to agree."""


class Timeline(Inside):
    """Where coders differed, the places where they did so most first."""

    coders: int
    marks: list[Mark]


class Cell(Inside):
    """How many people gave something in one cell of a form to one audience."""

    cell: str
    audience: str
    people: int


class Counts(Inside):
    """What the trainer knows of a form in numbers."""

    took_part: int
    kept: int
    cells: list[Cell]
    nobody: list[str]
    waiting: int


class Reach(Inside):
    """Whether each perspective would come to the floor, if they were dealt out."""

    people: int
    perspectives: int
    least: int
    enough: bool
    fewer: int


class FormBoard(Inside):
    """What was shared of one form, as far as a page may see it."""

    form: str
    again: str | None
    merged: bool
    revealed: bool
    cards: list[Card]
    """In the order of their ids."""
    quiet: list[str]
    pairs: list[Pair]
    spreads: dict[str, Spread]
    """By item; of a map by tie, ``ONE/OTHER``."""
    timeline: Timeline | None
    held: bool | None = None
    counts: Counts | None = None
    reach: Reach | None = None


class VoteBoard(Inside):
    """How the group voted at a scene."""

    scene: str
    taking: bool
    revealed: bool
    counts: dict[str, int] | None
    """By choice; None while it is voted, and where too few did."""
    voted: int | None = None


class Board(Inside):
    """What an activity's answers add up to."""

    forms: list[FormBoard]
    votes: list[VoteBoard]


# -- where the group is, and who is here --------------------------------------------------------------


class Vote(Inside):
    """A vote that is being taken."""

    place: str
    scene: str
    choices: list[str]
    own: str | None
    """What this page's own person chose."""


class Lit(Inside):
    """A card that is shown large."""

    place: str
    form: str
    card: Card


class Person(Inside):
    """Somebody who is here, as the trainer is told."""

    id: str
    name: str | None
    language: str
    connected: bool


class Undo(Inside):
    """The act that an undo would take back."""

    act: str
    did: str


class Desk(Inside):
    """What the trainer may know of the whole."""

    people: int
    connected: int
    floor: int
    few: bool
    answered: dict[str, int]
    """By place, how many did something there."""
    changed: list[str]
    undo: Undo | None


class Recalled(Inside):
    """What somebody wrote in an earlier session, to themselves alone."""

    at: str
    text: str


INSIDE: dict[str, Any] = {
    "votes": list[Vote],
    "spotlight": Lit,
    "earlier": dict[str, list[Recalled]],
    "board": Board,
    "form": FormBoard,
    "roster": list[Person],
    "desk": Desk,
}
"""By the key of a message: what stands under it."""
