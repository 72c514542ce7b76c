"""The rooms that a server holds open: each is rebuilt from the store when somebody first asks for it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from casework.activity.acts import Entry
from casework.activity.codes import JOINING, plain_code
from casework.content import Folder
from casework.errors import CaseworkError, StoreError
from casework.live.agenda import FolderResolve
from casework.live.protocol import Bye
from casework.live.room import Room
from casework.live.state import Terms
from casework.serve.rooms.held import HeldRoom
from casework.serve.rooms.limits import Guesses, Heads, Limits
from casework.store import Visit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from casework.activity.sharing import Audience
    from casework.store import Device, Run, Store

log = logging.getLogger("casework")


class TooManyTries(Exception):  # noqa: N818  an answer
    """Wrong codes came from this address; it has to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait for {seconds} seconds")
        self.seconds = seconds


class Registry:
    """The rooms of a server.

    Parameters
    ----------
    folder : Path
        The folder of workbooks.
    store : Store
        Where everything is kept.
    hosts : sequence of str
        The addresses of this computer that phones reach, the likeliest first.
    limits : Limits, optional
        How much of anything is allowed.
    """

    def __init__(self, folder: Path, store: Store, hosts: Sequence[str] = (), limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.hosts, self.port = tuple(hosts), 0
        self.guesses = Guesses()
        self.heads = Heads(self.limits.sockets)
        self._folder, self._store = folder, store
        self._held: dict[str, HeldRoom] = {}
        self._codes: dict[str, str] = {}
        self._opening = asyncio.Lock()

    def count(self) -> int:
        """Return how many rooms are held."""
        return len(self._held)

    async def find(self, code: str, address: str, who: str | None = None) -> HeldRoom | None:
        """Return the room that a code opens, however it was typed; None for any other.

        Parameters
        ----------
        code : str
            What was typed.
        address : str
            From where; wrong codes are counted for it.
        who : str, optional
            Who asks, where a cookie says so. Whoever joined the room comes back to it, whatever others at the same
            address tried: else one of them could keep a whole group out.

        Raises
        ------
        TooManyTries
            If too many wrong codes came from there.
        """
        plain = plain_code(code)[: JOINING + 1]
        run_id = self._codes.get(plain)
        wait = self.guesses.wait(address)
        if wait and not (run_id in self._held and who in self._held[run_id].state.members):
            raise TooManyTries(wait)
        if run_id is None and len(plain) == JOINING:
            door = await asyncio.to_thread(self._store.find_door, plain)
            run_id = door[0].id if door and door[1] == "learner" else None
        if run_id is None:
            self.guesses.wrong(address)
            return None
        return await self.hold(run_id)

    async def hold(self, run_id: str) -> HeldRoom:
        """Return a group's room, rebuilt from the store if need be; raise `CaseworkError` if it cannot be."""
        async with self._opening:
            if run_id not in self._held:
                self._let_go()
                held = await asyncio.to_thread(self._rebuild, run_id)
                held.begin()
                self._held[run_id] = held
                if held.code:
                    self._codes[held.code] = run_id
            return self._held[run_id]

    def _rebuild(self, run_id: str) -> HeldRoom:
        store = self._store
        run = store.find_run(run_id)
        if run.learner_id is not None or run.floor is None:
            raise StoreError("This session is no group's.")
        try:
            code = store.join_code(run)
        except StoreError:  # it is closed; its trainer may still look at it
            code = None
        widest: Audience = run.widest  # type: ignore[assignment]
        terms = Terms(run.convener, store.room_secret(run), run.floor, widest)
        room = Room(terms, FolderResolve(Folder(self._folder)))
        state = room.fold(Entry(who, event) for _, who, event in store.room_entries(run))
        people = store.participants(Visit("", "", "trainer", run.id), run)
        names = {one.learner_id: one.name for one in people if one.name}
        return HeldRoom(
            run, room, state, code=code, names=names, store=store, limits=self.limits, goes_on=store.goes_on(run)
        )

    def _let_go(self) -> None:
        """Make room for one more: let go of rooms that nobody is in; they are rebuilt when somebody asks for them."""
        idle = [one for one in self._held.values() if not one.lines]
        for one in idle[: max(0, len(idle) - self.limits.idle)]:
            self.drop(one.run)
        if len(self._held) >= self.limits.rooms + self.limits.idle:
            raise CaseworkError("This server holds as many rooms as it can. Close one, and try again.")

    def drop(self, run: Run, why: str | None = None) -> None:
        """Let go of a room; if there is a reason, its pages are told."""
        held = self._held.pop(run.id, None)
        if held is None:
            return
        self._codes.pop(held.code or "", None)
        if why:
            held.end(why)
        else:
            held.stop()

    async def forget(self, learner: str) -> None:
        """Let every room forget somebody who was erased."""
        for held in list(self._held.values()):
            await held.forget(learner)

    async def recall(self) -> None:
        """Let every room read anew what its people did in earlier sessions, of which one was erased."""
        for held in list(self._held.values()):
            await held.recall(*held.company.earlier)

    def send_away(self, device: Device, *, everywhere: bool) -> None:
        """Close the pages of a device whose person leaves it, or of all their devices."""
        for held in self._held.values():
            for line in held.lines_of(device.learner_id):
                if everywhere or line.device == device.token:
                    held.send_away(line, Bye(bye="erased" if everywhere else "elsewhere"))

    async def finish(self) -> None:
        """Let every room answer what waits still, and close its pages."""
        await asyncio.gather(*(held.finish() for held in self._held.values()))
