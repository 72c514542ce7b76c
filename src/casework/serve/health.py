"""Whether the server is well, for programs that watch over it; nothing about anyone."""

from __future__ import annotations

import asyncio
import json
import time
from importlib.metadata import version
from typing import TYPE_CHECKING

from casework.errors import StoreError
from casework.serve.pages import Page

if TYPE_CHECKING:
    from casework.serve.places import Places

PATIENCE = 3.0
"""Seconds that the store may take."""

NOT_WELL = 503


class Health(Page):
    """Says whether the server is well: 200 if it is, 503 if its store does not answer, or it is about to end."""

    _asking: asyncio.Task[bool] | None = None

    async def get(self) -> None:
        """Say so, as JSON."""
        places: Places = self.settings["kernel_manager"].places
        answers = await self._store_answers()
        well = answers and not places.closing
        self.set_status(200 if well else NOT_WELL)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        told = {
            "ok": well,
            "version": version("casework"),
            "store": answers,
            "ending": places.closing,
            "pages": len(places.taken()),
            "most_pages": places.limits.pages,
            "waiting": len(places.queue),
            "rooms": self.site.rooms.count() if self.site.rooms else 0,
            "seconds": round(time.monotonic() - self.site.since),
        }
        self.write(json.dumps(told) + "\n")

    head = get

    async def _store_answers(self) -> bool:
        """Ask the store; whoever comes while it is asked hears the same answer, so that no crowd wears it out."""
        if Health._asking is None or Health._asking.done():
            Health._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(Health._asking)

    async def _ask(self) -> bool:
        try:
            await asyncio.wait_for(asyncio.to_thread(self.site.store.find_device, ""), PATIENCE)
        except (StoreError, TimeoutError):
            return False
        return True
