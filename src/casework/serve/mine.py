"""Your work here: what is kept of one person, and what they can do with it. No kernel is needed for any of it."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from casework.errors import StoreError, TooManyCodes
from casework.serve.cookies import (
    find_device,
    forget,
    has_signed_in,
    is_shared,
    set_here,
    set_shared,
    was_asked,
)
from casework.serve.entrance import caller
from casework.serve.gallery import find_workbooks
from casework.serve.hub.signing import must_sign_in
from casework.serve.languages import choose_language
from casework.serve.leaving import close_pages
from casework.serve.packing import pack
from casework.serve.pages import Page, draw, draw_message, preferred_language
from casework.serve.settings import CLEARING_POLICY
from casework.serve.takeaway import drawn_for
from casework.store import Visit

if TYPE_CHECKING:
    from casework.serve.gallery import Edition
    from casework.store import Device, Store

log = logging.getLogger("casework")

TOO_MANY = 429
MINUTE = 60

_one_code_at_a_time = asyncio.Lock()
"""Else many guesses that arrive together would all be looked up before the first of them is counted."""


class OwnPage(Page):
    """A page about whoever sits here; nobody else's work is ever on it."""

    @property
    def language(self) -> str:
        """The language that the page before was in, or that the browser asks for."""
        asked = self.get_argument("language", "")
        return choose_language(asked) if asked else preferred_language(self)

    @property
    def store(self) -> Store:
        """Where it is kept."""
        return self.site.store

    def prepare(self) -> None:
        """Let no browser keep these pages."""
        self.set_header("Cache-Control", "no-store")

    async def whose(self) -> Device | None:
        """Return the device of whoever sits here; else answer, since they are nobody yet or must be asked."""
        device = await find_device(self)
        if device is None:
            if not await must_sign_in(self):
                self._draw("mine-nobody.html")
            return None
        if not was_asked(self) and await asyncio.to_thread(self.store.has_work, device.learner_id):
            self.redirect(self.site.url(f"welcome-back?next={self.site.url('mine')}&language={self.language}"))
            return None
        return device

    def _draw(self, template: str, **values: object) -> None:
        token = self.xsrf_token.decode()
        told = {"xsrf": token, "shared": is_shared(self), "signed_in": has_signed_in(self)}
        draw(self, template, self.language, **told, **values)

    def _draw_cleared(self, about: str, **values: object) -> None:
        """Say what was taken away, on a page that also takes away what this browser keeps for the site."""
        if self.site.base_url == "/":  # else other programs may live at this origin, whose things are not ours to take
            self.set_header("Clear-Site-Data", '"storage"')
        self._draw("mine-cleared.html", about=about, **values)
        self.set_header("Content-Security-Policy", CLEARING_POLICY)

    def _in_trouble(self, error: StoreError) -> None:
        log.error("%s", error)
        draw_message(self, 503, "store", self.language)

    async def _draw_mine(self, device: Device, **values: object) -> None:
        works = await asyncio.to_thread(self._own_workbooks, device)
        self._draw("mine.html", works=works, **values)

    def _own_workbooks(self, device: Device) -> list[Edition]:
        visit = Visit("", device.learner_id)
        found = find_workbooks(self.site.folder)
        return [each.edition(self.language) for each in found if self.store.find_own_run(visit, each.id)]


class Mine(OwnPage):
    """What is kept here, who can see it, and what one can do with it."""

    async def get(self) -> None:
        """Show it."""
        try:
            if device := await self.whose():
                await self._draw_mine(device, back="back" in self.request.arguments)
        except StoreError as error:
            self._in_trouble(error)


class OwnCode(OwnPage):
    """A code to come back with."""

    async def get(self) -> None:
        """Go back to where one asks for it: a code is shown once."""
        self.redirect(self.site.url(f"mine?language={self.language}"))

    async def post(self) -> None:
        """Make a new one, and show it this once."""
        try:
            if device := await self.whose():
                code = await asyncio.to_thread(self.store.make_code, device.learner_id)
                await self._draw_mine(device, code=code)
        except StoreError as error:
            self._in_trouble(error)


