"""A room full of people who join, write and share, beside a bare Tornado server that stores and echoes the same bytes.

Run it with ``make bench``. The people are real sockets in this process, the servers are processes of their own. It
prints how long it takes from sending to being told that it is stored, and to standing on the trainer's board, and what
each person costs in memory; it passes and fails nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import runpy
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import tornado.web
import tornado.websocket
from tornado.httpclient import HTTPRequest
from tornado.testing import bind_unused_port

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests")]

from casework.serve.rehearsal.guest import Guest  # noqa: E402  as above
from casework.serve.rehearsal.server import own_server  # noqa: E402  as above
from hall import make_folder  # noqa: E402  after where it is

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE, GROWTH = 300, (100, 300, 1_000)
SECONDS = 10.0
WORDS = "From down here the door is very tall, and the coat smells of the street. " * 4
PLACE = "walk:small"
PAGES = 5


@dataclass
class Times:
    """What was measured in one round, in milliseconds."""

    ack: list[float] = field(default_factory=list)
    board: list[float] = field(default_factory=list)

    def told(self) -> str:
        """Return the medians and the 95th percentiles."""
        return f"stored {spread(self.ack)}, on the board {spread(self.board)}"


def spread(times: list[float]) -> str:
    """Return the median and the 95th percentile."""
    return f"{statistics.median(times):.1f}/{p95(times):.1f} ms"


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


class Board:
    """The trainer's page: it notes when each text first stands on it."""

    def __init__(self) -> None:
        self.waiting: dict[str, float] = {}
        self.times: list[float] = []
        self.empty = asyncio.Event()

    def hear(self, frame: str | bytes | None) -> None:
        """Look for what is waited for."""
        now, text = time.perf_counter(), str(frame or "")
        for marker in [one for one in self.waiting if one in text]:
            self.times.append(1_000 * (now - self.waiting.pop(marker)))
        if not self.waiting:
            self.empty.set()


class Phone:
    """One person's page: it sends, and notes when it is told that it is stored."""

    def __init__(self, number: int, board: Board, *, bare: bool = False) -> None:
        self.number, self.board, self.bare = number, board, bare
        self.asked: dict[str, asyncio.Future[float]] = {}
        self.socket: Any = None

    async def open(self, address: str, headers: dict[str, str]) -> None:
        """Open its socket."""
        request = HTTPRequest(address, headers=headers, connect_timeout=60, request_timeout=60)
        self.socket = await tornado.websocket.websocket_connect(request, on_message_callback=self.hear)
        self.socket.write_message('{"hello":1,"language":"en"}')

    def hear(self, frame: str | bytes | None) -> None:
        """Note what was stored."""
        text = str(frame or "")
        if '"ack":"' not in text:
            return
        told = json.loads(text)
        for message in told if isinstance(told, list) else [told]:
            found = self.asked.pop(message.get("ack", ""), None)
            if found is not None and not found.done():
                found.set_result(time.perf_counter())

    async def send(self, do: str, **body: Any) -> tuple[str, float]:
        """Send an intent; return its id, and how many milliseconds it took to be stored."""
        intent = {"id": secrets.token_hex(16), "do": do, **body}
        self.asked[intent["id"]] = asyncio.get_running_loop().create_future()
        since = time.perf_counter()
        self.socket.write_message(json.dumps({"place": PLACE, "intent": intent}))
        async with asyncio.timeout(120):
            done = await self.asked[intent["id"]]
        return intent["id"], 1_000 * (done - since)

    async def write_and_share(self, times: Times, round_name: str, after: float) -> None:
        """Write something new and share it, after some seconds."""
        await asyncio.sleep(after)
        marker = f"MARK-{round_name}-{self.number}-END"
        event, took = await self.send("write", prompt="named", perspective="", text=f"{marker} {WORDS}")
        times.ack.append(took)
        self.board.waiting[marker] = time.perf_counter()
        self.board.empty.clear()
        named = {"marker": marker} if self.bare else {}  # a room knows what was shared, an echo has to be told
        _, took = await self.send("share", form="named", audience="group_named", events=[event], **named)
        times.ack.append(took)


async def a_round(phones: list[Phone], board: Board, name: str, seconds: float) -> Times:
    """Let everyone write and share once, within some seconds or all at once."""
    times = Times()
    board.times = times.board
    draw = random.Random(7)
    await asyncio.gather(*(one.write_and_share(times, name, draw.uniform(0, seconds)) for one in phones))
    await asyncio.wait_for(board.empty.wait(), 60)
    return times


