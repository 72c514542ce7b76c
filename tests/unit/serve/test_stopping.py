"""People write without pause, alone and in a room, and the server is told to end in the middle of it."""

from __future__ import annotations

import asyncio
import json
import secrets
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from tornado.websocket import WebSocketClosedError

from attacked import frame, make_told, message, opens, running
from casework.serve import Guards
from casework.serve.rooms.limits import Bucket
from hall import WALK, at_the_pause, begins, played

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from attacked import Running
    from casework.serve.rehearsal.guest import Guest

CELLS = [("notice", "child"), ("notice", "parent"), ("body", "")]
IN_FLIGHT = 3
PER_SECOND, AT_ONCE = 12.0, 110
"""No faster than a room takes it from a phone."""
ENOUGH = 30
"""So many texts of each were acknowledged when the server is told to end."""


class Writer:
    """Somebody who writes, and keeps on the device what is not acknowledged, by the rules of a page's outbox."""

    def __init__(self, name: str) -> None:
        self.name, self.pace = name, Bucket(PER_SECOND, AT_ONCE)
        self.texts: dict[str, str] = {}
        """Everything that was ever sent, by id."""
        self.last: dict[tuple[str, str], str] = {}
        """The id of what was written last in each cell."""
        self.outbox: dict[str, dict[str, Any]] = {}
        self.acknowledged: set[str] = set()
        self.refused: list[dict[str, Any]] = []
        self.over = False
        self.news = asyncio.Event()

    async def send(self, intent: dict[str, Any]) -> None:
        raise NotImplementedError

    def hear(self, told: dict[str, Any]) -> None:
        """Take an answer."""
        if "refused" in told:
            self.refused.append(told)
        elif "ack" in told:
            self.outbox.pop(told["ack"], None)
            self.acknowledged.add(told["ack"])
        self.news.set()

    async def do(self, what: str, **body: object) -> None:
        """Do something, and see it acknowledged."""
        intent = {"id": secrets.token_hex(16), "do": what, **body}
        await self.send(intent)
        await self.until(lambda: intent["id"] in self.acknowledged)

    async def until(self, what: Callable[[], object]) -> None:
        while not what():
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 30)

    async def write(self) -> None:
        """Write on and on, until nobody listens any more; and a few words more."""
        for number in count():
            cell = CELLS[number % len(CELLS)]
            intent = {"id": secrets.token_hex(16), "do": "write", "prompt": cell[0], "perspective": cell[1]}
            intent["text"] = self.texts[intent["id"]] = f"{self.name} {number}"
            self.outbox.pop(self.last.get(cell, ""), None)  # newer words take the place of older ones
            self.last[cell], self.outbox[intent["id"]] = intent["id"], intent
            if self.over:
                if number % len(CELLS) == 0:
                    return
                continue
            await self.send(intent)
            await self.until(lambda: self.over or len(self.outbox) < IN_FLIGHT)
            if not self.pace.take():
                await asyncio.sleep(1 / PER_SECOND)

    async def send_what_is_left(self) -> None:
        """Do what a page does when it is opened again."""
        for intent in list(self.outbox.values()):
            await self.send(intent)
        await self.until(lambda: not self.outbox)


class Phone(Writer):
    """Somebody in a room."""

    async def enter(self, guest: Guest, code: str) -> None:
        self.guest, self.over = guest, False
        await guest.enter(f"room/{code}/socket?as=learner")
        await guest.until(lambda: at_the_pause(guest))
        self.hearing = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        known: set[str] = set()
        while not self.guest.closed:
            await self.guest.until(lambda: self.guest.closed or self.guest.answers.keys() - known, 600)
            for each in self.guest.answers.keys() - known:
                known.add(each)
                self.hear(self.guest.answers[each])
        self.over = True
        self.news.set()

    async def send(self, intent: dict[str, Any]) -> None:
        self.guest.say({"place": WALK, "intent": intent})


