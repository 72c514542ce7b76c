"""Codes that can be read from a screen and said aloud: to join a room with, or to come back with on another device.

The alphabet leaves out whatever is taken for something else, by eye or by ear: no 0, O or Q, no 1, I or L, no 2 or Z,
no 5 or S, no 6 or G, no 8 or B, no U or V. Twenty are left: 64 million codes of six letters, 25 thousand million of
eight. Those that spell something that nobody wants to read aloud to a group, in English or Spanish, are not given out.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ALPHABET = "3479ACDEFHJKMNPRTWXY"

JOINING = 6
"""Letters of a code with which people join a room."""

COMING_BACK = 8
"""Letters of a code that brings one's work to another device."""

# fmt: off
UNLUCKY = (
    "CACA", "CAKA", "KAKA", "CRAP", "CRACK", "DAMN", "DEAD", "DEAF", "DEATH", "DYKE", "FART", "FAT", "FCK", "FREAK",
    "HARM", "HATE", "JERK", "KKK", "MAD", "MATA", "MEAN", "MEAR", "NAKED", "NEGRA", "NERD", "PEDA", "PEDE", "PEE",
    "PENE", "PERRA", "PRAT", "RAPE", "RAT", "RATA", "RETARD", "TARADA", "TETA", "TWAT", "WANK", "WEAK", "WTF", "XXX",
)
# fmt: on
"""What no code contains, with a digit read as the letter that it looks like."""

_LOOKS = str.maketrans("3479", "EATG")


def new_code(length: int = JOINING, draw: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Return a random code.

    Parameters
    ----------
    length : int, optional
        How many letters.
    draw : callable, optional
        Draws one of some letters; by default in a way that nobody can foretell.
    """
    while True:
        code = "".join(draw(ALPHABET) for _ in range(length))
        if is_lucky(code):
            return code


def is_lucky(code: str) -> bool:
    """Return whether a code spells nothing that it should not."""
    read = code.translate(_LOOKS)
    return not any(word in each for word in UNLUCKY for each in (code, read))


def plain_code(typed: str) -> str:
    """Return a code as it was given out, however it was typed: small letters, spaces and dashes do not matter."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def spoken_code(code: str) -> str:
    """Return a code in two halves, as one reads it aloud.

    Examples
    --------
    >>> spoken_code("XK4TPM")
    'XK4 TPM'
    """
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"
