from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from conftest import Server, Visitor

KEYS = ["ok", "version", "store", "ending", "pages", "most_pages", "waiting", "rooms", "seconds"]


def test_says_that_it_is_well(visitor: Visitor) -> None:
    answer = visitor.get("health")
    told = json.loads(answer.text)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.cookies == []
    assert list(told) == KEYS
    assert (told["ok"], told["version"], told["store"], told["ending"]) == (True, version("casework"), True, False)
    assert told["most_pages"] >= 4
    assert (told["waiting"], told["rooms"]) == (0, 0)


def test_counts_the_pages_that_are_open(visitor: Visitor) -> None:
    before = json.loads(visitor.get("health").text)["pages"]
    visitor.get("voila/render/es/goodbye.ipynb")
    assert json.loads(visitor.get("health").text)["pages"] == before + 1


def test_says_that_its_store_does_not_answer(
    server: Server, lost: Callable[[Server, str], AbstractContextManager[None]]
) -> None:
    with lost(server, "devices"):
        answer = server.visitor().get("health")
    assert answer.status == 503
    assert (json.loads(answer.text)["ok"], json.loads(answer.text)["store"]) == (False, False)