class Learner(Writer):
    """Somebody with a page, and a kernel, of their own."""

    async def open(self, server: Running, owner: Guest) -> None:
        self.page, self.over = await opens(server, owner), False
        self.held = self.page.socket(owner)
        self.socket = await self.held.__aenter__()
        self.hearing = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        while (told := await self.socket.read_message()) is not None:
            parts = split(told)
            if parts[0]["msg_type"] == "comm_msg" and parts[3]["comm_id"] == self.page.model:
                self.hear(parts[3]["data"].get("content", {}))
        self.over = self.socket.over = True
        self.news.set()

    async def send(self, intent: dict[str, Any]) -> None:
        data = {"method": "custom", "content": intent}
        with suppress(WebSocketClosedError):
            await self.socket.write_message(frame(message("comm_msg", comm_id=self.page.model, data=data)), binary=True)

    async def leave(self) -> None:
        self.socket.close()
        await self.hearing
        await self.held.__aexit__(None, None, None)


def split(told: bytes) -> list[dict[str, Any]]:
    """Return a message's header, the header of what it answers, its notes, and its content."""
    words = [int.from_bytes(told[8 * each : 8 * each + 8], "little") for each in range(7)]
    return [json.loads(told[words[each] : words[each + 1]]) for each in range(2, 6)]


def stored(data: Path) -> Counter[tuple[str, str]]:
    """Return how often each text is in a server's store, by its id."""
    with closing(sqlite3.connect(data / "store.sqlite")) as store:
        rows = store.execute("select id, body from events where kind = 'write'")
        return Counter((each, json.loads(body)["text"]) for each, body in rows)


@played
async def test_nothing_is_lost_of_what_is_written_while_it_ends(small_files: dict[str, str], tmp_path: Path) -> None:
    folder, data = make_told(tmp_path / "workbooks", small_files), tmp_path
    phone, learner = Phone("phone"), Learner("learner")
    with running(folder, data) as server:
        trainer = await server.trainer()
        room = await server.room(trainer)
        await trainer.enter(room["socket"])
        guest, owner = server.guest(), server.guest()
        await guest.join(room["code"], "Bo")
        await begins(trainer)
        await phone.enter(guest, room["code"])
        await learner.open(server, owner)
        await learner.do("start")
        await learner.do("go_on", scene="arrival", step="read")
        writing = asyncio.gather(phone.write(), learner.write())
        await asyncio.gather(*(one.until(lambda one=one: len(one.acknowledged) > ENOUGH) for one in (phone, learner)))

        before = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        await writing
        status = await asyncio.to_thread(server.process.wait, 60)
        took = time.monotonic() - before
        await learner.leave()
        trainer.leave()

    assert (status, took < Guards().seconds_to_end) == (0, True)
    after = stored(data)
    for one in (phone, learner):
        said = {each: one.texts[each] for each in one.acknowledged & one.texts.keys()}
        assert len(said) >= ENOUGH
        assert said.items() <= after.keys(), "acknowledged, and not stored"
        assert one.outbox.keys() <= set(one.last.values())
        assert one.outbox, "everything was acknowledged, as if it had gone on"

    with running(folder, data) as server:
        await phone.enter(again(server, guest), room["code"])
        await learner.open(server, again(server, owner))
        await asyncio.gather(phone.send_what_is_left(), learner.send_what_is_left())
        await learner.leave()
        phone.guest.leave()

    at_last = stored(data)
    assert phone.refused == learner.refused == []
    assert after.keys() <= at_last.keys()
    assert at_last.keys() <= phone.texts.items() | learner.texts.items(), "stored, and never written"
    assert set(at_last.values()) == {1}, "stored twice"
    for one in (phone, learner):
        assert {each: one.texts[each] for each in one.last.values()}.items() <= at_last.keys(), (
            "the last words are lost"
        )


def again(server: Running, guest: Guest) -> Guest:
    """Return somebody who comes back to a server that was started again."""
    new = server.guest()
    new.cookies |= guest.cookies
    return new
