"""Groups over real sockets: who may do and read what, whatever a page sends; and how much of it."""

from __future__ import annotations

import json
import re

import pytest
from tornado.httpclient import HTTPClientError

from casework.store import Visit
from hall import PAGE, WALK, board, cards, gives, leads, played

TRAINERS = [
    {"do": "start"},
    {"do": "open", "place": WALK},
    {"do": "reveal", "place": WALK, "form": "notice"},
    {"do": "end"},
    {"do": "plan", "agenda": []},
    {"do": "move", "place": WALK, "deed": {"do": "start"}},
]
NOT_A_MESSAGE = ["", "nonsense", "[]", "null", "{}", '{"do": "end"}', '{"hello": 99999}', "[" * 20_000, b"\xff\xfe"]


@played
async def test_a_role_comes_from_a_cookie_and_never_from_a_message(hall):
    async with hall.serving():
        trainer, room, (ana, *_), screen = await hall.session()
        before = trainer.where

        for guest in (ana, screen):
            for message in TRAINERS:
                guest.say({"id": "c" * 32, **message})
            guest.say({"hello": 1, "language": "en", "role": "trainer"})
            await guest.hear()

        assert ana.answers["c" * 32].keys() == {"refused", "why"}
        assert trainer.where == before
        assert hall.store.led(_reader(room), hall.store.find_run(room["id"]))[-1][1].body["do"] == "move"
        assert not {frame for each in (ana, screen) for frame in each.heard if "roster" in frame}


def _reader(room):
    return Visit("", "", "trainer", room["id"])


@pytest.mark.parametrize("role", ["trainer", "learner", "owner", ""])
@played
async def test_a_page_that_no_cookie_speaks_for_reads_nothing(hall, role):
    async with hall.serving():
        _, room, (ana, *_), _ = await hall.session()
        stranger = hall.guest(listens=True)
        other = hall.guest(cookies=ana.cookies, listens=True)

        for guest, asked in ((stranger, role), (other, role.replace("learner", "trainer"))):
            await guest.enter(f"room/{room['code']}/socket?as={asked}", hello=False)
            guest.say({"hello": 1, "language": "en"})
            await guest.until(lambda guest=guest: guest.closed)

        assert [json.loads(frame) for frame in (*stranger.heard, *other.heard)] == [{"bye": "unknown", "why": ""}] * 2


@played
async def test_a_trainer_of_one_room_is_nobody_in_another(hall):
    async with hall.serving():
        one, two = await hall.trainer(), await hall.trainer()
        room = await hall.opens(one)
        form = {"_xsrf": (await _token(two)), "page": PAGE}

        answers = [await two.ask("POST", f"rooms/{room['id']}/{deed}", form) for deed in ("close", "purge")]
        for place in (room["socket"], f"room/{room['code']}/socket?as=trainer"):
            await two.enter(place, hello=False)
            await two.until(lambda: two.closed)

        assert [answer.code for answer in answers] == [404, 404]
        assert two.bye == "unknown"
        assert await hall.desk(two, room["id"]) is None


async def _token(trainer):
    return json.loads((await trainer.ask("GET", "group/desk")).body)["xsrf"]


@played
async def test_a_trainer_cookie_that_was_made_up_is_none(hall):
    async with hall.serving():
        guest = await hall.learner(await hall.opens(await hall.trainer()), enters=False)
        guest.cookies["casework-trainer"] = "o" + guest.cookies["casework-device"]

        assert (await guest.ask("GET", "group/desk")).code == 403


@pytest.mark.parametrize("key", ["", "x" * 43, "a" * 32 + "." + "x" * 43, "." * 20])
@played
async def test_a_key_that_was_made_up_leads_nowhere(hall, key):
    async with hall.serving():
        guest = hall.guest()

        answer = await guest.ask("GET", f"lead/{key}")

        assert answer.code == 404
        assert "casework-trainer" not in guest.cookies


@played
async def test_a_trainer_link_leaves_no_key_in_the_address(hall):
    async with hall.serving():
        guest = await hall.trainer()
        answer = await guest.ask("GET", "group/desk")

        assert answer.code == 200
        assert (await hall.guest().ask("GET", "group/desk")).code == 403


