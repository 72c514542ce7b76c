"""Who opens a page: the device's cookie, the question on coming back, and the visit given to the kernel."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from voila.tornado.handler import TornadoVoilaHandler  # type: ignore[import-untyped]

from casework.errors import StoreError
from casework.serve.cookies import SecureCookies, find_device, is_shared, set_here, set_shared, was_asked
from casework.serve.entrance import caller
from casework.serve.gallery import Edition, find_file, read_edition
from casework.serve.hub.signing import must_sign_in
from casework.serve.kernel_doors import is_hidden
from casework.serve.kernels import opening
from casework.serve.languages import choose_language
from casework.serve.leaving import close_pages
from casework.serve.packing import pack
from casework.serve.pages import NOT_FOUND, Page, Site, draw, draw_message, preferred_language
from casework.serve.places import Opening
from casework.serve.previews import answer_program
from casework.serve.rooms.keys import find_trainer
from casework.serve.settings import CLEARING_POLICY, PAGE_HEADERS, workbook_policy
from casework.serve.waiting import WAITING_COOKIE, draw_full, draw_waiting, say_when

if TYPE_CHECKING:
    from casework.serve.places import Places
    from casework.serve.rooms.keys import Trainer
    from casework.store import Store, Visit

log = logging.getLogger("casework")

FORBIDDEN = 403


class WorkbookPage(SecureCookies, TornadoVoilaHandler):  # type: ignore[misc]
    """A notebook as a page, with a kernel that knows whose page it is."""

    page: Opening | None = None

    @property
    def content_security_policy(self) -> str:
        """The policy that the widgets were measured to need, and no more."""
        return workbook_policy(self.request.host)

    def set_default_headers(self) -> None:
        """Set what protects every page."""
        super().set_default_headers()
        for name, value in PAGE_HEADERS.items():
            self.set_header(name, value)

    async def head(self, path: str) -> None:
        """Say whether there is such a workbook, and a place for one more, without a kernel."""
        self._find_edition(path)
        ticket = self.get_cookie(WAITING_COOKIE, "")
        self._places.queue.seen(ticket)
        trainer = await find_trainer(self)
        page = Opening("", path, device=await find_device(self), trainer=trainer.id if trainer else "")
        if not (self._may_come(page) and self._places.has_room(page, ticket)):
            say_when(self)
            self.set_status(503)

    async def get(self, path: str) -> None:
        """Find out who is here, then show the page."""
        if is_hidden(self):
            raise HTTPError(FORBIDDEN)
        if await must_sign_in(self):
            return
        edition = self._find_edition(path)
        if not edition.readable:
            draw_message(self, 500, "broken", edition.language)
            return
        try:
            trainer = await find_trainer(self)
            if trainer is None and self.settings["casework"].trainers_only:
                self.redirect(self.settings["casework"].url("join"))
                return
            if answer_program(self, edition):
                return
            await self._open(path, edition, trainer)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
            draw_message(self, 503, "store", edition.language)

    async def _open(self, path: str, edition: Edition, trainer: Trainer | None) -> None:
        """Ask whoever was here before, let them wait where there is no place, or else show the page."""
        device = None if trainer else await find_device(self)
        if device and not was_asked(self) and await asyncio.to_thread(self._store.has_work, device.learner_id):
            self.redirect(_welcome_url(self.settings["casework"], path, self.request.query))
            return
        page = Opening("", path, is_shared(self), device=device, trainer=trainer.id if trainer else "")
        if not self._may_come(page):
            draw_waiting(self, "crowd", edition.language)
            return
        if not self.kernel_manager.admit(page, self.get_cookie(WAITING_COOKIE, "")):
            draw_full(self, self._places, edition.language)
            return
        if not page.owner:
            self._places.newcomers.came(caller(self))
        try:
            page.visit_id = (await (self._trainers_visit(trainer) if trainer else self._visit(page))).id
            await self._show(path, page)
        finally:
            self.kernel_manager.shown(page)

    async def _visit(self, page: Opening) -> Visit:
        """Return the visit of whoever is here, recorded."""
        if page.device is None:
            page.device = await asyncio.to_thread(self._store.register_device)
            set_here(self, page.device)
        elif not was_asked(self):
            set_here(self)
        return await asyncio.to_thread(self._store.record_visit, page.device.learner_id)

    async def _trainers_visit(self, trainer: Trainer) -> Visit:
        """Return the visit of a trainer, recorded: to the room that the address names, if they may lead it."""
        room = self.get_query_argument("room", "")
        leads = bool(room) and await asyncio.to_thread(self._store.may_lead, trainer.id, room)
        return await asyncio.to_thread(self._store.record_visit, trainer.id, "trainer", room if leads else None)

    def _may_come(self, page: Opening) -> bool:
        """Return whether a page may be opened by whoever asks: not by too many from one address who are new here."""
        return bool(page.owner) or self._places.newcomers.may_come(caller(self))

    @property
    def _store(self) -> Store:
        store: Store = self.settings["casework"].store
        return store

    @property
    def _places(self) -> Places:
        places: Places = self.kernel_manager.places
        return places

    async def _show(self, path: str, page: Opening) -> None:
        _ = self.xsrf_token  # sets the cookie without which the page may not end its own kernel
        self.page = page
        pack(self)
        token = opening.set(page)
        try:
            await super().get(path)
        finally:
            opening.reset(token)
            if page.closed:
                self._end_kernel(page)

    def on_connection_close(self) -> None:
        """End the kernel of a page that was closed before it had opened: it cannot do so itself."""
        super().on_connection_close()
        if self.page:
            self.page.closed = True
            self._end_kernel(self.page)

    def _end_kernel(self, page: Opening) -> None:
        if page.kernel_id in self.kernel_manager:
            # At once: nobody has written anything yet, and a kernel that still starts cannot be asked.
            IOLoop.current().add_callback(self.kernel_manager.shutdown_kernel, page.kernel_id, now=True)

    def _find_edition(self, path: str) -> Edition:
        site: Site = self.settings["casework"]
        file = find_file(site.folder, path)
        if file is None:
            raise HTTPError(NOT_FOUND)
        return read_edition(site.folder, file)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401  Tornado's signature
        """Say calmly that there is nothing to show."""
        draw_message(self, status_code, "missing" if status_code == NOT_FOUND else "trouble")
        self.finish()


def _welcome_url(site: Site, path: str, query: str) -> str:
    wanted = f"voila/render/{quote(path)}" + (f"?{query}" if query else "")
    return site.url(f"welcome-back?next={quote(site.url(wanted), safe='')}")


class WelcomeBack(Page):
    """Asks whether the person who was here before is here again, before any kernel starts."""

    def get(self) -> None:
        """Ask."""
        wanted, language = self._wanted()
        draw(self, "welcome-back.html", language, next=wanted, xsrf=self.xsrf_token.decode())

    async def post(self) -> None:
        """Continue, or begin as someone else."""
        store = self.site.store
        wanted, language = self._wanted()
        who = self.get_body_argument("who", "")
        try:
            before = await find_device(self)
            if who == "same" and before:
                set_here(self)
            else:
                await close_pages(self, before)
                device = await asyncio.to_thread(store.register_device)
                (set_shared if who == "shared" else set_here)(self, device)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
            draw_message(self, 503, "store", language)
            return
        if who == "shared":
            self._take_away_drafts(wanted, language)
        else:
            self.redirect(wanted, status=303)

    def _take_away_drafts(self, wanted: str, language: str) -> None:
        """Show a page that takes away what this browser keeps for the site, and leads on."""
        draw(self, "mine-cleared.html", language, about="now_shared", next=wanted)
        self.set_header("Content-Security-Policy", CLEARING_POLICY)

    def _wanted(self) -> tuple[str, str]:
        """Return where to go on, built anew from a page that is there; never an address as it came."""
        asked = self.get_argument("language", "")
        language = choose_language(asked) if asked else preferred_language(self)
        try:
            parts = urlsplit(self.get_argument("next", ""))
        except ValueError:
            return self.site.base_url, language
        if parts.path == self.site.url("mine") and not parts.netloc:
            return self.site.url(f"mine?language={language}"), language
        name = unquote(parts.path).removeprefix(self.site.url("voila/render/"))
        file = find_file(self.site.folder, name)
        if file is None or parts.scheme or parts.netloc:
            return self.site.base_url, language
        query = f"?{quote(parts.query, safe='=&%+')}" if parts.query else ""
        target = self.site.url(f"voila/render/{quote(name)}{query}")
        return target, read_edition(self.site.folder, file).language
