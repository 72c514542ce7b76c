"""A device that takes part in a session without anybody at it: cookies, forms, and the room's protocol."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from tornado.httpclient import HTTPRequest, HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from casework.errors import ServeError
from casework.serve.rooms.limits import Bucket

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PATIENCE = 30.0
LEAVING = 2.0
"""Seconds until a socket is taken to be closed, whatever it says."""

PACE, AT_ONCE = 12.0, 120
"""How many messages it sends in a second, in the long run, and how many at once."""

_KINDS = ("welcome", "where", "content", "state", "earlier", "board", "roster", "desk")
_XSRF = re.compile(r'name="_xsrf" value="([^"]+)"')


@dataclass
class Guest:
    """One device.

    Parameters
    ----------
    base : str
        The server's address, with its base URL: ``http://localhost:8866/``.
    language : str
        What its person speaks.
    """

    base: str
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)
    shown: dict[tuple[str, str | None], dict[str, Any]] = field(default_factory=dict)
    """What the room told it last, by kind and place."""
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What came of what it sent, by id."""
    bye: str | None = None
    pong: int | None = None
    heard: list[str] = field(default_factory=list)
    """Every frame as it came, if `listens`."""
    listens: bool = False
    _socket: WebSocketClientConnection | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = True
    _connections: int = 0
    _pace: Bucket = field(default_factory=lambda: Bucket(PACE, AT_ONCE))

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/") + "/"

    # -- pages ------------------------------------------------------------------------------------

    async def ask(
        self, method: str, path: str, body: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> HTTPResponse:
        """Ask for a page, and keep its cookies; nothing is followed."""
        request = HTTPRequest(
            urljoin(self.base, path),
            method,
            headers={**self._headers(), **(headers or {})},
            body=None if body is None else urlencode(body),
            follow_redirects=False,
            request_timeout=PATIENCE,
            connect_timeout=PATIENCE,
        )
        client = SimpleAsyncHTTPClient(force_instance=True)
        try:
            answer = await client.fetch(request, raise_error=False)
        finally:
            client.close()
        for each in answer.headers.get_list("Set-Cookie"):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(each).items()}
        return answer

    def _headers(self) -> dict[str, str]:
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": told, "Accept-Language": self.language}

    async def press(self, page: str, action: str, **fields: str) -> HTTPResponse:
        """Press a button of a form that stands on a page."""
        found = _XSRF.search((await self.ask("GET", page)).body.decode())
        if found is None:
            raise ServeError(f"There is no form at {urljoin(self.base, page)}.")
        return await self.ask("POST", action, {"_xsrf": found[1], "language": self.language, **fields})

    async def join(self, code: str, name: str = "", who: str = "other") -> HTTPResponse:
        """Join a room."""
        return await self.press(f"join/{code}", f"join/{code}", name=name, who=who)

    # -- the room ---------------------------------------------------------------------------------

    async def enter(self, socket: str, *, hello: bool = True, origin: str | None = None) -> None:
        """Open a socket, say hello, and listen from then on."""
        place = urlsplit(self.base)
        address = urljoin(self.base.replace("http", "ws", 1), socket)
        headers = {**self._headers(), "Origin": origin or f"{place.scheme}://{place.netloc}"}
        self.leave()
        self.shown.clear()
        self.bye, self._closed = None, False
        self._socket = await websocket_connect(
            HTTPRequest(address, headers=headers, connect_timeout=PATIENCE, request_timeout=PATIENCE),
            on_message_callback=self._listener(),
        )
        if hello:
            self.say({"hello": 1, "language": self.language})
            await self.hear()

    def _listener(self) -> Callable[[str | bytes | None], None]:
        """Return what hears this connection, and no longer once there is another."""
        self._connections += 1
        mine = self._connections

        def hear(frame: str | bytes | None) -> None:
            if mine == self._connections:
                self._on_message(frame)

        return hear

    def _on_message(self, frame: str | bytes | None) -> None:
        if frame is None:
            self._closed = True
            self.leave()
        else:
            if self.listens:
                self.heard.append(str(frame))
            told = json.loads(frame)
            for message in told if isinstance(told, list) else [told]:
                self._take(message)
        self._changed.set()

    def _take(self, told: dict[str, Any]) -> None:
        answered = next((told[key] for key in ("ack", "refused", "unsaved") if key in told), None)
        if answered is not None:
            self.answers[answered] = told
        elif "bye" in told:
            self.bye = told["bye"]
        elif "pong" in told:
            self.pong = told["pong"]
        elif "gone" in told:
            self._change(told)
        else:
            kind = next((key for key in _KINDS if key in told), "")
            self.shown[kind, told.get("place")] = told

    def _change(self, told: dict[str, Any]) -> None:
        """Take what is different in a form of a board."""
        board = self.shown["board", told["place"]]["board"]
        form, gone = told["form"], set(told["gone"])
        before = next(one for one in board["forms"] if one["form"] == form["form"])
        cards = {one["id"]: one for one in (*before["cards"], *form["cards"]) if one["id"] not in gone}
        changed = {**form, "cards": sorted(cards.values(), key=itemgetter("id"))}
        forms = [changed if one is before else one for one in board["forms"]]
        self.shown["board", told["place"]] = {"place": told["place"], "board": {**board, "forms": forms}}

    def say(self, message: Any) -> None:  # noqa: ANN401  also what is no message
        """Send a message, or any text."""
        if self._socket is None:
            raise ServeError("This guest is in no room.")
        sent = self._socket.write_message(message if isinstance(message, str | bytes) else json.dumps(message))
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def until(self, what: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until something holds of what the room said."""
        async with asyncio.timeout(seconds):
            while not what():
                self._changed.clear()
                await self._changed.wait()

    async def _keep_pace(self) -> None:
        """Wait for a moment if it sends more than a hand would: a room sends away whoever floods it."""
        if not self._pace.take():
            await asyncio.sleep(1 / PACE)
            self._pace.take()

    async def hear(self) -> None:
        """Wait until everything has arrived that the room had to say so far."""
        await self._keep_pace()
        number = secrets.randbelow(2**50)
        self.say({"ping": number})
        await self.until(lambda: self.pong == number or self._closed)

    async def does(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Send something with an id, and return what came of it; sent again while it could not be stored."""
        message = {"id": secrets.token_hex(16), **message}
        return await self._answered(message["id"], message)

    async def acts(self, place: str, do: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401  as the activity has it
        """Send an activity's intent, and return what came of it."""
        intent = {"id": secrets.token_hex(16), "do": do, **body}
        return await self._answered(intent["id"], {"place": place, "intent": intent})

    async def _answered(self, intent_id: str, message: Mapping[str, Any]) -> dict[str, Any]:
        await self._keep_pace()
        self.say(message)
        await self.until(lambda: intent_id in self.answers or self._closed)
        return self.answers.get(intent_id, {"unsaved": intent_id, "why": "closed"}) | {"id": intent_id}

    def leave(self) -> None:
        """Close the socket, as a phone does that falls asleep."""
        if self._socket is not None:
            self._socket.close()

    async def gone(self) -> None:
        """Wait until its socket is closed, for a moment: one that is open when its loop ends is never closed."""
        if self._socket is not None:
            with suppress(TimeoutError):  # an earlier socket of somebody who was not let in again
                await self.until(lambda: self._closed, LEAVING)

    @property
    def closed(self) -> bool:
        """Whether its socket is closed."""
        return self._closed

    def state(self, place: str) -> dict[str, Any]:
        """Return what an activity shows to it now."""
        found: dict[str, Any] = self.shown["state", place]["state"]
        return found

    @property
    def where(self) -> dict[str, Any]:
        """Where the group is, as it was told."""
        return self.shown["where", None]
