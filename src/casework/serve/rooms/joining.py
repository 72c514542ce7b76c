"""The pages with which people take part: to join, to work on, to project, and one's own to take along."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from casework.activity.codes import plain_code
from casework.content.words import languages, words
from casework.errors import CaseworkError
from casework.serve.cookies import find_device, has_signed_in, is_shared, set_here, set_shared, was_asked
from casework.serve.entrance import caller
from casework.serve.languages import choose_language
from casework.serve.mine import TOO_MANY
from casework.serve.packing import pack
from casework.serve.pages import NOT_FOUND, Page, draw, draw_message, preferred_language
from casework.serve.rooms.desk import joins_of
from casework.serve.rooms.own import own_pages_of
from casework.serve.rooms.registry import Registry, TooManyTries
from casework.serve.settings import CLEARING_POLICY, room_policy

if TYPE_CHECKING:
    from casework.live.protocol import Answer
    from casework.serve.rooms.held import HeldRoom
    from casework.store import Device, Store

log = logging.getLogger("casework")

LONGEST_NAME = 80


class RoomPage(Page):
    """A page of a room."""

    def prepare(self) -> None:
        """Let no browser keep these pages."""
        self.set_header("Cache-Control", "no-store")

    @property
    def registry(self) -> Registry:
        """The server's rooms."""
        registry: Registry = self.settings["casework"].rooms
        return registry

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.site.store

    @property
    def language(self) -> str:
        """The language that was asked for, or that the browser prefers."""
        asked = self.get_argument("language", "")
        return choose_language(asked) if asked else preferred_language(self)

    async def find(self, code: str) -> HeldRoom | None:
        """Return the room of a code; else answer, and return None."""
        try:
            device = await find_device(self)
            held = await self.registry.find(code, caller(self), device.learner_id if device else None)
        except TooManyTries as wait:
            self.set_status(TOO_MANY)
            self.set_header("Retry-After", str(wait.seconds))
            self.ask("wait", wait.seconds)
        except CaseworkError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
            draw_message(self, 503, "content_gone", self.language)
        else:
            if held is not None:
                return held
            self.set_status(NOT_FOUND)
            self.ask("unknown", typed=code)
        return None

    def ask(self, problem: str = "", number: int = 0, typed: str = "") -> None:
        """Ask for a code."""
        token = self.xsrf_token.decode()
        told = {"problem": problem, "number": number, "typed": typed[:20], "languages": languages()}
        draw(self, "join.html", self.language, xsrf=token, **told)

    async def who(self, held: HeldRoom) -> Device | None:
        """Return the device that joined this room; None for any other, and for one that is to be asked first."""
        device = await find_device(self)
        joined = device is not None and device.learner_id in held.state.members
        return device if joined and was_asked(self) else None

    async def joined(self, code: str) -> tuple[HeldRoom, Device] | None:
        """Return the room of a code and the device that joined it; else answer, or lead to where one joins."""
        held = await self.find(code)
        if held is None:
            return None
        device = await self.who(held)
        if device is None:
            self.redirect(self.site.url(f"join/{held.code}"))
            return None
        return held, device


class AskCode(RoomPage):
    """Where a code is typed."""

    def get(self) -> None:
        """Ask for it."""
        self.ask()

    async def post(self) -> None:
        """Lead on to the room's own page."""
        code = plain_code(self.get_body_argument("code", ""))[:12]
        if await self.find(code):
            self.redirect(self.site.url(f"join/{code}?language={self.language}"), status=303)


