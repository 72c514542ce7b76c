"""The socket of a page: frames in and out. Whose page it is, a cookie says; what a message says of it, nobody asks."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from casework.content.words import words
from casework.errors import CaseworkError, Refused
from casework.live.frames import LONGEST_FRAME, id_of, read_message
from casework.live.protocol import PROTOCOL, Answer, Bye, Hello, Ping, Pong
from casework.live.room import spoken
from casework.live.state import Visitor
from casework.serve.cookies import find_device
from casework.serve.entrance import caller
from casework.serve.rooms.keys import find_trainer
from casework.serve.rooms.line import Line
from casework.serve.rooms.registry import TooManyTries

if TYPE_CHECKING:
    from casework.serve.rooms.held import HeldRoom
    from casework.serve.rooms.registry import Registry

log = logging.getLogger("casework")

GOING = 1001
RUN_ID_LENGTH = 32
LONGEST_PLACE = 300


class RoomSocket(WebSocketHandler):
    """A page's socket to its room."""

    ping_interval = 20.0
    ping_timeout = 15.0
    max_message_size = LONGEST_FRAME + 1_024
    """What is longer closes the connection."""

    __slots__ = ("_address", "_closed", "_counted", "_device", "_held", "_line")  # hundreds are open for hours

    def initialize(self) -> None:
        """Begin as nobody."""
        self._held: HeldRoom | None = None
        self._line: Line | None = None
        self._address, self._device = "", ""
        self._counted = self._closed = False

    def check_origin(self, origin: str) -> bool:
        """Let in the pages of this very server, and no other's."""
        try:
            return urlsplit(origin).netloc.lower() == self.request.headers.get("Host", "").lower()
        except ValueError:
            return False

    def prepare(self) -> None:
        """Refuse whoever does not say where they come from: every browser does."""
        if not self.request.headers.get("Origin"):
            self.set_status(403)
            self.finish()

    def get_compression_options(self) -> None:
        """Compress nothing: it would cost more memory for each page than all the rest."""

    async def open(self, code: str) -> None:
        """Find the room, and let the page in as whoever its cookie says."""
        self.set_nodelay(True)
        await self._enter(code)
        self.request.headers.clear()  # nobody asks for them again, and they would stay for hours
        self.request.cookies.clear()

    async def _enter(self, code: str) -> None:
        registry: Registry = self.settings["casework"].rooms
        self._address = caller(self)
        self._counted = registry.heads.enter(self._address)
        if not self._counted:
            self._say_no("too-much")
            return
        try:
            held, visitor = await self._find(registry, code)
        except TooManyTries:
            self._say_no("too-much")
            return
        except CaseworkError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
            self.close(GOING)
            return
        if self._closed:
            return
        if held is None or visitor is None:
            self._say_no("unknown")
            return
        self._held = held
        self._line = Line(visitor, self._write, self.close, held.limits, self._device)
        if no := held.enter(self._line):
            held.send_away(self._line, no)

    async def _find(self, registry: Registry, code: str) -> tuple[HeldRoom | None, Visitor | None]:
        """Return the room, and whom its page is for; a role is asked for, and granted by a cookie or not at all."""
        match self.get_query_argument("as", ""):
            case "trainer":
                return await self._find_trainers(registry, code)
            case "learner":
                device = await find_device(self)
                held = await registry.find(code, self._address, device.learner_id if device else None)
                self._device = device.token if device else ""
                if held is None or device is None or device.learner_id not in held.state.members:
                    return held, None
                await held.recall(device.learner_id)
                return held, Visitor(device.learner_id, "learner")
            case "screen":
                return await registry.find(code, self._address), Visitor("", "screen")
        return None, None

    async def _find_trainers(self, registry: Registry, code: str) -> tuple[HeldRoom | None, Visitor | None]:
        """Return the room of a trainer, by its code or, since a closed one has none, by its id."""
        trainer = await find_trainer(self)
        if trainer is None:
            return None, None
        if len(code) == RUN_ID_LENGTH:
            leads = await asyncio.to_thread(self._store.may_lead, trainer.id, code)
            return (await registry.hold(code), Visitor(trainer.id, "trainer")) if leads else (None, None)
        held = await registry.find(code, self._address)
        leads = held is not None and await asyncio.to_thread(self._store.may_lead, trainer.id, held.run.id)
        return held, Visitor(trainer.id, "trainer") if leads else None

    @property
    def _store(self) -> Any:  # noqa: ANN401  the store
        return self.settings["casework"].store

    def on_message(self, frame: str | bytes) -> None:
        """Take one frame."""
        line, held = self._line, self._held
        if line is None or held is None:
            return
        if not line.bucket.take():
            held.send_away(line, Bye(bye="too-much"))
            return
        try:
            message = read_message(frame, line.visitor.role)
        except Refused:
            self._refuse(line, frame)
            return
        match message:
            case Ping(ping=number):
                with line.together():
                    held.show_now(line)
                    line.tell(Pong(pong=number))
            case Hello():
                self._hello(held, line, message)
            case _ if line.greeted:
                held.ask(line, message)
            case _:
                self._refuse(line, frame)

    def _refuse(self, line: Line, frame: str | bytes) -> None:
        """Say to a page that this is nothing a room knows, by the id that stands in it, if one does."""
        place = _place_of(frame)
        why = words(spoken(line.visitor.language))["live.unknown"]
        answer = Answer(refused=id_of(frame) or "", why=why)
        line.tell(answer.model_copy(update={"place": place}) if place else answer)

    def _hello(self, held: HeldRoom, line: Line, hello: Hello) -> None:
        if hello.hello != PROTOCOL:
            held.send_away(line, Bye(bye="older" if hello.hello > PROTOCOL else "newer"))
            return
        held.greet(line, spoken(hello.language))
        if line.visitor.role == "learner":
            asyncio.get_running_loop().create_task(_introduce(held, line.visitor.id, hello))

    def on_close(self) -> None:
        """Let the page go."""
        self._closed = True
        if self._held and self._line:
            self._held.leave(self._line)
        if self._counted:
            self.settings["casework"].rooms.heads.leave(self._address)

    def _write(self, text: str) -> None:
        """Send a frame; what a slow connection has not taken yet is noted, so that it is not buried in more."""
        if self._closed:
            return
        try:
            sent = self.write_message(text)
        except WebSocketClosedError:
            return
        if self._line:
            self._line.waiting += 1
        sent.add_done_callback(self._written)

    def _written(self, sent: asyncio.Future[None]) -> None:
        """Note that a frame has left; read what came of it, since the page may be gone."""
        if not sent.cancelled():
            sent.exception()
        line = self._line
        if line is not None:
            line.waiting = max(0, line.waiting - 1)
            if line.behind and not line.waiting and self._held:
                self._held.catch_up(line)

    def _say_no(self, why: str) -> None:
        self._write(json.dumps({"bye": why, "why": ""}))
        self.close()


async def _introduce(held: HeldRoom, learner: str, hello: Hello) -> None:
    """Take over the language and the name that a learner's page says hello with."""
    try:
        await held.join(learner, hello.language)
        if hello.name and hello.name.strip():
            await held.rename(learner, hello.name)
    except CaseworkError as error:
        log.error("%s", error)  # noqa: TRY400  one sentence is enough


def _place_of(frame: str | bytes) -> str | None:
    """Return the place of what an activity sent, so that its page hears the answer."""
    try:
        message = json.loads(frame) if len(frame) <= LONGEST_FRAME else None
    except (ValueError, RecursionError):
        return None
    place = message.get("place") if isinstance(message, dict) and "intent" in message else None
    return place if isinstance(place, str) and len(place) <= LONGEST_PLACE else None
