"""Places: how many pages of workbooks are open at once, who is next when all are taken, and which make room."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from casework.serve.newcomers import AT_ONCE, Newcomers

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.store import Device

FORKED_MEGABYTES = 60
"""What a page's kernel takes; where nothing can be forked, twice as much."""

FEWEST = 4
MOST = 1_000


@dataclass(slots=True, eq=False)
class Opening:
    """A page of a workbook: being opened, open, or gone for now."""

    visit_id: str
    workbook: str
    """The notebook's path under the folder."""
    shared_computer: bool = False
    """Whether its drafts must not outlive it."""
    kernel_id: str | None = None
    """Known once its kernel has started."""
    closed: bool = False
    """True once its kernel is to end: the visitor left before the page had opened, or it made room for another."""
    device: Device | None = None
    """The browser in which it was opened."""
    trainer: str = ""
    """The trainer who opened it, if one did."""
    gone_since: float | None = None
    """When it was last heard of; None while it opens, and while it is connected."""
    came: bool = False
    """Whether it was ever connected."""

    @property
    def owner(self) -> str:
        """Whose page it is, as far as anyone can tell: a browser's, or a trainer's."""
        return self.trainer or (self.device.token if self.device else "")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much room there is."""

    pages: int
    """Open at once."""
    trainers: int = 2
    """Places among them that are kept for trainers."""
    device: int = 6
    """Pages of one browser, or of one trainer."""
    newcomers: int = AT_ONCE
    """Pages that one address opens at once for people who are new here; more come one after the other."""
    gone_seconds: float = 90.0
    """How long a page that has lost its connection may take to come back, while others might need its place."""
    gone_seconds_with_room: float = 600.0
    """The same while more than half of the places are free: a phone that sleeps for a while need not begin again."""
    arriving_seconds: float = 150.0
    """How long a page that was never connected may take: over a thin line, its scripts come slowly."""
    spared_seconds: float = 20.0
    """A page that was just now gone is not ended for another: it may be changing networks, or loading."""


class Places:
    """The places of a server, and who has them.

    Parameters
    ----------
    limits : Limits
        How much room there is.
    clock : callable, optional
        Gives the time in seconds.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits, self.clock = limits, clock
        self.queue = Queue(clock)
        self.newcomers = Newcomers(limits.newcomers, clock)
        self.pages: list[Opening] = []
        """In the order in which they came."""
        self.closing = False
        """Whether the server is about to end: then nobody gets a place any more."""
        self._left: dict[str, float] = {}

    def taken(self) -> list[Opening]:
        """Return the pages that have a place; those that are about to end have none any more."""
        return [page for page in self.pages if not page.closed]

    def enter(self, page: Opening, ticket: str = "") -> list[Opening] | None:
        """Give a page a place.

        Parameters
        ----------
        page : Opening
            It is about to open.
        ticket : str, optional
            What whoever opens it was given when they began to wait, if they did.

        Returns
        -------
        list of Opening or None
            The pages that end for it, which may be none; None if it has to wait.
        """
        if not self.has_room(page, ticket):
            return None
        ending = self._of_its_own(page)
        wanting = 1 - self._free(page) - len(ending)
        ending += self._gone(page)[: max(0, wanting)]
        self.pages.append(page)
        self.queue.leave(ticket)
        return ending

    def has_room(self, page: Opening, ticket: str = "") -> bool:
        """Return whether a page would be given a place now."""
        room = self._free(page) + len(self._of_its_own(page)) + len(self._gone(page))
        return not self.closing and room > (0 if page.trainer or self._was_here(page) else self.queue.ahead_of(ticket))

    def leave(self, page: Opening) -> None:
        """Take a page's place back."""
        if page in self.pages:
            self.pages.remove(page)
            now = self.clock()
            self._left = {owner: at for owner, at in self._left.items() if now - at < self.limits.spared_seconds}
            self._left[page.owner] = now

    def overdue(self) -> list[Opening]:
        """Return the pages that were gone for too long."""
        limits, now = self.limits, self.clock()
        roomy = 2 * len(self.taken()) < limits.pages
        patience = limits.gone_seconds_with_room if roomy else limits.gone_seconds
        return [
            page
            for page in self.taken()
            if page.gone_since is not None
            and now - page.gone_since > (patience if page.came else max(patience, limits.arriving_seconds))
        ]

    def _free(self, page: Opening) -> int:
        """Return how many places are free for whoever opens this page; trainers may take those kept for them."""
        taken = self.taken()
        kept = 0 if page.trainer else self.limits.trainers - sum(bool(each.trainer) for each in taken)
        return self.limits.pages - len(taken) - max(0, kept)

    def _was_here(self, page: Opening) -> bool:
        """Return whether whoever opens this page had one until now: a page that is loaded again keeps its turn."""
        left = self.clock() - self._left.get(page.owner, float("-inf")) < self.limits.spared_seconds
        return bool(page.owner) and (left or any(each.gone_since is not None for each in self._own(page)))

    def _own(self, page: Opening) -> list[Opening]:
        """Return the other pages of the same browser: those that are gone first, then the oldest."""
        own = [each for each in self.taken() if each.owner == page.owner and page.owner]
        return sorted(own, key=lambda each: each.gone_since is None)

    def _of_its_own(self, page: Opening) -> list[Opening]:
        """Return the pages of the same browser that end for this one: it has too many, or no other place is free."""
        own = self._own(page)
        again = bool(own) and own[0].gone_since is not None and self._free(page) < 1
        return own[: max(again, len(own) - self.limits.device + 1)]

    def _gone(self, page: Opening) -> list[Opening]:
        """Return the pages that can end for another, those first that were gone for longest."""
        own, spared = self._of_its_own(page), self.clock() - self.limits.spared_seconds
        since = {id(each): each.gone_since for each in self.taken() if each.gone_since is not None}
        gone = [each for each in self.taken() if since.get(id(each), spared) < spared and each not in own]
        return sorted(gone, key=lambda each: since[id(each)])


