"""Where people are told to join: at this computer's own addresses, or at the proxy's that the trainer came through."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from casework.serve.rooms.desk import places_of
from hall import played

LAN = "192.168.1.20"
NAME = "workbooks.example.org"


def places(host, protocol="http", hosts=(LAN,), port=8866):
    """Return where a server says that it is, to a trainer who asked for a host."""
    site = SimpleNamespace(rooms=SimpleNamespace(hosts=list(hosts), port=port))
    request = SimpleNamespace(host=host, protocol=protocol)
    return places_of(SimpleNamespace(settings={"casework": site}, request=request))


@pytest.mark.parametrize("asked", ["localhost:8866", "127.0.0.1:8866", "[::1]:8866", f"{LAN}:8866"])
def test_are_this_computers_own_for_who_came_by_one_of_them(asked):
    assert places(asked) == [(LAN, 8866)]


def test_are_this_computers_name_for_itself_where_it_has_no_other():
    assert places("localhost:8866", hosts=()) == [("localhost", 8866)]


def test_begin_with_a_name_that_is_known_to_the_trainer_alone():
    assert places("our-laptop.local:8866") == [("our-laptop.local", 8866), (LAN, 8866)]


@pytest.mark.parametrize(
    ("asked", "protocol", "told"),
    [
        (NAME, "https", (NAME, 443)),
        (NAME, "http", (NAME, 80)),
        (f"{NAME}:8443", "https", (NAME, 8443)),
        ("[2001:db8::7]", "https", ("2001:db8::7", 443)),
        (LAN, "https", (LAN, 443)),
    ],
)
@pytest.mark.parametrize("hosts", [(), (LAN,), (NAME,), (NAME, LAN)])
def test_are_the_proxys_alone_behind_one(asked, protocol, told, hosts):
    assert places(asked, protocol, hosts) == [told]


@played
async def test_is_told_to_the_trainer_as_the_proxy_was_asked_for_it(hall):
    hall.base_url = "/some/base/"
    async with hall.serving():
        trainer = await hall.trainer()
        room = await hall.opens(trainer)
        through = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

        answer = await trainer.ask("GET", f"group/desk?room={room['id']}", headers=through)

        told = json.loads(answer.body)["room"]
        assert [each["address"] for each in told["joins"]] == [f"https://{NAME}/some/base/join/{room['code']}"]
        assert told["link"].startswith(f"https://{NAME}/some/base/lead/{room['id']}.")
