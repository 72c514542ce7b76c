from __future__ import annotations

import json
import os
import queue
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil
import pytest

from clock import Clock
from hall import Hall, make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PATIENCE = 60
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SAY_WHO = (
    "import os\n"
    "names = ('CASEWORK_VISIT', 'CASEWORK_OWNER', 'CASEWORK_STORE', 'CASEWORK_SHARED_COMPUTER')\n"
    "print(*('<' + str(os.environ.get(name)) + '>' for name in names))"
)


def write_notebook(path: Path, markdown: str, code: str = "", metadata: dict | None = None) -> None:
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": markdown}]
    if code:
        cell = {"cell_type": "code", "id": "b", "metadata": {}, "source": code}
        cells.append(cell | {"execution_count": None, "outputs": []})
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {"cells": cells, "metadata": KERNEL if metadata is None else metadata}
    path.write_text(json.dumps(whole | {"nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str


@dataclass
class Visitor:
    """A browser, as far as these tests need one: it keeps cookies and follows nothing."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: dict | None = None, headers: dict | None = None) -> Answer:
        connection = HTTPConnection("localhost", self.server.port, timeout=PATIENCE)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(body) if body else None, sent | (headers or {}))
            answer = connection.getresponse()
            cookies = answer.headers.get_all("Set-Cookie") or []
            for cookie in cookies:
                self.cookies |= {name: each.value for name, each in SimpleCookie(cookie).items()}
            return Answer(answer.status, dict(answer.headers), cookies, answer.read().decode())
        finally:
            connection.close()

    def get(self, path: str = "", **headers: str) -> Answer:
        return self.ask("GET", f"{self.server.base}{path}", headers=headers)

    def post(self, path: str, **body: str) -> Answer:
        return self.ask("POST", f"{self.server.base}{path}", body)


def is_kernel(process: psutil.Process) -> bool:
    """Tell whether a process is a kernel that runs; it may end while one looks."""
    try:
        return process.name().startswith("kernel ") and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@dataclass
class Server:
    process: subprocess.Popen[str]
    port: int
    base: str
    folder: Path
    store_url: str
    lines: queue.Queue[str]
    heard: list[str] = field(default_factory=list)

    def visitor(self) -> Visitor:
        return Visitor(self)

    def kernels(self) -> list[psutil.Process]:
        return [each for each in psutil.Process(self.process.pid).children(recursive=True) if is_kernel(each)]

    def hear(self, words: str) -> str:
        """Wait until the server has printed a line with these words."""
        end = time.monotonic() + PATIENCE
        while not any(words in line for line in self.heard):
            try:
                self.heard.append(self.lines.get(timeout=max(0.01, end - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"The server never said {words!r}, only: {self.heard}")
        return next(line for line in self.heard if words in line)

    def all_lines(self) -> list[str]:
        """Return everything it has printed so far."""
        while not self.lines.empty():
            self.heard.append(self.lines.get())
        return self.heard

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def lost(server: Server, table: str) -> Iterator[None]:
    """Let a server miss a table of its store for a while."""
    with closing(sqlite3.connect(server.store_url.removeprefix("sqlite:///"))) as store:
        store.execute(f"ALTER TABLE {table} RENAME TO lost_{table}")
        try:
            yield
        finally:
            store.execute(f"ALTER TABLE lost_{table} RENAME TO {table}")


def until(what: Callable[[], bool], why: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            pytest.fail(why)
        time.sleep(0.05)


TALKATIVE = """
import logging
from casework.serve import logs
quiet = logs.set_up
def set_up():
    quiet()
    for name in ("casework", "tornado.access", "tornado.application", "tornado.general", "traitlets"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.handlers[0].setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(message)s")
logs.set_up = set_up
"""
"""Lets a server say all that it could say."""


def start_server(folder: Path, data: Path, base: str = "/", *, talkative: bool = False, guards: str = "") -> Server:
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    store_url = f"sqlite:///{data / 'store.sqlite'}"
    program = (TALKATIVE if talkative else "") + (
        "import sys, pathlib; from casework.serve import Guards, run; "
        f"run(pathlib.Path(sys.argv[1]), port={port}, ip='localhost', base_url={base!r}, browser=False, "
        f"guards=Guards({guards}))"
    )
    environment = os.environ | {
        "CASEWORK_STORE": store_url,
        "CASEWORK_VISIT": "left over from elsewhere",
        "CASEWORK_OWNER": "1",
        "PYTHONWARNINGS": "default",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=data,
    )
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        with process.stdout:
            for line in process.stdout:
                lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    server = Server(process, port, base, folder, store_url, lines)
    server.hear("casework is at")
    return server


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbooks")
    write_notebook(
        folder / "en" / "goodbye.ipynb", "# The *first* goodbye\n\nA kitchen,\na coat.\n\nAbout 25 minutes.", SAY_WHO
    )
    write_notebook(folder / "es" / "goodbye.ipynb", "# La primera despedida\n\nUna cocina.", "1 + 1  # .walk(")
    write_notebook(folder / "en" / "failing.ipynb", "# Failing", "raise ValueError('what somebody wrote')")
    write_notebook(folder / "en" / "slow.ipynb", "# Slow", "open('begun', 'w').close()\nimport time\ntime.sleep(600)")
    write_notebook(folder / "en" / "nameless.ipynb", "Nothing but words.", "1", metadata={})
    (folder / "en" / "broken.ipynb").write_text("{ this is no notebook")
    (folder / "cases").mkdir()
    (folder / "cases" / "case.yaml").write_text("trainer_notes: for the trainer alone")
    (folder / "cases" / "door.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    return folder


@pytest.fixture(name="lost")
def _lost() -> Callable[[Server, str], AbstractContextManager[None]]:
    """Let a server miss a table of its store for a while."""
    return lost


@pytest.fixture(name="until")
def _until() -> Callable[[Callable[[], bool], str], None]:
    """Wait for a condition, or fail with the reason."""
    return until


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., Server]]:
    """Start servers that end with the tests, whatever happens."""
    started: list[Server] = []

    def new(folder: Path, data: Path, base: str = "/", *, talkative: bool = False, guards: str = "") -> Server:
        server = start_server(folder, data, base, talkative=talkative, guards=guards)
        started.append(server)
        return server

    yield new
    for server in started:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def server(start: Callable[..., Server], workbooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    return start(workbooks, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def empty_server(start: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    return start(tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("empty-data"), "/some/base/")


@pytest.fixture
def visitor(server: Server) -> Visitor:
    return server.visitor()


@pytest.fixture(scope="session")
def room_folder(tmp_path_factory: pytest.TempPathFactory, small_files: dict[str, str]) -> Path:
    """Return a folder with one small case, for rooms."""
    return make_folder(tmp_path_factory.mktemp("room-workbooks"), small_files)


@pytest.fixture
def hall(room_folder: Path, tmp_path: Path) -> Hall:
    """Return a server of rooms, in this process."""
    return Hall(room_folder, f"sqlite:///{tmp_path / 'store.sqlite'}")
