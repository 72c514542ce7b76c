"""A server, a JupyterLab and a Chromium for the tests, and pages that notice what goes wrong on them.

A page from `new_page` fails its test on a request to another host, on an error on the console, and on an exception
that nothing caught. `watch.allow(pattern, reason)` makes an exception for one test, and says why.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psutil
import pytest
from access import break_no_rule
from group import write_session
from looks import leave_out
from pictures import keep_pictures
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect, sync_playwright
from profiles import Profiles
from story import write_workbook

from documented import Documented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, Request, WebSocket

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
HERE = {"127.0.0.1", "localhost"}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MARK = "CASEWORK_TEST_SERVER"
"""Each server is started with a value of its own in this variable; its kernels inherit it and can be found by it."""

ALLOWED: list[tuple[str, str]] = []
"""Console errors that are not ours to mend: (pattern, reason)."""


# -- servers --------------------------------------------------------------------------------------


@dataclass
class Server:
    """A running server.

    `url` has no slash at its end; `folder` is the copy of the workbooks that it serves.
    """

    command: list[str]
    url: str
    folder: Path
    store: str
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    process: subprocess.Popen[bytes] | None = None

    def start(self, ready: str = "/", seconds: float = 120) -> None:
        """Start it, and wait until it answers."""
        environment = os.environ | {"CASEWORK_STORE": self.store, MARK: self.mark} | self.environment
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + seconds
        while not answers(self.url + ready):
            if self.process.poll() is not None:
                pytest.fail(f"The server ended with {self.process.returncode}:\n{self.said()}")
            if time.monotonic() > deadline:
                self.process.kill()
                pytest.fail(f"The server did not answer within {seconds} s:\n{self.said()}")
            time.sleep(0.1)

    def stop(self, seconds: float = 20) -> None:
        """Ask it to end, and wait until it has."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            pytest.fail(f"The server did not end within {seconds} s:\n{self.said()}")

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def said(self) -> str:
        """Return what it wrote to its log, at most the last 4,000 characters."""
        return self.log.read_text("utf-8", "replace")[-4000:]

    def processes(self) -> list[psutil.Process]:
        """Return what runs in its name: itself and its kernels."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get(MARK) == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def left_behind(self, seconds: float = 10) -> list[str]:
        """Return the processes that are still there a while after it ended, and end them."""
        _, alive = psutil.wait_procs(self.processes(), seconds)
        commands = []
        for process in alive:
            with contextlib.suppress(psutil.Error):
                commands.append(" ".join(process.cmdline()))
                process.kill()
        return commands


def answers(url: str) -> bool:
    """Tell whether a page can be fetched."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  always this machine
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copy_of_workbooks(folder: Path) -> Path:
    """Copy the workbooks, so that a test can change them."""
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", "kernel-ipc-*")
    return Path(shutil.copytree(ROOT / "workbooks", folder / "workbooks", ignore=ignored))


def a_server(folder: Path, *options: str) -> Server:
    """Describe a `casework serve` on a copy of the workbooks, with an empty store."""
    port = free_port()
    workbooks = copy_of_workbooks(folder)
    serve = [str(BIN / "casework"), "serve", str(workbooks), "--port", str(port), "--no-browser", *options]
    store = f"sqlite:///{folder / 'casework.sqlite'}"
    return Server(serve, f"http://127.0.0.1:{port}", workbooks, store, folder / "server.log")


