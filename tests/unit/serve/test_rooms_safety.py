"""Groups over real sockets: who may do and read what, whatever a page sends; and how much of it."""

from __future__ import annotations

import json
import re

import pytest
from tornado.httpclient import HTTPClientError

from casework.live.frames import LONGEST_FRAME
from casework.serve.rooms.limits import FREE_GUESSES, LOCKED_SECONDS, LOCKING_GUESS, Bucket, Guesses, Limits
from casework.store import Visit
from hall import PAGE, WALK, begins, board, cards, gives, leads, played

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


def test_a_right_code_clears_an_address():
    guesses = Guesses(lambda: 0.0)
    for _ in range(FREE_GUESSES + 3):
        guesses.wrong("here")

    guesses.right("here")

    assert guesses.wait("here") == 0


def test_a_page_may_send_at_once_what_it_kept_and_then_at_its_pace():
    now = [0.0]
    bucket = Bucket(2, 5, lambda: now[0])

    at_once = [bucket.take() for _ in range(6)]
    now[0] = 1.0
    later = [bucket.take() for _ in range(3)]

    assert at_once == [True] * 5 + [False]
    assert later == [True, True, False]


@played
async def test_a_code_is_read_however_it_was_typed(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        typed = f" {room['code'][:3].lower()}-{room['code'][3:]} "
        guest = hall.guest()

        answer = await guest.press("join", "join", code=typed)

        assert answer.code == 303
        assert answer.headers["Location"].startswith(f"/join/{room['code']}?")


@played
async def test_the_join_page_says_who_convened_what_is_kept_and_who_sees_it(hall):
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer, 4, keep_days="30", convener="Ana <i>Ruiz</i>")

        page = (await hall.guest().ask("GET", f"join/{room['code']}?language=en")).body.decode()
        spanish = (await hall.guest("es").ask("GET", f"join/{room['code']}")).body.decode()

        assert "Ana &lt;i&gt;Ruiz&lt;/i&gt; has convened this session." in page
        for said in ("at least 4 people", "not encrypted", "30 days after", "no duty to report", "but not who"):
            assert said in page
        assert '<html lang="es">' in spanish
        assert "<script" not in page


@played
async def test_a_device_that_was_here_before_is_asked_whose_it_is(hall):
    async with hall.serving():
        room = await hall.opens(await hall.trainer())
        ana = await hall.learner(room, enters=False)
        del ana.cookies["casework-here"]  # the browser was closed

        page = (await ana.ask("GET", f"join/{room['code']}")).body.decode()
        sent_on = await ana.ask("GET", f"room/{room['code']}")
        token = ana.cookies["casework-device"]
        await ana.join(room["code"], who="same")
        same = ana.cookies["casework-device"] == token
        straight = await ana.ask("GET", f"join/{room['code']}")
        await ana.ask("GET", f"room/{room['code']}")
        del ana.cookies["casework-here"]
        await ana.join(room["code"], who="other")

        assert 'value="same"' in page
        assert 'value="other"' in page
        assert sent_on.headers["Location"] == f"/join/{room['code']}"
        assert straight.headers["Location"] == f"/room/{room['code']}"
        assert same
        assert ana.cookies["casework-device"] != token
        assert len(hall.rooms._held[room["id"]].state.members) == 2


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
async def test_on_a_shared_device_drafts_stay_in_memory(hall):
    async with hall.serving():
        trainer, room, _, _ = await hall.session()
        guest = hall.guest()

        answer = await guest.press(f"join/{room['code']}", f"join/{room['code']}", who="other", shared="1")
        page = (await guest.ask("GET", f"room/{room['code']}")).body.decode()

        assert answer.code == 200
        assert not re.search("casework-device=[^;]+; Max-Age", str(answer.headers.get_list("Set-Cookie")))
        assert "data-shared" in page
        assert not trainer.closed


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


@played
async def test_only_trainers_open_workbooks_where_that_was_asked_for(hall):
    hall.trainers_only = True
    async with hall.serving():
        stranger, trainer = await hall.guest().ask("GET", ""), await (await hall.trainer()).ask("GET", "")

        assert (stranger.code, stranger.headers["Location"]) == (302, "/join")
        assert trainer.code == 200


@played
async def test_a_session_that_has_ended_lets_in_only_whoever_took_part(hall):
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer)
        await trainer.enter(room["socket"])
        ana = await hall.learner(room)
        await begins(trainer)

        await leads(trainer, "end")
        stranger = await hall.guest().ask("GET", f"join/{room['code']}")
        del ana.cookies["casework-here"]
        again = await ana.join(room["code"], who="same")

        assert stranger.code == 410
        assert again.code == 303
