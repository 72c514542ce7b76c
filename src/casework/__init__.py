"""Case-based learning for people who care for babies, toddlers and their families.

A notebook needs one name::

    import casework as cw

    session = cw.Session("the-first-goodbye", language="en")
    case = session.case("first-goodbye")
    case.walk()

The rest of the house, from the ground up: `casework.errors` (what can go wrong), `casework.content` (what
facilitators write), `casework.activity` (the rules), `casework.store` (what people leave behind),
`casework.report` (what it adds up to), `casework.widgets` (activities in a notebook), `casework.session`
(what joins them), `casework.serve` (the server) and `casework.cli` (the command).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.content import Case, Checklist, check, load_case, load_checklist
    from casework.errors import CaseworkError, ContentError, ServeError, SessionError, StoreError
    from casework.session import Session
    from casework.store import open_store

__all__ = [
    "Case",
    "CaseworkError",
    "Checklist",
    "ContentError",
    "ServeError",
    "Session",
    "SessionError",
    "StoreError",
    "check",
    "load_case",
    "load_checklist",
    "open_store",
]

_HOMES = {
    "casework.content": {"Case", "Checklist", "check", "load_case", "load_checklist"},
    "casework.errors": {"CaseworkError", "ContentError", "ServeError", "SessionError", "StoreError"},
    "casework.session": {"Session"},
    "casework.store": {"open_store"},
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that ``import casework`` costs nothing."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'casework' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
