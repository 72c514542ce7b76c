"""Coming into a room: what one is told before, who is asked, and who comes in after the end."""

from __future__ import annotations

import re

from hall import begins, leads, played


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
