"""Codes that people read from a screen and type: short, without letters or digits that look alike."""

from __future__ import annotations

import secrets

LETTERS = "3479ACDEFHJKMNPRTWXY"
"""Twenty that nobody mistakes for another: no 0, O or Q, no 1, I or L, no 2 or Z, 5 or S, 6 or G, 8 or B, U or V."""


def new_code(length: int) -> str:
    """Return a random code."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def plain_code(typed: str) -> str:
    """Return a code as it was given out, however it was typed: small letters, spaces and dashes do not matter."""
    return "".join(each for each in typed.upper() if each.isalnum())
