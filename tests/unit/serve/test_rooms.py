"""Groups over real sockets: people join, are led, write, share and see; whatever breaks, nothing is lost."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

from casework.activity.page import walk_page
from casework.content import Folder
from casework.content.words import ENGLISH
from casework.errors import StoreError
from casework.serve.rooms.held import HeldRoom
from casework.serve.rooms.keys import room_key
from hall import AGENDA, PAGE, SECRET, WALK, Hall, at_the_pause, begins, board, cards, gives, leads, played


@played
async def test_people_join_and_are_where_the_group_is(hall):
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer)
        await trainer.enter(room["socket"])
        bo = await hall.learner(room, "Bo", "es")

        waiting = bo.where["where"]
        await begins(trainer)
        await bo.until(lambda: at_the_pause(bo))
        await trainer.until(lambda: [one["name"] for one in trainer.shown["roster", None]["roster"]] == ["Bo"])

        assert waiting == "waiting"
        assert bo.where["here"] == WALK
        assert bo.shown["welcome", None]["language"] == "es"
        assert trainer.shown["roster", None]["roster"][0]["connected"]


@played
async def test_an_answer_to_a_heartbeat_comes_after_all_that_there_was_to_show(hall, monkeypatch):
    async def never(_held):
        await asyncio.Event().wait()

    monkeypatch.setattr(HeldRoom, "_keep_showing", never)  # as on a computer that is too busy to come to it
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer)
        await trainer.enter(room["socket"])
        bo = await hall.learner(room, "Bo")
        await begins(trainer)
        before = bo.where["where"]

        await bo.hear()

        assert (before, bo.where["where"]) == ("waiting", "going")
        assert at_the_pause(bo)


@played
async def test_what_came_of_a_request_and_its_acknowledgement_are_one_frame(hall):
    async with hall.serving():
        _, _, (ana, *_), _ = await hall.session()
        ana.heard.clear()

        done = await ana.acts(WALK, "write", prompt="notice", perspective="child", text="Small hands.")

        [frame] = [json.loads(each) for each in ana.heard]
        assert [set(each) for each in frame] == [{"place", "state"}, {"place", "ack"}]
        assert frame[-1]["ack"] == done["id"]


@played
async def test_a_page_is_given_what_a_notebook_gives_it(hall):
    async with hall.serving():
        _, _, (ana, *_), _ = await hall.session()

        told = ana.shown["content", WALK]

        case = Folder(hall.folder).find_case("small", "en")
        assert (told["about"], told["content"]) == ("small", walk_page(case))


@played
async def test_what_is_shared_comes_to_the_board_and_once_revealed_to_all(hall):
    async with hall.serving():
        trainer, _, people, screen = await hall.session()

        for number, one in enumerate(people):
            await gives(one, f"words {number}")
        await trainer.until(lambda: len(cards(trainer)) == 3)
        before = [cards(each) for each in (*people, screen)]
        await leads(trainer, "reveal", place=WALK, form="notice")
        for each in (*people, screen):
            await each.until(lambda each=each: len(cards(each)) == 3)

        assert before == [[], [], [], []]
        assert cards(screen) == ["words 0", "words 1", "words 2"]


@played
async def test_a_reveal_that_is_undone_leaves_an_empty_board(hall):
    async with hall.serving():
        trainer, _, people, screen = await hall.session()
        for one in people:
            await gives(one, "words")
        act = await leads(trainer, "reveal", place=WALK, form="notice")
        await screen.until(lambda: cards(screen))

        await leads(trainer, "undo", act=act)
        await screen.until(lambda: not cards(screen))

        assert board(screen) is None


@played
async def test_a_restart_rebuilds_every_room(hall):
    async with hall.serving():
        trainer, room, people, _ = await hall.session()
        for number, one in enumerate(people):
            await gives(one, f"words {number}")
        await leads(trainer, "reveal", place=WALK, form="notice")
        await trainer.until(lambda: len(cards(trainer)) == 3)
        before = trainer.shown["board", WALK]
        cookies = [each.cookies for each in (trainer, people[0])]

    async with hall.serving():
        trainer, ana = (hall.guest(cookies=each) for each in cookies)
        await trainer.enter(room["socket"])
        await hall.enters(ana, room)

        assert trainer.shown["board", WALK] == before
        assert ana.state(WALK)["responses"]["notice/child"]["text"] == "words 0"
        assert cards(ana) == ["words 0", "words 1", "words 2"]


@played
async def test_what_was_sent_again_after_a_lost_connection_counts_once(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        intent = {"id": "a" * 32, "do": "write", "prompt": "notice", "perspective": "child", "text": "Small hands."}
        ana.say({"place": WALK, "intent": intent})
        ana.leave()  # before any answer could come
        await trainer.until(lambda: [one["connected"] for one in trainer.shown["roster", None]["roster"]].count(False))

        await hall.enters(ana, room)
        ana.say({"place": WALK, "intent": intent})
        await ana.until(lambda: "a" * 32 in ana.answers)

        entries = hall.store.room_entries(hall.store.find_run(room["id"]))
        assert ana.answers["a" * 32] == {"place": WALK, "ack": "a" * 32}
        assert [event.id for _, _, event in entries].count("a" * 32) == 1
        assert ana.state(WALK)["responses"]["notice/child"]["text"] == "Small hands."


@played
async def test_a_phone_that_slept_wakes_up_where_the_group_is(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        await ana.acts(WALK, "write", prompt="notice", perspective="child", text="Mine.")
        ana.leave()
        await ana.until(lambda: ana.closed)
        await leads(trainer, "move", place=WALK, deed={"do": "go_on", "scene": "arrival", "step": "pause"})
        await leads(trainer, "move", place=WALK, deed={"do": "choose", "scene": "arrival", "choice": "sit"})

        await hall.enters(ana, room)

        assert ana.state(WALK)["scene"] == "floor"
        assert ana.state(WALK)["responses"]["notice/child"]["text"] == "Mine."


@played
async def test_two_tabs_are_one_person(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        second = await hall.enters(hall.guest(cookies=ana.cookies), room)

        await second.acts(WALK, "write", prompt="notice", perspective="child", text="From the other tab.")
        await ana.until(lambda: ana.state(WALK)["responses"])
        second.leave()

        assert ana.state(WALK)["responses"]["notice/child"]["text"] == "From the other tab."
        assert len(trainer.shown["roster", None]["roster"]) == 3
        assert all(one["connected"] for one in trainer.shown["roster", None]["roster"])


@played
async def test_the_oldest_of_too_many_pages_is_told_that_it_is_open_elsewhere(hall):
    async with hall.serving():
        _, room, (ana, *_), _ = await hall.session()

        others = [await hall.enters(hall.guest(cookies=ana.cookies), room) for _ in range(hall.limits.pages)]
        await ana.until(lambda: ana.closed)

        assert ana.bye == "elsewhere"
        assert not any(each.closed for each in others)


@played
async def test_a_late_joiner_arrives_where_the_group_is(hall):
    async with hall.serving():
        _, room, _, _ = await hall.session()

        late = await hall.learner(room)

        assert at_the_pause(late)


@played
async def test_the_trainer_goes_on_after_a_reload_and_on_another_laptop(hall):
    async with hall.serving():
        trainer, room, _, _ = await hall.session()
        reloaded = hall.guest(cookies=trainer.cookies)
        await reloaded.enter(room["socket"])
        laptop = hall.guest()
        answer = await laptop.ask("GET", urlsplit(room["link"]).path)
        await laptop.enter(f"room/{room['code']}/socket?as=trainer")

        await leads(laptop, "close", place=WALK)
        await reloaded.until(lambda: reloaded.where["agenda"][0]["closed"])

        assert answer.headers["Location"] == f"{PAGE}?room={room['id']}"
        assert (await hall.desk(laptop, room["id"]))["id"] == room["id"]


@played
async def test_a_room_that_is_closed_lets_nobody_in_and_stays_for_its_trainer(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        await gives(ana, "For you alone.", "body", "", "trainer")
        form = {"_xsrf": trainer.cookies["_xsrf"], "page": PAGE}

        answer = await trainer.ask("POST", f"rooms/{room['id']}/close", form)
        await ana.until(lambda: ana.closed)
        stranger = await hall.guest().ask("GET", f"join/{room['code']}")
        await trainer.until(lambda: trainer.closed)
        await trainer.enter(room["socket"])

        assert answer.headers["Location"] == f"{PAGE}?room={room['id']}"
        assert (ana.bye, stranger.code) == ("ended", 404)
        assert cards(trainer, "body") == ["For you alone."]
        assert (await hall.desk(trainer, room["id"]))["code"] is None


@played
async def test_a_room_whose_case_cannot_be_read_says_so_to_its_trainer_alone(hall):
    async with hall.serving():
        trainer, room, _, _ = await hall.session()
    case = hall.folder / "cases/small.yaml"
    whole = case.read_text("utf-8")

    case.write_text("title: [", "utf-8")
    async with hall.serving():
        told = await hall.desk(hall.guest(cookies=trainer.cookies), room["id"])
        stranger = await hall.guest().ask("GET", f"join/{room['code']}")
    case.write_text(whole, "utf-8")
    async with hall.serving():
        mended = await hall.desk(hall.guest(cookies=trainer.cookies), room["id"])

    assert "small.yaml" in told["trouble"]
    assert "small.yaml" not in stranger.body.decode()
    assert (mended.get("trouble"), mended["code"]) == (None, room["code"])


@played
async def test_a_room_that_is_purged_leaves_nothing(hall):
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()
        await gives(ana, "For you alone.", "body", "", "trainer")

        answer = await trainer.ask(
            "POST", f"rooms/{room['id']}/purge", {"_xsrf": trainer.cookies["_xsrf"], "page": PAGE}
        )
        await ana.until(lambda: ana.closed)

        assert (answer.headers["Location"], ana.bye) == (f"{PAGE}?erased", "erased")
        assert await hall.desk(trainer, room["id"]) is None


@played
async def test_somebody_who_erases_their_work_is_gone_from_the_room(hall):
    async with hall.serving():
        trainer, _, people, _ = await hall.session(4)
        for number, one in enumerate(people):
            await gives(one, f"words {number}", "named", "", "group_named")
        await leads(trainer, "reveal", place=WALK, form="named")
        await people[1].until(lambda: len(cards(people[1], "named")) == 4)

        answer = await people[0].press("mine/delete", "mine/delete")
        await people[0].until(lambda: people[0].closed)
        await people[1].until(lambda: len(cards(people[1], "named")) == 3)

        assert (answer.code, people[0].bye) == (200, "erased")
        assert len(trainer.shown["roster", None]["roster"]) == 3


@played
async def test_what_cannot_be_stored_is_not_acknowledged_and_not_shown(hall, monkeypatch):
    async with hall.serving():
        trainer, _, (ana, *_), _ = await hall.session()
        whole = hall.store.append_all
        monkeypatch.setattr(hall.store, "append_all", lambda rows: [StoreError("The disk is full.")] * len(rows))
        intent = {"id": "b" * 32, "do": "write", "prompt": "notice", "perspective": "child", "text": "Small hands."}

        ana.say({"place": WALK, "intent": intent})
        await ana.until(lambda: "b" * 32 in ana.answers)
        trouble, state = ana.answers.pop("b" * 32), ana.state(WALK)
        monkeypatch.setattr(hall.store, "append_all", whole)
        ana.say({"place": WALK, "intent": intent})
        await ana.until(lambda: "b" * 32 in ana.answers)

        assert trouble == {"place": WALK, "unsaved": "b" * 32, "why": ENGLISH["saved.store"]}
        assert state["responses"] == {}
        assert "ack" in ana.answers["b" * 32]
        assert not trainer.closed


@played
async def test_an_event_that_cannot_be_stored_takes_none_of_the_others_with_it(hall, monkeypatch):
    async with hall.serving():
        trainer, _, people, _ = await hall.session()
        real = hall.store.append_all

        def partly(rows):
            return [StoreError("No.") if "mine" in str(row[2].body) else real([row])[0] for row in rows]

        monkeypatch.setattr(hall.store, "append_all", partly)
        for number, one in enumerate(people):
            text = "mine" if number == 1 else "ours"
            intent = {"id": f"{number:032x}", "do": "write", "prompt": "notice", "perspective": "child", "text": text}
            one.say({"place": WALK, "intent": intent})
        for number, one in enumerate(people):
            await one.until(lambda one=one, number=number: f"{number:032x}" in one.answers)

        kinds = [next(iter(one.answers[f"{number:032x}"].keys() - {"place"})) for number, one in enumerate(people)]
        told = [one.state(WALK)["responses"] for one in people]
        assert [kind == "ack" for kind in kinds] == [True, False, True]
        assert [bool(each) for each in told] == [True, False, True]
        assert not trainer.closed


@played
async def test_ones_own_pages_can_be_taken_along(hall):
    async with hall.serving():
        _, room, (ana, ben, _), _ = await hall.session()
        await gives(ana, "Only mine <b>.")
        await gives(ben, "Not hers.")

        answer = await ana.ask("GET", f"room/{room['code']}/mine")

        page = answer.body.decode()
        assert "Only mine &lt;b&gt;." in page
        assert "Not hers." not in page


@played
async def test_a_series_is_continued_by_a_new_room(hall):
    async with hall.serving():
        trainer = await hall.trainer()
        first = await hall.opens(trainer)

        second = await hall.opens(trainer, continues=first["id"], keep_days="30")

        assert (second["continues"], second["keepDays"]) == (first["id"], 30)


@played
async def test_everything_stands_under_the_base_url(hall):
    hall.base_url = "/some/base/"
    async with hall.serving():
        trainer, room, (ana, *_), _ = await hall.session()

        page = (await ana.ask("GET", f"room/{room['code']}")).body.decode()

        assert room["socket"] == f"/some/base/room/{room['id']}/socket?as=trainer"
        assert f'data-socket="/some/base/room/{room["code"]}/socket?as=learner"' in page
        assert room["joins"][0]["address"] == f"http://192.168.1.20:{hall.port}/some/base/join/{room['code']}"
        assert not trainer.closed


def test_a_key_leads_one_room_alone():
    assert room_key(SECRET, "a" * 32) != room_key(SECRET, "b" * 32)


@played
async def test_two_servers_of_one_store_know_the_same_trainers(hall, room_folder):
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer)
        other = Hall(room_folder, hall.store_url)
        async with other.serving():
            again = other.guest(cookies=trainer.cookies)

            told = json.loads((await again.ask("GET", "group/desk")).body)

            assert [each["id"] for each in told["rooms"]] == [room["id"]]


def test_the_agenda_of_these_tests_is_one_that_a_notebook_could_send():
    assert {item["activity"] for item in AGENDA} == {"walk", "observe"}
