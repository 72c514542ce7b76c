from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.serve.places import FEWEST, FORGOTTEN_SECONDS, Limits, Opening, Places, free_memory, pages_for
from casework.store import Device
from clock import Clock

if TYPE_CHECKING:
    from pathlib import Path

GB = 1_000_000_000


def page(who: str = "", *, trainer: str = "") -> Opening:
    return Opening("visit", "en/goodbye.ipynb", device=Device(who, who) if who else None, trainer=trainer)


def open_pages(places: Places, *names: str) -> list[Opening]:
    """Let some people open a page each, which is connected."""
    pages = [page(name) for name in names]
    for each in pages:
        assert places.enter(each) == []
        each.came = True
    return pages


def test_lets_nobody_in_who_has_no_place(clock: Clock) -> None:
    places = Places(Limits(2, trainers=0), clock)
    open_pages(places, "ana", "ben")
    assert places.enter(page("cleo")) is None
    assert len(places.pages) == 2


def test_ends_the_page_that_was_gone_for_longest(clock: Clock) -> None:
    places = Places(Limits(3, trainers=0), clock)
    ana, ben, cleo = open_pages(places, "ana", "ben", "cleo")
    ben.gone_since, cleo.gone_since = clock.now - 60, clock.now - 70
    assert places.enter(page("dan")) == [cleo]
    cleo.closed = True
    assert places.enter(page("eva")) == [ben]
    ben.closed = True
    assert places.enter(page("fay")) is None
    assert ana in places.taken()


def test_spares_a_page_that_was_gone_just_now(clock: Clock) -> None:
    places = Places(Limits(1, trainers=0), clock)
    (ana,) = open_pages(places, "ana")
    ana.gone_since = clock.now - 5
    assert places.enter(page("ben")) is None
    clock.now += 20
    assert places.enter(page("ben")) == [ana]


def test_gives_a_page_that_is_loaded_again_its_own_place(clock: Clock) -> None:
    places = Places(Limits(1, trainers=0), clock)
    (ana,) = open_pages(places, "ana")
    places.queue.wait(places.queue.wait(""))
    ana.gone_since = clock.now
    assert places.enter(page("ana")) == [ana]


def test_keeps_the_turn_of_somebody_whose_page_has_just_ended(clock: Clock) -> None:
    places = Places(Limits(1, trainers=0), clock)
    (ana,) = open_pages(places, "ana")
    places.queue.wait(places.queue.wait(""))
    places.leave(ana)
    assert places.enter(page("ben")) is None
    assert places.enter(page("ana")) == []


def test_keeps_places_for_trainers(clock: Clock) -> None:
    places = Places(Limits(4, trainers=2), clock)
    open_pages(places, "ana", "ben")
    assert places.enter(page("cleo")) is None
    assert places.enter(page(trainer="rosa")) == []
    assert places.enter(page("cleo")) is None
    assert places.enter(page(trainer="rosa")) == []
    assert places.enter(page(trainer="rosa")) is None


def test_gives_one_browser_no_more_than_its_share(clock: Clock) -> None:
    places = Places(Limits(20, trainers=0, device=3), clock)
    first, second, _ = open_pages(places, "ana", "ana", "ana")
    assert places.enter(page("ana")) == [first]
    first.closed = True
    second.gone_since = None
    third = places.pages[2]
    third.gone_since = clock.now
    assert places.enter(page("ana")) == [third]
    assert places.enter(page("ben")) == []


def test_lets_a_page_that_is_gone_come_back_for_a_while(clock: Clock) -> None:
    places = Places(Limits(2, trainers=0), clock)
    ana, ben = open_pages(places, "ana", "ben")
    ana.gone_since = clock.now
    clock.now += 90
    assert places.overdue() == []
    clock.now += 1
    assert places.overdue() == [ana]
    assert ben not in places.overdue()