class ComeBack(OwnPage):
    """Where a code from another device is entered."""

    async def get(self) -> None:
        """Ask for it."""
        try:
            await self._ask()
        except StoreError as error:
            self._in_trouble(error)

    async def post(self) -> None:
        """Let this device go on with the work of whoever has this code; say no more than that there is none."""
        try:
            if await find_device(self) and has_signed_in(self):
                await self._ask()
                return
            async with _one_code_at_a_time:
                code = self.get_body_argument("code", "")[:100]
                device = await asyncio.to_thread(self.store.redeem_code, code, caller(self))
            if device is None:
                await self._ask("unknown" if code.strip() else "empty")
                return
            before = await find_device(self)
            if before is None or before.learner_id != device.learner_id:
                await close_pages(self, before)
        except TooManyCodes as wait:
            await self._ask_to_wait(wait.seconds)
            return
        except StoreError as error:
            self._in_trouble(error)
            return
        set_here(self, device)
        self.redirect(self.site.url(f"mine?back&language={self.language}"), status=303)

    async def _ask_to_wait(self, seconds: int) -> None:
        self.set_status(TOO_MANY)
        self.set_header("Retry-After", str(seconds))
        long = seconds > MINUTE
        await self._ask("wait_minutes" if long else "wait_seconds", -(-seconds // MINUTE) if long else seconds)

    async def _ask(self, problem: str = "", number: int = 0) -> None:
        device = await find_device(self)
        if has_signed_in(self):  # whose work is there already, wherever they sign in
            self.redirect(self.site.url(f"mine?language={self.language}"))
            return
        occupied = device is not None and await asyncio.to_thread(self.store.has_work, device.learner_id)
        self._draw("come-back.html", problem=problem, number=number, occupied=occupied)


class OwnFile(OwnPage):
    """Everything of one's own, to take along."""

    async def get(self, ending: str) -> None:
        """Give it as a page to read, or as a file to bring into another casework."""
        try:
            device = await self.whose()
            if device is None:
                return
            own = await asyncio.to_thread(self.store.everything_of, Visit("", device.learner_id))
        except StoreError as error:
            self._in_trouble(error)
            return
        self.set_header("Content-Disposition", f'attachment; filename="casework-{_today()}.{ending}"')
        if ending == "json":
            self.set_header("Content-Type", "application/json; charset=utf-8")
            pack(self)
            self.write(own.model_dump_json(indent=1))
        else:
            page = await asyncio.to_thread(drawn_for, self.site, own, self.language)
            draw(self, "everything.html", self.language, works=page, day=_today())


class Clear(OwnPage):
    """Lets this device forget who was here; the work stays, and waits for its code."""

    async def get(self) -> None:
        """Ask once more, and offer a code first."""
        try:
            if await self.whose():
                self._draw("mine-clear.html")
        except StoreError as error:
            self._in_trouble(error)

    async def post(self) -> None:
        """Forget."""
        try:
            if device := await find_device(self):
                await close_pages(self, device)
                await asyncio.to_thread(self.store.forget_device, device.token)
        except StoreError as error:
            self._in_trouble(error)
            return
        forget(self)
        if self.site.hub and has_signed_in(self):
            self._draw_cleared("signed_out", hub=self.site.hub.sign_out_url)
        else:
            self._draw_cleared("cleared")


class Shared(OwnPage):
    """Says that others use this computer, too, so that nothing of a person stays here when the browser closes."""

    async def post(self) -> None:
        """Keep whoever sits here until the browser closes, and no longer."""
        try:
            device = await self.whose()
            if device is None:
                return
        except StoreError as error:
            self._in_trouble(error)
            return
        set_shared(self, device)
        self._draw_cleared("now_shared")


class Delete(OwnPage):
    """Erases everything of one person, for good."""

    async def get(self) -> None:
        """Ask once more, and say exactly what goes."""
        try:
            if device := await self.whose():
                works = await asyncio.to_thread(self._own_workbooks, device)
                self._draw("mine-delete.html", works=works)
        except StoreError as error:
            self._in_trouble(error)

    async def post(self) -> None:
        """Erase."""
        try:
            device = await self.whose()
            if device is None:
                return
            await close_pages(self, device, everywhere=True)
            visit = Visit("", device.learner_id)
            erased = await asyncio.to_thread(self.store.delete_everything_of, visit)
            if self.site.rooms:
                await self.site.rooms.forget(device.learner_id)
        except StoreError as error:
            self._in_trouble(error)
            return
        forget(self)
        backups = [Path(place).name for place in erased.backups]
        self._draw_cleared("deleted", backups=backups, unfinished=not erased.done)


def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")


HANDLERS = [
    ("mine", Mine),
    ("mine/code", OwnCode),
    (r"mine/everything\.(html|json)", OwnFile),
    ("mine/clear", Clear),
    ("mine/shared-computer", Shared),
    ("mine/delete", Delete),
    ("come-back", ComeBack),
]
"""Under which addresses these pages are, after the base URL."""
