"""A group at work: whoever leads it, people on their phones, and people of whom there is only the protocol."""

from __future__ import annotations

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import TYPE_CHECKING, Any

import nbformat
import websocket
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import ExitStack
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from conftest import Server

WALK = "walk:first-goodbye"
OBSERVE = "observe:first-goodbye/at-the-door/everyday-interaction"
CELLS = (
    (
        'import casework as cw\n\nsession = cw.Session("a-session", language="{language}")\n'
        'case = session.case("first-goodbye")\nsession.group()'
    ),
    "case.walk()",
    'session.checklist("everyday-interaction").observe(case, "at-the-door")',
)
TITLES = {"en": "A session", "es": "Una sesión"}
PATIENCE = 20


def write_session(folder: Path) -> None:
    """Put a workbook into a folder that leads a group through a case, in both languages."""
    for language, title in TITLES.items():
        book = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python"}})
        book.cells = [nbformat.v4.new_markdown_cell(f"# {title}")]
        book.cells += [nbformat.v4.new_code_cell(cell.format(language=language)) for cell in CELLS]
        nbformat.write(book, folder / language / "a-session.ipynb")


def trainer_link(server: Server) -> str:
    """Return the link with which one may open rooms, as the server wrote it."""
    found = re.findall(r"To lead a group, open (\S+)", server.said())
    return server.url + urllib.parse.urlsplit(found[-1]).path


