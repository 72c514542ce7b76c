"""How much of anything a room takes, so that one page, or one stranger, cannot spoil it for the others."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server's rooms."""

    people: int = 1_000
    """In one room."""
    pages: int = 8
    """Of one person in one room; of more, the oldest is told that it is open elsewhere."""
    screens: int = 30
    """In one room."""
    sockets: int = 1_500
    """From one address, which many phones may share behind a router."""
    rooms: int = 200
    """That people are in, on one server."""
    idle: int = 8
    """That nobody is in, and that are held all the same, in case somebody comes back soon."""
    per_second: float = 15.0
    """Messages of one page, in the long run."""
    at_once: int = 150
    """Messages of one page at once: a phone that wakes up sends all that it kept."""


class Bucket:
    """Counts the messages of one page.

    Parameters
    ----------
    per_second : float
        How many it may send in the long run.
    at_once : int
        How many it may send at once.
    clock : callable, optional
        Gives the time in seconds.
    """

    __slots__ = ("_at", "_clock", "_left", "_most", "_rate")

    def __init__(self, per_second: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most, self._clock = per_second, float(at_once), clock
        self._left, self._at = float(at_once), clock()

    def left(self) -> float:
        """Return how many are allowed now."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    def take(self) -> bool:
        """Return whether one more is allowed now, and count it."""
        if self.left() < 1:
            return False
        self._left -= 1
        return True


FREE_GUESSES = 10
"""Wrong codes from one address that cost nothing: people mistype, and a whole group may share an address."""

LOCKING_GUESS = 30
LOCKED_SECONDS = 900.0
FORGOTTEN_SECONDS = 3_600.0


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    at: float = 0.0


@dataclass(slots=True)
class Guesses:
    """Slows, and then locks, an address from which wrong codes come; a right one in between makes up for none."""

    clock: Callable[[], float] = time.monotonic
    _tries: dict[str, _Tries] = field(default_factory=dict)

    def wait(self, address: str) -> int:
        """Return for how many seconds an address has to wait before it may try again."""
        found = self._tries.get(address)
        if found is None or found.wrong < FREE_GUESSES:
            return 0
        over = found.wrong - FREE_GUESSES
        pause = LOCKED_SECONDS if found.wrong >= LOCKING_GUESS else min(2.0 ** (over + 1), LOCKED_SECONDS)
        return max(0, round(found.at + pause - self.clock() + 0.5))

    def wrong(self, address: str) -> None:
        """Count a wrong code."""
        now = self.clock()
        for each in [name for name, one in self._tries.items() if one.at < now - FORGOTTEN_SECONDS]:
            del self._tries[each]
        found = self._tries.setdefault(address, _Tries())
        found.wrong, found.at = found.wrong + 1, now


class Heads:
    """Counts what each address holds open."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, Counter[str]()

    def enter(self, address: str) -> bool:
        """Return whether an address may hold one more open, and count it."""
        if self._held[address] >= self._most:
            return False
        self._held[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Count one less."""
        self._held[address] -= 1
        if self._held[address] <= 0:
            del self._held[address]
