"""What an item needs depends on its kind: the keys that must be there, and those that would mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.problem import Finding
from casework.content.sentences import as_clause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casework.content.document import Part

Needs = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""By kind, the keys that an item must have, and those that it may have; other kinds must do without them."""


def find_unmet_needs(items: Sequence[Part], needs: Needs) -> Iterator[Finding]:
    """Yield a finding for each key that an item lacks for its kind, or has for nothing."""
    special = dict.fromkeys(key for must, may in needs.values() for key in (*must, *may))
    for index, item in enumerate(items):
        kind = str(getattr(item, "kind", ""))
        must, may = needs[kind]
        for key in must:
            if not getattr(item, key):
                purpose = as_clause(type(item).model_fields[key].description or "")
                yield Finding(("items", index), f"an item of the kind '{kind}' needs '{key}'", f"add it: {purpose}")
        for key in special:
            if key in item.model_fields_set and key not in must and key not in may:
                fits = _fitting(key, needs)
                message = f"'{key}' means nothing for an item of the kind '{kind}'"
                yield Finding(("items", index, key), message, f"take it out, or write kind: {fits}")


def _fitting(key: str, needs: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> str:
    return " or ".join(kind for kind, (must, may) in needs.items() if key in must or key in may)
