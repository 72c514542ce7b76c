"""Which of what a group shared is one person's before and after: the same form, asked twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casework.store._sharing import event_name, veiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.store._sharing import Given
    from casework.store.records import SharedEvent

Form = tuple[str, str]
Again = Callable[[str, str, Collection[Form]], Form | None]
"""Says which earlier form a form asks again, of those that there are: each what it is about, and its name."""


def with_pairs(
    shown: Iterable[SharedEvent], given: Iterable[Given], again: Again, *, floor: int, secret: str
) -> list[SharedEvent]:
    """Return what a reader may see, with the pairs in it named.

    What was shared without a name is paired from the floor on: where as many people gave both. Before and after are
    one form, and their pseudonyms could be one; a pair is named for its cell alone all the same.

    Parameters
    ----------
    shown : iterable of SharedEvent
        What the reader may see.
    given : iterable of Given
        What it was made of.
    again : callable
        Says which form asks another again.
    floor : int
        How many people need to have given both.
    secret : str
        The run's own secret.
    """
    shown, given = list(shown), list(given)
    forms = {(each.word.about, each.word.form) for each in given}
    first = {form: earlier for form in forms if (earlier := again(*form, forms))}
    ends = {**{form: (form, "before") for form in first.values()}, **{form: (e, "after") for form, e in first.items()}}
    seen = {each.id for each in shown}
    sides: dict[tuple[Any, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in given:
        form = each.word.about, each.word.form
        if form in ends and (name := event_name(secret, each)) in seen:
            (earliest, side), word = ends[form], each.word
            sides[earliest, word.audience, _part(form[1], each.body), word.learner_id][side].append(name)
    return _named(shown, {key: both for key, both in sides.items() if len(both) > 1}, floor, secret)


def _named(shown: list[SharedEvent], both: Mapping[Any, Any], floor: int, secret: str) -> list[SharedEvent]:
    people: dict[Any, int] = defaultdict(int)
    for *cell, _ in both:
        people[tuple(cell)] += 1
    names: dict[str, str] = {}
    for (form, audience, part, who), found in both.items():
        if audience != "group_unnamed" or people[form, audience, part] >= floor:
            pair = veiled(secret, "pair", *form, audience, *part, who)
            names |= {event: pair for events in found.values() for event in events}
    return [replace(each, pair=names[each.id]) if each.id in names else each for each in shown]


def _part(form: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """Return which part of a form something answers: the same in both rounds, whose prompts have other names."""
    prompt = str(body.get("prompt") or "")
    named = str(body.get("item") or ("" if prompt == form else prompt))
    return named, str(body.get("perspective") or "")