@played
async def test_a_link_of_one_room_opens_no_others(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        guest = hall.guest()
        await guest.ask("GET", "lead/" + room["link"].partition("/lead/")[2])
        form = {"_xsrf": await _token(guest), "workbook": "small", "convener": "Me", "floor": "3", "page": PAGE}

        answer = await guest.ask("POST", "rooms", form)

        assert answer.code == 403
        assert (await hall.desk(guest, room["id"]))["id"] == room["id"]


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1:1", "file://"])
@played
async def test_pages_of_other_sites_are_refused(hall, origin):
    async with hall.serving():
        _, room, (ana, *_), _ = await hall.session()
        other = hall.guest(cookies=ana.cookies)

        with pytest.raises(HTTPClientError, match="403"):
            await other.enter(f"room/{room['code']}/socket?as=learner", origin=origin)


@played
async def test_forms_without_their_token_are_refused(hall):
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer)

        codes = [
            (await trainer.ask("POST", path, {"page": PAGE})).code
            for path in ("rooms", f"rooms/{room['id']}/close", f"join/{room['code']}", "join")
        ]

        assert codes == [403] * 4


@played
async def test_what_is_no_message_is_refused_and_harms_nobody(hall):
    async with hall.serving():
        trainer, _, (ana, ben, _), screen = await hall.session()

        for each in (ana, screen, trainer):
            for frame in NOT_A_MESSAGE[:-1]:
                each.say(frame)
        await gives(ben, "Still here.")
        await ana.until(lambda: ana.bye or "" in ana.answers)

        assert "" in ana.answers
        assert "Still here." in ben.state(WALK)["responses"]["notice/child"]["text"]


@played
async def test_a_page_of_another_version_is_told_so(hall):
    async with hall.serving():
        _, room, _, _ = await hall.session()
        told = []
        for version in (2, 1000):
            guest = hall.guest()
            await guest.enter(f"room/{room['code']}/socket?as=screen", hello=False)
            guest.say({"hello": version, "language": "en"})
            await guest.until(lambda guest=guest: guest.closed)
            told.append(guest.bye)

        assert told == ["older", "older"]