def test_waits_longer_for_a_page_while_there_is_room(clock: Clock) -> None:
    places = Places(Limits(4, trainers=0), clock)
    (ana,) = open_pages(places, "ana")
    ana.gone_since = clock.now
    clock.now += 600
    assert places.overdue() == []
    clock.now += 1
    assert places.overdue() == [ana]


def test_waits_longer_for_a_page_that_still_loads(clock: Clock) -> None:
    places = Places(Limits(1, trainers=0), clock)
    (ana,) = open_pages(places, "ana")
    ana.came, ana.gone_since = False, clock.now
    clock.now += 150
    assert places.overdue() == []
    clock.now += 1
    assert places.overdue() == [ana]


def test_lets_whoever_waited_longest_in_first(clock: Clock) -> None:
    places = Places(Limits(1, trainers=0), clock)
    (ana,) = open_pages(places, "ana")
    first, second = places.queue.wait(""), places.queue.wait("")
    for ticket in (second, first):
        assert places.queue.wait(ticket) == ticket
    places.leave(ana)
    assert not places.has_room(page("new"))
    assert not places.has_room(page("ben"), second)
    assert places.enter(page("cleo"), first) == []
    places.leave(places.pages[0])
    assert places.enter(page("ben"), second) == []


def test_lets_nobody_wait_for_those_who_do_not_come_back(clock: Clock) -> None:
    places = Places(Limits(1, trainers=0), clock)
    for _ in range(50):
        places.queue.wait("")
    assert places.has_room(page("ana"))
    ticket = places.queue.wait("")
    places.queue.wait(ticket)
    assert not places.has_room(page("ana"))
    clock.now += FORGOTTEN_SECONDS + 1
    assert places.has_room(page("ana"))
    assert places.queue.wait(ticket) != ticket


@given(
    steps=st.lists(st.tuples(st.sampled_from(["enter", "trainer", "gone", "back", "end", "wait"]), st.integers(0, 9))),
    pages=st.integers(1, 6),
    trainers=st.integers(0, 2),
)
def test_never_has_more_pages_than_places(steps: list[tuple[str, int]], pages: int, trainers: int) -> None:
    clock = Clock()
    places = Places(Limits(pages, trainers=trainers, device=2), clock)
    for what, number in steps:
        taken = places.taken()
        chosen = taken[number % len(taken)] if taken else None
        match what:
            case "enter" | "trainer":
                new = page(f"person {number}") if what == "enter" else page(trainer=f"trainer {number}")
                fits = places.has_room(new)
                ending = places.enter(new)
                assert fits == (ending is not None)
                for each in ending or ():
                    assert each is not new
                    assert each.gone_since is not None or each.owner == new.owner
                    each.closed = True
            case "gone" if chosen:
                chosen.gone_since = clock.now
            case "back" if chosen:
                chosen.gone_since, chosen.came = None, True
            case "end" if chosen:
                places.leave(chosen)
            case "wait":
                clock.now += 11 * number
        assert len(places.taken()) <= pages
        for owner in {each.owner for each in places.taken()}:
            assert sum(each.owner == owner for each in places.taken()) <= 2


@pytest.mark.parametrize(
    ("free", "files", "forked", "pages"),
    [
        (12 * GB, 100_000, True, 100),
        (12 * GB, 100_000, False, 50),
        (12 * GB, 1_024, True, 64),
        (100_000_000, 1_024, True, FEWEST),
    ],
)
def test_finds_how_many_pages_a_computer_can_hold(free: int, files: int, forked: bool, pages: int) -> None:  # noqa: FBT001  as it is drawn
    assert pages_for(free, files, forked=forked) == pages


def test_counts_only_the_memory_of_its_container(tmp_path: Path) -> None:
    whole = free_memory(tmp_path)
    (tmp_path / "memory.current").write_text("1000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert free_memory(tmp_path) > 2_000
    (tmp_path / "memory.max").write_text("3000\n")
    assert free_memory(tmp_path) == 2_000 < whole
