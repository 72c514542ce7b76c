"""How PostgreSQL tells those who listen that something was stored. A SQLite file tells it by itself."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from casework.errors import StoreError
from casework.store._engine import at_once

if TYPE_CHECKING:
    import sqlalchemy as sa

CHANNEL = "casework"
"""Where one listens."""

PAUSE = 0.05
"""Seconds between two rings: whoever listens looks at everything new, so that one ring is enough for much."""

_FAREWELL = 2.0  # seconds that closing waits for a last ring

# A transaction that notifies lets every other such one wait until it is on disk. This one waits for no disk: what it
# tells of is there already.
_RING = f"BEGIN; SET LOCAL synchronous_commit TO off; NOTIFY {CHANNEL}; COMMIT"


class Bell:
    """Rings after something was stored, in a thread of its own, so that nobody who stores waits for it.

    A ring that is lost, with its process or its server, is made up for by the feeds, which ask now and then.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        The database's engine; on SQLite nothing rings.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._needed = engine.dialect.name == "postgresql"
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._rung = self._closing = False

    def ring(self) -> None:
        """Ring soon; once for all that is stored meanwhile."""
        if not self._needed:
            return
        with self._changed:
            self._rung = True
            self._changed.notify()
            if self._thread is None:
                self._closing = False
                self._thread = threading.Thread(target=self._run, name="casework-bell", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Ring for what was stored last, and end the thread; a later ring begins another."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._closing = True
            self._changed.notify()
        if thread is not None:
            thread.join(_FAREWELL)

    def _run(self) -> None:
        while self._is_needed():
            with (
                suppress(StoreError),
                at_once(self._engine) as db,
            ):  # feeds see by themselves that it is gone
                db.exec_driver_sql(_RING)
            with self._changed:
                self._changed.wait_for(lambda: self._closing, PAUSE)

    def _is_needed(self) -> bool:
        """Wait until there is something to ring for; return False once there is nothing any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._rung or self._closing)
            rung, self._rung = self._rung, False
        return rung
