"""A room beside the same in oTree: people who join, write, and are told; and the trainer's page that shows it.

Run it with ``make bench``, or with other numbers of people: ``bench_otree.py 300``. oTree (MIT) is nothing that
casework needs: it is installed in an environment of its own in a temporary folder, and where that is impossible this
says so and ends. Its project is written here, as its documentation has it: one app with one live page, whose
``live_method`` stores the text in the player's field and answers to its sender and to player 1, the trainer; SQLite;
``otree prodserver``. The people are the same real sockets as in ``bench_room.py``. It passes and fails nothing.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import runpy
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from bench_room import PLACE, ROOT, SECONDS, WORDS, Board, Phone, Times, a_round, join_all, listen, open_room, p95
from bench_room import server_of as casework_of
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect
from visitors import Serving, serving

from casework.serve.rehearsal.guest import Guest
from casework.serve.rehearsal.server import own_server
from hall import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = "6.0.15"
SIZES = (30, 100)
PATIENCE = 150.0
"""Seconds that an installation may take."""

DOORS = 40
"""How many join at a time, as in `join_all`."""

KEY = secrets.token_hex()
SOCKET = re.compile(r'data-socket-url="([^"]+)"')
PROJECT = {
    "_static/none.txt": "",
    "settings.py": """
SESSION_CONFIGS = [{"name": "room", "app_sequence": ["room"], "num_demo_participants": 2}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1, "participation_fee": 0}
LANGUAGE_CODE = "en"
SECRET_KEY = "of a benchmark"
""",
    "room/__init__.py": """
from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = "room"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    text = models.LongStringField()


class Write(Page):
    @staticmethod
    def live_method(player, data):
        player.text = data["text"]
        return {1: data, player.id_in_group: {"told": data["id"]}}


page_sequence = [Write]
""",
    "room/Write.html": """
{{ block title }}Who are you here?{{ endblock }}
{{ block content }}
<textarea onchange="liveSend({id: String(performance.now()), text: this.value})"></textarea>
<p id="told"></p>
<script>
  function liveRecv(data) { document.getElementById("told").textContent = data.told || data.text }
</script>
{{ endblock }}
""",
}


@dataclass(frozen=True)
class Figures:
    """What was measured with a number of people."""

    joined: float
    """Seconds until the last of them had joined."""
    memory: float
    """What each of them takes of the server's memory, in kB."""
    spread_out: Times
    at_once: Times

    def rows(self) -> Iterator[tuple[str, float, str]]:
        """Return each figure with its name and its unit."""
        yield "the last has joined", self.joined, "s"
        for when, times in ((f"within {SECONDS:.0f} s", self.spread_out), ("all at once", self.at_once)):
            for what, found in (("told", times.ack), ("on the trainer's page", times.board)):
                yield f"{when}: {what}, median", statistics.median(found), "ms"
                yield f"{when}: {what}, 95th percentile", p95(found), "ms"
        yield "memory for each of them (PSS)", self.memory, "kB"


async def measure(phones: list[Phone], board: Board, since: float, server: Serving, empty: float) -> Figures:
    """Let those who have joined since some moment write, in ten seconds and then all at once."""
    joined = time.perf_counter() - since
    memory = 1_000 * (server.memory() - empty) / len(phones)
    return Figures(joined, memory, await a_round(phones, board, "a", SECONDS), await a_round(phones, board, "b", 0))


# -- ours ---------------------------------------------------------------------------------------------


async def in_a_room(link: str, server: Serving, people: int) -> Figures:
    """Measure a room of casework."""
    trainer, room, board = await open_room(server.base, link)
    await trainer.does({"do": "plan", "agenda": [{"place": PLACE, "activity": "walk", "content": "small"}]})
    await trainer.does({"do": "start"})
    await trainer.does({"do": "open", "place": PLACE})
    for deed in ({"do": "start"}, {"do": "go_on", "scene": "arrival", "step": "read"}):
        await trainer.does({"do": "move", "place": PLACE, "deed": deed})
    listen(trainer, board)
    empty, since = server.memory(), time.perf_counter()
    phones = await join_all(server.base, room["code"], range(people), board)
    return await measure(phones, board, since, server, empty)


def ours(folder: Path, people: int) -> Figures:
    """Measure a room at a server of its own."""
    with own_server(folder) as link:
        server = Serving(link.partition("/lead/")[0] + "/", casework_of(psutil.Process()))
        return asyncio.run(in_a_room(link, server, people))


# -- theirs -------------------------------------------------------------------------------------------


