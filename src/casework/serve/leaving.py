"""Whoever leaves a device leaves no page behind there that still works for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.serve.kernels import VisitKernelManager
    from casework.serve.pages import Page
    from casework.store import Device


async def close_pages(handler: Page, device: Device | None, *, everywhere: bool = False) -> None:
    """Refuse every page that is open for whoever was at a device, and end their kernels soon after.

    Parameters
    ----------
    handler : Page
        Who answers.
    device : Device or None
        Whose pages; None for nobody's.
    everywhere : bool, optional
        Whether those on the same person's other devices are meant, too.
    """
    if device is None:
        return
    kernels: VisitKernelManager = handler.settings["kernel_manager"]
    pages = kernels.pages_of(device, everywhere=everywhere)
    await asyncio.to_thread(handler.site.store.end_visits, [page.visit_id for page in pages])
    kernels.end_soon(pages)
    if handler.site.rooms:
        handler.site.rooms.send_away(device, everywhere=everywhere)
