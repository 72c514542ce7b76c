"""What `casework doctor` looks at on the computer: its port, its networks, its limits and its clock."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from casework.cli._finding import good, mend, note

if TYPE_CHECKING:
    import psutil  # type: ignore[import-untyped]

    from casework.cli._finding import Finding

FILES_OF_A_PAGE = 12
"""How many open files a page of a workbook takes."""

ENOUGH_FILES = 1_024
_LATE = 300
"""Seconds that a file may be ahead of the clock."""


def look_at_port(port: int) -> Finding:
    """Look whether `casework serve` could listen on a port, and who does if not."""
    trouble = _try_port(port)
    if trouble is None:
        return good("Port", f"{port} is free.")
    if isinstance(trouble, PermissionError):
        return mend("Port", f"{port} may not be used by this account. Choose one above 1023, such as 8866.")
    holder = _holder(port)
    if holder and "casework" in " ".join(holder[1]):
        return note("Port", f"casework itself is there already, at {port} (process {holder[0]}).")
    who = f"by {Path(holder[1][0]).name} (process {holder[0]})" if holder else "by a program of another account"
    free = next((each for each in range(port + 1, port + 100) if _try_port(each) is None), 0)
    return mend("Port", f"{port} is in use {who}. End that, or choose another port: casework serve --port {free}")


def _try_port(port: int) -> OSError | None:
    """Try a port on this machine's own address and on all of them."""
    for address in ("127.0.0.1", "0.0.0.0"):  # noqa: S104  tried for a moment
        try:
            socket.create_server((address, port)).close()
        except OSError as error:
            return error
    return None


def _holder(port: int) -> tuple[int, list[str]] | None:
    """Return the number and the command of the process that listens on a port, if this account may know."""
    import psutil  # noqa: PLC0415  for the doctor alone

    try:
        listening = [
            one
            for one in psutil.net_connections(kind="tcp")
            if one.status == psutil.CONN_LISTEN and one.laddr.port == port and one.pid
        ]
        return next(((one.pid, _command(psutil.Process(one.pid))) for one in listening), None)
    except psutil.Error:
        return None


def _command(process: psutil.Process) -> list[str]:
    return process.cmdline() or [process.name()]


def look_at_addresses() -> Finding:
    """Look at which addresses phones in the room could reach this computer."""
    from casework.live.invitation import reachable  # noqa: PLC0415  for the doctor alone
    from casework.serve.rooms.hosts import own_interfaces  # noqa: PLC0415  as above

    found = reachable(own_interfaces())
    if not found:
        return note("Network", "No address that phones could reach. To lead a group, join a network or open a hotspot.")
    told = f"Phones in the same network reach this computer at {found[0]}"
    if len(found) == 1:
        return good("Network", f"{told}, if that network lets devices see each other.")
    others = ", ".join(found[1:])
    return note("Network", f"{told}, or perhaps at {others}. Say which: casework serve --group --address {found[0]}")


def look_at_forks() -> Finding:
    """Look whether kernels can be forked here, which starts them in a third of the time."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return note("Kernels", "They start one by one here; only Linux can fork them, which is three times faster.")
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError as error:
        return note("Kernels", f"They start one by one, since this system refuses to hand out processes ({error}).")
    return good("Kernels", "They can be forked, and start in a third of the time.")


def look_at_files() -> Finding:
    """Look how many files may be open at once, since each page takes some."""
    try:
        import resource  # noqa: PLC0415  Windows has none, and no such limit
    except ImportError:
        return good("Open files", "This system sets no limit to them.")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        return good("Open files", "This system sets no limit to them.")
    told = f"{most} at once are allowed, enough for about {most // FILES_OF_A_PAGE} open workbooks"
    if most >= ENOUGH_FILES:
        return good("Open files", f"{told}.")
    return mend("Open files", f"{told}. Allow more: ulimit -n 65536, or LimitNOFILE=65536 in the service's file.")


def look_at_clock(*stamped: Path | None) -> Finding:
    """Look whether the clock agrees with files that were written earlier.

    Parameters
    ----------
    *stamped : Path or None
        Files that cannot be from the future; those that are not there tell nothing.
    """
    now = time.time()
    files = [Path(__file__), *(path for path in stamped if path and path.exists())]
    newest = max(path.stat().st_mtime for path in files)
    shown = time.strftime("%Y-%m-%d %H:%M %Z", time.localtime(now))
    if newest > now + _LATE:
        return mend("Clock", f"It says {shown}, earlier than files that are here. Set it; answers are dated by it.")
    return good("Clock", f"{shown}.")
