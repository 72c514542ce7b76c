"""A server with room for two pages."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Answer, Server, Visitor

PAGE = "voila/render/en/goodbye.ipynb"


@pytest.fixture(scope="module")
def small(start: Callable[..., Server], workbooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    return start(workbooks, tmp_path_factory.mktemp("small"), guards="most_pages=2")


def leave(visitor: Visitor, answer: Answer) -> None:
    """Close a page, as its browser would."""
    kernel = re.search(r'"kernelId": "([\w-]+)"', answer.text)[1]
    assert visitor.post(f"voila/api/shutdown/{kernel}", _xsrf=visitor.cookies["_xsrf"]).status == 204


@pytest.fixture
def inside(small: Server) -> Iterator[list[tuple[Visitor, Answer]]]:
    """Two people who have a page open each, which takes all places; those still in it leave afterwards."""
    opened = [(visitor, visitor.get(PAGE)) for visitor in (small.visitor(), small.visitor())]
    assert [answer.status for _, answer in opened] == [200, 200]
    yield opened
    for visitor, answer in opened:
        leave(visitor, answer)


@pytest.mark.usefixtures("inside")
def test_asks_whoever_finds_it_full_to_wait(small: Server) -> None:
    visitor = small.visitor()
    answer = visitor.get(PAGE)
    assert answer.status == 503
    assert 8 <= int(answer.headers["Retry-After"]) <= 16
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<h1 class="cw-title">Many people are here just now</h1>' in answer.text
    assert f'<noscript><meta http-equiv="refresh" content="{answer.headers["Retry-After"]}"></noscript>' in answer.text
    assert set(visitor.cookies) == {"casework-waiting"}
    assert len(small.kernels()) == 2


@pytest.mark.usefixtures("inside")
def test_asks_in_the_workbooks_language_to_wait(small: Server) -> None:
    page = small.visitor().get("voila/render/es/goodbye.ipynb").text
    assert '<html lang="es">' in page
    assert "En este momento hay muchas personas aquí" in page


@pytest.mark.usefixtures("inside")
def test_records_nobody_who_waits(small: Server) -> None:
    def known() -> list[int]:
        with closing(sqlite3.connect(small.store_url.removeprefix("sqlite:///"))) as store:
            tables = ("learners", "devices", "visits")
            return [store.execute(f"select count(*) from {table}").fetchone()[0] for table in tables]  # noqa: S608  ours

    before = known()
    assert small.visitor().get(PAGE).status == 503
    assert before == known()


def test_opens_for_whoever_waited_longest(small: Server, inside: list[tuple[Visitor, Answer]]) -> None:
    first, second = small.visitor(), small.visitor()
    for visitor in (first, second, second, first):
        assert visitor.get(PAGE).status == 503
    assert first.ask("HEAD", f"/{PAGE}").status == 503
    leave(*inside.pop())
    assert second.get(PAGE).status == 503
    assert first.ask("HEAD", f"/{PAGE}").status == 200
    inside.append((first, first.get(PAGE)))
    assert inside[-1][1].status == 200
    leave(*inside.pop(0))
    inside.append((second, second.get(PAGE)))
    assert inside[-1][1].status == 200


def test_gives_a_page_that_is_loaded_again_its_own_place(small: Server, inside: list[tuple[Visitor, Answer]]) -> None:
    visitor, _ = inside.pop()
    inside.append((visitor, visitor.get(PAGE)))
    assert inside[-1][1].status == 200
    assert small.visitor().get(PAGE).status == 503


@pytest.mark.usefixtures("inside")
def test_answers_all_but_workbooks_when_it_is_full(small: Server) -> None:
    assert [small.visitor().get(path).status for path in ("", "welcome-back", "mine")] == [200, 200, 200]
