"""Rehearsing with a group on this computer: by people made of rules, or led by oneself on a server of its own."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from casework.errors import CaseworkError
from casework.lab.pages import OwnPage
from casework.serve.forks import OWN_VARIABLES
from casework.serve.gallery import find_workbooks
from casework.serve.languages import site_words
from casework.serve.pages import draw, preferred_language
from casework.serve.rehearsal.server import own_server

if TYPE_CHECKING:
    from asyncio.subprocess import Process

PEOPLE = 12
"""How many people made of rules join."""

_HERE = ("localhost", "127.0.0.1", "::1")


class Stage:
    """The one server that is led by hand, while there is one; it ends with Jupyter."""

    def __init__(self) -> None:
        self.link: str | None = None
        self._held = ExitStack()
        self._starting = asyncio.Lock()
        atexit.register(self._held.close)

    async def open(self, folder: os.PathLike[str]) -> None:
        """Start the server, unless it is there."""
        async with self._starting:
            if self.link is None:
                self.link = await asyncio.to_thread(self._held.enter_context, own_server(folder))  # type: ignore[arg-type]

    async def close(self) -> None:
        """End the server."""
        async with self._starting:
            self.link = None
            await asyncio.to_thread(self._held.close)


class Rehearsal(OwnPage):
    """Which workbook to rehearse, and how."""

    stage: Stage
    playing: set[str]
    """The one workbook that is being gone through; kept by the server for all such pages."""
    _process: Process | None = None

    def initialize(self, stage: Stage, playing: set[str]) -> None:
        """Take what all these pages share."""
        self.stage, self.playing = stage, playing

    @authenticated
    def get(self) -> None:
        """Show what can be done."""
        self._draw()

    @authenticated
    async def post(self) -> None:
        """Do it."""
        workbook = self.get_body_argument("workbook", "")
        known = workbook in {each.id for each in find_workbooks(self.site.folder)}
        match self.get_body_argument("do", ""):
            case "play" if known:
                await self._play(workbook)
            case "lead" if self._is_near():
                await self._lead()
            case "end":
                await self.stage.close()
                self.redirect(self.site.url("rehearse"), status=303)
            case _:
                self.redirect(self.site.url("rehearse"), status=303)

    def _draw(self, **told: str) -> None:
        works = [each.edition(preferred_language(self)) for each in find_workbooks(self.site.folder)]
        draw(
            self,
            "rehearse.html",
            preferred_language(self),
            xsrf=self.xsrf_token.decode(),
            workbooks=[
                (each.path.rpartition("/")[2].removesuffix(".ipynb"), each.title) for each in works if each.readable
            ],
            chosen=self.get_argument("workbook", ""),
            near=self._is_near(),
            link=self.stage.link,
            **({"problem": ""} | told),
        )

    def _is_near(self) -> bool:
        """Return whether this browser runs on this computer, as far as its address tells; else a link is of no use."""
        return urlsplit(f"//{self.request.host}").hostname in _HERE and not os.environ.get("JUPYTERHUB_USER")

    async def _lead(self) -> None:
        try:
            await self.stage.open(self.site.folder)
        except (CaseworkError, OSError):
            self.log.exception("The server for a rehearsal did not start")
            self._draw(problem="lead_failed")
            return
        self.redirect(self.site.url("rehearse"), status=303)

    # -- people made of rules ---------------------------------------------------------------------

    async def _play(self, workbook: str) -> None:
        """Let people made of rules go through a workbook, and show what they do as they do it."""
        if self.playing:
            self._draw(problem="busy")
            return
        self.playing.add(workbook)
        try:
            await self._show(workbook)
        finally:
            self.playing.clear()

    async def _show(self, workbook: str) -> None:
        said = site_words(preferred_language(self))
        before, after = self._page(workbook).split("<!-- lines -->")
        self.write(before)
        with contextlib.suppress(StreamClosedError):
            await self.flush()
            self._process = await _start(workbook, str(self.site.folder), preferred_language(self))
            while line := await self._process.stdout.readline():  # type: ignore[union-attr]  # it has a pipe
                self.write(f"<li>{_escaped(line)}</li>\n")
                await self.flush()
            done = await self._process.wait() == 0
            self.write(after.replace("<!-- end -->", said["lab_played" if done else "lab_play_trouble"]))
        self._end()

    def _page(self, workbook: str) -> str:
        """Return the page with a place for the lines, and one for how it ended."""
        language = preferred_language(self)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        page = self.site.templates.get_template("playing.html")
        return page.render(language=language, words=site_words(language), workbook=workbook)

    def on_connection_close(self) -> None:
        """End what nobody looks at any more."""
        super().on_connection_close()
        self._end()

    def _end(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it is just ending
                self._process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)


def _escaped(line: bytes) -> str:
    from html import escape  # noqa: PLC0415  for the lines alone

    return escape(line.decode("utf-8", "replace").rstrip())


async def _start(workbook: str, folder: str, language: str) -> Process:
    """Start `casework rehearse`, which keeps nothing."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "casework", "rehearse", workbook, "-n", str(PEOPLE), "--folder", folder),
        *("--told-in", language),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
        | {"PYTHONUNBUFFERED": "1"},
    )
