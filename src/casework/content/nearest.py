"""The name that was probably meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MANY = 12


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """Return the name that is most like another, if one is like it at all."""
    return next(iter(difflib.get_close_matches(wanted, list(known), n=1)), None)


def suggest(wanted: str, known: Iterable[str], *, otherwise: str = "there is none to choose from") -> str:
    """Return what to write instead of a name that nothing has, as the end of a sentence.

    Parameters
    ----------
    wanted : str
        The name as it was written.
    known : iterable of str
        The names there are.
    otherwise : str
        What to say if there are none.
    """
    names = list(dict.fromkeys(known))
    if near := nearest(wanted, names):
        return f"perhaps '{near}' is meant"
    return offer(names) if names else otherwise


def offer(names: Sequence[str]) -> str:
    """Return the names that can be written, as the end of a sentence."""
    shown = ", ".join(f"'{name}'" for name in names[:_MANY])
    return f"choose one of {shown}" + (", …" if len(names) > _MANY else "")
