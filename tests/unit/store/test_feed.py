"""A feed wakes when something was stored, by this process or another, on either kind of database."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from casework.store import open_store


@pytest.fixture
def feed(store):
    feed = store.feed()
    yield feed
    feed.close()


def test_a_feed_is_quiet_while_nothing_happens(feed):
    assert not feed.wait(0.05)


def test_a_feed_wakes_when_something_is_stored(store, feed, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    feed.wait(0.3)
    people.writes(store, visit, run)

    assert feed.wait(5)
    assert not feed.wait(0.05)


def test_a_feed_wakes_when_another_process_stores_something(store, feed, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    feed.wait(0.3)
    code = (
        "from datetime import UTC, datetime\n"
        "from casework.activity.events import Event\n"
        "from casework.store import open_store\n"
        f"store = open_store({store.url!r})\n"
        f"visit = store.find_visit({visit.id!r})\n"
        f"store.append(visit, store.find_run({run.id!r}), Event('e', 'write', 'small', datetime.now(UTC)))"
    )

    subprocess.run([sys.executable, "-c", code], check=True)

    assert feed.wait(5)


def test_each_feed_wakes(store, people):
    feeds = [store.feed() for _ in range(3)]
    visit = people.alone(store)
    people.writes(store, visit, store.open_run(visit, "the-first-goodbye"))

    assert [feed.wait(5) for feed in feeds] == [True] * 3
    for feed in feeds:
        feed.close()


def test_whoever_waits_is_let_go_when_a_feed_is_closed(store):
    feed = store.feed()
    waiting = threading.Thread(target=feed.wait, args=(60,))
    waiting.start()

    feed.close()
    waiting.join(5)

    assert not waiting.is_alive()
    assert not feed.wait(60)


def test_a_closed_feed_can_be_closed_again(store):
    feed = store.feed()
    feed.close()
    feed.close()


def test_a_loop_is_told_of_changes_until_the_feed_is_closed(store, people):
    visit = people.alone(store)
    run = store.open_run(visit, "the-first-goodbye")
    feed = store.feed()
    told = []

    async def listen():
        async for _ in feed.changes(pause=0):
            told.append(len(store.events(visit, run)))
            if told[-1] == 3:
                feed.close()

    async def write():
        for _ in range(3):
            await asyncio.to_thread(people.writes, store, visit, run)
            await asyncio.sleep(0.3)

    async def both():
        await asyncio.wait_for(asyncio.gather(listen(), write()), 20)

    asyncio.run(both())

    assert told[-1] == 3


def test_a_store_in_memory_has_a_feed_too(people):
    store = open_store("sqlite://")
    feed = store.feed()
    visit = people.alone(store)

    assert feed.wait(1)
    assert not feed.wait(0.05)
    people.writes(store, visit, store.open_run(visit, "the-first-goodbye"))
    assert feed.wait(1)
    feed.close()
    store.close()


def test_a_feed_goes_on_after_its_server_was_gone(postgres_store, people, server):
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    feed = postgres_store.feed()
    server.stop()
    assert not feed.wait(0.2)
    server.start()

    assert feed.wait(10)  # it may have missed something
    people.writes(postgres_store, visit, run)
    assert feed.wait(5)
    feed.close()


def test_a_server_that_was_not_heard_is_asked(postgres_store, people, monkeypatch):
    monkeypatch.setattr("casework.store.feed.SLOW_SECONDS", 3_600)  # however slow the computer is
    visit = people.alone(postgres_store)
    run = postgres_store.open_run(visit, "the-first-goodbye")
    feed = postgres_store.feed()
    feed._connection.execute("UNLISTEN *")
    while feed.wait(0):  # what rang before
        pass
    people.writes(postgres_store, visit, run)
    assert not feed.wait(0.1)
    monkeypatch.setattr("casework.store.feed.SLOW_SECONDS", 0.1)

    assert feed.wait(5)
    assert not feed.wait(0.3)
    feed.close()
