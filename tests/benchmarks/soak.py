"""Many visits and many led sessions at one server: what is left behind when everyone has gone.

Run it with ``make soak``. Visitors come some at a time, open a page whose kernel answers, and leave; most close their
page as a browser does, some are cut off. Then groups are led from their first page to their last by simulated people.
Before, between and after it prints the server's kernels, processes, open files and memory. It fails if a kernel or a
process stays, or if files or memory go on growing.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from visitors import ROOT, WORKBOOK, Serving, Visitor, casework

from casework.serve.rehearsal.rehearse import Play, rehearse
from casework.serve.rehearsal.server import agenda_of
from casework.serve.rooms.limits import Limits

VISITS = int(os.environ.get("CASEWORK_SOAK_VISITS", "500"))
SESSIONS = int(os.environ.get("CASEWORK_SOAK_SESSIONS", "20"))
AT_A_TIME = 6
PEOPLE = 6
CUT_OFF = 25
"""One visitor in so many loses the network before the page is open, and says nothing."""

WARM = 200
"""Visits until a server has read and kept what it keeps, and its memory is as much in pieces as it will be."""

FIRST_SESSIONS = Limits().idle + 1
"""A server holds as many rooms that nobody is in, a few MB each, so that whoever comes back need not wait."""

LINE_KEPT = 65
"""Seconds: Jupyter keeps the line of a page to its kernel for a minute, although the page has long gone."""

MORE_FILES = 8
MORE_MEMORY = 0.15
"""By how much of its memory after `WARM` visits the server itself may have grown in the end."""


@dataclass(frozen=True)
class Left:
    """What a server holds while nobody is there."""

    kernels: int
    processes: int
    files: int
    memory: float

    def __str__(self) -> str:
        held = f"{self.kernels} kernels, {self.processes} processes, {self.files} open files"
        return f"{held}, {self.memory:.1f} MB in the server itself"


def left(server: Serving) -> Left:
    """Return what a server holds."""
    family = server.family()
    kernels = sum(each.name().startswith("kernel") for each in family)
    return Left(kernels, len(family), server.process.num_fds(), server.process.memory_full_info().uss / 1e6)


async def settled(server: Serving, kernels: int = 0) -> Left:
    """Return what a server holds once no kernel is ending any more, or after a while."""
    await asyncio.sleep(LINE_KEPT)
    for _ in range(600):
        if left(server).kernels <= kernels:
            break
        await asyncio.sleep(0.1)
    return left(server)


async def visit(server: Serving, number: int) -> None:
    """Open a page and leave it; now and then be cut off while it opens."""
    one = Visitor(server.base)
    if number % CUT_OFF:
        await one.open(WORKBOOK)
        await one.leave()
    else:
        await one.cut_off(WORKBOOK)


async def visits(server: Serving, many: int) -> None:
    """Let visitors come, some at a time."""
    some = asyncio.Semaphore(AT_A_TIME)

    async def one(number: int) -> None:
        async with some:
            await visit(server, number)

    await asyncio.gather(*(one(number) for number in range(1, many + 1)))


async def sessions(link: str, many: int) -> None:
    """Lead groups of simulated people, one after the other, through the first workbook."""
    folder = ROOT / "workbooks"
    agenda = agenda_of(folder / "en" / f"{Path(WORKBOOK).stem}.ipynb")
    for number in range(1, many + 1):
        done = await rehearse(Play(link, folder, Path(WORKBOOK).stem, agenda, PEOPLE))
        assert not done.lost, done.lost[:3]
        print(f"  session {number} of {many}: {done.stored} things were done", flush=True)


async def soak(server: Serving, link: str) -> tuple[Left, Left]:
    """Let all of them come; return what was held when the server was warm, and at the end."""
    await sessions(link, FIRST_SESSIONS)
    await visits(server, WARM)
    warm = await settled(server)
    print(f"after {WARM} visits and {FIRST_SESSIONS} sessions: {warm}", flush=True)
    await visits(server, VISITS)
    print(f"after {VISITS} more visits: {await settled(server)}", flush=True)
    await sessions(link, SESSIONS)
    end = await settled(server)
    print(f"after {SESSIONS} more sessions: {end}", flush=True)
    return warm, end


def complaints(warm: Left, end: Left) -> list[str]:
    """Return what was left behind that should not be."""
    found = []
    if end.kernels:
        found.append(f"{end.kernels} kernels stayed")
    if end.processes > warm.processes:
        found.append(f"{end.processes - warm.processes} processes stayed")
    if end.files > warm.files + MORE_FILES:
        found.append(f"{end.files - warm.files} more files are open")
    if end.memory > warm.memory * (1 + MORE_MEMORY):
        found.append(f"the server grew from {warm.memory:.0f} to {end.memory:.0f} MB")
    return found


def trainer_link(log: Path) -> str:
    """Return the trainer link that a server prints when it is ready."""
    for _ in range(300):
        if found := [one for one in log.read_text("utf-8").split() if "/lead/" in one]:
            return found[0]
        time.sleep(0.1)
    raise TimeoutError(log)


def main() -> None:
    """Soak a server, and fail if anything is left behind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with casework(folder, "--group", "--pages", "anyone", "--ip", "127.0.0.1") as server:
            found = complaints(*asyncio.run(soak(server, trainer_link(folder / "casework.log"))))
            family = server.family()
        found += [f"{one} outlived the server" for one in family if one.is_running()]
    print("\n".join(found) or "Nothing was left behind.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