# -- ours ---------------------------------------------------------------------------------------------


async def in_a_room(link: str, process: psutil.Process) -> None:
    """Measure a room."""
    base = link.partition("/lead/")[0] + "/"
    trainer, room, board = await open_room(base, link)
    await trainer.does({"do": "plan", "agenda": [{"place": PLACE, "activity": "walk", "content": "small"}]})
    for deed in ({"do": "start"}, {"do": "open", "place": PLACE}):
        await trainer.does(deed)
    for deed in ({"do": "start"}, {"do": "go_on", "scene": "arrival", "step": "read"}):
        await trainer.does({"do": "move", "place": PLACE, "deed": deed})
    listen(trainer, board)
    phones: list[Phone] = []
    before = await settled(process)
    for people in GROWTH:
        since = time.perf_counter()
        phones += await join_all(base, room["code"], range(len(phones), people), board)
        joined = time.perf_counter() - since
        memory = (process.memory_info().rss - before) / people / 1_000
        times = await a_round(phones, board, f"a{people}", SECONDS)
        print(f"  {people} people: the last of them joined in {joined:.1f} s; {memory:.1f} kB each; {times.told()}")
        if people == PEOPLE:
            await the_rest(phones, board, trainer, times)


async def settled(process: psutil.Process) -> int:
    """Return what a server uses once it has read and packed ahead what it begins with."""
    before, now = 0, process.memory_info().rss
    while before != now:
        await asyncio.sleep(1)
        before, now = now, process.memory_info().rss
    return now


async def the_rest(phones: list[Phone], board: Board, trainer: Guest, times: Times) -> None:
    """Measure everyone at once, and while workbooks open; and see that everything is on the board."""
    shown = json.dumps(trainer.shown["board", PLACE])
    there = sum(f"MARK-a{PEOPLE}-{one.number}-END" in shown for one in phones)
    print(f"  the board shows {there} of {len(phones)} answers")
    at_once = await a_round(phones, board, "b", 0)
    print(f"  {len(phones)} at once: {at_once.told()}")
    RESULTS["ours"] = times, at_once
    pages = [asyncio.create_task(trainer.ask("GET", "voila/render/en/page.ipynb")) for _ in range(PAGES)]
    busy = await a_round(phones, board, "c", SECONDS)
    codes = [(await page).code for page in pages]
    print(f"  {len(phones)} within {SECONDS:.0f} s while {codes.count(200)} workbooks open: {busy.told()}")
    print(f"  that is {p95(busy.ack) / p95(times.ack):.1f} times its own 95th percentile")


RESULTS: dict[str, tuple[Times, Times]] = {}


async def open_room(base: str, link: str) -> tuple[Guest, dict[str, Any], Board]:
    """Return a trainer in a room of their own."""
    trainer = Guest(base)
    await trainer.ask("GET", link)
    desk = json.loads((await trainer.ask("GET", "group/desk")).body)
    form = {"_xsrf": desk["xsrf"], "workbook": "small", "convener": "Ana", "floor": "3"}
    room = json.loads((await trainer.ask("POST", "rooms", form, {"Accept": "application/json"})).body)["room"]
    told = json.loads((await trainer.ask("GET", f"group/desk?room={room}")).body)["room"]
    await trainer.enter(told["socket"])
    return trainer, told, Board()


def listen(trainer: Guest, board: Board) -> None:
    """Let the board hear what the trainer's page hears."""
    taken = trainer._on_message

    def hear(frame: str | bytes | None) -> None:
        board.hear(frame)
        taken(frame)

    trainer._socket._on_message_callback = hear  # type: ignore[union-attr]


async def join_all(base: str, code: str, numbers: range, board: Board) -> list[Phone]:
    """Let people join, some at a time, as a room does that has seen the code."""
    some = asyncio.Semaphore(40)

    async def one(number: int) -> Phone:
        async with some:
            guest = Guest(base)
            await guest.join(code)
            phone = Phone(number, board)
            address = base.replace("http", "ws", 1) + f"room/{code}/socket?as=learner"
            await phone.open(address, {**guest._headers(), "Origin": base.rstrip("/")})
            return phone

    return list(await asyncio.gather(*(one(number) for number in numbers)))