class Join(RoomPage):
    """Says what taking part means, and lets people in."""

    async def get(self, code: str) -> None:
        """Say it, and ask."""
        held = await self.find(code)
        if held is None:
            return
        if await self.who(held):
            self.redirect(self.site.url(f"room/{held.code}"))
        elif not await self._is_over(held):
            await self._show(held)

    async def post(self, code: str) -> None:
        """Let somebody in: whoever was here before, or somebody new."""
        held = await self.find(code)
        if held is None:
            return
        device = await find_device(self)
        if self.get_body_argument("who", "") != "same" and not has_signed_in(self):
            device = None
        if not (device and device.learner_id in held.state.members) and await self._is_over(held):
            return
        try:
            if device is None:
                device = await asyncio.to_thread(self.store.register_device)
            answer = await self._let_in(held, device)
        except CaseworkError as error:
            log.error("%s", error)  # noqa: TRY400  one sentence is enough
            draw_message(self, 503, "store", self.language)
            return
        if answer.refused is not None:
            draw_message(self, 503, "full", self.language)
        elif answer.unsaved is not None:
            draw_message(self, 503, "store", self.language)
        else:
            self._lead_on(held, device)

    async def _let_in(self, held: HeldRoom, device: Device) -> Answer:
        name = self.get_body_argument("name", "")[:LONGEST_NAME]
        await asyncio.to_thread(self.store.join_run, held.run, device.learner_id, name or None)
        answer = await held.join(device.learner_id, self.language)
        if answer.ack is not None and name.strip():
            await held.rename(device.learner_id, name)
        return answer

    def _lead_on(self, held: HeldRoom, device: Device) -> None:
        target = self.site.url(f"room/{held.code}")
        if self.get_body_argument("shared", "") and not is_shared(self):
            set_shared(self, device)
            draw(self, "mine-cleared.html", self.language, about="now_shared", next=target)
            self.set_header("Content-Security-Policy", CLEARING_POLICY)
            return
        set_here(self, device)
        self.redirect(target, status=303)

    async def _show(self, held: HeldRoom) -> None:
        device = await find_device(self)
        known = device is not None and not was_asked(self)
        if known and device:
            known = device.learner_id in held.state.members or await asyncio.to_thread(
                self.store.has_work, device.learner_id
            )
        draw(
            self,
            "join-room.html",
            self.language,
            xsrf=self.xsrf_token.decode(),
            code=held.code,
            convener=held.run.convener,
            floor=held.run.floor,
            days=held.run.keep_days,
            plain=self.request.protocol != "https",
            known=known,
            here=device is not None,
            shared=is_shared(self),
            languages=languages(),
        )

    async def _is_over(self, held: HeldRoom) -> bool:
        """Return whether nobody joins any more, having said so."""
        device = await find_device(self)
        if held.state.led.phase != "ended" or (device and device.learner_id in held.state.members):
            return False
        draw_message(self, 410, "over", self.language)
        return True


class Shell(RoomPage):
    """An HTML shell: its script does the rest."""

    def show(self, held: HeldRoom, page: str, language: str, **values: object) -> None:
        """Draw the shell of a page."""
        draw(
            self,
            "room.html",
            language,
            title=words(language)["site.room_title" if page == "learner" else "site.screen_title"],
            page=page,
            code=held.code,
            run=held.run.id,
            socket=self.site.url(f"room/{held.code}/socket?as={page}"),
            convener=held.run.convener,
            languages=languages(),
            **values,
        )
        self.set_header("Content-Security-Policy", room_policy(self.request.host))


class Learner(Shell):
    """A learner's page."""

    async def get(self, code: str) -> None:
        """Show it to whoever joined; lead anybody else to the page where one does."""
        found = await self.joined(code)
        if found is None:
            return
        held, device = found
        language = held.state.members[device.learner_id].language
        name = held.company.names.get(device.learner_id)
        self.show(held, "learner", language, name=name, shared=is_shared(self), joins=[])


class Screen(Shell):
    """The page for a projector: only what is public."""

    async def get(self, code: str) -> None:
        """Show it to anyone who has the code."""
        if held := await self.find(code):
            self.show(held, "screen", self.language, joins=joins_of(self, held))


class Own(RoomPage):
    """One's own pages of this session, to take along."""

    async def get(self, code: str) -> None:
        """Give them to whoever joined."""
        found = await self.joined(code)
        if found is None:
            return
        held, device = found
        await held.recall(device.learner_id)
        earlier = held.company.earlier.get(device.learner_id)
        page: Any = await asyncio.to_thread(own_pages_of, held.room, held.state, device.learner_id, earlier)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{held.run.workbook}.html"')
        pack(self)
        self.write(page)