@played
async def test_nothing_is_shown_before_a_page_says_hello(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        quiet = hall.guest(cookies=ana.cookies, listens=True)
        await quiet.enter(f"room/{room['code']}/socket?as=learner", hello=False)

        await leads(trainer, "close", place=WALK)
        quiet.say({"id": "d" * 32, "do": "cast", "place": WALK, "scene": "arrival", "choice": "sit"})
        await quiet.until(lambda: "d" * 32 in quiet.answers)

        assert len(quiet.heard) == 1


@played
async def test_a_page_stays_open_for_nobody_who_left_its_device(hall):
    async with hall.serving():
        _, room, (ana, ben, _), _ = await hall.session()
        phone = await hall.enters(hall.guest(cookies=ana.cookies), room)

        await ana.press("mine/clear", "mine/clear")
        await phone.until(lambda: phone.closed)

        assert phone.bye == "elsewhere"
        assert not ben.closed


@played
async def test_the_pages_of_a_room_run_no_script_but_ours(hall):
    async with hall.serving():
        _, room, (ana, *_), _ = await hall.session()

        for path in (f"room/{room['code']}", f"screen/{room['code']}"):
            answer = await ana.ask("GET", path)
            policy, page = answer.headers["Content-Security-Policy"], answer.body.decode()
            assert "default-src 'none'; script-src 'self';" in policy
            assert "unsafe" not in policy
            assert f"ws://127.0.0.1:{hall.port}" in policy
            assert not re.search(r"<script(?! type=\"module\" src=\"/casework/static/)", page)
            assert not re.search(r"\son\w+=|style=\"", page)


@played
async def test_a_name_cannot_leave_its_place_in_the_page(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer(), convener="'\"><b>x")
        guest = hall.guest()
        await guest.join(room["code"], '"><script>alert(1)</script>')

        pages = [(await guest.ask("GET", f"{path}/{room['code']}")).body.decode() for path in ("room", "screen")]

        assert not any("<script>alert" in page or "><b>" in page for page in pages)


@pytest.mark.parametrize(
    "change",
    [
        {"convener": "  "},
        {"floor": "2"},
        {"floor": "x"},
        {"floor": "²"},
        {"keep_days": "-1"},
        {"workbook": "other"},
        {"continues": "f" * 32},
    ],
)
@played
async def test_a_room_that_cannot_be_is_not_opened_and_the_reason_said(hall, change):
    async with hall.serving():
        trainer = await hall.trainer()
        form = {"_xsrf": await _token(trainer), "workbook": "small", "convener": "Ana", "floor": "3", "page": PAGE}

        answer = await trainer.ask("POST", "rooms", {**form, **change})

        assert answer.code == 400
        assert json.loads(answer.body)["why"]
        assert json.loads((await trainer.ask("GET", "group/desk")).body)["rooms"] == []


@pytest.mark.parametrize(
    "page", ["http://evil.example/", "//evil.example/x", "/voila/render/../../etc/passwd", "http://["]
)
@played
async def test_a_form_never_leads_elsewhere(hall, page):
    async with hall.serving():
        trainer = await hall.trainer()
        form = {"_xsrf": await _token(trainer), "workbook": "small", "convener": "Ana", "floor": "3", "page": page}

        answer = await trainer.ask("POST", "rooms", form)

        assert answer.headers["Location"].startswith("/?room=")


@played
async def test_nobody_can_tell_from_the_traffic_that_somebody_did_something(hall):
    async with hall.serving():
        trainer, _, (ana, ben, _), screen = await hall.session()
        before = len(ben.heard), len(screen.heard)

        await gives(ana, "Words.")
        await ana.acts(WALK, "share", form="notice", audience="private", events=[])
        await ana.acts(WALK, "step_out")
        for each in (ben, screen):
            await each.hear()

        assert [len(ben.heard), len(screen.heard)] == [count + 1 for count in before]
        assert not trainer.closed


@played
async def test_a_hostile_page_that_speaks_the_protocol_reads_nothing_unrevealed(hall):
    async with hall.serving():
        trainer, room, people, screen = await hall.session(5)
        mallory = people[4]
        for number, one in enumerate(people[:4]):
            await gives(one, f"SECRET-{number}")
            await gives(one, f"SECRET-body-{number}", "body", "", "trainer")
            await gives(one, f"SECRET-named-{number}", "named", "", "group_named")
        ids = [event.id for _, _, event in hall.store.room_entries(hall.store.find_run(room["id"]))]
        for number, event_id in enumerate(ids):  # even with every id there is
            intent = {
                "id": f"{number:032x}",
                "do": "share",
                "form": "named",
                "audience": "group_named",
                "events": [event_id],
            }
            mallory.say({"place": WALK, "intent": intent})
            mallory.say(
                {
                    "place": WALK,
                    "intent": {"id": event_id, "do": "write", "prompt": "notice", "perspective": "child", "text": "x"},
                }
            )
        for place in (WALK, "reflect:small:notice", "walk:other"):
            for do in ("start", "view", "read", "cast", "open", "go_on", "choose"):
                mallory.say(
                    {"place": place, "intent": {"id": "e" * 32, "do": do, "form": "notice", "prompt": "notice"}}
                )
        for role in ("trainer", "screen", "learner"):
            await mallory.enter(f"room/{room['code']}/socket?as={role}", hello=False)
            mallory.say({"hello": 1, "language": "en"})
            await mallory.until(lambda: mallory.closed or ("where", None) in mallory.shown)
        await mallory.hear()

        assert not [frame for frame in (*mallory.heard, *screen.heard) if "SECRET" in frame]
        assert sorted(cards(trainer, "named")) == [f"SECRET-named-{number}" for number in range(4)]


@played
async def test_a_learner_is_told_no_id_of_anybody_elses_event(hall):
    async with hall.serving():
        trainer, room, people, screen = await hall.session()
        for number, one in enumerate(people):
            await gives(one, f"words {number}")
        await leads(trainer, "reveal", place=WALK, form="notice")
        await people[0].until(lambda: cards(people[0]))
        entries = hall.store.room_entries(hall.store.find_run(room["id"]))
        mine = _whose(hall, people[0])
        foreign = {event.id for _, who, event in entries if who != mine} | {who for _, who, _ in entries}

        heard = " ".join([*people[0].heard, *screen.heard])

        assert not {each for each in foreign if each in heard}
        assert board(screen)["revealed"]


def _whose(hall, guest):
    return hall.store.find_device(guest.cookies["casework-device"]).learner_id
