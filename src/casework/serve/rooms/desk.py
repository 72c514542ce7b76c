"""What a trainer's page asks the server: which rooms there are, how people join, where the links are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from casework.activity.codes import spoken_code
from casework.activity.seeing import FLOOR, LOWEST_FLOOR
from casework.content.words import languages, words
from casework.errors import CaseworkError
from casework.live.invitation import WEB_PORTS, join_address, qr_svg, written_address
from casework.serve.pages import Page, preferred_language
from casework.serve.rooms.keys import find_trainer, room_key

if TYPE_CHECKING:
    from casework.serve.rooms.held import HeldRoom
    from casework.serve.rooms.keys import Trainer
    from casework.serve.rooms.registry import Registry
    from casework.store import GroupRun, Store

FORBIDDEN = 403
_NEAR = {"localhost", "127.0.0.1", "::1"}


class TrainerPage(Page):
    """Something that trainers alone may ask."""

    trainer: Trainer

    async def prepare(self) -> None:
        """Refuse anyone without a trainer's cookie."""
        self.set_header("Cache-Control", "no-store")
        found = await find_trainer(self)
        if found is None:
            self.refuse(FORBIDDEN, "group.not_trainer")
        else:
            self.trainer = found

    @property
    def registry(self) -> Registry:
        """The server's rooms."""
        registry: Registry = self.settings["casework"].rooms
        return registry

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.site.store

    def refuse(self, status: int, why: str) -> None:
        """Answer with one sentence."""
        self.set_status(status)
        self.finish({"why": words(preferred_language(self))[why]})


class Desk(TrainerPage):
    """What a trainer's page needs to know."""

    async def get(self) -> None:
        """Tell it."""
        run_id = self.get_argument("room", "")
        runs = await asyncio.to_thread(self.store.group_runs, self.trainer.id)
        room = next((each for each in runs if each.run.id == run_id), None)
        self.write(
            {
                "xsrf": self.xsrf_token.decode(),
                "mayOpen": self.trainer.may_open,
                "floor": FLOOR,
                "lowestFloor": LOWEST_FLOOR,
                "languages": list(languages()),
                "rooms": [_listed(each) for each in runs],
                "room": await self._room(room) if room else None,
            }
        )

    async def _room(self, listed: GroupRun) -> dict[str, Any]:
        run = listed.run
        try:
            held = await self.registry.hold(run.id)
        except CaseworkError as error:
            return {**_listed(listed), "trouble": str(error)}
        key = room_key(self.settings["cookie_secret"], run.id)
        return {
            **_listed(listed),
            "code": held.code,
            "spoken": spoken_code(held.code) if held.code else None,
            "joins": joins_of(self, held),
            "socket": self.site.url(f"room/{run.id}/socket?as=trainer"),
            "screen": self.site.url(f"screen/{held.code}") if held.code else None,
            "link": f"{self._place()}{self.site.url('lead/' + key)}",
            "keepDays": run.keep_days,
        }

    def _place(self) -> str:
        """Return this server as another laptop reaches it."""
        host, port = places_of(self)[0]
        return join_address(host, port, "", scheme=self.request.protocol).removesuffix("/join/")


def _listed(each: GroupRun) -> dict[str, Any]:
    return {
        "id": each.run.id,
        "workbook": each.run.workbook,
        "convener": each.run.convener,
        "floor": each.run.floor,
        "openedAt": each.opened_at.isoformat(),
        "people": each.people,
        "closed": each.closed_at is not None,
        "continues": each.continues,
    }


def joins_of(page: Page, held: HeldRoom) -> list[dict[str, str]]:
    """Return the addresses at which people join a room, the likeliest first: written out, and as a QR code."""
    if held.code is None:
        return []
    title = words(preferred_language(page))["site.join_title"]
    found = []
    for host, port in places_of(page):
        address = join_address(host, port, held.code, base_url=page.site.base_url, scheme=page.request.protocol)
        written = written_address(address)
        short = written.rpartition("/")[0]
        found.append({"address": address, "written": written, "short": short, "qr": qr_svg(address, title)})
    return found


def places_of(page: Page) -> list[tuple[str, int]]:
    """Return the hosts and ports at which other devices reach this server, the likeliest first.

    An address by which the trainer came is one of them, unless it is this computer's name for itself; it is the only
    one if they came through a proxy.
    """
    registry: Registry = page.settings["casework"].rooms
    asked = urlsplit(f"//{page.request.host}")
    own = asked.hostname or "localhost", asked.port or WEB_PORTS[page.request.protocol]
    known = [(host, registry.port) for host in registry.hosts]
    if own in known or (own[0] in _NEAR and known):
        return known
    if own[1] != registry.port:  # a proxy stands in front, and leads here from elsewhere
        return [own]
    return [own, *known]
