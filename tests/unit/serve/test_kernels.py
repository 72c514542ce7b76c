from __future__ import annotations

import asyncio

from casework.serve.kernels import Opening, OwnKernelSpecs, VisitKernelManager, opening


def manager() -> VisitKernelManager:
    return VisitKernelManager(kernel_spec_manager=OwnKernelSpecs(), store_url="sqlite://")


async def start(page: Opening) -> list[str]:
    kernels = manager()
    opening.set(page)
    try:
        await kernels.start_kernel()
        return kernels.list_kernel_ids()
    finally:
        await kernels.shutdown_all(now=True)


def test_keeps_no_kernel_for_a_page_that_closed_while_it_started() -> None:
    assert asyncio.run(start(Opening("a-visit", "en/goodbye.ipynb", closed=True))) == []


def test_knows_the_kernel_of_a_page_that_is_open() -> None:
    page = Opening("a-visit", "en/goodbye.ipynb")
    assert asyncio.run(start(page)) == [page.kernel_id]
