"""A real server of rooms on a free port, in this process; real sockets, and people made of code."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from functools import wraps
from types import SimpleNamespace

import tornado.web
from tornado.testing import bind_unused_port

from casework.serve import mine, visits
from casework.serve.entrance import Server
from casework.serve.pages import Gallery, Site, make_templates
from casework.serve.rehearsal.guest import Guest
from casework.serve.rooms import leading
from casework.serve.rooms.keys import server_key
from casework.serve.rooms.limits import Limits
from casework.serve.rooms.registry import Registry
from casework.store import open_store
from documented import Documented

SECRET = b"a secret of the tests, long enough for what it signs"
WALK = "walk:small"
PAGE = "/voila/render/en/small.ipynb"
AGENDA = [
    {"place": WALK, "activity": "walk", "content": "small"},
    {
        "place": "observe:small/at-the-door/small-list",
        "activity": "observe",
        "content": "small/at-the-door/small-list",
    },
]
PROMPTS = """\
        - {id: notice, prompt: What do you see?, perspectives: [child, parent], share: group_unnamed}
        - {id: body, prompt: And in you?, share: trainer}
        - {id: named, prompt: Who are you here?, share: group_named}
"""


def make_folder(folder, small_files):
    """Write a folder of workbooks with one small case, whose prompts offer each audience."""
    for name, text in small_files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    case = folder / "cases/small.yaml"
    text = case.read_text("utf-8")
    first, last = text.index("        - {id: notice,"), text.index("    choices:")
    case.write_text(text[:first] + PROMPTS + text[last:], encoding="utf-8")
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A small workbook\n\nTwo people."}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "en").mkdir()
    (folder / "en/small.ipynb").write_text(json.dumps(notebook), "utf-8")
    return folder


class Reader(Guest):
    """A device that reads every frame twice: once as it is documented."""

    reads = staticmethod(lambda _frame: None)

    def _on_message(self, frame):
        if frame is not None:
            self.reads(frame)
        super()._on_message(frame)


class Hall:
    """A server of rooms that can be stopped, and started again on the same store."""

    def __init__(self, folder, store_url):
        self.folder, self.store_url, self.base_url = folder, store_url, "/"
        self.limits, self.trainers_only = Limits(), False
        self.documented = Documented()
        """Every frame that a guest is sent is read as it is documented."""

    @asynccontextmanager
    async def serving(self):
        self.store = open_store(self.store_url)
        self.rooms = Registry(self.folder, self.store, ["192.168.1.20"], self.limits)
        site = Site(
            self.folder, self.store, self.base_url, make_templates(self.base_url), self.rooms, self.trainers_only
        )
        handlers = [
            (self.base_url, Gallery),
            (f"{self.base_url}welcome-back", visits.WelcomeBack),
            *((f"{self.base_url}{path}", handler) for path, handler in [*leading.HANDLERS, *mine.HANDLERS]),
        ]
        app = tornado.web.Application(
            handlers,
            casework=site,
            cookie_secret=SECRET,
            kernel_manager=SimpleNamespace(pages_of=lambda *_, **__: [], end_soon=lambda _pages: None),
            xsrf_cookies=True,
            xsrf_cookie_kwargs={"path": self.base_url, "samesite": "Lax"},
        )
        socket, self.port = bind_unused_port()
        self.rooms.port = self.port
        server = Server(app)
        server.add_sockets([socket])
        self.guests = []
        try:
            yield self
        finally:
            for guest in self.guests:
                guest.leave()
            server.stop()
            await self.rooms.finish()
            await server.close_all_connections()
            await asyncio.gather(*(guest.gone() for guest in self.guests))
            self.store.close()
        assert self.documented.otherwise == []

    def guest(self, language="en", cookies=None, *, listens=False):
        guest = Reader(f"http://127.0.0.1:{self.port}{self.base_url}", language, dict(cookies or {}), listens=listens)
        guest.reads = self.documented.to_page
        self.guests.append(guest)
        return guest

    async def trainer(self):
        """Return somebody who came with the server's trainer link."""
        guest = self.guest(listens=True)
        await guest.ask("GET", f"lead/{server_key(SECRET)}")
        return guest

    async def opens(self, trainer, floor=3, **fields):
        """Let a trainer open a room, and return what the desk says of it."""
        desk = json.loads((await trainer.ask("GET", "group/desk")).body)
        body = {"_xsrf": desk["xsrf"], "workbook": "small", "convener": "Ana Ruiz", "floor": str(floor), "page": PAGE}
        answer = await trainer.ask("POST", "rooms", {**body, **fields})
        assert answer.code == 303, answer.body
        return await self.desk(trainer, answer.headers["Location"].partition("room=")[2])

    async def desk(self, trainer, run_id):
        return json.loads((await trainer.ask("GET", f"group/desk?room={run_id}")).body)["room"]

    async def learner(self, room, name="", language="en", *, enters=True, listens=True):
        """Return somebody who joined a room, and whose page is open."""
        guest = self.guest(language, listens=listens)
        assert (await guest.join(room["code"], name)).code == 303
        if enters:
            await self.enters(guest, room)
        return guest

    async def enters(self, guest, room, role="learner"):
        await guest.enter(f"room/{room['code']}/socket?as={role}")
        return guest

    async def session(self, people=3, floor=3):
        """Return a trainer, a screen and some people at the first pause of a walk."""
        trainer = await self.trainer()
        room = await self.opens(trainer, floor)
        await trainer.enter(room["socket"])
        learners = [await self.learner(room) for _ in range(people)]
        screen = await self.enters(self.guest(listens=True), room, "screen")
        await begins(trainer)
        for each in [*learners, screen]:
            await each.until(lambda each=each: at_the_pause(each))
        return trainer, room, learners, screen


def at_the_pause(guest):
    return ("state", WALK) in guest.shown and guest.state(WALK)["step"] == "pause"


async def leads(trainer, do, **body):
    answer = await trainer.does({"do": do, **body})
    assert "ack" in answer, answer
    return answer["id"]


async def begins(trainer):
    """Lead the group to the first pause of the walk."""
    await leads(trainer, "plan", agenda=AGENDA)
    await leads(trainer, "start")
    await leads(trainer, "open", place=WALK)
    await leads(trainer, "move", place=WALK, deed={"do": "start"})
    await leads(trainer, "move", place=WALK, deed={"do": "go_on", "scene": "arrival", "step": "read"})


async def gives(guest, text, prompt="notice", perspective="child", audience="group_unnamed"):
    """Let somebody write and share."""
    wrote = await guest.acts(WALK, "write", prompt=prompt, perspective=perspective, text=text)
    shared = await guest.acts(WALK, "share", form=prompt, audience=audience, events=[wrote["id"]])
    assert "ack" in wrote, wrote
    assert "ack" in shared, shared


def board(guest, form="notice"):
    """Return a form's board as somebody's page shows it; None if it shows none."""
    told = guest.shown.get(("board", WALK))
    return next((one for one in told["board"]["forms"] if one["form"] == form), None) if told else None


def cards(guest, form="notice"):
    found = board(guest, form)
    return sorted(card["text"] for card in found["cards"]) if found else []


def played(test):
    """Let a test be a coroutine."""

    @wraps(test)
    def run(*args, **kwargs):
        return asyncio.run(asyncio.wait_for(test(*args, **kwargs), 60))

    return run
