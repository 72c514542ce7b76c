"""How much of anything a room takes: messages, people, sockets, wrong codes."""

from __future__ import annotations

import time

import pytest

from casework.errors import CaseworkError
from casework.live.frames import LONGEST_FRAME
from casework.serve.rooms.limits import FREE_GUESSES, LOCKED_SECONDS, LOCKING_GUESS, Bucket, Guesses, Limits
from hall import gives, played


@played
async def test_a_frame_that_is_too_long_closes_its_page_alone(hall):
    async with hall.serving():
        _, _, (ana, ben, _), _ = await hall.session()

        ana.say("x" * (LONGEST_FRAME + 2_000))
        await ana.until(lambda: ana.closed)
        await gives(ben, "Still here.")

        assert not ben.closed


@played
async def test_a_page_that_floods_the_room_is_sent_away_and_the_others_go_on(hall):
    hall.limits = Limits(per_second=1, at_once=40)
    async with hall.serving():
        _, _, (ana, ben, _), _ = await hall.session()

        for number in range(100):
            ana.say({"ping": number})
        await ana.until(lambda: ana.closed)
        await gives(ben, "Still here.")

        assert ana.bye == "too-much"


@played
async def test_a_room_takes_no_more_people_than_it_can_hold(hall):
    hall.limits = Limits(people=2)
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        first = [await hall.learner(room) for _ in range(2)]

        third = hall.guest()
        answer = await third.join(room["code"])

        assert answer.code == 503
        assert not any(each.closed for each in first)
        assert len(hall.rooms._held[room["id"]].state.members) == 2


@played
async def test_an_address_holds_no_more_sockets_than_it_may(hall):
    hall.limits = Limits(sockets=2)
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        screens = [await hall.enters(hall.guest(), room, "screen") for _ in range(2)]

        third = hall.guest()
        await third.enter(f"room/{room['code']}/socket?as=screen", hello=False)
        await third.until(lambda: third.closed)
        screens[0].leave()
        await screens[0].until(lambda: screens[0].closed)

        assert third.bye == "too-much"
        assert not screens[1].closed


@played
async def test_wrong_codes_are_slowed_and_then_even_a_right_one_waits(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        guest = hall.guest()

        codes = [(await guest.ask("GET", f"join/{'A' * 5}{letter}")).code for letter in "34679ACDEFH"]
        waiting = await guest.ask("GET", f"join/{room['code']}")

        assert codes == [404] * FREE_GUESSES + [429]
        assert waiting.code == 429
        assert int(waiting.headers["Retry-After"]) >= 1


def test_wrong_codes_lock_an_address_for_a_while_and_nobody_else():
    now = [0.0]
    guesses = Guesses(lambda: now[0])

    for _ in range(LOCKING_GUESS):
        guesses.wrong("here")
    locked, elsewhere = guesses.wait("here"), guesses.wait("there")
    now[0] = LOCKED_SECONDS + 1

    assert LOCKED_SECONDS <= locked <= LOCKED_SECONDS + 1
    assert elsewhere == 0
    assert guesses.wait("here") == 0


@played
async def test_wrong_codes_keep_nobody_out_who_has_joined(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        ana = await hall.learner(room)
        for _ in range(LOCKING_GUESS):
            hall.rooms.guesses.wrong("127.0.0.1")

        ana.leave()
        page = await ana.ask("GET", f"room/{room['code']}")
        await hall.enters(ana, room)
        stranger = await hall.guest().ask("GET", f"join/{room['code']}")

        assert page.code == 200
        await ana.until(lambda: ("where", None) in ana.shown)
        assert stranger.code == 429


@played
async def test_a_right_code_makes_up_for_no_wrong_one(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        for _ in range(LOCKING_GUESS - 1):
            hall.rooms.guesses.wrong("elsewhere")

        hall.rooms.guesses.clock = lambda: 1e9
        assert await hall.rooms.find(room["code"], "elsewhere")
        hall.rooms.guesses.clock = time.monotonic
        hall.rooms.guesses.wrong("elsewhere")

        assert hall.rooms.guesses.wait("elsewhere") >= LOCKED_SECONDS - 1


def test_a_page_may_send_at_once_what_it_kept_and_then_at_its_pace():
    now = [0.0]
    bucket = Bucket(2, 5, lambda: now[0])

    at_once = [bucket.take() for _ in range(6)]
    now[0] = 1.0
    later = [bucket.take() for _ in range(3)]

    assert at_once == [True] * 5 + [False]
    assert later == [True, True, False]


@played
async def test_rooms_that_nobody_is_in_are_let_go_of_and_found_again(hall):
    hall.limits = Limits(idle=1)
    async with hall.serving():
        rooms = [await hall.opens(await hall.trainer()) for _ in range(4)]
        for each in rooms:
            await hall.rooms.hold(each["id"])
        assert hall.rooms.count() == 2

        ana = await hall.learner(rooms[0])
        await hall.rooms.hold(rooms[1]["id"])

        assert not ana.closed
        assert set(hall.rooms._held) >= {rooms[0]["id"], rooms[1]["id"]}


@played
async def test_a_server_holds_no_more_rooms_with_people_than_it_can(hall):
    hall.limits = Limits(rooms=1, idle=0)
    async with hall.serving():
        first, second = [await hall.opens(await hall.trainer()) for _ in range(2)]
        ana = await hall.learner(first)

        with pytest.raises(CaseworkError, match="as many rooms as it can"):
            await hall.rooms.hold(second["id"])

        assert not ana.closed
