"""Kernels that begin where another process has already come to.

Most of a kernel's first second goes into importing what every page needs. Here one process imports it once. Each kernel
is a fork of it, which starts in a fraction of the time and shares its memory until one of them writes to it. Linux
alone has what this takes; elsewhere, and whenever something is wrong with that process, kernels start as they always
did, by `casework.serve.launch`.

The process opens no file, no database, no thread and no event loop: what is open at a fork is open twice after it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from casework.serve.launch import become_kernel, leave_out_the_debugger, leave_out_the_folder, prepare_kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.serve.page_kernel import PageKernelApp

OWN_VARIABLES = (
    "CASEWORK_VISIT",
    "CASEWORK_OWNER",
    "CASEWORK_STORE",
    "CASEWORK_SHARED_COMPUTER",
    "CASEWORK_SCRIPTS_FETCHED",
)
"""What tells a kernel who it works for. Never inherited from the server's own environment."""

PROGRAM = f"from {__name__} import main; main()"
"""Starts the process that is forked; its argument is the socket to the server."""

LONGEST = 1 << 20
"""Bytes of one request: more than any environment holds."""

PATIENCE = 30.0
"""Seconds until a kernel is started the other way, because the process does not answer."""

LATER = 2.0
"""Seconds that the server waits longer than that: what was forked in the last moment is heard of all the same."""

MERGE = 67
"""`PR_SET_MEMORY_MERGE` of Linux's `prctl`, since 6.4; older ones refuse it."""

COLD = "cold"
"""Tells the process to fork kernels that nobody has played through before."""

READ_AHEAD = (
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "tornado.queues",
    "zmq.utils.garbage",
    "numpy.random",
    "encodings.ascii",
    "faulthandler",
    "sqlite3",
    "psutil",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "casework.session",
    "casework.widgets",
    "encodings.utf_8_sig",
    "markdown_it",
    "nh3",
    "yaml",
)
"""What every page imports sooner or later."""


# -- the process that is forked ------------------------------------------------------------------------


def main() -> None:
    """Import what kernels need, then fork one for each request, until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel reads it when it is imported
    leave_out_the_debugger()
    leave_out_the_folder()
    for name in READ_AHEAD:
        import_module(name)
    prepared = _play_and_prepare()
    ctypes.CDLL(None).prctl(MERGE, 1, 0, 0, 0)  # keep what is the same in several kernels once, if the computer does
    gc.collect()
    gc.freeze()  # or else the first collection in a kernel would write to every page of memory
    signal.signal(signal.SIGCHLD, _bury)
    with socket.socket(fileno=int(sys.argv[1])) as line:
        while received := line.recv(LONGEST):
            request = json.loads(received)
            if request["before"] < time.monotonic():  # another was started in its place, with the same sockets
                continue
            if _fork(line, request["number"]):
                line.close()
                _begin(request, prepared)
                return


def _fork(line: socket.socket, number: int) -> bool:
    """Fork; return True in the new process. The old one tells the server the other's number, and a handle on it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # not buried before its handle is open
    pid = os.fork()
    if pid:
        handle = os.pidfd_open(pid)
        socket.send_fds(line, [f"{number} {pid}".encode()], [handle])
        os.close(handle)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    return not pid


def _bury(_number: int, _frame: object) -> None:
    """Take the dead out of the list of processes."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _play_and_prepare() -> PageKernelApp:
    """Play a workbook, unless this process was told not to, and return a kernel that needs only a connection."""
    if COLD not in sys.argv:
        from casework.serve.dry_run import play_once  # noqa: PLC0415  after what it stands on

        if not play_once():
            os.execv(sys.executable, [sys.executable, "-c", PROGRAM, sys.argv[1], COLD])  # noqa: S606  ourselves
    return prepare_kernel()


def _begin(request: dict[str, Any], prepared: PageKernelApp) -> None:
    """Be a kernel with an environment, a folder and chance of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["env"], JPY_PARENT_PID=str(os.getppid()))
    os.chdir(request["cwd"])
    if "numpy" in sys.modules:  # Python's own chance begins anew after a fork, numpy's does not
        sys.modules["numpy"].random.seed()
    become_kernel(request["connection_file"], prepared)


# -- the server's side ---------------------------------------------------------------------------------


class Forked:
    """A kernel that is no child of this process; stands where Jupyter expects a `subprocess.Popen`.

    Parameters
    ----------
    pid : int
        Its number.
    handle : int
        A file descriptor that stands for the process, whatever its number is used for after it has ended.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle

    def poll(self) -> int | None:
        """Return None while it runs; 0 afterwards, as only its parent knows how it ended."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        ended = self._look(timeout)
        if ended is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return ended

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _look(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            watch = select.poll()
            watch.register(self._handle, select.POLLIN)
            if watch.poll(None if timeout is None else 1000 * timeout):
                os.close(self._handle)
                self.returncode = 0
        return self.returncode


class Forks:
    """The server's hold on the process that is forked: it starts it, asks it, and starts another if it dies."""

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._number = 0
        self._start()

    def _start(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-c", PROGRAM, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if name not in OWN_VARIABLES},
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The number of the process that is forked."""
        return self._process.pid

    def fork(self, connection_file: str, env: dict[str, str], cwd: str) -> Forked | None:
        """Fork a kernel; return None if that cannot be done now. Takes no time, but waits for the first imports."""
        with self._asking:
            self._number += 1
            before = time.monotonic() + PATIENCE  # the same clock for all processes
            about = {"connection_file": connection_file, "env": env, "cwd": cwd}
            asked = {"number": self._number, "before": before, **about}
            self._line.settimeout(PATIENCE + LATER)
            try:
                self._line.send(json.dumps(asked).encode())
                return self._answer()
            except TimeoutError:  # too busy, and perhaps later
                return None
            except OSError:
                self._end()
                self._start()
                return None

    def _answer(self) -> Forked:
        while True:
            answer, handles, _, _ = socket.recv_fds(self._line, 64, 1)
            if not answer:
                raise ConnectionResetError
            number, pid = map(int, answer.split())
            forked = Forked(pid, handles[0])
            if number == self._number:
                return forked
            forked.kill()  # came too late: another was started in its place

    def _end(self) -> None:
        """End the process; its kernels see that it is gone, and end as well."""
        self._line.close()
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the process, once every kernel has ended."""
        with self._asking:
            self._end()


@contextlib.contextmanager
def forking() -> Iterator[Forks | None]:
    """Keep a process to fork kernels from, where that can be done; it reads ahead while the server starts."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        yield None
        return
    with contextlib.closing(Forks()) as forks:
        yield forks
