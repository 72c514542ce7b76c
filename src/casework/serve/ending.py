"""How the server ends: calmly and soon when it is told, and at once when it is told again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine

LAST_SECONDS = 1.0
"""How long something that was cut short may take to notice."""


class Ending:
    """Listens for the signals that tell a server to end: Ctrl-C, and what a system sends."""

    def __init__(self) -> None:
        self.told, self.told_again = asyncio.Event(), asyncio.Event()

    def listen(self) -> None:
        """Listen from now on."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.tell)

    def tell(self) -> None:
        """Tell the server to end; once it was told, to end at once."""
        (self.told_again if self.told.is_set() else self.told).set()

    async def calmly(self, last: Coroutine[None, None, None], seconds: float) -> bool:
        """Do what is still to do; return False if it was cut short, by the time or because somebody is in a hurry."""
        doing, hurry = asyncio.create_task(last), asyncio.create_task(self.told_again.wait())
        done, _ = await asyncio.wait({doing, hurry}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
        if doing in done:
            doing.result()
            return True
        doing.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait({doing}, timeout=LAST_SECONDS)
        return False


def end_at_once() -> None:
    """End this process. To leave it as usual would wait for all that was being said to kernels that are no more."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
