"""What was kept long enough is erased while the server runs, and trouble with that is one line in the log."""

from __future__ import annotations

import asyncio
import contextlib

from casework.errors import StoreError
from casework.serve import keeping


class Store:
    """Counts how often it was asked to erase, and fails the first time."""

    def __init__(self):
        self.asked = 0

    def erase_expired(self):
        self.asked += 1
        if self.asked == 1:
            raise StoreError("The store could not be used.")


async def run_for_three_days(store):
    running = asyncio.create_task(keeping.erase_daily(store))
    async with asyncio.timeout(10):
        while store.asked < 3:  # noqa: ASYNC110  the store is asked in a thread
            await asyncio.sleep(0.01)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


def test_sessions_are_erased_day_after_day_whatever_happens_on_one(monkeypatch, caplog):
    monkeypatch.setattr(keeping, "DAY", 0.0)
    monkeypatch.setattr("casework.serve.keeping.log.propagate", True)
    store = Store()

    asyncio.run(run_for_three_days(store))

    assert store.asked >= 3
    assert caplog.messages == ["The store could not be used."]