# -- theirs -------------------------------------------------------------------------------------------


class Echo(tornado.websocket.WebSocketHandler):
    """Stores each message in a transaction of its own, tells its sender, and sends it on to every board."""

    def check_origin(self, origin: str) -> bool:
        """Let everyone in."""
        return bool(origin) or True

    def open(self) -> None:
        """Remember the boards."""
        self.set_nodelay(True)
        if self.get_query_argument("as", "") == "board":
            self.settings["boards"].append(self)

    def on_message(self, message: str | bytes) -> None:
        """Store, tell, send on."""
        told = json.loads(message)
        if "intent" not in told:
            return
        self.settings["db"].execute("INSERT INTO events VALUES (?, ?)", (told["intent"]["id"], message))
        self.write_message(json.dumps({"ack": told["intent"]["id"]}, separators=(",", ":")))
        for board in self.settings["boards"]:
            board.write_message(message)


def echo(path: str) -> None:
    """Serve until killed."""
    db = sqlite3.connect(path, isolation_level=None)
    for line in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE events (id PRIMARY KEY, text)"):
        db.execute(line)
    socket, port = bind_unused_port()

    async def main() -> None:
        tornado.httpserver.HTTPServer(tornado.web.Application([("/", Echo)], db=db, boards=[])).add_sockets([socket])
        print(port, flush=True)
        await asyncio.Event().wait()

    asyncio.run(main())


@contextmanager
def echoing(folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Run the bare server."""
    command = [sys.executable, __file__, "echo", str(folder / "echo.sqlite")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline()), psutil.Process(process.pid)  # type: ignore[union-attr]
        finally:
            process.kill()


async def in_an_echo(port: int, process: psutil.Process) -> None:
    """Measure the bare server."""
    board, address = Board(), f"ws://127.0.0.1:{port}/"
    await tornado.websocket.websocket_connect(address + "?as=board", on_message_callback=board.hear)
    before = process.memory_info().rss
    phones = [Phone(number, board, bare=True) for number in range(PEOPLE)]
    await asyncio.gather(*(one.open(address, {}) for one in phones))
    memory = (process.memory_info().rss - before) / PEOPLE / 1_000
    times = await a_round(phones, board, "a", SECONDS)
    at_once = await a_round(phones, board, "b", 0)
    RESULTS["theirs"] = times, at_once
    print(f"  {PEOPLE} people: {memory:.1f} kB each; {times.told()}")
    print(f"  {PEOPLE} at once: {at_once.told()}")


def compare() -> None:
    """Print the ratios."""
    for name, ours, theirs in zip(("within 10 s", "at once"), RESULTS["ours"], RESULTS["theirs"], strict=True):
        for what in ("ack", "board"):
            mine, other = p95(getattr(ours, what)), p95(getattr(theirs, what))
            verdict = "within" if mine <= max(2 * other, 10) else "over"
            told = f"{mine:.1f} ms beside {other:.1f} ms, {mine / other:.2f} times"
            print(f"{name}, {what}: {told}; {verdict} 2 times or 10 ms")


def main() -> None:
    """Measure both and print the ratios."""
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, {PEOPLE} people, real sockets")
    small = runpy.run_path(str(ROOT / "tests/unit/conftest.py"))
    files = {
        "cases/small.yaml": small["CASE"],
        "perspectives/lenses.yaml": small["PERSPECTIVES"],
        "checklists/small-list.yaml": small["CHECKLIST"],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbooks = make_folder(folder / "workbooks", files)
        source = "import casework as cw\nsession = cw.Session('page')\nsession.case('small').walk()"
        cell = {
            "cell_type": "code",
            "id": "a",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        page = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (workbooks / "en/page.ipynb").write_text(json.dumps(page), "utf-8")
        with echoing(folder) as (port, process):
            print("a bare server that stores and echoes:")
            asyncio.run(in_an_echo(port, process))
        with own_server(workbooks) as link:
            print("a room (all share with their names, so that no rule lets anything wait for a batch):")
            asyncio.run(in_a_room(link, server_of(psutil.Process())))
    compare()


def server_of(process: psutil.Process) -> psutil.Process:
    """Return the server that this process started."""
    return next(one for one in process.children() if "serve" in one.cmdline())


if __name__ == "__main__":
    if sys.argv[1:2] == ["echo"]:
        echo(sys.argv[2])
    else:
        main()
