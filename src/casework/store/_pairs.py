"""Which of what a group shared is one person's before and after: the same form, asked twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from casework.activity.seeing import veiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.activity.seeing import Given

Form = tuple[str, str]
Again = Callable[[str, str, Collection[Form]], Form | None]
"""Says which earlier form a form asks again, of those that there are: each what it is about, and its name."""


def find_pairs(seen: Iterable[Given], again: Again, floor: int, secret: str) -> dict[Given, str]:
    """Return the pairs in what a reader may see: by what was given, the name of its pair.

    What was shared without a name is paired from the floor on: where as many people gave both. Before and after are
    one form, and their pseudonyms could be one; a pair is named for its cell alone all the same.

    Parameters
    ----------
    seen : iterable of Given
        What the reader may see.
    again : callable
        Says which form asks another again.
    floor : int
        How many people need to have given both.
    secret : str
        The run's own secret.
    """
    seen = list(seen)
    forms = {(one.about, one.form) for one in seen}
    first = {form: earlier for form in forms if (earlier := again(*form, forms))}
    ends = {**{form: (form, "before") for form in first.values()}, **{form: (e, "after") for form, e in first.items()}}
    sides: dict[tuple[Any, ...], dict[str, list[Given]]] = defaultdict(dict)
    for one in seen:
        if end := ends.get((one.about, one.form)):
            key = end[0], one.audience, _part(one.form, one.body), one.author
            sides[key].setdefault(end[1], []).append(one)
    return _named({key: both for key, both in sides.items() if len(both) > 1}, floor, secret)


def _named(both: Mapping[Any, Mapping[str, list[Given]]], floor: int, secret: str) -> dict[Given, str]:
    people: dict[Any, int] = defaultdict(int)
    for *cell, _ in both:
        people[tuple(cell)] += 1
    names: dict[Given, str] = {}
    for (form, audience, part, who), found in both.items():
        if audience != "group_unnamed" or people[form, audience, part] >= floor:
            pair = veiled(secret, "pair", *form, audience, *part, who)
            names.update((one, pair) for given in found.values() for one in given)
    return names


def _part(form: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """Return which part of a form something answers: the same in both rounds, whose prompts have other names."""
    prompt = str(body.get("prompt") or "")
    named = str(body.get("item") or ("" if prompt == form else prompt))
    return named, str(body.get("perspective") or "")
