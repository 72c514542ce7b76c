"""A room that goes on from an earlier one, over real sockets: everybody finds their own words, and nobody else's."""

from __future__ import annotations

import asyncio
import json

from casework.serve.keeping import erase_daily
from hall import WALK, at_the_pause, begins, gives, leads, played


async def next_month(hall, trainer, first):
    """Open a room that goes on from another."""
    room = await hall.opens(trainer, continues=first["id"])
    await trainer.enter(room["socket"])
    return room


async def comes_again(hall, guest, room):
    """Let somebody join another room on the same device."""
    assert (await guest.join(room["code"], who="same")).code == 303
    await hall.enters(guest, room)


def earlier(guest):
    return guest.shown.get(("earlier", WALK), {}).get("earlier")


async def twice(hall):
    """Return a trainer and three people in a room of their second month; what was written in the first is private."""
    trainer, first, people, _ = await hall.session()
    for number, one in enumerate(people):
        await one.acts(WALK, "write", prompt="notice", perspective="child", text=f"Month one, person {number}.")
    room = await next_month(hall, trainer, first)
    for one in people:
        one.heard.clear()
        await comes_again(hall, one, room)
    await begins(trainer)
    for one in people:
        await one.until(lambda one=one: at_the_pause(one) and earlier(one) is not None)
    return trainer, first, room, people


@played
async def test_everybody_finds_their_own_words_and_nobody_anothers(hall):
    async with hall.serving():
        trainer, _, room, people = await twice(hall)
        new = await hall.learner(room)
        screen = await hall.enters(hall.guest(listens=True), room, "screen")

        for number, one in enumerate(people):
            [told] = earlier(one)["notice/child"]
            others = [f"person {other}" for other in range(3) if other != number]
            assert told["text"] == f"Month one, person {number}."
            assert not any(other in frame for frame in one.heard for other in others)
        assert earlier(new) == {}
        later = trainer.heard[-20:]
        assert not any("Month one" in frame for frame in (*new.heard, *screen.heard, *later))


@played
async def test_it_is_told_once_and_not_with_every_step(hall):
    async with hall.serving():
        _, _, _, (ana, *_) = await twice(hall)

        await gives(ana, "Month two.")
        await ana.hear()

        assert sum("Month one" in frame for frame in ana.heard) == 1


@played
async def test_what_is_purged_is_gone_from_pages_that_are_open(hall):
    async with hall.serving():
        trainer, first, _, (ana, *_) = await twice(hall)
        desk = json.loads((await trainer.ask("GET", "group/desk")).body)

        answer = await trainer.ask("POST", f"rooms/{first['id']}/purge", {"_xsrf": desk["xsrf"], "page": "/"})
        await ana.until(lambda: earlier(ana) == {})

        assert answer.code == 303


@played
async def test_what_was_kept_long_enough_is_gone_from_pages_that_are_open(hall):
    async with hall.serving():
        _, first, _, (ana, *_) = await twice(hall)
        erasing = asyncio.create_task(erase_daily(Expiring(hall.store, first["id"]), hall.rooms))

        await ana.until(lambda: earlier(ana) == {})

        erasing.cancel()


class Expiring:
    """A store in which the days of one session are over."""

    def __init__(self, store, run_id):
        self.store, self.run_id = store, run_id

    def erase_expired(self):
        self.store.erase_run(self.run_id)


@played
async def test_who_was_erased_leaves_nothing_in_memory(hall):
    async with hall.serving():
        _, _, room, (ana, *_) = await twice(hall)
        held = await hall.rooms.hold(room["id"])
        [who] = [who for who, told in held.company.earlier.items() if "person 0" in str(told)]

        hall.store.erase_learner(who)
        await held.forget(who)

        assert who not in held.company.earlier
        assert ana.bye == "erased" or await ana.until(lambda: ana.bye == "erased") is None


@played
async def test_it_is_there_after_the_server_began_anew(hall):
    async with hall.serving():
        _, _, room, (ana, *_) = await twice(hall)
        cookies = ana.cookies
    async with hall.serving():
        again = await hall.enters(hall.guest(cookies=cookies), room)
        assert earlier(again)["notice/child"][0]["text"] == "Month one, person 0."


@played
async def test_ones_own_pages_hold_the_earlier_ones_with_their_day(hall):
    async with hall.serving():
        trainer, _, room, (ana, *_) = await twice(hall)
        await gives(ana, "Month two.")
        await leads(trainer, "end")

        page = (await ana.ask("GET", f"room/{room['code']}/mine")).body.decode()

        assert "Month two." in page
        assert "Month one, person 0." in page
        assert page.index("Month two.") < page.index("Month one, person 0.")
        assert "person 1" not in page
