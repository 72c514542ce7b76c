"""From one address, so many people who are new may open workbooks: a class, but not a program that is always new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casework.serve.newcomers import AGAIN, AT_ONCE, Newcomers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clock import Clock
    from conftest import Answer, Server, Visitor

PAGE = "voila/render/es/goodbye.ipynb"
SCHOOL, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def come(newcomers: Newcomers, address: str) -> bool:
    """Let somebody come, if they may."""
    may = newcomers.may_come(address)
    if may:
        newcomers.came(address)
    return may


def test_lets_a_whole_class_in_within_a_minute(clock: Clock) -> None:
    newcomers = Newcomers(AT_ONCE, clock)
    for _ in range(3):
        for _ in range(60):
            assert come(newcomers, SCHOOL)
            clock.now += 1
        clock.now += 60


def test_lets_a_program_in_that_is_always_new_for_a_while_and_then_slowly(clock: Clock) -> None:
    newcomers = Newcomers(AT_ONCE, clock)
    at_once = sum(come(newcomers, SCHOOL) for _ in range(1_000))
    clock.now += 600
    later = sum(come(newcomers, SCHOOL) for _ in range(1_000))
    in_an_hour = 0
    for _ in range(3_600):
        clock.now += 1
        in_an_hour += come(newcomers, SCHOOL) + come(newcomers, SCHOOL)

    assert (at_once, later) == (AT_ONCE, AT_ONCE)
    assert in_an_hour <= AT_ONCE * 3_600 / AGAIN + 1


def test_lets_others_in_meanwhile(clock: Clock) -> None:
    newcomers = Newcomers(1, clock)
    assert come(newcomers, SCHOOL)
    assert not come(newcomers, SCHOOL)
    assert come(newcomers, ELSEWHERE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:0:7::1", "2001:db8:0:7:ffff::2"),
        (SCHOOL, f"::ffff:{SCHOOL}"),
        ("no address at all", "no address at all"),
    ],
)
def test_takes_addresses_of_one_house_for_one(clock: Clock, one: str, other: str) -> None:
    newcomers = Newcomers(1, clock)
    assert come(newcomers, one)
    assert not come(newcomers, other)


def test_takes_addresses_of_two_houses_for_two(clock: Clock) -> None:
    newcomers = Newcomers(1, clock)
    assert come(newcomers, "2001:db8:0:7::1")
    assert come(newcomers, "2001:db8:0:8::1")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_counts_nobody_on_this_computer(clock: Clock, address: str) -> None:
    newcomers = Newcomers(1, clock)
    assert all(come(newcomers, address) for _ in range(10))


def test_forgets_addresses_that_have_been_quiet(clock: Clock) -> None:
    newcomers = Newcomers(5, clock)
    for number in range(250):
        come(newcomers, f"198.51.100.{number}")
    clock.now += 60
    come(newcomers, SCHOOL)
    assert len(newcomers) == 1


@pytest.fixture(scope="module")
def small(start: Callable[..., Server], workbooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    return start(workbooks, tmp_path_factory.mktemp("newcomers"), guards="most_pages=9, newcomers=2")


def opens(visitor: Visitor, address: str, method: str = "GET") -> Answer:
    """Let somebody open a workbook through a proxy."""
    return visitor.ask(method, f"/{PAGE}", headers={"X-Forwarded-For": address})


def test_asks_whoever_comes_after_many_to_wait_a_little_and_knows_those_who_were_here(small: Server) -> None:
    ana, ben, cleo = (small.visitor() for _ in range(3))
    assert [opens(each, SCHOOL).status for each in (ana, ben)] == [200, 200]
    before = len(small.kernels())

    answer = opens(cleo, SCHOOL)

    assert answer.status == 503
    assert 8 <= int(answer.headers["Retry-After"]) <= 16
    assert "En este momento están entrando muchas personas" in answer.text
    assert cleo.cookies == {}
    assert len(small.kernels()) == before
    assert opens(cleo, SCHOOL, "HEAD").status == 503
    assert opens(ana, SCHOOL).status == 200
    assert opens(small.visitor(), ELSEWHERE).status == 200
    assert small.visitor().get(PAGE).status == 200
