"""Who may see what of the words that were given: the rules that a group's board and the store both go by.

===============  =======================================  ============================================
given to         the trainer sees it                      the group and its screen see it
===============  =======================================  ============================================
`private`        never                                    never
`trainer`        at once, under a pseudonym               never
`group_named`    at once, with the name                   once its form is revealed, with the name
`group_unnamed`  without an author, from the floor on     once its form is revealed, from the floor on
===============  =======================================  ============================================

The floor counts the different authors of one *cell*: one prompt, round and perspective; one rated item; one coding run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from casework.activity.sharing import WIDTH, Audience

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

FLOOR = 5
"""How many different authors a cell has before anything unnamed in it is shown, if nothing else was said."""

LOWEST_FLOOR = 3
"""With fewer, nothing is unnamed."""

BATCH = LOWEST_FLOOR
"""How many different authors come to a cell that is shown already before it shows any of them."""

NEVER_GIVEN = frozenset({"share", "take", "decline", "step_out", "come_back", "join", "vote", "reveal", "lead"})
"""The kinds of events that nobody else is ever shown, even if a share names them."""

Reader = Literal["trainer", "group"]


@dataclass(frozen=True, slots=True)
class Given:
    """One event that its author gave to an audience."""

    author: str
    """The author's pseudonym in the store; it never leaves the server."""
    about: str
    form: str
    cell: str
    """Where in the form it stands: its prompt or item, and its perspective, joined by ``/``."""
    audience: Audience
    event: str
    """The event's id."""
    kind: str
    language: str = "en"
    body: Mapping[str, Any] = field(default_factory=dict, hash=False)


def cell_of(kind: str, body: Mapping[str, Any]) -> str:
    """Return the cell of something given: empty for what is shown as one whole, such as a coding run."""
    match kind:
        case "write":
            return f"{body.get('prompt', '')}/{body.get('perspective', '')}"
        case "answer" if "value" in body:
            return f"{body.get('item', '')}/"
    return ""


def settled_audience(said: Audience, widest: Audience | None) -> Audience:
    """Return who may see what its author gave to `said`, where content and group now allow `widest`.

    Whoever gave something to the group without a name did not give it to the trainer by name or pseudonym: where the
    group may no longer see it, nobody does.
    """
    if widest is None:
        return "private"
    if WIDTH.index(said) <= WIDTH.index(widest):
        return said
    return "private" if said == "group_unnamed" else widest


def authors(given: Iterable[Given]) -> set[str]:
    """Return who gave something."""
    return {one.author for one in given}


def next_batch(before: Collection[Given], now: Collection[Given], floor: int) -> frozenset[Given]:
    """Return what of a cell can be shown, so that nobody can tell by the time which words are whose.

    Parameters
    ----------
    before : collection of Given
        What could be shown until now.
    now : collection of Given
        Everything unnamed that is given in this cell now.
    floor : int
        How many different authors a cell needs.

    Returns
    -------
    frozenset of Given
        What was there before and still is, and with it what is new, as soon as that is from enough different authors:
        the floor at first, and then `BATCH`.
    """
    kept = frozenset(before) & frozenset(now)
    fresh = frozenset(now) - kept
    enough = BATCH if kept else floor
    if len(authors(now)) >= floor and len(authors(fresh)) >= enough:
        return frozenset(now)
    return kept


def may_see(reader: Reader, one: Given, *, revealed: bool, crowded: bool) -> bool:
    """Return whether the trainer, or else the group, may see something.

    Parameters
    ----------
    reader : {"trainer", "group"}
        Who would see it.
    one : Given
        What was given.
    revealed : bool
        Whether its form was revealed to the group.
    crowded : bool
        Whether its cell has as many different authors as the floor asks.
    """
    trainer = reader == "trainer"
    match one.audience:
        case "trainer":
            return trainer
        case "group_named":
            return trainer or revealed
        case "group_unnamed":
            return crowded and (trainer or revealed)
    return False