class Somebody:
    """A browser without a page: it keeps cookies, and can hold a line to a room."""

    line: websocket.WebSocket | None = None

    def __init__(self, server: Server, leaving: ExitStack) -> None:
        self.server = server
        self.leaving = leaving
        leaving.callback(self.leave)
        self.cookies = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies)).open
        self.told: list[dict[str, Any]] = []
        self._coming: Iterator[dict[str, Any]] = iter(())
        self.code, self.role = "", ""

    def get(self, path: str) -> str:
        """Return what a page says."""
        with self._open(f"{self.server.url}/{path}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: object) -> str:
        """Send a form, with the token that the cookie holds."""
        token = next(one.value for one in self.cookies if one.name == "_xsrf")
        body = urllib.parse.urlencode({"_xsrf": token, **fields}).encode()
        headers = {"Accept": "application/json", "Origin": self.server.url}
        request = urllib.request.Request(f"{self.server.url}/{path}", body, headers)  # noqa: S310  this machine
        with self._open(request, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def join(self, code: str, name: str = "", language: str = "en") -> Somebody:
        """Join a room, as its form does, and open the line."""
        self.get(f"join/{code}")
        self.post(f"join/{code}", name=name, language=language, who="other")
        return self.call(code, "learner", language)

    def call(self, code: str, role: str, language: str = "en") -> Somebody:
        """Open the line, and say hello."""
        self.leave()
        self.code, self.role, self._coming = code, role, iter(())
        cookie = "; ".join(f"{one.name}={one.value}" for one in self.cookies)
        address = self.server.url.replace("http", "ws") + f"/room/{code}/socket?as={role}"
        self.line = websocket.create_connection(address, timeout=PATIENCE, cookie=cookie, origin=self.server.url)
        self.say({"hello": 1, "language": language})
        self.hear(lambda told: "welcome" in told)
        return self

    def say(self, message: object) -> None:
        """Send a frame."""
        assert self.line is not None
        self.line.send(message if isinstance(message, str) else json.dumps(message))

    def hear(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Listen until something is told."""
        while self.line is not None:
            for told in self._coming:  # what is left of a frame is heard next time
                self.told.append(told)
                if wanted(told):
                    return told
            frame = self.line.recv()
            if not frame:
                raise websocket.WebSocketConnectionClosedException("The room has closed the line.")
            messages = json.loads(frame)
            self._coming = iter(messages if isinstance(messages, list) else [messages])
        raise AssertionError("There is no line to hear anything on")

    def hears_of(self, key: str, wanted: Callable[[Any], object] = lambda _: True) -> Any:
        """Return the latest of what a key tells, as soon as it is as wanted."""
        for told in reversed(self.told):
            if key in told and wanted(told[key]):
                return told[key]
        return self.hear(lambda told: key in told and wanted(told[key]))[key]

    def do(self, deed: str, /, **more: object) -> dict[str, Any]:
        """Do something, and return the answer."""
        made = uuid.uuid4().hex
        intent = {"id": made, "do": deed, **more}
        place = intent.pop("place", WALK) if self.role == "learner" and deed != "cast" else None
        self.say({"place": place, "intent": intent} if place else intent)
        return self.hear(lambda told: made in {told.get("ack"), told.get("refused"), told.get("unsaved")})

    def gives(self, prompt: str, text: str, perspective: str = "", audience: str = "group_unnamed") -> None:
        """Write something, and share it."""
        written = self.do("write", prompt=prompt, perspective=perspective, text=text)
        self.do("share", form=prompt, audience=audience, events=[written["ack"]])

    def leave(self) -> None:
        """Close the line, if there is one."""
        if self.line is not None:
            self.line.close(timeout=1)
            self.line.shutdown()
            self.line = None


class Leader(Somebody):
    """Somebody who leads a room without a page."""

    def open_room(
        self, floor: int = 3, convener: str = "Ana Ruiz", workbook: str = "a-session", continues: str = ""
    ) -> str:
        """Become a trainer, open a room for a workbook, and return its code."""
        self.get(urllib.parse.urlsplit(trainer_link(self.server)).path.lstrip("/"))
        self.get("group/desk?room=")
        told = self.post("rooms", workbook=workbook, convener=convener, floor=floor, page="/", continues=continues)
        self.room = str(json.loads(told)["room"])
        self.info: dict[str, Any] = json.loads(self.get(f"group/desk?room={self.room}"))["room"]
        self.call(self.room, "trainer")
        return str(self.info["code"])

    def leads(self, deed: str, /, **more: object) -> None:
        """Lead; nothing may be refused."""
        answer = self.do(deed, **more)
        assert "ack" in answer, answer

    def moves(self, deed: str, /, **more: object) -> None:
        """Take the group a step on in the walk."""
        self.leads("move", place=WALK, deed={"do": deed, **more})

    def to_first_pause(self) -> None:
        """Begin, and come to the first pause of the case."""
        items = ((WALK, "walk", "first-goodbye"), (OBSERVE, "observe", OBSERVE.partition(":")[2]))
        agenda = [{"place": place, "activity": activity, "content": content} for place, activity, content in items]
        self.leads("plan", agenda=agenda)
        self.leads("start")
        self.leads("open", place=WALK)
        self.moves("start")
        for scene in ("the-mat", "clothespins"):
            self.moves("go_on", scene=scene, step="turn")
        self.moves("go_on", scene="ten-to-four", step="read")


class Phone:
    """A learner's page."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server

    def join(self, code: str, name: str = "") -> Phone:
        """Join as one does: the code, a name or none, one press."""
        self.page.goto(f"{self.server.url}/join/{code}")
        self.page.locator("input[name=name]").fill(name)
        self.page.locator("form .cw-first").click()
        expect(self.line()).to_have_attribute("data-line", "open", timeout=30_000)
        return self

    def line(self) -> Locator:
        """Return how the line stands."""
        return self.page.locator("header.line")

    def field(self, cell: str) -> Locator:
        """Return the field of a cell."""
        return self.page.locator(f'[data-cell="{cell}"]')

    def write(self, cell: str, text: str) -> None:
        """Write, and wait until it is on disk."""
        self.field(cell).fill(text)
        self.saved()

    def saved(self) -> None:
        """Wait until everything is on disk."""
        expect(self.page.locator("[data-place] .saved")).to_have_attribute(
            "data-saved", "saved", timeout=PATIENCE * 1000
        )

    def button(self, name: str) -> Locator:
        """Return a button by its words."""
        return self.page.get_by_role("button", name=name)

    def sees(self, text: str) -> None:
        """Wait until something stands on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE * 1000)

    def cards(self) -> Locator:
        """Return what stands on the boards."""
        return self.page.locator(".card blockquote")


class Desk:
    """The trainer's page: a workbook with the desk in it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server

    def come(self, language: str = "en") -> Desk:
        """Come with the trainer's link, and open the workbook."""
        self.page.goto(trainer_link(self.server))
        self.page.goto(f"{self.server.url}/voila/render/{language}/a-session.ipynb", wait_until="commit")
        return self

    def open_room(self, convener: str = "Ana Ruiz", floor: int = 0) -> str:
        """Open a room, and return its code."""
        frame = self.page.locator("[data-activity=group]")
        frame.locator("[name=convener]").fill(convener, timeout=60_000)
        if floor:
            frame.get_by_text("How private, and for how long").click()
            frame.locator("[name=floor]").fill(str(floor))
        frame.get_by_role("button", name="Open the room").click()
        return self.code()

    def code(self) -> str:
        """Return the code that people join with."""
        code = self.page.locator(".join-panel .code")
        expect(code).to_be_visible(timeout=60_000)
        return code.inner_text()

    def next(self, label: str | None = None) -> None:
        """Do the next thing; with its words, wait until it is that."""
        button = self.page.locator("[data-next]")
        if label:
            expect(button).to_have_text(label, timeout=PATIENCE * 1000)
        before = button.inner_text() + self.about()
        button.click()
        self.page.wait_for_function(
            """(before) => {
              const hosts = [...document.querySelectorAll(".casework")];
              const next = hosts.map((one) => one.shadowRoot?.querySelector(".next")).find(Boolean);
              const said = (part) => next?.querySelector(part)?.innerText ?? "";
              return said("[data-next]") + said(".eyebrow") !== before;
            }""",
            arg=before,
            timeout=PATIENCE * 1000,
        )

    def about(self) -> str:
        """Return where the group is, as it stands above the next thing."""
        return self.page.locator(".next .eyebrow").inner_text()

    def form(self, name: str) -> Locator:
        """Return what was shared of a prompt."""
        return self.page.locator(f'.form-panel[data-form="{name}"]')


def on_time(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "It did not come about in time"
        time.sleep(0.1)


def texts(cards: Iterable[str]) -> set[str]:
    """Return texts without the space around them."""
    return {each.strip() for each in cards}
