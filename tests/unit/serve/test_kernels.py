from __future__ import annotations

import asyncio
import tempfile
import uuid
from pathlib import Path

import pytest

from casework.serve.kernels import OwnKernelSpecs, VisitKernelManager, opening
from casework.serve.places import Limits, Opening
from casework.serve.settings import make_kernel_folder
from casework.store import Device


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


def test_listens_in_a_folder_that_is_no_longer_than_systems_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("a folder for temporary files, as macOS and some shared computers have it " + 30 * "x")
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    folder = Path(make_kernel_folder())
    try:
        assert len(f"{folder}/kernel-{uuid.uuid4()}-ipc-5") <= 103
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        folder.rmdir()


def test_keeps_no_kernel_for_a_page_that_closed_while_it_started() -> None:
    assert asyncio.run(start(Opening("a-visit", "en/goodbye.ipynb", closed=True))) == []


def test_knows_the_kernel_of_a_page_that_is_open() -> None:
    page = Opening("a-visit", "en/goodbye.ipynb")
    assert asyncio.run(start(page)) == [page.kernel_id]


ANA = Device("ana's cookie", "ana")
ON_THE_PHONE = Device("ana's other cookie", "ana")
BEN = Device("ben's cookie", "ben")


async def leave(pages: list[Opening], *, everywhere: bool) -> list[bool]:
    """Open some pages, let Ana leave, and tell which of them still have a kernel."""
    kernels = manager()
    try:
        for page in pages:
            opening.set(page)
            await kernels.start_kernel()
        kernels.end_soon(kernels.pages_of(ANA, everywhere=everywhere))
        left = sum(page.closed for page in pages)
        for _ in range(600):
            if len(kernels.list_kernel_ids()) == len(pages) - left:
                break
            await asyncio.sleep(0.05)
        return [page.kernel_id in kernels for page in pages]
    finally:
        await kernels.shutdown_all(now=True)


@pytest.mark.parametrize(("everywhere", "left"), [(False, [False, True, True]), (True, [False, False, True])])
def test_ends_the_kernels_of_whoever_left(monkeypatch: pytest.MonkeyPatch, everywhere: bool, left: list[bool]) -> None:  # noqa: FBT001  as it is drawn
    monkeypatch.setattr("casework.serve.kernels.GOODBYE_SECONDS", 0.05)
    pages = [Opening("visit", "en/goodbye.ipynb", device=device) for device in (ANA, ON_THE_PHONE, BEN)]
    assert asyncio.run(leave(pages, everywhere=everywhere)) == left


async def lose(page: Opening, given_back: list[bool]) -> bool:
    """Open a page, connect it, lose it; tell whether its kernel ends, and memory is given back."""
    kernels = manager()
    looking = asyncio.create_task(kernels.look_after_pages())
    try:
        assert kernels.admit(page)
        opening.set(page)
        kernel = await kernels.start_kernel()
        kernels.shown(page)
        assert page.gone_since is not None
        kernels.notify_connect(kernel)
        assert page.gone_since is None
        kernels.notify_disconnect(kernel)
        assert page.gone_since is not None
        for _ in range(600):
            if kernel not in kernels and not kernels.places.pages and given_back:
                return True
            assert not given_back
            await asyncio.sleep(0.05)
        return False
    finally:
        looking.cancel()
        await kernels.shutdown_all(now=True)


def test_ends_the_kernel_of_a_page_that_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.serve.kernels.LOOKS_SECONDS", 0.05)
    monkeypatch.setattr("casework.serve.kernels.Limits", lambda pages: Limits(pages, gone_seconds_with_room=0.2))
    given_back: list[bool] = []
    monkeypatch.setattr("casework.serve.kernels.give_back", lambda: given_back.append(True))
    assert asyncio.run(lose(Opening("a-visit", "en/goodbye.ipynb"), given_back))
    assert given_back == [True]


def test_takes_the_place_back_of_a_page_that_got_no_kernel() -> None:
    kernels = manager()
    page = Opening("a-visit", "en/goodbye.ipynb")
    assert kernels.admit(page)
    kernels.shown(page)
    assert kernels.places.pages == []
