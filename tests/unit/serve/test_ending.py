from __future__ import annotations

import asyncio
import json
import signal
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

import psutil
import pytest

from casework.serve.ending import Ending

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Server

SLOW = "voila/render/en/slow.ipynb"


@pytest.fixture
def at_work(
    start: Callable[..., Server],
    workbooks: Path,
    tmp_path: Path,
    until: Callable[[Callable[[], bool], str], None],
) -> Server:
    """A server with a kernel that has much to do, and does not hear that it is to end."""
    server = start(workbooks, tmp_path, guards="seconds_to_end=30")
    begun = workbooks / "en" / "begun"
    begun.unlink(missing_ok=True)

    def open_page() -> None:
        with suppress(OSError, HTTPException):  # the server ends before the page does
            server.visitor().get(SLOW)

    threading.Thread(target=open_page, daemon=True).start()
    until(begun.exists, "its cell did not begin")
    return server


def test_tells_those_who_come_while_it_ends(at_work: Server, until: Callable[[Callable[[], bool], str], None]) -> None:
    at_work.process.send_signal(signal.SIGTERM)
    until(lambda: json.loads(at_work.visitor().get("health").text)["ending"], "it does not say that it ends")
    assert at_work.visitor().get("health").status == 503
    answer = at_work.visitor().get("voila/render/es/goodbye.ipynb")
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert "Los cuadernos se están reiniciando" in answer.text
    assert answer.cookies == []
    assert at_work.visitor().get().status == 200
    kernels = at_work.kernels()
    assert at_work.process.wait(25) == 0
    assert not psutil.wait_procs(kernels, timeout=20)[1]
    assert "Traceback" not in "".join(at_work.all_lines())


def test_ends_at_once_when_it_is_told_again(at_work: Server) -> None:
    at_work.process.send_signal(signal.SIGTERM)
    kernels = at_work.kernels()
    at_work.process.send_signal(signal.SIGINT)
    assert at_work.process.wait(25) == 0
    assert not psutil.wait_procs(kernels, timeout=20)[1]
    assert "Traceback" not in "".join(at_work.all_lines())


async def cut_short(*, told_again: bool) -> tuple[bool, float, bool]:
    """Let something that takes long be cut short; tell whether it was done, how long it took, and whether it knew."""
    ending, knew = Ending(), asyncio.Event()

    async def last() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            knew.set()

    ending.tell()
    if told_again:
        asyncio.get_running_loop().call_later(0.05, ending.tell)
    before = time.monotonic()
    done = await ending.calmly(last(), 600 if told_again else 0.05)
    return done, time.monotonic() - before, knew.is_set()


@pytest.mark.parametrize("told_again", [True, False])
def test_does_not_wait_for_what_takes_too_long(told_again: bool) -> None:  # noqa: FBT001  as it is drawn
    done, took, knew = asyncio.run(cut_short(told_again=told_again))
    assert not done
    assert took < 30
    assert knew


def test_waits_for_what_is_soon_done() -> None:
    async def calm() -> bool:
        return await Ending().calmly(asyncio.sleep(0), 600)

    assert asyncio.run(calm())
