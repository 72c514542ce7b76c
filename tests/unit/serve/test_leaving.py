"""Pages that stay open in another window work for nobody, once whoever opened them has left."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import open_store

if TYPE_CHECKING:
    from conftest import Answer, Server, Visitor

PAGE = "voila/render/en/goodbye.ipynb"
SAID = re.compile(r"&lt;([^&]*)&gt;")


def press(visitor: Visitor, path: str, **body: str) -> Answer:
    visitor.get("come-back")
    return visitor.post(path, _xsrf=visitor.cookies["_xsrf"], **body)


def open_page(visitor: Visitor) -> str:
    """Open a page, and return the visit that its kernel was given."""
    return SAID.findall(visitor.get(PAGE).text)[0]


def is_known(server: Server, visit: str) -> bool:
    with closing(open_store(server.store_url)) as store:
        try:
            store.find_visit(visit)
        except StoreError:
            return False
    return True


def write(server: Server, visit: str) -> None:
    with closing(open_store(server.store_url)) as store:
        found = store.find_visit(visit)
        words = {"prompt": "notice", "perspective": "", "text": "A coat."}
        store.append(found, store.open_run(found, "goodbye"), Event(visit, "write", "a-case", datetime.now(UTC), words))


def code_of(visitor: Visitor) -> str:
    return re.search(r"<strong>([A-Z0-9]{4}-[A-Z0-9]{4})</strong>", press(visitor, "mine/code").text)[1]


@pytest.mark.parametrize(("path", "how"), [("mine/clear", {}), ("mine/delete", {}), ("welcome-back", {"who": "other"})])
def test_refuses_the_pages_of_whoever_left_a_device(server: Server, path: str, how: dict[str, str]) -> None:
    visitor, other = server.visitor(), server.visitor()
    mine, theirs = open_page(visitor), open_page(other)
    assert is_known(server, mine)
    press(visitor, path, **how)
    assert not is_known(server, mine)
    assert is_known(server, theirs)


def test_leaves_the_pages_on_ones_other_device_open_unless_all_is_deleted(server: Server) -> None:
    visitor, phone = server.visitor(), server.visitor()
    here = open_page(visitor)
    write(server, here)
    press(phone, "come-back", code=code_of(visitor))
    there = open_page(phone)
    press(visitor, "mine/clear")
    assert (is_known(server, here), is_known(server, there)) == (False, True)
    press(phone, "mine/delete")
    assert not is_known(server, there)


def test_refuses_the_pages_of_whoever_was_there_before_somebody_came_back(server: Server) -> None:
    visitor, other = server.visitor(), server.visitor()
    write(server, open_page(visitor))
    before = open_page(other)
    code = code_of(visitor)
    press(other, "come-back", code=code)
    assert not is_known(server, before)
    again = open_page(other)
    press(other, "come-back", code=code)
    assert is_known(server, again)
