"""A server in a process of its own, and clients that speak to it in whatever way they like."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import uuid
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from casework.serve.kernel_doors import PROTOCOL
from casework.serve.rehearsal.guest import Guest
from hall import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "voila/render/en/small.ipynb"
SHOWS = """\
from casework import Session
walk = Session("small").case("small").walk()
print(f"MODEL<{walk.model_id}>")
"""


@dataclass
class Running:
    """A server in a process of its own."""

    port: int
    key: str
    folder: Path
    data: Path
    process: subprocess.Popen[str]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def guest(self) -> Guest:
        return Guest(self.base)

    async def trainer(self) -> Guest:
        guest = self.guest()
        await guest.ask("GET", f"lead/{self.key}")
        return guest

    async def room(self, trainer: Guest, convener: str = "Ana") -> dict:
        """Open a room."""
        xsrf = json.loads((await trainer.ask("GET", "group/desk")).body)["xsrf"]
        form = {"_xsrf": xsrf, "workbook": "small", "convener": convener, "floor": "3", "page": f"/{PAGE}"}
        opened = await trainer.ask("POST", "rooms", form)
        desk = await trainer.ask("GET", f"group/desk?room={opened.headers['Location'].partition('room=')[2]}")
        return json.loads(desk.body)["room"]

    async def ask(self, path: str, method: str = "GET", headers: str = "", body: bytes = b"") -> bytes:
        """Ask for exactly this path, however it is written."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n{headers}\r\n"
        try:
            writer.write(head.encode() + body)
            await writer.drain()
            return await asyncio.wait_for(reader.read(), 20)
        except ConnectionError:
            return b""
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def answers(self) -> bool:
        """Tell whether it still answers others, and soon."""
        return b" 200 " in (await asyncio.wait_for(self.ask("/casework/theme.css"), 5))[:20]


@dataclass
class OpenPage:
    """A page that somebody has opened, and its kernel."""

    server: Running
    owner: Guest
    kernel: str
    model: str

    @asynccontextmanager
    async def socket(self, who: Guest, origin: str = "", protocol: str = PROTOCOL):
        """Open a socket to the page's kernel, as somebody, and see it closed."""
        cookies = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
        headers = {"Cookie": cookies, "Origin": origin or self.server.base.rstrip("/")}
        address = f"ws://127.0.0.1:{self.server.port}/api/kernels/{self.kernel}/channels?session_id={uuid.uuid4().hex}"
        request = HTTPRequest(address, headers=headers, connect_timeout=20, request_timeout=20)
        socket = await websocket_connect(request, subprotocols=[protocol])
        try:
            yield socket
        finally:
            socket.close()
            await closed(socket)

    async def hears(self, socket, channel: str = "shell") -> list[str]:
        """Return what kinds of messages came until the kernel has answered a question that it may be asked."""
        asked = message("kernel_info_request")
        await socket.write_message(frame(asked, channel), binary=True)
        heard = []
        while True:
            told = await asyncio.wait_for(socket.read_message(), 20)
            assert told is not None, f"The socket closed after {heard}."
            parts = read(told)
            heard.append(parts[0]["msg_type"])
            if parts[0]["msg_type"] == "kernel_info_reply" and parts[1].get("msg_id") == asked["header"]["msg_id"]:
                return heard

    async def is_well(self) -> bool:
        """Tell whether the page's kernel still answers whoever opened it."""
        async with self.socket(self.owner) as socket:
            return "kernel_info_reply" in await self.hears(socket)


async def closed(socket) -> None:
    """Wait until a socket is closed; once, since nothing more is heard of it then."""
    while not getattr(socket, "over", False):
        socket.over = await asyncio.wait_for(socket.read_message(), 20) is None


def message(kind: str, **content: object) -> dict:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "x", "version": "5.3"}
    return {
        "header": header | {"date": "2026-11-22T00:00:00Z"},
        "parent_header": {},
        "metadata": {},
        "content": content,
    }


def frame(told: dict, channel: str = "shell") -> bytes:
    return serialize_msg_to_ws_v1(told, channel, pack=lambda part: json.dumps(part).encode())


def read(told: bytes) -> list[dict]:
    """Return a message's header, and the header of what it answers."""
    offsets = [int.from_bytes(told[8 * each : 8 * each + 8], "little") for each in range(1, 5)]
    return [json.loads(told[offsets[1] : offsets[2]]), json.loads(told[offsets[2] : offsets[3]])]


@contextmanager
def attacked(folder: Path, data: Path, small_files: dict[str, str]) -> Iterator[Running]:
    """Serve one small case to everyone."""
    with running(make_told(folder, small_files), data) as server:
        yield server


def make_told(folder: Path, small_files: dict[str, str]) -> Path:
    """Write a folder with one small case, whose workbook tells the id of its widget."""
    make_folder(folder, small_files)
    file = folder / "en" / "small.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    cell = {"cell_type": "code", "id": "b", "metadata": {}, "source": SHOWS, "execution_count": None, "outputs": []}
    file.write_text(json.dumps({**notebook, "cells": [*notebook["cells"], cell]}), "utf-8")
    (folder / "cases" / "door.png").write_bytes(b"\x89PNG a picture")
    return folder


@contextmanager
def running(folder: Path, data: Path) -> Iterator[Running]:
    """Serve a folder to everyone."""
    command = "serve . --group --pages anyone --ip 127.0.0.1 --port 0 --no-browser"
    process = subprocess.Popen(
        [sys.executable, "-m", "casework", *command.split()],
        cwd=folder,
        env=os.environ | {"CASEWORK_STORE": f"sqlite:///{data / 'store.sqlite'}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lead = next(line for line in process.stdout if "/lead/" in line)
        port, key = re.search(r":(\d+)/lead/(\S+)", lead).groups()
        yield Running(int(port), key, folder, data, process)
    finally:
        process.terminate()
        process.communicate(timeout=60)


async def opens(server: Running, owner: Guest) -> OpenPage:
    """Let somebody open the workbook."""
    answer = (await owner.ask("GET", PAGE)).body.decode()
    kernel = re.search(r'"kernelId": ?"([0-9a-f-]{36})"', answer)[1]
    return OpenPage(server, owner, kernel, re.search(r"MODEL(?:<|&lt;)([0-9a-f]{32})", answer)[1])


def opened(server: Running) -> OpenPage:
    """Let somebody who is new open the workbook."""
    return asyncio.run(opens(server, server.guest()))
