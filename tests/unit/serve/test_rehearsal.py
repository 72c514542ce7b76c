"""Rehearsing: people made of rules do on a real server all that one can do in a session."""

from __future__ import annotations

from casework.content import Folder
from casework.serve.rehearsal.paths import find_paths
from casework.serve.rehearsal.rehearse import Play, rehearse
from casework.serve.rooms.keys import server_key
from hall import AGENDA, SECRET, played


@played
async def test_comes_to_every_scene_choice_and_end_in_both_languages(hall):
    async with hall.serving():
        told = []
        link = f"http://127.0.0.1:{hall.port}/lead/{server_key(SECRET)}"

        done = await rehearse(Play(link, hall.folder, "small", AGENDA, people=4), told.append)

        assert done.lost == []
        assert done.scenes == {"arrival", "floor", "supper", "street", "home"}
        assert done.choices == {("arrival", "sit"), ("arrival", "leave"), ("supper", "stay"), ("supper", "look-back")}
        assert done.ends == {"street", "home"}
        assert done.stored > 40
        assert told[0].startswith("4 people joined")


def test_finds_every_path_and_where_there_are_too_many_every_choice(room_folder):
    case = Folder(room_folder).find_case("small", "en")

    every, some = find_paths(case), find_paths(case, most=2)

    assert sorted(tuple(choice for _, choice in path) for path in every) == [
        ("leave",),
        ("sit", "look-back"),
        ("sit", "stay"),
    ]
    assert {turn for path in some for turn in path} <= {turn for path in every for turn in path}
    assert len(some) <= 2
