"""Which of what a group shared is one person's before and after: the same form, asked twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from casework.activity.seeing import veiler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casework.activity.seeing import Given

Form = tuple[str, str]
Again = Callable[[str, str, Collection[Form]], Form | None]
"""Says which earlier form a form asks again, of those that there are: each what it is about, and its name."""

Cell = tuple[Form, str, str, str]
"""A part of a form that was asked twice: the first of the two forms, an audience, and the part."""


def find_pairs(
    seen: Mapping[Form, Sequence[Given]], again: Again, floor: int, secret: str
) -> dict[tuple[str, ...], str]:
    """Return the pairs in what a reader may see: by what was given (`mark_of`), the name of its pair.

    What was shared without a name is paired from the floor on: where as many people gave both. Before and after are
    one form, and their pseudonyms could be one; a pair is named for its cell alone all the same.

    Parameters
    ----------
    seen : Mapping
        What the reader may see of each form.
    again : callable
        Says which form asks another again.
    floor : int
        How many people need to have given both.
    secret : str
        The run's own secret.
    """
    forms = {form for form, given in seen.items() if given}
    first = {form: earlier for form in forms if (earlier := again(*form, forms))}
    ends = {**{form: (form, 0) for form in first.values()}, **{form: (e, 1) for form, e in first.items()}}
    asked = [
        ((earliest, one.audience, *_part(one.form, one.body)), side, one)
        for form, (earliest, side) in ends.items()
        for one in seen.get(form, ())
    ]
    sides: dict[Cell, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for cell, side, one in asked:
        sides[cell][side].add(one.author)
    both = {cell: earlier & later for cell, (earlier, later) in sides.items()}
    named = {cell: who for cell, who in both.items() if cell[1] != "group_unnamed" or len(who) >= floor}
    names = {cell: veiler(secret, "pair", *cell[0], *cell[1:]) for cell in named}
    return {mark_of(one): names[cell](one.author) for cell, _, one in asked if one.author in named.get(cell, ())}


def mark_of(one: Given) -> tuple[str, ...]:
    """Return what tells something given from all else that was given in a run."""
    return one.author, one.form, one.event


def _part(form: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """Return which part of a form something answers: the same in both rounds, whose prompts have other names."""
    prompt = str(body.get("prompt") or "")
    named = str(body.get("item") or ("" if prompt == form else prompt))
    return named, str(body.get("perspective") or "")
