"""What goes over a room's lines is what is documented of it: in Python, in TypeScript, and in words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casework.live import protocol, told
from casework.live.frames import read_told
from documented import FROM_PAGES, TO_PAGES
from hall import AGENDA, PAGE, WALK, at_the_pause, cards, gives, leads, played

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "src/casework/frontend/room/protocol.ts").read_text("utf-8")


async def comes(hall, room, role, guest):
    """Let a page come in, and let everything that it says be read as it is documented."""
    say = guest.say

    def read(message):
        hall.documented.from_page(json.dumps(message), role)
        say(message)

    guest.say = read
    await guest.enter(room["socket"] if role == "trainer" else f"room/{room['code']}/socket?as={role}")
    return guest


async def lead_a_whole_session(trainer, people, screen):
    """Do everything that a trainer can, and a learner, at least once."""
    await leads(trainer, "plan", agenda=AGENDA)
    await leads(trainer, "start")
    await leads(trainer, "open", place=WALK, seconds=60)
    await leads(trainer, "extend", seconds=60)
    await leads(trainer, "arrange", place=WALK, form="body", merged=True)
    await leads(trainer, "move", place=WALK, deed={"do": "start"})
    await leads(trainer, "move", place=WALK, deed={"do": "go_on", "scene": "arrival", "step": "read"})
    await leads(trainer, "deal", place=WALK, prompt="notice", perspectives=["child"])
    for one in people:
        await one.until(lambda one=one: at_the_pause(one))
        await gives(one, "words")
    await leads(trainer, "hold", place=WALK, form="notice", on=True)
    await leads(trainer, "reveal", place=WALK, form="notice")
    await trainer.until(lambda: len(cards(trainer)) == len(people))
    for card in trainer.shown["board", WALK]["board"]["forms"][0]["cards"]:
        await leads(trainer, "approve", card=card["id"], words=card["words"])
    await leads(trainer, "spotlight", card=card["id"])
    await screen.until(lambda: screen.where.get("spotlight"))
    await leads(trainer, "hide", card=card["id"], hidden=True)
    await screen.until(lambda: len(cards(screen)) == len(people) - 1)
    await leads(trainer, "move", place=WALK, deed={"do": "go_on", "scene": "arrival", "step": "pause"})
    await leads(trainer, "vote", place=WALK)
    for one in people:
        await one.does({"do": "cast", "place": WALK, "scene": "arrival", "choice": "sit"})
    await leads(trainer, "count", place=WALK, scene="arrival")
    await leads(trainer, "undo", act=(await leads(trainer, "reveal", place=WALK, form="vote/arrival")))
    await leads(trainer, "close", place=WALK)
    await leads(trainer, "pace", pace="self", until="2030-03-07T17:30:00Z")
    await leads(trainer, "end")


@played
async def test_every_frame_of_a_whole_session_is_as_it_is_documented(hall):
    async with hall.serving():
        first = await hall.trainer()
        before = await hall.opens(first)
        ana = await hall.learner(before, "Ana")
        room = await hall.opens(first, continues=before["id"])
        xsrf = json.loads((await first.ask("GET", "group/desk")).body)["xsrf"]
        trainer = await comes(hall, room, "trainer", first)
        people = [ana, hall.guest(listens=True), hall.guest("es", listens=True)]
        for one in people:
            await one.join(room["code"], "Somebody")
            await comes(hall, room, "learner", one)
        screen = await comes(hall, room, "screen", hall.guest(listens=True))

        await lead_a_whole_session(trainer, people, screen)
        refused = await people[0].acts(WALK, "share", form="notice", audience="group_named", events=[])
        await trainer.ask("POST", f"rooms/{room['id']}/close", {"_xsrf": xsrf, "page": PAGE})
        await screen.until(lambda: screen.bye)

        assert "refused" in refused
        assert FROM_PAGES - hall.documented.kinds == set()
        assert TO_PAGES - hall.documented.kinds == set()


@pytest.mark.parametrize(
    "frame",
    [
        '[{"pong": 1}]',
        "[]",
        "{}",
        '{"pong": 1, "more": 2}',
        '{"ack": "a", "refused": "a"}',
        '{"roster": [{"id": "a"}]}',
    ],
)
def test_reads_nothing_that_is_not_documented(frame):
    with pytest.raises(ValueError, match=r"."):
        read_told(frame)


def keys_in_typescript(name):
    """Return the keys of an interface of the pages, and which of them may be missing."""
    body = re.search(rf"^export interface {name} \{{\n(.*?)^\}}", PAGES, re.MULTILINE | re.DOTALL)[1]
    return dict(re.findall(r"^  (\w+)(\??):", body, re.MULTILINE))


@pytest.mark.parametrize(
    "name",
    [
        *("Welcome", "Stop", "Where", "Vote", "Card", "Spread", "Mark", "Reach", "Counts", "FormBoard", "VoteBoard"),
        *("Board", "Person", "Desk"),
    ],
)
def test_pages_know_the_keys_that_a_room_sends(name):
    model = getattr(told, name, None) or getattr(protocol, name)
    optional = {key: "?" if field.default is None else "" for key, field in model.model_fields.items()}

    assert keys_in_typescript(name) == optional
