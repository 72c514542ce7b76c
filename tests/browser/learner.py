"""Someone at a workbook: what they do on its page, and what they find there."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import sqlite3
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Locator, Page

    from conftest import Server

WORKBOOK = "/voila/render/en/the-first-goodbye.ipynb"

QUESTIONS = {
    "notice": "Stay at the door",
    "wonder": "Choose a place",
    "missing": "Who else is part",
    "chair": "Two chairs",
    "notice-again": "Here is what you noticed",
    "wonder-again": "Your first words stand above",
}
"""How each prompt begins, by its id."""

VIEWS = {
    "child": "The child",
    "parent": "The parent",
    "practitioner": "The practitioner",
    "relationship": "The relationship",
}
"""The perspectives' names, by their ids."""

PAUSE, TURN, CHOSEN, END = "A moment to stop", "What do you do?", "What you chose", "The way you took"

TO_FIRST_PAUSE = [
    ("Begin", "The mat"),
    ("Continue", "Clothespins"),
    ("Continue", "Ten to four"),
    ("Continue", PAUSE),
]
TO_FIRST_TURN = [*TO_FIRST_PAUSE, ("Continue", TURN)]
TO_SECOND_PAUSE = [
    ("Stay down on the mat", CHOSEN),
    ("Continue", "The bank drawer"),
    ("Continue", PAUSE),
    ("Continue", "Folded arms"),
    ("Continue", "Whispering"),
    ("Continue", PAUSE),
]
TO_SECOND_TURN = [*TO_SECOND_PAUSE, ("Continue", TURN)]
TO_THREE_NOTES = [("Put the pen away", CHOSEN)]
TO_DOWN_THE_STAIRS = [("Six weeks I", CHOSEN), ("Continue", "Down the stairs")]

ACTIVE = "() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; "
"""The beginning of a script that has the innermost focused element in `e`."""

NAME = (
    "return e?.getAttribute('aria-label') ?? e?.labels?.[0]?.textContent.trim() "
    "?? (e?.closest('.casework, body, [data-activity]') ? e.innerText?.trim() : '') }"
)

WATCH_SAVED = """
(() => {
  window.savedLines = [];
  const look = (root) => {
    const frame = root.querySelector("[data-activity]");
    const line = root.querySelector(".saved");
    if (!frame || !line) return;
    const words = [...root.querySelectorAll("textarea")].map((one) => one.value);
    const last = { activity: frame.dataset.activity, saved: line.dataset.saved, text: line.innerText, words };
    window.savedLines.push({ ...last, at: performance.now() });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    const watching = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(() => look(root)).observe(root, watching);
    return root;
  };
})();
"""
"""Writes down whatever any saved line says, from the page's first moment on."""

CLAIMS = """([words, since]) => window.savedLines
  .filter((one) => one.at >= since && one.words.includes(words)).map((one) => one.saved)"""


class Learner:
    """One person at one page.

    Parameters
    ----------
    page : Page
        Their page; a page of another context is another person.
    url : str
        The server's address, or that of a line to it.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    # -- the page ---------------------------------------------------------------------------------

    def open(self) -> Self:
        """Open the workbook and wait until every activity is there."""
        self.page.goto(self.url + WORKBOOK, wait_until="commit")
        return self.arrived()

    def reload(self) -> Self:
        """Load the page again."""
        self.page.reload(wait_until="commit")
        return self.arrived()

    def arrived(self) -> Self:
        """Wait until every activity is there."""
        for name in ("walk", "reflect", "observe", "report"):
            expect(self.activity(name)).to_be_visible(timeout=60_000)
        return self

    def activity(self, name: str) -> Locator:
        """Return the frame of an activity."""
        return self.page.locator(f"[data-activity={name}]")

    @property
    def walk(self) -> Locator:
        """The walk's frame."""
        return self.activity("walk")

    def heading(self, name: str, within: str = "walk") -> Locator:
        """Return a heading of an activity, by the beginning of its words."""
        return self.activity(within).get_by_role(
            "heading", name=re.compile(rf"^{re.escape(name)}\b|^{re.escape(name)}$")
        )

    def button(self, name: str, within: str = "walk") -> Locator:
        """Return a button of an activity, by a part of its name."""
        return self.activity(within).get_by_role("button", name=name).first

    # -- walking ----------------------------------------------------------------------------------

    def take(self, steps: Iterable[tuple[str, str]], press: Callable[[Locator], None] | None = None) -> Self:
        """Press what each step names, and wait for the heading it leads to."""
        for name, heading in steps:
            button = self.button(name)
            if press:
                press(button)
            else:
                button.click()
            expect(self.heading(heading)).to_be_visible()
        return self

    def to_pause(self) -> Self:
        """Walk to the first pause."""
        return self.take(TO_FIRST_PAUSE)

    def to_second_pause(self) -> Self:
        """Walk from the first pause to the second."""
        return self.take([("Continue", TURN), *TO_SECOND_PAUSE])

    # -- writing ----------------------------------------------------------------------------------

    def field(self, prompt: str, view: str = "", within: str = "walk") -> Locator:
        """Return the field of a prompt, seen from a perspective where it has several."""
        frame = self.activity(within)
        if not view:
            return frame.get_by_label(QUESTIONS[prompt])
        return frame.get_by_role("group", name=QUESTIONS[prompt]).get_by_label(VIEWS[view])

    def saved(self, state: str = "saved", within: str = "walk", seconds: float = 20) -> Self:
        """Wait until the saved line of an activity says so."""
        line = self.activity(within).locator(".saved")
        expect(line).to_have_attribute("data-saved", state, timeout=1000 * seconds)
        return self

    def line(self, within: str = "walk") -> Locator:
        """Return the saved line of an activity."""
        return self.activity(within).locator(".saved")

    # -- the saved line over time -----------------------------------------------------------------

    def watch_saved(self) -> Self:
        """Write down what every saved line says, from the next page on."""
        self.page.add_init_script(WATCH_SAVED)
        return self

    def now(self) -> float:
        """Return the milliseconds on the page's clock."""
        return float(self.page.evaluate("() => performance.now()"))

    def claims(self, words: str, since: float = 0) -> list[str]:
        """Return what the saved lines said while the words stood in a field of theirs."""
        return list(self.page.evaluate(CLAIMS, [words, since]))

    def wait(self, seconds: float) -> None:
        """Let time go by on the page's own clock; for what is about time itself."""
        self.page.evaluate("ms => new Promise((done) => setTimeout(done, ms))", 1000 * seconds)

    # -- the keyboard -----------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        """Return the name of what has the focus."""
        return str(self.page.evaluate(ACTIVE + NAME) or "")

    def tab_to(self, name: str, key: str = "Tab", limit: int = 120) -> Self:
        """Press Tab until what has the focus is called so."""
        seen = []
        for _ in range(limit):
            self.page.keyboard.press(key)
            seen.append(self.focused())
            if name in seen[-1]:
                return self
        msg = f"The focus never came to {name!r}; it was on {seen}"
        raise AssertionError(msg)

    def arrives(self, heading: str) -> Self:
        """Wait until the focus is on a heading."""
        script = ACTIVE + "return /^H[345]$/.test(e?.tagName) ? e.innerText.trim() : `<${e?.tagName}>` }"
        until(lambda: str(self.page.evaluate(script))[: len(heading)], heading, self.wait)
        return self

    # -- the shape of the page --------------------------------------------------------------------

    def sideways(self) -> int:
        """Return by how many pixels the page can be scrolled sideways."""
        return int(self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))


