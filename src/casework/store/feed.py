"""A feed: it wakes when something was stored, whichever process stored it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from casework.store._bell import CHANNEL
from casework.store._engine import file_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

LOOK_SECONDS = 0.2
"""How often a file is looked at; one look takes microseconds."""

SLOW_SECONDS = 10.0
"""How often a server is asked all the same, in case it was not heard."""

_NAP = 0.5  # the longest that closing waits for a listener


class Feed(ABC):
    """Wakes when something was stored, by this process or any other.

    It says that there is something new, never what: that is for the reading functions, which know who reads. Each
    listener has a feed of its own. One may be waited for in a thread and closed from another.
    """

    def __init__(self) -> None:
        self._closed = threading.Event()
        self._one_at_a_time = threading.Lock()

    @abstractmethod
    def _wait(self, seconds: float) -> bool:
        """Wait a little while; return whether something is new."""

    @abstractmethod
    def _let_go(self) -> None:
        """Close what it listens on."""

    def wait(self, timeout: float = 0.0) -> bool:
        """Return whether something was stored since the last call; wait for it for up to `timeout` seconds."""
        end = time.monotonic() + timeout
        while not self._closed.is_set():
            left = max(0.0, end - time.monotonic())
            with self._one_at_a_time:
                if not self._closed.is_set() and self._wait(min(left, _NAP)):
                    return True
            if left <= 0:
                break
        return False

    async def changes(self, *, pause: float = 0.5) -> AsyncIterator[None]:
        """Yield each time that something was stored, at most once in `pause` seconds, until the feed is closed."""
        while not self._closed.is_set():
            if await asyncio.to_thread(self.wait, 1.0):
                yield
                await asyncio.sleep(pause)

    def close(self) -> None:
        """Stop listening; whoever waits is let go within half a second."""
        self._closed.set()
        with self._one_at_a_time:
            self._let_go()


class FileFeed(Feed):
    """Looks at a SQLite file, on a connection of its own: the number it asks for changes when others commit."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._seen = self._look()

    def _look(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _wait(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while True:
            with suppress(sqlite3.OperationalError):  # locked for a moment
                found = self._look()
                if found != self._seen:
                    self._seen = found
                    return True
            left = end - time.monotonic()
            if left <= 0 or self._closed.wait(min(left, LOOK_SECONDS)):
                return False

    def _let_go(self) -> None:
        self._connection.close()


class MemoryFeed(Feed):
    """Looks at a store in memory, which only this process can change."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self._engine = engine
        self._seen = self._look()

    def _look(self) -> int:
        connection = self._engine.raw_connection()
        try:
            return int(connection.driver_connection.total_changes)  # type: ignore[union-attr]
        finally:
            connection.close()

    def _wait(self, seconds: float) -> bool:
        found = self._look()
        if found == self._seen:
            self._closed.wait(min(seconds, LOOK_SECONDS))
            found = self._look()
        changed, self._seen = found != self._seen, found
        return changed

    def _let_go(self) -> None:
        pass


class ServerFeed(Feed):
    """Listens to PostgreSQL, and asks it now and then all the same; connects again when it was lost."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self._engine = engine
        self._lost = (sa.exc.SQLAlchemyError, engine.dialect.loaded_dbapi.OperationalError)
        self._seen = -1
        self._asked_at = 0.0
        self._connect()

    def _connect(self) -> None:
        connection = self._engine.raw_connection()
        mine: Any = connection.driver_connection
        connection.detach()  # it is this feed's from now on, and the pool makes another
        self._connection = mine
        self._connection.autocommit = True
        self._connection.execute(f"LISTEN {CHANNEL}")
        self._ask()

    def _ask(self) -> bool:
        """Ask for the last event's number; return whether it is a new one."""
        found = self._connection.execute("SELECT coalesce(max(number), 0) FROM events").fetchone()[0]
        changed, self._seen = bool(found != self._seen), found
        self._asked_at = time.monotonic()
        return changed

    def _wait(self, seconds: float) -> bool:
        try:
            if self._connection.closed:
                self._connect()
                return True  # something may have been missed meanwhile
            if list(self._connection.notifies(timeout=seconds, stop_after=1)):
                list(self._connection.notifies(timeout=0))  # those that came with it say the same
                return True
            return time.monotonic() - self._asked_at > SLOW_SECONDS and self._ask()
        except self._lost:
            self._connection.close()
            self._closed.wait(seconds)
            return False

    def _let_go(self) -> None:
        self._connection.close()


def open_feed(engine: sa.Engine) -> Feed:
    """Return a feed of the database that an engine is connected to."""
    if engine.dialect.name == "postgresql":
        return ServerFeed(engine)
    file = file_of(engine.url)
    return MemoryFeed(engine) if file is None else FileFeed(file)
