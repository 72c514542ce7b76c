"""Perspectives dealt out: evenly, by a seed that an event holds, and the same whenever it is asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.live.state import Deal


@lru_cache(maxsize=256)
def dealt_to(deal: Deal, joined: tuple[str, ...]) -> Mapping[str, str]:
    """Return the perspective that each person was dealt.

    Parameters
    ----------
    deal : Deal
        The dealing.
    joined : tuple of str
        Everyone, in the order in which they joined; those who came later are dealt on from where it stopped.
    """
    there = sorted(joined[: deal.people], key=lambda who: _drawn(deal.seed, who))
    first = int(_drawn(deal.seed, ""), 16)
    count = len(deal.perspectives)
    everyone = (*there, *joined[deal.people :])
    return MappingProxyType({who: deal.perspectives[(first + place) % count] for place, who in enumerate(everyone)})


def _drawn(seed: str, who: str) -> str:
    return hashlib.sha256(f"{seed}/{who}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether everyone of a group, dealt over some perspectives, would bring each of them to the floor."""

    people: int
    perspectives: int
    least: int
    """How many would be dealt the perspective that the fewest get."""
    enough: bool
    fewer: int
    """How many perspectives this group has people enough for; 0 if it has not even enough for one."""

    def view(self) -> dict[str, Any]:
        """Return it as JSON."""
        told = {"people": self.people, "perspectives": self.perspectives, "least": self.least}
        return {**told, "enough": self.enough, "fewer": self.fewer}


def reach(people: int, perspectives: int, floor: int) -> Reach:
    """Return whether each cell could reach the floor if that many people were dealt that many perspectives.

    Where it says that there are not enough, the trainer may deal `fewer`, show the prompt with its perspectives merged,
    or ask people to share with their names.
    """
    least = people // max(perspectives, 1)
    return Reach(people, perspectives, least, enough=least >= floor, fewer=people // floor)
