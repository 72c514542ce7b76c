"""A kernel that plays a workbook through once, for nobody, before others are forked.

Whatever is done for the first time takes longer, and changes memory that forks would otherwise share: Python rewrites
functions as it learns what they are used for, libraries fill their caches. Done once before all forks, it is done for
all of them. Nothing of it may be left at a fork: no thread, no open file, nobody's words.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING
from unittest.mock import patch

import zmq
from ipykernel import ipkernel
from ipywidgets import widgets  # type: ignore[import-untyped]
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from zmq.utils import garbage

from casework.content import shipped_folder
from casework.serve.launch import answer_pages, prepare_kernel
from casework.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.serve.page_kernel import PageKernelApp

PLAYED = "en/the-first-goodbye.ipynb"
"""The workbook, of those that come with the library."""

PATIENCE = 20.0
"""Seconds that a cell may take."""


def play_once() -> bool:
    """Play a workbook through; return whether nothing of it is left running or open.

    Where it is not, or a cell failed, this process is none to fork from.
    """
    workbook = shipped_folder() / PLAYED
    before = _left_open()
    try:
        with _nobody(workbook.parent) as folder:
            played = _play(_read_cells(workbook), folder)
    except Exception:  # noqa: BLE001  whatever it is, pages do without
        return False
    gc.collect()
    return played and _left_open() == before


def _read_cells(workbook: Path) -> list[str]:
    """Return the code of a notebook, cell by cell."""
    cells = json.loads(workbook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _left_open() -> tuple[int, set[str]]:
    """Return how many threads there are, and what stands behind each file descriptor."""
    files = set()
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists them
            files.add(f"{each.name} {each.readlink()}")
    return len(list(Path("/proc/self/task").iterdir())), files


@contextmanager
def _nobody(where: Path) -> Iterator[Path]:
    """Be somewhere else, with a store of one's own, for as long as this lasts; yield a folder that is gone then."""
    own = {"SERVER_SOFTWARE": "", "CASEWORK_OWNER": "1"}
    with TemporaryDirectory() as name, chdir(where), patch.dict(os.environ, own):
        os.environ["CASEWORK_STORE"] = f"sqlite:///{Path(name, 'store.sqlite')}"
        with patch("atexit.register"):  # forks have no use for its endings
            yield Path(name)


def _play(cells: list[str], folder: Path) -> bool:
    """Be a kernel that is asked what a page would ask; return whether it answered all of it well."""
    file, _ = write_connection_file(
        str(folder / "kernel-dry.json"), transport="ipc", ip=str(folder / "line"), key=b"dry"
    )
    app = prepare_kernel()
    app.capture_fd_output = False
    app.parent_handle = 1  # nobody whose end it would have to watch for
    app.begin(file)
    app.shell.events.register("post_run_cell", answer_pages)
    answers: list[str] = []
    asking = Thread(target=_ask, args=(app, file, cells, answers))
    asking.start()
    try:
        app.start()
    finally:
        asking.join()
        _put_away(app)
    return answers == ["ok"] * len(cells)


def _ask(app: PageKernelApp, file: str, cells: list[str], answers: list[str]) -> None:
    """Have a kernel run cells, note how each went, and end it."""
    with zmq.Context() as context:
        client = BlockingKernelClient(connection_file=file, context=context)
        client.load_connection_file()
        client.start_channels(hb=False)
        try:
            client.kernel_info()
            for cell in cells:
                client.execute(cell)
            while len(answers) < len(cells):
                message = client.get_shell_msg(timeout=PATIENCE)
                if message["msg_type"] == "execute_reply":
                    answers.append(message["content"]["status"])
        except Empty:
            return
        finally:
            client.stop_channels()
            app.io_loop.add_callback(app.io_loop.stop)


def _put_away(app: PageKernelApp) -> None:
    """Take everything of a kernel out of this process that another one would stumble over."""
    widgets.Widget.close_all()
    app.shell.reset(new_session=False)
    _finish_tasks(app.io_loop.asyncio_loop)  # type: ignore[attr-defined]  # Tornado has no other on Python 3
    app.close()
    garbage.gc.stop()
    app.io_loop.close(all_fds=True)
    asyncio.set_event_loop(None)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    for kind in (type(app), type(app.kernel), type(app.shell)):
        kind.clear_instance()
    for each in [one for one in gc.get_objects() if isinstance(one, Store)]:
        each.close()
    ipkernel._comm_manager = None  # noqa: SLF001  it knows the kernel
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _finish_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Have a loop give up what it is still at, so that nothing complains of being left."""
    tasks = asyncio.all_tasks(loop)
    for each in tasks:
        each.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
