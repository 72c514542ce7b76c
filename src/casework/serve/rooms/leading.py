"""Becoming a trainer by a link, and opening, closing and purging rooms."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from casework.errors import StoreError
from casework.serve.entrance import caller
from casework.serve.gallery import find_file, find_workbooks
from casework.serve.mine import TOO_MANY
from casework.serve.pages import NOT_FOUND, draw_message, preferred_language
from casework.serve.rooms.desk import FORBIDDEN, Desk, TrainerPage
from casework.serve.rooms.joining import AskCode, Join, Learner, Own, RoomPage, Screen
from casework.serve.rooms.keys import read_key, welcome_trainer
from casework.serve.rooms.socket import RoomSocket
from casework.store import Visit

if TYPE_CHECKING:
    from casework.store import GroupRun, Run

log = logging.getLogger("casework")

BAD_REQUEST = 400
LONGEST_CONVENER = 80
HIGHEST_FLOOR = 50
MOST_DAYS = 3650


class Lead(RoomPage):
    """Where a trainer link leads: it gives the trainer's cookie, and leads on, so that no key stays in an address."""

    async def get(self, key: str) -> None:
        """Take the key."""
        address = caller(self)
        if wait := self.registry.guesses.wait(address):
            self.set_header("Retry-After", str(wait))
            draw_message(self, TOO_MANY, "lead")
            return
        found = read_key(self.settings["cookie_secret"], key)
        if found == "" and self.site.hub:  # who may open rooms, the hub says
            found = None
        try:
            run = await asyncio.to_thread(self.store.find_run, found) if found else None
            if found is not None:
                await welcome_trainer(self, run)
        except StoreError:
            found = None
        if found is None:
            self.registry.guesses.wrong(address)
            draw_message(self, NOT_FOUND, "lead")
            return
        self.redirect(self._page_of(run) if run else self.site.base_url)

    def _page_of(self, run: Run) -> str:
        works = {each.id: each for each in find_workbooks(self.site.folder)}
        if run.workbook not in works:
            return self.site.base_url
        path = works[run.workbook].edition(preferred_language(self)).path
        return self.site.url(f"voila/render/{quote(path)}?room={run.id}")


class RoomForm(TrainerPage):
    """A form on a trainer's page; it leads back to that page."""

    def lead_back(self, room: str | None = None) -> None:
        """Lead back to the page that the form stood on, or tell a program where it is; no room is an erased one."""
        page = self._page() + (f"?room={room}" if room else "?erased")
        if "application/json" in self.request.headers.get("Accept", ""):
            self.write({"page": page, "room": room})
        else:
            self.redirect(page, status=303)

    def _page(self) -> str:
        """Return the page that is asked for, built anew from a workbook that is there."""
        try:
            path = urlsplit(self.get_body_argument("page", "")).path
        except ValueError:
            return self.site.base_url
        name = unquote(path).removeprefix(self.site.url("voila/render/"))
        return (
            self.site.base_url
            if find_file(self.site.folder, name) is None
            else self.site.url(f"voila/render/{quote(name)}")
        )

    async def led(self, run_id: str) -> GroupRun | None:
        """Return a room that this trainer leads."""
        runs = await asyncio.to_thread(self.store.group_runs, self.trainer.id)
        return next((each for each in runs if each.run.id == run_id), None)

    def number(self, name: str, lowest: int, highest: int) -> int | None:
        """Return a whole number from the form; None if it holds none, or one that cannot be."""
        told = self.get_body_argument(name, "").strip()
        found = int(told) if told.isascii() and told.isdigit() and len(told) < 6 else -1  # noqa: PLR2004  digits enough
        return found if lowest <= found <= highest else None


class OpenRoom(RoomForm):
    """Opens a room."""

    async def post(self) -> None:
        """Open it, and lead back to the workbook, which leads it then."""
        if not self.trainer.may_open:
            self.refuse(FORBIDDEN, "group.may_not_open")
            return
        workbook = self.get_body_argument("workbook", "")
        convener = " ".join(self.get_body_argument("convener", "").split())[:LONGEST_CONVENER]
        floor = self.number("floor", 3, HIGHEST_FLOOR)
        days = self.number("keep_days", 1, MOST_DAYS)
        before = self.get_body_argument("continues", "")
        continues = await self.led(before) if before else None
        if not convener:
            self.refuse(BAD_REQUEST, "group.convener_missing")
        elif floor is None:
            self.refuse(BAD_REQUEST, "group.floor_wrong")
        elif days is None and self.get_body_argument("keep_days", "").strip():
            self.refuse(BAD_REQUEST, "group.days_wrong")
        elif (before and continues is None) or workbook not in {each.id for each in find_workbooks(self.site.folder)}:
            self.refuse(BAD_REQUEST, "group.not_there")
        else:
            await self._open(workbook, convener, floor, days, continues.run if continues else None)

    async def _open(self, workbook: str, convener: str, floor: int, days: int | None, before: Run | None) -> None:
        def made() -> Run:
            run = self.store.open_group_run(workbook, convener=convener, floor=floor, keep_days=days, continues=before)
            self.store.record_visit(self.trainer.id, "trainer", run.id)
            return run

        run = await asyncio.to_thread(made)
        self.lead_back(run.id)


class CloseRoom(RoomForm):
    """Closes a room: nobody joins or goes on in it; what was shared stays for its trainer."""

    async def post(self, run_id: str) -> None:
        """Close it."""
        found = await self.led(run_id)
        if found is None:
            self.refuse(NOT_FOUND, "group.not_there")
            return
        if found.closed_at is None:
            await asyncio.to_thread(self.store.close_run, _as_trainer(self, found.run), found.run)
        self.registry.drop(found.run, "ended")
        self.lead_back(run_id)


class PurgeRoom(RoomForm):
    """Erases a room, with all that anyone did in it."""

    async def post(self, run_id: str) -> None:
        """Erase it."""
        found = await self.led(run_id)
        if found is None:
            self.refuse(NOT_FOUND, "group.not_there")
            return
        self.registry.drop(found.run, "erased")
        await asyncio.to_thread(self.store.erase_run, found.run)
        await self.registry.recall()
        self.lead_back()


def _as_trainer(page: RoomForm, run: Run) -> Visit:
    return Visit("", page.trainer.id, "trainer", run.id)


HANDLERS = [
    ("join/?", AskCode),
    ("join/([^/]{1,40})", Join),
    ("room/([^/]{1,40})", Learner),
    ("room/([^/]{1,40})/mine", Own),
    ("room/([^/]{1,40})/socket", RoomSocket),
    ("screen/([^/]{1,40})", Screen),
    ("lead/([A-Za-z0-9._-]{1,200})", Lead),
    ("group/desk", Desk),
    ("rooms", OpenRoom),
    ("rooms/([0-9a-f]{32})/close", CloseRoom),
    ("rooms/([0-9a-f]{32})/purge", PurgeRoom),
]
"""Under which addresses the pages of groups are, after the base URL."""
