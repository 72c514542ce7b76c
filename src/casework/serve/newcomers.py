"""How many people who are new may open a workbook from one address: a program that keeps no cookie is new each time.

Each such page starts a kernel. A whole class comes from one address, too, and has to come in all the same.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from casework.serve.rooms.limits import Bucket

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 120
"""How many may come at once, unless whoever runs the server says otherwise."""

AGAIN = 240.0
"""Within so many seconds, as many again may come."""


class Newcomers:
    """Counts, for each address, who came without being known.

    Parameters
    ----------
    at_once : int
        How many may come at once.
    clock : callable, optional
        Gives the time in seconds.
    """

    def __init__(self, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._clock = at_once, clock
        self._buckets: dict[str, Bucket] = {}

    def may_come(self, address: str) -> bool:
        """Return whether one more may come from an address; from this computer, always."""
        house = _house(address)
        return house not in self._buckets or self._buckets[house].left() >= 1

    def came(self, address: str) -> None:
        """Count one who came."""
        if house := _house(address):
            self._forget()
            self._buckets.setdefault(house, Bucket(self._at_once / AGAIN, self._at_once, self._clock)).take()

    def __len__(self) -> int:
        return len(self._buckets)

    def _forget(self) -> None:
        """Forget addresses from which nobody came for so long that it makes no difference."""
        for house in [each for each, bucket in self._buckets.items() if bucket.left() >= self._at_once]:
            del self._buckets[house]


def _house(address: str) -> str:
    """Return what is counted for an address: of a long one its first half; nothing for this computer's own."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return "" if found.is_loopback else str(found.exploded[:19])
        found = found.ipv4_mapped
    return "" if found.is_loopback else str(found)
