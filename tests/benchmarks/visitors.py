"""Visitors of a workbook's page without a browser, and what their kernels cost; for benchmarks and the soak.

A visitor asks for a page as a browser does, reads it to its end, which comes once every cell has run, opens the socket
to its kernel, and is ready once that has answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import nbformat
import psutil
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parents[2]
WORKBOOK = "voila/render/en/the-first-goodbye.ipynb"
PATIENCE = 300.0
PROTOCOL = "v1.kernel.websocket.jupyter.org"
"""How a page and a server wrap what a kernel hears."""
KERNEL = re.compile(r'"kernelId"\s*:\s*"([0-9a-f-]+)"')

AsyncHTTPClient.configure(None, max_clients=1_000, max_body_size=1 << 26)


@dataclass
class Serving:
    """A server of this machine."""

    base: str
    """Its address, with a slash at the end."""
    process: psutil.Process

    def family(self) -> list[psutil.Process]:
        """Return it and all that it started, forked kernels among them."""
        return [self.process, *self.process.children(recursive=True)]

    def memory(self) -> float:
        """Return what it and all that it started use, in MB; what several share is counted once (PSS)."""
        total = 0
        for each in self.family():
            with contextlib.suppress(psutil.Error):
                total += each.memory_full_info().pss
        return total / 1e6


@contextlib.contextmanager
def serving(command: Iterable[str], folder: Path, env: Mapping[str, str] | None = None) -> Iterator[Serving]:
    """Run a server with ``{port}`` in its command until it answers, and end it and all that it started afterwards."""
    port = free_port()
    program, *options = [each.format(port=port) for each in command]
    found = Path(sys.executable).parent / program
    environment = {**os.environ, "CASEWORK_STORE": f"sqlite:///{folder / 'store.sqlite'}", **(env or {})}
    with (folder / f"{Path(program).name}.log").open("w") as log:
        server = subprocess.Popen([found, *options], env=environment, cwd=folder, stdout=log, stderr=log)
    one = Serving(f"http://localhost:{port}/", psutil.Process(server.pid))
    try:
        wait_for(port)
        yield one
    finally:
        family = one.family()
        server.terminate()
        server.wait(timeout=60)
        for each in psutil.wait_procs(family, 10)[1]:
            each.kill()


@contextlib.contextmanager
def casework(folder: Path, *options: str, workbooks: Path = ROOT / "workbooks") -> Iterator[Serving]:
    """Serve the workbooks by casework."""
    with serving(["casework", "serve", str(workbooks), "--port", "{port}", "--no-browser", *options], folder) as one:
        yield one


@contextlib.contextmanager
def stock(folder: Path, *options: str) -> Iterator[Serving]:
    """Serve a notebook with one button by Voilà as it is installed."""
    source = "import ipywidgets\nipywidgets.Button(description='Begin')"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, folder / "button.ipynb")
    with serving(["voila", str(folder), "--port={port}", "--no-browser", *options], folder) as one:
        yield one


STOCK_PAGE = "voila/render/button.ipynb"


def wait_for(port: int) -> None:
    """Return when something listens on a port."""
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(port)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Visitor:
    """Somebody new, with a browser of their own."""

    base: str
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    kernel: str = ""
    line: Any = None

    async def open(self, page: str) -> float:
        """Open a page; return the seconds until its kernel has answered."""
        since = time.perf_counter()
        html = await self._ask("GET", page)
        found = KERNEL.search(html)
        assert found, html[-300:]
        self.kernel = found[1]
        await self._hear()
        return time.perf_counter() - since

    async def cut_off(self, page: str) -> None:
        """Ask for a page, and be gone before it is there, without a word."""
        place = urlsplit(self.base)
        _, line = await asyncio.open_connection(place.hostname, place.port)
        line.write(f"GET /{page} HTTP/1.1\r\nHost: {place.netloc}\r\nUser-Agent: Mozilla/5.0\r\n\r\n".encode())
        await line.drain()
        await asyncio.sleep(0.3)
        line.close()

    async def leave(self) -> None:
        """Close the page as a browser does, which tells the server which kernel is to end."""
        if self.line is not None:
            self.line.close()
        xsrf = self.cookies["_xsrf"].value if "_xsrf" in self.cookies else ""
        await self._ask("POST", f"voila/api/shutdown/{self.kernel}", {"_xsrf": xsrf})

    async def _ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> str:
        request = HTTPRequest(
            self.base + path,
            method,
            headers=self._headers(),
            body=urlencode(form) if form is not None else None,
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,
        )
        response = await AsyncHTTPClient().fetch(request)
        for each in response.headers.get_list("Set-Cookie"):
            self.cookies.load(each)
        return response.body.decode("utf-8", "replace")

    def _headers(self) -> dict[str, str]:
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.base))
        return {"Origin": origin, "User-Agent": "Mozilla/5.0", **({"Cookie": kept} if kept else {})}

    async def _hear(self) -> None:
        place = f"{self.base.replace('http', 'ws', 1)}api/kernels/{self.kernel}/channels?session_id={uuid.uuid4().hex}"
        request = HTTPRequest(place, headers=self._headers(), connect_timeout=PATIENCE)
        self.line = await websocket_connect(request, subprotocols=[PROTOCOL])
        asked = uuid.uuid4().hex
        header = {"msg_id": asked, "msg_type": "kernel_info_request", "username": "", "session": "s", "version": "5.3"}
        parts = {"header": header, "parent_header": {}, "metadata": {}, "content": {}}
        frame = serialize_msg_to_ws_v1(parts, "shell", lambda part: json.dumps(part).encode())
        await self.line.write_message(frame, binary=True)
        async with asyncio.timeout(PATIENCE):
            while told := await self.line.read_message():
                if b"kernel_info_reply" in told and asked.encode() in told:
                    return
        msg = "The line to the kernel was closed."
        raise ConnectionError(msg)


async def all_at_once(base: str, page: str, people: int) -> tuple[list[float], list[Visitor]]:
    """Let people open a page at the same moment; return how long each waited, and them."""
    visitors = [Visitor(base) for _ in range(people)]
    return list(await asyncio.gather(*(each.open(page) for each in visitors))), visitors