@contextlib.contextmanager
def running(server: Server, ready: str = "/") -> Iterator[Server]:
    """Run a server, and see to it that nothing of it stays."""
    try:
        server.start(ready)
        yield server
        server.stop()
        left = server.left_behind()
        assert left == [], f"These outlived the server: {left}\n{server.said()}"
    finally:
        server.kill()
        server.left_behind(0)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a copy of the workbooks, for every test that does not need one of its own."""
    with running(a_server(tmp_path_factory.mktemp("server"))) as one:
        yield one


@pytest.fixture(scope="session")
def group_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve groups, on this machine alone."""
    one = a_server(tmp_path_factory.mktemp("group"), "--group", "--ip", "127.0.0.1")
    write_session(one.folder)
    write_workbook(one.folder)
    with running(one) as started:
        yield started


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers for this test alone, which it may stop, kill and start again."""
    with contextlib.ExitStack() as stack:

        def start(*options: str, ready: str = "/") -> Server:
            folder = tmp_path / uuid.uuid4().hex
            folder.mkdir()
            return stack.enter_context(running(a_server(folder, *options), ready))

        yield start


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run JupyterLab on a copy of the workbooks, open to this machine alone and without a token."""
    folder = tmp_path_factory.mktemp("lab")
    port = free_port()
    workbooks = copy_of_workbooks(folder)
    command = [
        *(str(BIN / "jupyter"), "lab", "--no-browser", "--allow-root"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--ServerApp.root_dir={workbooks}"),
        *("--IdentityProvider.token=", "--LabApp.news_url=", "--LabApp.extension_manager=readonly"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    store = f"sqlite:///{folder / 'casework.sqlite'}"
    one = Server(command, f"http://127.0.0.1:{port}", workbooks, store, folder / "lab.log")
    with running(one, "/lab") as started:
        yield started


# -- pages ----------------------------------------------------------------------------------------


class Watch:
    """Collects what goes wrong on the pages of one test."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.allowed = list(ALLOWED)
        self.documented = Documented()
        self.done = False
        """True once pages are being left: what a browser says of a line that is cut just then concerns nobody."""

    def allow(self, pattern: str, reason: str) -> None:
        """Let problems that match a pattern pass in this test, for a reason."""
        self.allowed.append((pattern, reason))

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("page", self._over_page)
        for page in context.pages:
            self._over_page(page)

    def found(self) -> list[str]:
        """Return what went wrong and was not allowed."""
        patterns = [pattern for pattern, _ in self.allowed]
        problems = [*self.documented.otherwise, *self.problems]
        return [one for one in problems if not any(re.search(pattern, one) for pattern in patterns)]

    def _over_page(self, page: Page) -> None:
        page.on("websocket", self._on_websocket)

    def _on_request(self, request: Request) -> None:
        self._check_host(request.url)

    def _on_websocket(self, websocket: WebSocket) -> None:
        self._check_host(websocket.url)
        if "/room/" in websocket.url:
            role = websocket.url.rpartition("as=")[2]
            websocket.on("framereceived", self.documented.to_page)
            websocket.on("framesent", lambda frame: self.documented.from_page(frame, role))

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in HERE:
            self.problems.append(f"request to another host: {url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.done:
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fail the test if anything went wrong on its pages."""
    one = Watch()
    yield one
    found = one.found()
    assert found == [], "On the page: " + "\n".join(found)


expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


def chromium() -> str | None:
    """Return the Chromium that the tests drive; None stands for Playwright's own."""
    known = (os.environ.get("CASEWORK_CHROMIUM", ""), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
    return next((path for path in known if os.access(path, os.X_OK)), None)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Drive browsers.

    One driver for each module, because Playwright leaves an event loop running, which other tests would find.
    """
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Profiles:
    """Keep the folders of browsers."""
    return Profiles(tmp_path_factory.mktemp("profiles"))


def leave(context: BrowserContext) -> None:
    """Leave every page as a person does, so that its kernel ends; a context that is closed tells the server nothing."""
    for page in context.pages:
        with contextlib.suppress(PlaywrightError):  # it closed, or crashed, or is offline
            page.goto("about:blank", timeout=5_000)


@pytest.fixture
def new_page(
    playwright: Playwright, profiles: Profiles, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Open pages, each as a person with a browser of their own."""
    opened: dict[Path, BrowserContext] = {}

    def open_page(
        width: int = 1280, theme: str = "light", height: int = 0, *, cold: bool = False, **options: Any
    ) -> Page:
        """Open an empty page of a width in pixels, in a ``"light"`` or ``"dark"`` theme.

        A cold one is that of a browser which has fetched nothing before.
        """
        profile, state = profiles.take(cold=cold), options.pop("storage_state", None)
        opened[profile] = context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium(),
            args=CHROMIUM_FLAGS,
            viewport={"width": width, "height": height or (800 if width >= 700 else 780)},
            color_scheme=theme,
            **options,
        )
        context.set_default_timeout(60_000)
        context.set_default_navigation_timeout(60_000)
        if state:
            context.set_storage_state(state)
        watch.over(context)
        return context.pages[0]

    yield open_page
    if request.node.stash.get(FAILED, default=False) or watch.found():
        keep_pictures(list(opened.values()), request.node.name)
    watch.done = True
    for profile, context in opened.items():
        leave(context)
        context.close()
        profiles.give_back(profile)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Open an empty page on a computer."""
    return new_page()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take one look for each test that has several, unless all are asked for."""
    left = leave_out(items)
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed, so that its pages are pictured before they close."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Assert that a page, or the part of it that a selector names, breaks no rule of WCAG 2.2 AA."""
    return break_no_rule
