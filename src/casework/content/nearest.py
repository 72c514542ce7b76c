"""The name that was probably meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MANY = 12


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
    if near := difflib.get_close_matches(wanted, names, n=1, cutoff=0.6):
        return f"perhaps '{near[0]}' is meant"
    if not names:
        return otherwise
    shown = ", ".join(f"'{name}'" for name in names[:_MANY])
    return f"choose one of {shown}" + (", …" if len(names) > _MANY else "")
