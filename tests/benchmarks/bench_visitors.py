"""Visitors who come at once: when the last of them has a page that answers, and what each costs in memory.

Run it with ``make bench``. Beside casework's first workbook stands Voilà as it is installed, with a page of one button;
and the same with kernels that were started before anyone came. Where the computer keeps once what is the same in
several processes (Linux's KSM, which an administrator switches on: ``echo 1 > /sys/kernel/mm/ksm/run``), memory is
measured again when it has done so. It prints ratios of one run on one machine; it passes and fails nothing.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from visitors import STOCK_PAGE, WORKBOOK, Serving, Visitor, all_at_once, casework, stock

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import psutil

ALONE, CROWDS = 5, (10, 30)
MERGING = Path("/sys/kernel/mm/ksm")
SCANS, PATIENCE = 3, 1_200.0


@dataclass
class Told:
    """What was measured of one server."""

    alone: float
    """Seconds until the page of a single visitor answers, the median of some."""
    last: dict[int, float]
    """Seconds until the last page answers, by how many came at once."""
    memory: float
    """MB for each of the largest crowd."""
    merged: float | None
    """The same, once the computer has merged what is the same; None where it does not."""

    def __str__(self) -> str:
        crowds = ", ".join(f"{people} at once {seconds:.2f} s" for people, seconds in self.last.items())
        merged = "" if self.merged is None else f", {self.merged:.1f} MB once merged"
        return f"alone {self.alone:.2f} s, {crowds}; {self.memory:.1f} MB for each visitor{merged}"


def main() -> None:
    """Measure all and print the ratios."""
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}; until the page's kernel answers")
    ours = measured("casework serve, The first goodbye", casework, WORKBOOK)
    bare = measured("stock Voilà, one button", stock, STOCK_PAGE)
    preheat = ("--preheat_kernel=True", "--pool_size=3")
    measured("stock Voilà, preheated (3)", lambda folder: stock(folder, *preheat), STOCK_PAGE)
    print(f"alone: {ours.alone / bare.alone:.2f} times stock")
    for people in CROWDS:
        print(f"{people} at once: {ours.last[people] / bare.last[people]:.2f} times stock")
    print(f"memory: {ours.memory / bare.memory:.2f} times stock")
    if ours.merged is not None and bare.merged is not None:
        print(f"memory, once merged: {ours.merged / bare.merged:.2f} times stock")


def measured(name: str, serve: type[AbstractContextManager[Serving]] | object, page: str) -> Told:
    """Measure one server, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as server:  # type: ignore[operator]
        told = asyncio.run(measure(server, page))
    print(f"  {name}: {told}", flush=True)
    return told


async def measure(server: Serving, page: str) -> Told:
    """Let visitors come, alone and at once."""
    await (first := Visitor(server.base)).open(page)  # what is done once is not counted
    await gone([first], server)
    alone = []
    for _ in range(ALONE):
        one = Visitor(server.base)
        alone.append(await one.open(page))
        await gone([one], server)
    last = {}
    memory, merged = 0.0, None
    for people in CROWDS:
        before = server.memory()
        waited, visitors = await all_at_once(server.base, page, people)
        last[people] = max(waited)
        memory = (server.memory() - before) / people
        if people == max(CROWDS) and of_merging("run") == 1:
            await until_merged(server)
            merged = (server.memory() - before) / people
        await gone(visitors, server)
    return Told(statistics.median(alone), last, memory, merged)


def of_merging(what: str) -> int:
    """Return a number that Linux tells of its merging of memory; 0 where there is none."""
    try:
        return int((MERGING / what).read_text())
    except OSError:
        return 0


def asks_for_merging(process: psutil.Process) -> bool:
    """Say whether Linux may merge pages of a process with those of others."""
    return " mg" in Path(f"/proc/{process.pid}/smaps").read_text()


async def until_merged(server: Serving) -> None:
    """Wait until all memory that may be merged has been gone through some times: that of whoever asked for it."""
    if not any(map(asks_for_merging, server.family())):
        return
    last = of_merging("full_scans") + SCANS
    async with asyncio.timeout(PATIENCE):
        while of_merging("full_scans") < last:  # noqa: ASYNC110  Linux tells nobody
            await asyncio.sleep(1)


async def gone(visitors: list[Visitor], server: Serving) -> None:
    """Let visitors leave, and their kernels end: by force where a server does not let pages end them."""
    for each in visitors:
        try:
            await each.leave()
        except Exception:  # noqa: BLE001  stock Voilà refuses it, and keeps the kernel
            each.line.close()
            refused = True
        else:
            refused = False
        if refused:
            end_kernel(server, each.kernel)
    for _ in range(200):
        if not any(kernel_of(server, each.kernel) for each in visitors):
            return
        await asyncio.sleep(0.05)


def end_kernel(server: Serving, kernel: str) -> None:
    """End the process of a kernel."""
    if process := kernel_of(server, kernel):
        process.terminate()
        process.wait(10)


def kernel_of(server: Serving, kernel: str) -> object | None:
    """Return the process of a kernel: its connection file, or its name, has the kernel's id."""
    return next((each for each in server.family()[1:] if kernel[:8] in " ".join([each.name(), *each.cmdline()])), None)


if __name__ == "__main__":
    main()
