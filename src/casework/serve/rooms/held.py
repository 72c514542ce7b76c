"""One room, held in memory: what its people ask for is stored, then folded, then shown, in this order.

Requests wait in a queue. All that wait are decided one after the other, stored in one transaction, and only then
acknowledged and shown, so that nothing is seen that could still be lost, and many at once cost one write.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING, Any

from casework.activity.acts import Entry
from casework.content.words import languages
from casework.errors import CaseworkError, Refused, StoreError
from casework.live.earlier import Earlier
from casework.live.protocol import Act, Answer, Bye, Plan
from casework.live.showing import touched, welcome
from casework.live.state import Company, Visitor
from casework.serve.rooms.telling import Telling
from casework.serve.rooms.wish import Wish, decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.live.room import Room
    from casework.live.state import RoomState
    from casework.serve.rooms.limits import Limits
    from casework.serve.rooms.line import Line
    from casework.store import Run, Store

log = logging.getLogger("casework")

AT_ONCE = 64
"""How many requests are stored together; others wait a few milliseconds more."""

SLICE = 0.008
"""For how many seconds pages are drawn before others have their turn."""

MOST_WAITING = 16
"""How many frames may wait for a slow connection before it is shown less often."""

LAST_SECONDS = 3.0
"""For how long a server that stops goes on answering."""


class HeldRoom:
    """One room, held in memory.

    Parameters
    ----------
    run : Run
        The group's run.
    room : Room
        Its rules.
    state : RoomState
        What happened in it so far.
    code : str or None
        With which people join; None once it is closed.
    names : Mapping[str, str]
        What people call themselves.
    store : Store
        Where it is kept.
    limits : Limits
        How much of anything it takes.
    goes_on : bool, optional
        Whether it goes on from an earlier session, in which some may have been.
    """

    def __init__(  # noqa: PLR0913  what a room is made of
        self,
        run: Run,
        room: Room,
        state: RoomState,
        *,
        code: str | None,
        names: Mapping[str, str],
        store: Store,
        limits: Limits,
        goes_on: bool = False,
    ) -> None:
        self._goes_on = goes_on
        self.run, self.code, self.room, self.state, self.limits = run, code, room, state, limits
        self.company = Company(dict(names))
        self._store = store
        self._telling = Telling(room)
        self._lines: dict[str, dict[Line, None]] = defaultdict(dict)
        self._others: dict[Line, None] = {}
        self._wishes: asyncio.Queue[Wish] = asyncio.Queue()
        self._changing = asyncio.Lock()
        self._stale: dict[Line, None] = {}
        self._waking = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Begin to take what people ask for."""
        self._tasks = [asyncio.create_task(self._keep_storing()), asyncio.create_task(self._keep_showing())]

    # -- pages ------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[Line]:
        """Every open page."""
        return [*self._others, *(line for lines in self._lines.values() for line in lines)]

    def lines_of(self, learner: str) -> list[Line]:
        """Return the open pages of one person."""
        return list(self._lines.get(learner, ()))

    def enter(self, line: Line) -> Bye | None:
        """Let a page in; where there is no room for it, say so."""
        visitor = line.visitor
        if visitor.role == "learner":
            mine = self._lines[visitor.id]
            mine[line] = None
            if len(mine) > self.limits.pages:
                self.send_away(next(iter(mine)), Bye(bye="elsewhere"))
            self._tell_who_is_here()
            return None
        same_role = [each for each in self._others if each.visitor.role == visitor.role]
        if len(same_role) >= self.limits.screens:
            return Bye(bye="full")
        self._others[line] = None
        return None

    def leave(self, line: Line) -> None:
        """Let a page go."""
        self._stale.pop(line, None)
        self._others.pop(line, None)
        mine = self._lines.get(line.visitor.id, {})
        if line in mine:
            del mine[line]
            if not mine:
                del self._lines[line.visitor.id]
            self._tell_who_is_here()

    def send_away(self, line: Line, bye: Bye) -> None:
        """Tell a page that it is not to come back by itself, and close it."""
        line.tell(bye)
        self.leave(line)
        line.close()

    def greet(self, line: Line, language: str) -> None:
        """Answer a page's hello, and show it all that it is to show."""
        line.visitor = replace(line.visitor, language=language)
        line.greeted = True
        with line.together():
            line.tell(welcome(self.room, self.state, line.visitor))
            self._show(line)

    def _tell_who_is_here(self) -> None:
        self.company = replace(self.company, connected=frozenset(self._lines))
        self._mark(line for line in self._others if line.visitor.role == "trainer")

    def call(self, who: str, name: str) -> None:
        """Let somebody be called by a name."""
        if self.company.names.get(who) != name:
            self.company = replace(self.company, names={**self.company.names, who: name})
            self._mark(self.lines)

    async def rename(self, who: str, name: str) -> None:
        """Keep the name that somebody gives, and call them by it."""
        await asyncio.to_thread(self._store.join_run, self.run, who, name)
        kept = await asyncio.to_thread(self._store.room_name, self.run, who)
        if kept:
            self.call(who, kept)

    async def recall(self, *people: str) -> None:
        """Read anew what some people did in the sessions that this one goes on from, for their own pages."""
        if not self._goes_on:
            return
        for who in people:
            done = await asyncio.to_thread(self._store.room_earlier, self.run, who)
            self.company = replace(self.company, earlier={**self.company.earlier, who: Earlier.of(done)})
            self._mark(self.lines_of(who))

    # -- what people ask for ----------------------------------------------------------------------

    def ask(self, line: Line, message: Any) -> None:  # noqa: ANN401  one of the protocol's messages with an id
        """Take what a page asks for; it is answered once that is on disk, or refused."""
        place = message.place if isinstance(message, Act) else None
        wish_id = str(message.intent.get("id", "")) if isinstance(message, Act) else message.id
        visitor = line.visitor

        def make(state: RoomState) -> Entry | None:
            if self.room.knows(state, visitor, wish_id):
                return None
            return self.room.decide(state, visitor, message, datetime.now(UTC))

        def tell(answer: Answer) -> None:
            line.tell(answer.model_copy(update={"place": place}) if place else answer)

        warm = (lambda: self._warm(message)) if isinstance(message, Plan) else None
        self._wishes.put_nowait(Wish(visitor, wish_id, make, tell, line, warm))

    async def join(self, learner: str, language: str) -> Answer:
        """Let a learner in, or let them change their language; return what came of it."""
        visitor = Visitor(learner, "learner", language)
        told: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def make(state: RoomState) -> Entry | None:
            if learner not in state.members and len(state.members) >= self.limits.people:
                raise Refused("full")
            return self.room.join(state, visitor, language, datetime.now(UTC))

        def tell(answer: Answer) -> None:
            if not told.done():
                told.set_result(answer)

        self._wishes.put_nowait(Wish(visitor, f"join/{learner}", make, tell))
        return await told

    def _warm(self, plan: Plan) -> None:
        """Read and draw what an agenda names, so that opening it costs no time; what is wrong, the rules say."""
        for item in plan.agenda:
            for language in languages():
                with suppress(CaseworkError):
                    self.room.resolve(item, language).page()

    async def _keep_storing(self) -> None:
        while True:
            wishes = [await self._wishes.get()]
            while len(wishes) < AT_ONCE and not self._wishes.empty():
                wishes.append(self._wishes.get_nowait())
            async with self._changing:
                try:
                    await self._grant(wishes)
                except Exception:
                    log.exception("A room could not take what was asked of it")
                    for wish in wishes:
                        wish.tell(wish.unsaved("saved.trouble"))
            for _ in wishes:
                self._wishes.task_done()

    async def _grant(self, wishes: list[Wish]) -> None:
        """Decide some requests one after the other, store what comes of them, and answer and show it only then."""
        for wish in wishes:
            if wish.warm:
                await asyncio.to_thread(wish.warm)
        granted, repeated, after = decide(self.room, self.state, wishes)
        failed: dict[tuple[str, str], StoreError] = {}
        if granted:
            rows = [(wish.visit(self.run), self.run, entry.event) for wish, entry in granted]
            whys = await asyncio.to_thread(self._store.append_all, rows)
            failed = {(wish.who.id, wish.id): why for (wish, _), why in zip(granted, whys, strict=True) if why}
        stored = [entry for wish, entry in granted if (wish.who.id, wish.id) not in failed]
        before, self.state = self.state, reduce(self.room.apply, stored, self.state) if failed else after
        shown = self._answer([wish for wish, _ in granted] + repeated, failed)
        floor = self.room.terms.floor
        for who in dict.fromkeys(entry.who for entry in stored):
            self._mark(line for line in self._touched(touched(before, self.state, who, floor)) if line not in shown)
        if failed:
            await self._look_who_is_gone({who for who, _ in failed})

    def _answer(self, wishes: Iterable[Wish], failed: Mapping[tuple[str, str], StoreError]) -> set[Line]:
        """Say what came of some requests; return the pages that were shown it before."""
        shown: set[Line] = set()
        for wish in wishes:
            why = failed.get((wish.who.id, wish.id))
            if why:
                log.error("%s", why)
            answer = wish.unsaved("saved.store") if why else Answer(ack=wish.id)
            if why or wish.line is None or wish.line in shown:
                wish.tell(answer)
                continue
            shown.add(wish.line)
            with wish.line.together():
                self._show(wish.line)
                wish.tell(answer)
        return shown

    # -- showing ----------------------------------------------------------------------------------

    def _touched(self, whose: frozenset[str] | None) -> Iterable[Line]:
        if whose is None:
            return self.lines
        mine = (line for who in whose for line in self._lines.get(who, ()))
        return [*(line for line in self._others if line.visitor.role == "trainer"), *mine]

    def _mark(self, lines: Iterable[Line]) -> None:
        """Let some pages be shown what is new."""
        self._stale.update((line, None) for line in lines if line.greeted)
        self._waking.set()

    async def _keep_showing(self) -> None:
        while True:
            await self._waking.wait()
            self._waking.clear()
            since = time.perf_counter()
            while self._stale:
                line = next(iter(self._stale))
                del self._stale[line]
                if line.visitor.role != "learner" and (pause := line.pause()):  # others have their turn
                    asyncio.get_running_loop().call_later(pause, self._mark, (line,))
                else:
                    self._show(line)
                if time.perf_counter() - since > SLICE:
                    await asyncio.sleep(0)
                    since = time.perf_counter()

    def _show(self, line: Line) -> None:
        if line.waiting > MOST_WAITING:  # a slow connection: it is shown what is true when it is ready again
            line.behind = True
            return
        if line.visitor.role == "learner" and line.visitor.id not in self.state.members:
            return
        since = time.perf_counter()
        try:
            line.show(self._telling.frames(self.state, self.company, line.visitor))
        except Exception:
            log.exception("A page of a room could not be drawn")
        if line.visitor.role != "learner":
            line.rest_after(time.perf_counter() - since)

    def show_now(self, line: Line) -> None:
        """Show a page what waits to be shown to it, so that whoever asks if we are there hears it first."""
        if self._stale.pop(line, self) is None:
            self._show(line)

    def catch_up(self, line: Line) -> None:
        """Show a page what it missed while its connection was slow."""
        line.behind = False
        self._mark((line,))

    # -- ends -------------------------------------------------------------------------------------

    async def forget(self, learner: str) -> None:
        """Let go of somebody who was erased, and of everything that they did."""
        if learner not in self.state.members:
            return
        async with self._changing:
            rows = await asyncio.to_thread(self._store.room_entries, self.run)
            self.state = self.room.fold(Entry(who, event) for _, who, event in rows)
        self.company = self.company.without(learner)
        for line in self.lines_of(learner):
            self.send_away(line, Bye(bye="erased"))
        self._mark(self.lines)

    async def _look_who_is_gone(self, people: set[str]) -> None:
        """Find out whether what could not be stored belongs to somebody, or to a room, that was erased."""
        try:
            here = await asyncio.to_thread(self._store.room_people, self.run)
        except StoreError:
            return
        if here is None:
            self.end("erased")
            return
        for who in (people & self.state.members.keys()) - here:
            asyncio.get_running_loop().create_task(self.forget(who))

    def end(self, why: str) -> None:
        """Send every page away, and take nothing more."""
        for line in self.lines:
            self.send_away(line, Bye.model_validate({"bye": why}))
        self.stop()

    def stop(self) -> None:
        """Take nothing more."""
        for task in self._tasks:
            task.cancel()

    async def finish(self) -> None:
        """Answer what waits still, as a server does that stops; pages come back by themselves."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wishes.join(), LAST_SECONDS)
        for line in self.lines:
            line.close()
        self.stop()