@dataclass(slots=True)
class _Waiting:
    seen: float
    times: int = 1


@dataclass(slots=True)
class Queue:
    """Who waits for a place, in the order in which they came. Whoever does not ask again loses theirs."""

    clock: Callable[[], float] = time.monotonic
    _waiting: dict[str, _Waiting] = field(default_factory=dict)

    def wait(self, ticket: str) -> str:
        """Let somebody wait, and return what they come back with."""
        now = self.clock()
        self._forget(now)
        if self.seen(ticket):
            return ticket
        ticket = secrets.token_urlsafe(9)
        if len(self._waiting) < MOST_WAITING:
            self._waiting[ticket] = _Waiting(now)
        return ticket

    def seen(self, ticket: str) -> bool:
        """Note that somebody still waits; False if nobody waits with this ticket."""
        if ticket not in self._waiting:
            return False
        self._waiting[ticket].seen = self.clock()
        self._waiting[ticket].times += 1
        return True

    def ahead_of(self, ticket: str) -> int:
        """Return how many come first. Only who has come back counts: a program that asks and asks makes no line."""
        self._forget(self.clock())
        order = list(self._waiting)
        before = order[: order.index(ticket)] if ticket in self._waiting else order
        return sum(self._waiting[each].times > 1 for each in before)

    def __len__(self) -> int:
        self._forget(self.clock())
        return len(self._waiting)

    def leave(self, ticket: str) -> None:
        """Let somebody go, who has got a place."""
        self._waiting.pop(ticket, None)

    def _forget(self, now: float) -> None:
        for ticket in [each for each, one in self._waiting.items() if now - one.seen > FORGOTTEN_SECONDS]:
            del self._waiting[ticket]


MOST_WAITING = 2_000
FORGOTTEN_SECONDS = 45.0
"""After so many without a word, whoever waited is taken to have left."""


def pages_for(free: int, open_files: int, *, forked: bool) -> int:
    """Return how many pages a computer can hold open.

    Parameters
    ----------
    free : int
        Bytes of memory that are free; half of it is used.
    open_files : int
        How many files the server may have open; each page needs a dozen.
    forked : bool
        Whether kernels are forked, and so share much of their memory.
    """
    each = FORKED_MEGABYTES * (1 if forked else 2) * 1_000_000
    return max(FEWEST, min(free // 2 // each, open_files // 16, MOST))


def free_memory(limits: Path = Path("/sys/fs/cgroup")) -> int:
    """Return how many bytes are free: on this computer, or in the container that this runs in, if that is less."""
    free = int(psutil.virtual_memory().available)
    try:
        most = int((limits / "memory.max").read_text("ascii"))
        used = int((limits / "memory.current").read_text("ascii"))
    except (OSError, ValueError):  # no container, or one without a limit
        return free
    return max(0, min(free, most - used))
