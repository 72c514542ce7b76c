"""Keeps the promise that nothing is kept longer than was said."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from casework.errors import StoreError

if TYPE_CHECKING:
    from casework.serve.rooms.registry import Registry
    from casework.store import Store

log = logging.getLogger("casework")

DAY = 24 * 3600.0


async def erase_daily(store: Store, rooms: Registry | None = None) -> None:
    """Erase the sessions whose days are over, now and once a day, until this is cancelled; rooms forget them, too."""
    while True:
        try:
            await asyncio.to_thread(store.erase_expired)
            if rooms is not None:
                await rooms.recall()
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
        await asyncio.sleep(DAY)