class Participant(Phone):
    """One participant's live page: it sends a text, and notes when it hears of it."""

    def __init__(self, number: int, board: Board) -> None:
        super().__init__(number, board)
        self.sockets: list[WebSocketClientConnection] = []

    async def join(self, base: str, code: str) -> None:
        """Open the start link, the live page that it leads to, and its sockets: every page has one, a live one two."""
        guest, page = Guest(base), f"InitializeParticipant/{code}"
        while (answer := await guest.ask("GET", page)).code in {302, 303, 307}:
            page = answer.headers["Location"]
        paths = [html.unescape(one) for one in SOCKET.findall(answer.body.decode())]
        assert any("/live?" in one for one in paths), f"{page} is no live page: {answer.code}"
        for path in paths:
            address = base.rstrip("/").replace("http", "ws", 1) + path
            self.sockets.append(await websocket_connect(address, on_message_callback=self.hear))
            if "/live?" in path:
                self.socket = self.sockets[-1]

    def hear(self, frame: str | bytes | None) -> None:
        """Note what it is told of."""
        told = json.loads(frame).get("live_method_payload") if frame else None
        if told and "told" in told:
            self.asked.pop(told["told"]).set_result(time.perf_counter())

    async def write_and_share(self, times: Times, round_name: str, after: float) -> None:
        """Write something new, after some seconds; what is written goes to the trainer at once."""
        await asyncio.sleep(after)
        marker = f"MARK-{round_name}-{self.number}-END"
        message = {"id": secrets.token_hex(16), "text": f"{marker} {WORDS}"}
        heard = self.asked[message["id"]] = asyncio.get_running_loop().create_future()
        self.board.waiting[marker] = since = time.perf_counter()
        self.board.empty.clear()
        self.socket.write_message(json.dumps(message))
        async with asyncio.timeout(120):
            times.ack.append(1_000 * (await heard - since))


class Trainer(Participant):
    """Player 1's live page: it shows what the others write."""

    def hear(self, frame: str | bytes | None) -> None:
        """Look for what is waited for."""
        self.board.hear(frame)


def install(folder: Path) -> str:
    """Install oTree in an environment of its own; return why it cannot be, or nothing."""
    pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--no-compile", "--retries=1", "--timeout=10"]
    for command in ([sys.executable, "-m", "venv", folder], [*pip, f"otree=={VERSION}"]):
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.CalledProcessError as error:
            return (error.stderr or error.stdout).strip().rpartition("\n")[2]
        except subprocess.TimeoutExpired:
            return f"it takes longer than {PATIENCE:.0f} s"
    return ""


@contextmanager
def prodserver(place: Path, environment: Path) -> Iterator[Serving]:
    """Serve the project from a folder of its own, as oTree is served to real participants."""
    for name, text in PROJECT.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    programs = environment / "bin"
    variables = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",  # it starts a second process of its own by name
        "DATABASE_URL": "sqlite:///db.sqlite3",  # its default
        "OTREE_PRODUCTION": "1",
        "OTREE_REST_KEY": KEY,
    }
    reset = [programs / "otree", "resetdb", "--noinput"]
    subprocess.run(reset, cwd=place, env=os.environ | variables, check=True, capture_output=True)
    with serving([str(programs / "otree"), "prodserver", "127.0.0.1:{port}"], place, variables) as one:
        try:
            yield Serving(one.base.replace("localhost", "127.0.0.1"), one.process)
        finally:
            for each in one.family():
                each.kill()


async def ask(base: str, path: str, **body: object) -> dict[str, object]:
    """Ask its REST API."""
    headers = {"otree-rest-key": KEY}
    answer = await AsyncHTTPClient().fetch(
        base + path, method="POST", headers=headers, body=json.dumps(body), request_timeout=60
    )
    return json.loads(answer.body)


async def in_a_session(server: Serving, people: int) -> Figures:
    """Measure a session of oTree."""
    made = await ask(server.base, "api/sessions", session_config_name="room", num_participants=people + 1)
    told = await ask(server.base, f"api/get_session/{made['code']}")
    first, *others = (one["code"] for one in sorted(told["participants"], key=lambda one: one["id_in_session"]))
    board, some = Board(), asyncio.Semaphore(DOORS)
    await Trainer(0, board).join(server.base, first)
    phones = [Participant(number, board) for number in range(people)]

    async def come(phone: Participant, code: str) -> None:
        async with some:
            await phone.join(server.base, code)

    empty, since = server.memory(), time.perf_counter()
    await asyncio.gather(*(come(phone, code) for phone, code in zip(phones, others, strict=True)))
    return await measure(list(phones), board, since, server, empty)


def theirs(folder: Path, environment: Path, people: int) -> Figures:
    """Measure a session at a server of its own, and see that everything is in its database."""
    with prodserver(folder, environment) as server:
        found = asyncio.run(in_a_session(server, people))
    with sqlite3.connect(folder / "db.sqlite3") as db:
        kept = db.execute("SELECT count(*) FROM room_player WHERE text LIKE 'MARK-b-%'").fetchone()[0]
    print(f"  oTree's database holds the last text of {kept} of {people} people")
    return found


def compare(mine: Figures, other: Figures) -> None:
    """Print both beside each other."""
    print(f"  {'':50}{'casework':>12}{'oTree':>14}   times")
    for (name, ours, unit), (_, theirs, _) in zip(mine.rows(), other.rows(), strict=True):
        print(f"  {name:50}{ours:9.1f} {unit:2}{theirs:11.1f} {unit:2}{ours / theirs:8.2f}")


def main(sizes: Sequence[int]) -> None:
    """Measure both with each number of people."""
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, oTree {VERSION}, real sockets")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if why := install(folder / "environment"):
            print(f"oTree cannot be installed, so there is nothing to compare: {why}")
            return
        small = runpy.run_path(str(ROOT / "tests/unit/conftest.py"))
        files = {"cases/small.yaml": small["CASE"], "perspectives/lenses.yaml": small["PERSPECTIVES"]}
        files["checklists/small-list.yaml"] = small["CHECKLIST"]
        workbooks = make_folder(folder / "workbooks", files)
        for people in sizes:
            print(f"{people} people:")
            compare(ours(workbooks, people), theirs(folder / f"otree-{people}", folder / "environment", people))


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or SIZES)