def until(look: Callable[[], Any], wanted: object, wait: Callable[[float], None], seconds: float = 10) -> None:
    """Look until what is seen is what is wanted."""
    found = look()
    for _ in range(int(seconds / 0.05)):
        if found == wanted:
            return
        wait(0.05)
        found = look()
    assert found == wanted, f"{found!r} is not {wanted!r}"


# -- the store, from outside ----------------------------------------------------------------------


def store_path(server: Server) -> str:
    """Return the file that a server keeps everything in."""
    return server.store.removeprefix("sqlite:///")


def stored(server: Server, kind: str = "write") -> list[dict[str, Any]]:
    """Return what is on disk of one kind, in its order."""
    with contextlib.closing(sqlite3.connect(store_path(server))) as db:
        rows = db.execute("SELECT body FROM events WHERE kind = ? ORDER BY number", (kind,)).fetchall()
    return [json.loads(body) for (body,) in rows]


def stored_texts(server: Server) -> list[str]:
    """Return every text on disk, in its order."""
    return [body["text"] for body in stored(server)]


def texts_by_id(server: Server) -> dict[str, str]:
    """Return every text on disk by the id of its event."""
    with contextlib.closing(sqlite3.connect(store_path(server))) as db:
        rows = db.execute("SELECT id, body FROM events WHERE kind = 'write'").fetchall()
    return {name: json.loads(body)["text"] for name, body in rows}


@contextlib.contextmanager
def held(server: Server) -> Iterator[None]:
    """Hold the store, so that nobody else can write to it."""
    with contextlib.closing(sqlite3.connect(store_path(server), isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


def kernels(server: Server) -> list[psutil.Process]:
    """Return the running kernels of a server."""
    found = []
    for one in server.processes():
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended while one looked
            found += [one] if one.name().startswith("kernel ") else []
    return found


# -- a network that can fail ----------------------------------------------------------------------


@dataclass
class Network:
    """A line to a server that can be cut and mended.

    Parameters
    ----------
    to : str
        The server's address.
    """

    to: str
    _port: int = 0
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(self, *_error: object) -> None:
        self.cut()
        for thread in self._threads:
            thread.join(10)

    @property
    def url(self) -> str:
        """Where a page finds the server through this line."""
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        with self._lock:
            listener, self._listener = self._listener, None
            for one in [listener, *self._open]:
                _end(one)
        if listener:
            listener.close()

    def mend(self) -> None:
        """Let connections through again, at the same address."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(64)
        self._port = listener.getsockname()[1]
        self._listener = listener
        self._run(self._accept, listener)

    def _run(self, work: Callable[..., None], *given: object) -> threading.Thread:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self._run(self._join, client)

    def _join(self, client: socket.socket) -> None:
        parts = urlsplit(self.to)
        address = (str(parts.hostname), int(parts.port or 80))
        with client, contextlib.suppress(OSError), socket.create_connection(address, 10) as server:
            server.settimeout(None)
            with self._lock:
                if self._listener is None:
                    return
                self._open |= {client, server}
            back = self._run(_carry, server, client)
            _carry(client, server)
            back.join()
            with self._lock:
                self._open -= {client, server}


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    _end(source)
    _end(target)


def _end(one: socket.socket | None) -> None:
    with contextlib.suppress(OSError, AttributeError):
        one.shutdown(socket.SHUT_RDWR)
